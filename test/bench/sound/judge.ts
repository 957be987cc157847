// The language's own parser as a process that lives as long as a run. It is asked with the length of a text in bytes, a line break, and the text (UTF-8), and answers
// with one line: empty if it takes the text, else the line and the message of the first error.

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { goProgram, pythonProgram, rustProgram, typescriptFolder } from '../code/parsers.ts';

export interface Judge {
  /** What is wrong with a whole file, e.g. `12: expected '}'`; undefined if the parser takes it. */
  faultOf(text: string): Promise<string | undefined>;
  dispose(): void;
}

const sources = fileURLToPath(new URL('judges', import.meta.url));

/** Rejects with {@link MissingProgram} where the language is not installed. */
export async function startJudge(language: string, extension: string): Promise<Judge> {
  const [program, ...args] = await commandOf(language, extension);
  return new JudgeProcess(spawn(program!, args, { stdio: ['pipe', 'pipe', 'inherit'] }));
}

async function commandOf(language: string, extension: string): Promise<string[]> {
  if (language === 'python') return [await pythonProgram(), join(sources, 'python.py')];
  if (language === 'go') return [await goProgram(join(sources, 'go'))];
  if (language === 'rust') return [await rustProgram(join(sources, 'rust'))];
  return [process.execPath, join(sources, 'typescript.mjs'), await typescriptFolder(), extension];
}

interface Asked {
  readonly resolve: (fault: string | undefined) => void;
  readonly reject: (error: Error) => void;
}

class JudgeProcess implements Judge {
  readonly #child: ChildProcess;
  readonly #asked: Asked[] = [];
  #partial = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout!.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    child.stdin!.on('error', () => undefined);
    child.on('error', (error) => this.#fail(error));
    child.on('close', (code) => this.#fail(new Error(`the judge ended with status ${code}`)));
  }

  faultOf(text: string): Promise<string | undefined> {
    const bytes = Buffer.from(text);
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.#child.stdin!.write(`${bytes.length}\n`);
      this.#child.stdin!.write(bytes);
    });
  }

  dispose(): void {
    this.#child.stdin!.end();
  }

  #read(text: string): void {
    const lines = (this.#partial + text).split('\n');
    this.#partial = lines.pop()!;
    for (const line of lines) this.#asked.shift()!.resolve(line.trim() || undefined);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#asked.splice(0)) reject(error);
  }
}

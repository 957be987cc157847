// The judges by language: processes that are asked one file at a time.

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { goProgram, pythonProgram, rustProgram, typescriptFolder } from '../code/parsers.ts';
import { MissingProgram } from '../code/run.ts';
import { type Fault, fromBytes, type Judged } from './judged.ts';

export interface Judge {
  /** What it says of the file; a fault if the language does not take it. */
  judge(path: string, text: string): Promise<Judged | Fault>;
  stop(): void;
}

interface Recipe {
  readonly command: () => Promise<readonly [string, ...string[]]>;
  readonly countsBytes: boolean;
}

const place = (name: string) => fileURLToPath(new URL(`judges/${name}`, import.meta.url));
const typescript: Recipe = {
  command: async () => [process.execPath, place('typescript/judge.mjs'), await typescriptFolder()],
  countsBytes: false,
};
const recipes: Readonly<Record<string, Recipe>> = {
  typescript,
  typescriptreact: typescript,
  javascript: typescript,
  go: { command: async () => [await goProgram(place('go'))], countsBytes: true },
  rust: { command: async () => [await rustProgram(place('rust'))], countsBytes: true },
  python: { command: async () => [await pythonProgram(), place('python.py')], countsBytes: true },
};

/** The judge of a language id; undefined if there is none, or what it is written in is not installed. */
export async function judgeOf(language: string): Promise<Judge | undefined> {
  const recipe = recipes[language];
  if (!recipe) return undefined;
  try {
    const [command, ...args] = await recipe.command();
    return new JudgeProcess(spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] }), recipe.countsBytes);
  } catch (error) {
    if (error instanceof MissingProgram) return undefined;
    throw error;
  }
}

class JudgeProcess implements Judge {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #countsBytes: boolean;

  constructor(child: ChildProcess, countsBytes: boolean) {
    this.#child = child;
    this.#answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    this.#countsBytes = countsBytes;
  }

  async judge(path: string, text: string): Promise<Judged | Fault> {
    this.#child.stdin!.write(`${JSON.stringify({ path, text })}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`the judge of ${path} ended`);
    const answer = JSON.parse(value) as Judged | Fault;
    return 'fault' in answer || !this.#countsBytes ? answer : fromBytes(text, answer);
  }

  stop(): void {
    this.#child.stdin!.end();
  }
}

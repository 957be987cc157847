// The judges by language: processes that are asked one file at a time.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildOf, packageOf } from './cache.ts';
import { type Fault, fromBytes, type Judged } from './judged.ts';

export interface Judge {
  /** What it says of the file; a fault if the language does not take it. */
  judge(path: string, text: string): Promise<Judged | Fault>;
  stop(): void;
}

const typescriptVersion = '5.9.3';

type Command = readonly [string, ...string[]];
interface Recipe {
  readonly needs: Command;
  readonly command: () => Command;
  readonly countsBytes: boolean;
}

const place = (name: string) => fileURLToPath(new URL(`judges/${name}`, import.meta.url));
const typescript: Recipe = {
  needs: ['node', '--version'],
  command: () => ['node', place('typescript/judge.mjs'), packageOf('typescript', typescriptVersion)],
  countsBytes: false,
};
const recipes: Readonly<Record<string, Recipe>> = {
  typescript,
  typescriptreact: typescript,
  javascript: typescript,
  go: {
    needs: ['go', 'version'],
    command: () => [`${buildOf('go-judge', place('go'), ['go', 'build', '-o', 'judge', '.'])}/judge`],
    countsBytes: true,
  },
  rust: {
    needs: ['cargo', '--version'],
    command: () => [
      `${buildOf('rust-judge', place('rust'), ['cargo', 'build', '--release', '--quiet', '--locked'])}/target/release/judge`,
    ],
    countsBytes: true,
  },
  python: { needs: ['python3', '--version'], command: () => ['python3', place('python.py')], countsBytes: true },
};

/** The judge of a language id; undefined if there is none, or what it is written in is not installed. */
export function judgeOf(language: string): Judge | undefined {
  const recipe = recipes[language];
  if (!recipe || !isThere(recipe.needs)) return undefined;
  const [command, ...args] = recipe.command();
  return new JudgeProcess(spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] }), recipe.countsBytes);
}

function isThere([command, ...args]: Command): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
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

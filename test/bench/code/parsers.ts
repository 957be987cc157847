// The languages' own parsers, and programs around them: fetched or built once, into the cache. All reject with MissingProgram where the language is not installed.

import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached, digestOf } from './cache.ts';
import { run } from './run.ts';

const typescript = '5.9.3';

/** A folder with TypeScript 5 in its node_modules: later ones have no parser to call. */
export function typescriptFolder(): Promise<string> {
  return cached(`judges/typescript-${typescript}`, async (cwd) => {
    process.stderr.write(`fetching TypeScript ${typescript} …\n`);
    const quiet = ['--prefix', cwd, '--no-fund', '--no-audit', '--no-save', '--ignore-scripts', '--loglevel=error'];
    await run('npm', ['install', ...quiet, `typescript@${typescript}`], { cwd });
  });
}

/** The program that a folder of Go sources makes. */
export async function goProgram(sources: string): Promise<string> {
  const folder = await cached(`judges/go-${digestOf(filesIn(sources))}`, async (folder) => {
    process.stderr.write('building the judge of Go …\n');
    await run('go', ['build', '-o', join(folder, 'judge'), '.'], { cwd: sources });
  });
  return join(folder, 'judge');
}

/** The program `judge` that a folder with a Rust package makes. */
export async function rustProgram(sources: string): Promise<string> {
  const folder = await cached(`judges/rust-${digestOf(filesIn(sources))}`, async (folder) => {
    process.stderr.write('building the judge of Rust …\n');
    const target = join(folder, 'target');
    await run('cargo', ['build', '--quiet', '--release', '--locked', '--target-dir', target], { cwd: sources });
    cpSync(join(target, 'release', 'judge'), join(folder, 'judge'));
    rmSync(target, { recursive: true });
  });
  return join(folder, 'judge');
}

export async function pythonProgram(): Promise<string> {
  await run('python3', ['--version'], { cwd: process.cwd() });
  return 'python3';
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return files.sort();
}

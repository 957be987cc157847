// Where the judges are kept: in a folder outside the checkout, installed or built once.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = process.env.BENCH_DIR ?? join(homedir(), '.cache/quickhand/bench');

/** A folder with a package of npm. */
export function packageOf(name: string, version: string): string {
  return prepared(`${name}-${version}`, (folder) => {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    run(
      'npm',
      ['install', '--no-fund', '--no-audit', '--ignore-scripts', '--loglevel=error', `${name}@${version}`],
      folder,
    );
  });
}

/** A folder with a copy of `sources`, in which `command` has been run; another one when the sources change. */
export function buildOf(name: string, sources: string, command: readonly [string, ...string[]]): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' }).sort())
    if (file.includes('.')) hash.update(file).update(readFileSync(join(sources, file)));
  return prepared(`${name}-${hash.digest('hex').slice(0, 12)}`, (folder) => {
    cpSync(sources, folder, { recursive: true });
    run(command[0], command.slice(1), folder);
  });
}

function prepared(key: string, make: (folder: string) => void): string {
  const folder = join(cache, key);
  if (existsSync(join(folder, '.ok'))) return folder;
  process.stderr.write(`installing ${key} into ${cache}\n`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  make(folder);
  writeFileSync(join(folder, '.ok'), '');
  return folder;
}

function run(command: string, args: readonly string[], folder: string): void {
  execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

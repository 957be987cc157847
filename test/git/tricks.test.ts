// No repository makes git start anything, whatever it holds; and git is not kept waiting.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitIgnored } from '../../server/git/git-ignored.ts';
import { cleanGit, git, repository } from './repositories.ts';
import { tricks } from './tricks.ts';

let folder: string;
let mark: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'tricks-')));
  mark = join(folder, 'MARK');
});
afterEach(() => rm(folder, { recursive: true }));

const asked = (env: NodeJS.ProcessEnv = {}) => createGitIgnored({ env: { ...cleanGit, ...env }, now: () => 0 });

describe('nothing is started, and the answer is right', () => {
  it.each(tricks.map((trick) => [trick.name, trick] as const))('%s', async (_, { prepare, env, at = '' }) => {
    const run = `touch ${mark}`;
    await prepare(folder, run);
    await rm(mark, { force: true });
    const ignored = asked(env?.(folder, run));
    expect(await ignored(join(folder, at, 'a.ts'))).toBe(false);
    expect(await ignored(join(folder, at, 'x.gen.ts'))).toBe(true);
    expect(existsSync(mark)).toBe(false);
  });

  it('though git would, if it were called as anybody calls it', async () => {
    const [bare] = tricks;
    await bare!.prepare(folder, `touch ${mark}`);
    expect(() => git(join(folder, 'evil'), ['check-ignore', 'a.ts'])).toThrow();
    expect(existsSync(mark)).toBe(true);
  });
});

describe('what is no file is not waited for, and what is too large is not read', () => {
  const pipe = async (path: string) => void execFileSync('mkfifo', [path]);
  const endless = (path: string) => symlink('/dev/zero', path);
  const terminal = (path: string) => symlink('/dev/tty', path);
  const huge = async (path: string) => {
    await writeFile(path, '');
    await truncate(path, 10_000_000_000);
  };
  const kinds = { pipe, endless, terminal, huge };
  const places = ['.gitignore', '.git/config', '.git/info/exclude', '.git/commondir', '.git/objects/info/alternates'];
  const cases = places.flatMap((place) => Object.entries(kinds).map(([kind, make]) => ({ place, kind, make })));

  it.each([...cases, { place: '.git/index', kind: 'pipe', make: pipe }, { place: '.git', kind: 'pipe', make: pipe }])(
    '$place: $kind',
    async ({ place, make }) => {
      await repository(folder);
      await rm(join(folder, place), { force: true, recursive: true });
      await mkdir(dirname(join(folder, place)), { recursive: true });
      await make(join(folder, place));
      await expect(asked()(join(folder, 'a.ts'))).rejects.toThrow(/not a file|larger than/);
    },
  );
});

it('what is git’s own is never sent', async () => {
  await repository(folder);
  for (const name of ['.git', '.git/config', '.git/hooks/a/b', '.GIT/config'])
    expect(await asked()(join(folder, name))).toBe(true);
});

it('a .git file that leads nowhere: nobody can tell', async () => {
  await writeFile(join(folder, '.git'), 'gitdir: /nonexistent\n');
  await expect(asked()(join(folder, 'a.ts'))).rejects.toThrow(/not there/);
});

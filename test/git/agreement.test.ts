// What we are told of a file is what git says of it where nothing is hostile: random rules and trees, and every way in which a repository can be laid out.

import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitIgnored } from '../../server/git/git-ignored.ts';
import { cleanGit, git, repository, write } from './repositories.ts';

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'agreement-')));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
const fresh = (): string => join(folder, `r${count++}`);

const names = ['a', 'b', 'build', 'x.ts', 'y.gen.ts', 'é f.ts', '[id].ts'];
const rule = fc.oneof(
  fc.constantFrom(
    ...names,
    '*',
    '*.ts',
    '*.gen.ts',
    '!*.ts',
    '!a',
    '/a',
    'a/',
    'b/*',
    '**/x.ts',
    'a/**',
    '!/b/',
    '\\[id].ts',
  ),
  fc.constantFrom(
    '# a',
    '',
    ' ',
    'x.ts ',
    'x.ts\\ ',
    '[xy]*',
    '[[:alpha:]].ts',
    '?',
    '!build',
    'BUILD',
    '!**/b/x.ts',
    '/*/a',
    '**',
  ),
);
const rules = fc.array(rule, { maxLength: 5 }).map((lines) => lines.map((line) => `${line}\n`).join(''));
const tree = fc.record({
  files: fc.uniqueArray(
    fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
    { minLength: 4, maxLength: 10 },
  ),
  rules: fc.dictionary(fc.constantFrom('', 'a/', 'b/', 'a/b/', 'build/'), rules, { maxKeys: 4 }),
  exclude: rules,
  user: rules,
  own: fc.option(rules),
  ignoreCase: fc.boolean(),
  tracked: fc.nat(),
});

/** Without those that are folders of others. */
const possible = (files: readonly string[]): string[] =>
  files.filter((file) => !files.some((other) => other !== file && (other.startsWith(`${file}/`) || other === file)));

/** What git says of each file (relative to its folder), called in that repository as anybody calls it. */
function saidByGit(folder: string, files: readonly string[], env: NodeJS.ProcessEnv): Map<string, boolean> {
  const input = files.map((file) => `${file}\0`).join('');
  const args = ['-C', folder, 'check-ignore', '--stdin', '-z', '-v', '-n'];
  const { stdout, status } = spawnSync('git', args, { env: { ...cleanGit, ...env }, input, encoding: 'utf8' });
  expect([0, 1]).toContain(status);
  const fields = stdout.split('\0');
  // Four fields a file: source, line, pattern, path. A negated pattern ignores nothing.
  return new Map(files.map((file, i) => [file, fields[i * 4] !== '' && !fields[i * 4 + 2]!.startsWith('!')]));
}

async function agree(folder: string, files: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const ignored = createGitIgnored({ env: { ...cleanGit, ...env }, now: () => 0 });
  const said = saidByGit(folder, files, env);
  const told = await Promise.all(files.map(async (file) => [file, await ignored(join(folder, file))] as const));
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(said));
  return told.filter(([, is]) => is).length;
}

// Some 400 processes: a busy machine may take its time.
it('random rules in random trees', { timeout: 120_000 }, async () => {
  let [ignored, all] = [0, 0];
  await fc.assert(
    fc.asyncProperty(tree, async ({ files, rules, exclude, user, own, ignoreCase, tracked }) => {
      const root = fresh();
      const names = possible(files);
      await repository(root, Object.fromEntries(names.map((name) => [name, ''])));
      git(root, ['add', '--', ...names.filter((_, i) => (tracked >> i) & 1)].concat(tracked ? [] : ['.']));
      for (const [place, text] of Object.entries(rules)) {
        const taken = names.some((name) => place.startsWith(`${name}/`));
        if (!taken) await write(root, { [`${place}.gitignore`]: text });
      }
      await write(root, { '.git/info/exclude': exclude, '../user': user, '../own': own ?? '' });
      await writeFile(`${root}.config`, `[core]\n\texcludesFile = ${join(root, '../user')}\n`);
      git(root, ['config', 'core.ignoreCase', String(ignoreCase)]);
      if (own !== null) git(root, ['config', 'core.excludesFile', join(root, '../own')]);
      ignored += await agree(root, [...names, 'new/a/x.ts', 'a/y.gen.ts'], { GIT_CONFIG_GLOBAL: `${root}.config` });
      all += names.length + 2;
    }),
    { numRuns: 12, seed: Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31) },
  );
  expect(ignored).toBeGreaterThan(0);
  expect(ignored).toBeLessThan(all);
});

describe('every layout', () => {
  const files = { 'a.ts': '', 'a.gen.ts': '', 'sub/b.gen.ts': '', 'sub/c.ts': '' };
  const questions = [...Object.keys(files), 'sub/new/d.gen.ts', 'kept.gen.ts'];
  const make = async (args: readonly string[] = []): Promise<string> => {
    const root = fresh();
    git(folder, ['init', '-q', '-b', 'main', ...args, root]);
    await write(root, { ...files, 'kept.gen.ts': '' });
    git(root, ['add', '-A']);
    git(root, ['rm', '-q', '--cached', 'a.gen.ts', 'sub/b.gen.ts']);
    await write(root, { '.gitignore': '*.gen.ts\n', '.git/info/exclude': 'sub/c.ts\n' });
    git(root, ['add', '.gitignore']);
    git(root, ['commit', '-q', '-m', 'x']);
    return root;
  };

  it('a tracked file is not ignored, whatever the rules say', async () => {
    const root = await make();
    expect(await agree(root, questions)).toBe(3);
  });

  it('a work tree of its own, with the rules of its repository', async () => {
    const root = await make();
    const other = fresh();
    git(root, ['worktree', 'add', '-q', other, '-b', 'other']);
    await write(other, files);
    expect(await agree(other, questions)).toBe(3);
  });

  it('a work tree in a folder that is git’s own', async () => {
    const root = await make();
    const inner = join(root, '.git/trees/x');
    git(root, ['worktree', 'add', '-q', inner, '-b', 'inner']);
    await write(inner, files);
    expect(await agree(inner, questions)).toBe(3);
  });

  it('a submodule, and a repository that the one around it knows nothing of', async () => {
    const root = await make();
    const inner = await make();
    git(root, ['-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner, 'module']);
    await write(join(root, 'module'), { 'a.gen.ts': '' });
    expect(await agree(join(root, 'module'), questions)).toBeGreaterThan(0);
    await repository(join(root, 'nested'), { '.gitignore': 'a.ts\n', ...files });
    expect(await agree(join(root, 'nested'), questions)).toBe(1);
  });

  it('an index in two parts', async () => {
    const root = await make();
    git(root, ['update-index', '--split-index']);
    expect((await readdir(join(root, '.git'))).join(' ')).toContain('sharedindex');
    expect(await agree(root, questions)).toBe(3);
  });

  it('an index with folders in it that were left out', async () => {
    const root = await make();
    git(root, ['sparse-checkout', 'set', '--cone', '--sparse-index', 'other']);
    expect(await agree(root, questions)).toBeGreaterThan(0);
  });

  it('rules that are only in the index', async () => {
    const root = await make();
    git(root, ['update-index', '--skip-worktree', '.gitignore']);
    await rm(join(root, '.gitignore'));
    expect(await agree(root, questions)).toBe(3);
  });

  it('other hashes', async () => {
    expect(await agree(await make(['--object-format=sha256']), questions)).toBe(3);
  });

  it('an index that git keeps smaller', async () => {
    const root = await make();
    git(root, ['update-index', '--index-version', '4', '--untracked-cache']);
    expect(await agree(root, questions)).toBe(3);
  });
});

// Which file a uri means, however an editor spells it: whatever it may mean must be one that may be sent.

import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaults } from '../../server/config/config.ts';
import { resolveLinks } from '../../server/files/resolve-links.ts';
import { pathsOf, relativePath } from '../../server/files/uri-paths.ts';
import { createGitIgnored } from '../../server/git/git-ignored.ts';
import { clientFrom } from '../../server/protocol/client.ts';
import { createForbidden } from '../../server/protocol/forbidden.ts';
import { cleanGit, repository, write } from '../git/repositories.ts';

let base: string;
let folder: string;
beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'forbidden ')));
  folder = join(base, 'my work');
  await repository(folder, {
    '.gitignore': '*.gen.ts\n/hidden.ts\n',
    '.env': '',
    'a.gen.ts': '',
    'x-y.ts': '',
    'src/a.ts': '',
  });
  await write(base, { 'outside/.env': '', 'outside/b.ts': '' });
  await symlink('.env', join(folder, 'innocent.ts'));
  await symlink('innocent.ts', join(folder, 'twice.ts'));
  await symlink('a.gen.ts', join(folder, 'ignored.ts'));
  await symlink('src/a.ts', join(folder, 'hidden.ts'));
  await symlink('not-there-yet/.env', join(folder, 'dangling.ts'));
  await symlink('..', join(folder, 'src/up'));
  await symlink('../outside', join(folder, 'out'));
  await symlink('circle.ts', join(folder, 'circle.ts'));
  await symlink(folder, join(base, 'another'));
});
afterAll(() => rm(base, { recursive: true }));

interface Asking {
  readonly ignore?: readonly string[];
  readonly folders?: readonly string[];
}

function reason(uri: string, { ignore = [], folders = [pathToFileURL(folder).href] }: Asking = {}) {
  const client = clientFrom({ workspaceFolders: folders.map((folder) => ({ uri: folder, name: '' })) });
  const config = { ...defaults, ignore: [...defaults.ignore, ...ignore] };
  const gitIgnored = createGitIgnored({ env: cleanGit, now: () => 0 });
  return createForbidden({ config: () => config, client: () => client, gitIgnored, resolveLinks })({ uri });
}

const url = (name: string): string => `${pathToFileURL(folder).href}/${name}`;
const raw = (name: string): string => `file://${folder}/${name}`;

describe('a file that is never sent', () => {
  const spellings: Record<string, () => string> = {
    'as it is': () => url('.env'),
    'unescaped spaces': () => raw('.env'),
    'escapes that are not needed': () => url('%2Eenv'),
    'escapes in small letters': () => url('%2eenv'),
    'an escaped slash': () => url('src%2F.env'),
    'a host': () => url('.env').replace('file://', 'file://localhost'),
    'another host': () => url('.env').replace('file://', 'file://elsewhere'),
    'one slash': () => url('.env').replace('file://', 'file:'),
    'too many slashes': () => url('/src//.env').replace('file://', 'file:////'),
    'a scheme in capitals': () => url('.env').replace('file:', 'FILE:'),
    dots: () => url('src/../.env'),
    'escaped dots': () => url('src/%2e%2e/.env'),
    capitals: () => url('.ENV'),
    'a query': () => url('.env?x=y'),
    'a fragment': () => url('.env#L1'),
    'a name with a query in front': () => url('x?/.env'),
    'a name with a fragment in front': () => url('x.ts#/.env'),
    'half an escape': () => url('100%/.env'),
    'no file yet': () => 'untitled:.env',
    'no file yet, with a place': () => `untitled:${folder}/.env`,
    'no file yet, where a host would be': () => 'untitled://.env',
    'another version of it': () => `git:${folder}/.env?%7B%22ref%22%3A%22HEAD%22%7D`,
    'no uri at all': () => '.env',
    'a path and no uri': () => `${folder}/.env`,
    'a link': () => url('innocent.ts'),
    'a link to a link': () => url('twice.ts'),
    'a link to what is not there yet': () => url('dangling.ts'),
    'through a linked folder': () => url('src/up/.env'),
    'outside, through a link': () => url('out/.env'),
    outside: () => pathToFileURL(join(base, 'outside/.env')).href,
    'in the folder by another name': () => pathToFileURL(join(base, 'another/.env')).href,
  };

  it.each(Object.entries(spellings))('%s', async (_, uri) => {
    expect(await reason(uri())).toMatch(/\.env.* never sent/);
  });

  it.each([[[]], [['untitled:x']], [['file:///nonexistent']]])('whatever the workspace is: %j', async (folders) => {
    for (const uri of Object.values(spellings)) expect(await reason(uri(), { folders })).toMatch(/never sent/);
  });
});

describe('patterns', () => {
  it.each([
    ['src/**', 'src/a.ts'],
    ['/x-y.ts', 'x%2Dy.ts'],
    ['/x-y.ts', 'src/up/x-y.ts'],
    ['src/**', 'src/new/b.ts'],
  ])('%s holds for %s, in a folder of any name', async (pattern, name) => {
    const ignore = [pattern];
    const spelled = [undefined, [`file://${folder}/`], [pathToFileURL(join(base, 'another')).href]];
    for (const folders of spelled)
      for (const uri of [url(name), raw(name), pathToFileURL(join(base, 'another', decodeURIComponent(name))).href])
        expect(await reason(uri, { ignore, ...(folders && { folders }) })).toContain(pattern);
  });

  it('are not about the folders above the workspace', async () => {
    expect(await reason(url('src/a.ts'), { ignore: ['my work/'] })).toBeUndefined();
  });
});

describe('git', () => {
  it.each(['a.gen.ts', 'ignored.ts', 'a%2egen.ts', 'src/up/a.gen.ts', 'src/new/b.gen.ts', 'a.gen.ts?x'])(
    'ignores %s',
    async (name) => {
      for (const uri of [url(name), raw(name), `untitled:${folder}/${name}`])
        expect(await reason(uri)).toMatch(/git ignores/);
    },
  );

  it('ignores a link by its own name, too', async () => {
    expect(await reason(url('hidden.ts'))).toMatch(/git ignores/);
  });

  it('is asked about a file, whatever folder is open', async () => {
    expect(await reason(url('a.gen.ts'), { folders: [] })).toMatch(/git ignores/);
    expect(await reason(pathToFileURL(join(base, 'another/a.gen.ts')).href, { folders: [] })).toMatch(/git ignores/);
  });
});

it.each(['src/a.ts', 'x-y.ts', 'src/new/b.ts', 'out/b.ts', 'src/up/x-y.ts', '[id]/100%25.ts', 'caf%C3%A9.ts'])(
  '%s may be sent',
  async (name) => {
    expect(await reason(url(name))).toBeUndefined();
  },
);

it.each(['untitled:Untitled-1', 'untitled:x.ts', 'jdt://contents/rt.jar/java.util/List.class'])(
  '%s may be sent',
  async (uri) => {
    expect(await reason(uri)).toBeUndefined();
  },
);

it('what can not be found out is not sent', async () => {
  for (const name of ['circle.ts', 'x%00.ts', '%00', 'a/'.repeat(500_000)])
    expect(await reason(url(name))).toMatch(/could not find out/);
});

it('the name that a model and a user see', () => {
  const seen = (uri: string, folders: readonly string[]) => relativePath({ uri }, folders);
  expect(seen('file:///a%20b/src/x%2Dy.ts', ['file:///a b'])).toBe('src/x-y.ts');
  expect(seen('file:///a/b/c.ts', ['file:///a', 'file:///x'])).toBe('b/c.ts');
  expect(seen('file:///a/b.ts', ['file:///x'])).toBe('b.ts');
  expect(seen('file:///ab/c.ts', ['file:///a'])).toBe('c.ts');
  expect(seen('untitled:Untitled-1', ['file:///a'])).toBe('Untitled-1');
  expect(seen('vscode-vfs://host/a/b/c.ts', ['vscode-vfs://host/a'])).toBe('b/c.ts');
});

it('what a uri may mean: what it says first', () => {
  expect(pathsOf('file:///a/b.ts')).toEqual(['/a/b.ts']);
  expect(pathsOf('file:///a%20b')).toEqual(['/a b', '/a%20b']);
  expect(pathsOf('file:///a?b')).toEqual(['/a', '/a?b']);
  expect(pathsOf('')).toEqual(['']);
});

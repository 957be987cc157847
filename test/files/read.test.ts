// Files that a repository can place: read if they are files of sensible size, refused at once whatever else they are.

import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadWorkspaceFile } from '../../server/config/load.ts';
import { isFile, look, stampOf } from '../../server/files/look.ts';
import { readText } from '../../server/files/read.ts';
import { resolveLinks } from '../../server/files/resolve-links.ts';
import { isWithin } from '../../server/files/within.ts';
import { nearestManifests } from '../../server/project/nearest-manifest.ts';
import { odd } from './odd.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'files-')));
  path = join(folder, 'package.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe.each(Object.entries(odd))('%s', (_, make) => {
  it('is refused, in the place of any file', async () => {
    const undo = await make(path);
    await expect(readText(path, { maxBytes: 1000 })).rejects.toThrow(/^(not a file|larger than 1000 bytes)/);
    expect(await nearestManifests(join(folder, 'a.ts'), ['package.json'], folder)).toEqual([]);
    await undo?.();
  });

  it('is refused as a workspace file, and said', async () => {
    const undo = await make(join(folder, '.quickhand.json'));
    const { unreadable, value } = await loadWorkspaceFile(folder);
    expect(value).toBeUndefined();
    expect(unreadable).toMatch(/quickhand\.json: (not a file|larger than)/);
    await undo?.();
  });
});

describe('a file', () => {
  it('is read to its end, also through links', async () => {
    await writeFile(path, 'é'.repeat(5000));
    await symlink('package.json', join(folder, 'link'));
    expect(await readText(join(folder, 'link'), { maxBytes: 10_000 })).toBe('é'.repeat(5000));
    await expect(readText(path, { maxBytes: 9999 })).rejects.toThrow('larger than 9999 bytes');
  });

  it('that says it is empty is read, and no further than allowed', async () => {
    expect(await readText('/proc/self/stat', { maxBytes: 10_000 })).toMatch(/^\d+ /);
    await expect(readText('/proc/self/stat', { maxBytes: 10 })).rejects.toThrow('larger than 10 bytes');
  });

  it('that a link takes from outside is refused where it has to be inside', async () => {
    await mkdir(join(folder, 'in'));
    await writeFile(path, '{"delivery": "atomic"}');
    await symlink(path, join(folder, 'in/.quickhand.json'));
    expect(await loadWorkspaceFile(join(folder, 'in'))).toMatchObject({
      value: undefined,
      unreadable: expect.stringMatching(/leads out of/),
    });
    await symlink(folder, join(folder, 'in/again'));
    await rm(join(folder, 'in/.quickhand.json'));
    await writeFile(join(folder, 'in/c.json'), '{}');
    await symlink('c.json', join(folder, 'in/.quickhand.json'));
    expect(await loadWorkspaceFile(join(folder, 'in/again/in'))).toMatchObject({ value: {} });
  });

  it('that is not there is missed as the file system says', async () => {
    await expect(readText(path, { maxBytes: 1 })).rejects.toHaveProperty('code', 'ENOENT');
    expect([isFile(path), stampOf(path), await look(path)]).toEqual([false, '', undefined]);
  });
});

describe('where a path leads', () => {
  it('every link on the way, and what does not exist by the nearest folder that does', async () => {
    await mkdir(join(folder, 'real/deep'), { recursive: true });
    await symlink('real', join(folder, 'a'));
    await symlink(join(folder, 'a/deep'), join(folder, 'b'));
    await symlink('../../nothing/x', join(folder, 'real/deep/c'));
    expect(await resolveLinks(join(folder, 'b/c'))).toEqual({
      links: [join(folder, 'b'), join(folder, 'a'), join(folder, 'real/deep/c')],
      real: join(folder, 'nothing/x'),
    });
    expect(await resolveLinks(join(folder, 'a/../a/new/y.ts'))).toEqual({
      links: [join(folder, 'a')],
      real: join(folder, 'real/new/y.ts'),
    });
  });

  it('nowhere, in a circle', async () => {
    await symlink('y', join(folder, 'x'));
    await symlink('x', join(folder, 'y'));
    await expect(resolveLinks(join(folder, 'x/z'))).rejects.toThrow('too many links');
  });

  it('inside is a matter of names, not of letters', () => {
    expect(['/a', '/a/b', '/ab', '/', '/a/../b', '/a/..b'].map((path) => isWithin('/a', path))).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
    ]);
  });
});

// Configuration files on a real disk: missing, blank, hostile.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expandInstruction } from '../../server/config/actions.ts';
import { readJson } from '../../server/config/json.ts';
import { loadUserFile, loadWorkspaceFile, userFilePath } from '../../server/config/load.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'));
});
afterEach(() => rm(folder, { recursive: true }));
const workspaceFile = () => join(folder, '.quickhand.json');

describe('the user file', () => {
  it('lies where XDG says', () => {
    expect(userFilePath({ XDG_CONFIG_HOME: '/c' })).toBe('/c/quickhand/config.json');
    expect(userFilePath({ XDG_CONFIG_HOME: 'relative', HOME: '/h' })).toBe('/h/.config/quickhand/config.json');
    expect(userFilePath({ HOME: '/h' })).toBe('/h/.config/quickhand/config.json');
  });

  it('may be missing or blank', async () => {
    const env = { XDG_CONFIG_HOME: folder };
    const empty = { source: 'the user file', trusted: true, value: undefined };
    expect(await loadUserFile(env)).toEqual(empty);
    await mkdir(join(folder, 'quickhand'));
    await writeFile(userFilePath(env)!, ' \n');
    expect(await loadUserFile(env)).toEqual(empty);
  });

  it('may begin with a byte order mark and have CRLF', async () => {
    await mkdir(join(folder, 'quickhand'));
    await writeFile(join(folder, 'quickhand', 'config.json'), '\ufeff{\r\n"delivery": "atomic"\r\n}\r\n');
    expect((await loadUserFile({ XDG_CONFIG_HOME: folder })).value).toEqual({ delivery: 'atomic' });
  });
});

describe('a workspace file', () => {
  it('is never trusted', async () => {
    await writeFile(workspaceFile(), '{}');
    expect(await loadWorkspaceFile(folder)).toEqual({ source: 'the workspace file', trusted: false, value: {} });
  });

  it('that is a folder, a pipe, a device or very large neither hangs nor fills the memory', async () => {
    const unreadable = async () => (await loadWorkspaceFile(folder)).unreadable;
    await mkdir(workspaceFile());
    expect(await unreadable()).toMatch(/\.quickhand\.json: /);
    await rm(workspaceFile(), { recursive: true });
    execFileSync('mkfifo', [workspaceFile()]);
    expect(await unreadable()).toMatch(/: not a file$/);
    await rm(workspaceFile());
    await symlink('/dev/zero', workspaceFile());
    expect(await unreadable()).toMatch(/: not a file$/);
    await rm(workspaceFile());
    await writeFile(workspaceFile(), `"${'x'.repeat(1_000_001)}"`);
    expect(await unreadable()).toMatch(/: larger than 1000000 bytes$/);
  });

  it("that links to somebody's secret quotes nothing of it", async () => {
    await writeFile(join(folder, 'id'), '-----BEGIN hunter2');
    await symlink(join(folder, 'id'), workspaceFile());
    expect((await loadWorkspaceFile(folder)).unreadable).toBe(`${workspaceFile()}:1:1: expected a value`);
  });
});

describe('JSON', () => {
  it.each(['{}', '[1, -2.5e3, "a\\u0041\\n", true, false, null]', ' {"a": {"b": []}} ', '"x"', '0'])(
    '%s is read',
    (text) => {
      expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
    },
  );

  it.each([
    ['{ // which model\n "a": 1, /* and\n that */ "b": [1, 2,], }', { a: 1, b: [1, 2] }],
    ['/* nothing yet */ {}', {}],
    ['[\r\n  "//", // no comment within quotes\r\n  "/*"\r\n]', ['//', '/*']],
  ])('comments and trailing commas are as people write them: %s', (text, value) => {
    expect(readJson(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['{"a": 1 "b": 2}', 1, 9, 'expected a comma or a closing bracket'],
    ['{"a": 1,, "b": 2}', 1, 9, 'expected a key in double quotes'],
    ['[1,,2]', 1, 4, 'expected a value'],
    ['{} {}', 1, 4, 'expected the end of the file'],
    ['{\n\n  "a": tru\n}', 3, 8, 'expected a value'],
    ['{\n"a": 1 /* and so on', 2, 8, 'a comment that does not end'],
    ['# a heading\n{}', 1, 1, 'comments begin with //'],
    ["{'a': 1}", 1, 2, 'strings take double quotes'],
    ['{"a": "b\n"}', 1, 7, 'a string that does not end in its line'],
    ['{"a": "\\q"}', 1, 7, 'a wrong escape in a string'],
    ['// nothing but a comment', 1, 25, 'the file ends too early: expected a value'],
    ['{"a": [1', 1, 9, 'the file ends too early: expected a comma or ]'],
    ['', 1, 1, 'the file ends too early: expected a value'],
  ])('%j: line %i, column %i: %s', (text, line, column, message) => {
    expect(readJson(text)).toEqual({ ok: false, line, column, message });
  });

  it('nested too deeply is a fault, no crash', () => {
    expect(readJson('['.repeat(200_000))).toHaveProperty('ok', false);
    expect(readJson(`"${'a'.repeat(3_000_000)}`)).toHaveProperty('ok', false);
  });
});

it('templates are replaced once, what is put in is not looked at again', () => {
  const values = { selection: '$' + '{file}', scope: 'f', file: 'a.ts', language: '$&' };
  expect(expandInstruction('$' + '{selection}|$' + '{file}|$' + '{scope}|$' + '{language}|$' + '{HOME}', values)).toBe(
    '$' + '{file}|a.ts|f|$&|$' + '{HOME}',
  );
});

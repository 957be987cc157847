// Configuration files on a real disk: missing, blank, hostile; and keys from commands.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expandInstruction } from '../../server/config/actions.ts';
import { readJson } from '../../server/config/json.ts';
import { readApiKey } from '../../server/config/key.ts';
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

  it('nested too deeply is a fault, no crash', () => {
    expect(readJson('['.repeat(200_000))).toHaveProperty('ok', false);
    expect(readJson(`"${'a'.repeat(3_000_000)}`)).toHaveProperty('ok', false);
  });
});

describe('a key', () => {
  const provider = { name: 'mine', apiKeyEnv: 'MY_KEY' };
  const node = (script: string) => ({ name: 'mine', apiKeyCommand: [process.execPath, '-e', script] });

  it('comes from the environment, or is not needed', async () => {
    expect(await readApiKey(provider, { MY_KEY: ' k1\n' })).toBe('k1');
    expect(await readApiKey({ name: 'local' }, {})).toBeUndefined();
    await expect(readApiKey(provider, {})).rejects.toThrow('mine: no key; set MY_KEY in the environment of the editor');
  });

  it('comes from a command where the environment has none', async () => {
    const both = { ...provider, ...node('console.log("k2")') };
    expect(await readApiKey(both, { MY_KEY: '' })).toBe('k2');
    expect(await readApiKey(both, { MY_KEY: 'k1' })).toBe('k1');
  });

  it.each([
    ['process.stderr.write("hunter2"); process.exit(3)', 'exit status 3'],
    ['', 'did not print one key'],
    ['console.log("hunter2 hunter2")', 'did not print one key'],
  ])('a command that fails is named, and nothing that it says: %s', async (script, reason) => {
    const error = await readApiKey(node(script), {}).catch((thrown: Error) => thrown.message);
    expect(error).toContain(reason);
    expect(error).not.toContain('hunter2');
  });

  it('is got without a shell', async () => {
    await expect(readApiKey({ name: 'mine', apiKeyCommand: ['echo hunter2; true'] }, {})).rejects.toThrow('ENOENT');
    expect(await readApiKey({ name: 'mine', apiKeyCommand: ['echo', '$(id)'] }, {})).toBe('$(id)');
  });
});

it('templates are replaced once, what is put in is not looked at again', () => {
  const values = { selection: '$' + '{file}', scope: 'f', file: 'a.ts', language: '$&' };
  expect(expandInstruction('$' + '{selection}|$' + '{file}|$' + '{scope}|$' + '{language}|$' + '{HOME}', values)).toBe(
    '$' + '{file}|a.ts|f|$&|$' + '{HOME}',
  );
});

// The compiled extension, started as Zed starts it, and the server that it names, with the settings that it passes on.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { inFolder } from '../../cli/run.ts';
import { server } from '../../client/server-program.ts';
import { buildTarget, cargo, component } from './cargo.ts';
import { type Extension, load, type Zed } from './host.ts';
import { askServer } from './server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

let start: (zed: Zed) => Promise<Extension>;

beforeAll(async () => {
  await cargo('build', '--locked', '--release', '--target', buildTarget);
  start = await load(component);
});

/** Uses an extension that has just been installed, in a folder of its own. */
const withExtension = (zed: Omit<Zed, 'folder'>, use: (extension: Extension, folder: string) => unknown) =>
  inFolder(async ({ path: folder }) => void (await use(await start({ folder, ...zed }), folder)));

/** The built server as a user's own program. */
const binary = { path: process.execPath, arguments: [server, '--stdio'] };

describe('the command', () => {
  test('is that of the settings', () =>
    withExtension({ settings: { binary: { ...binary, env: { KEY: 'k' } } } }, (extension) => {
      expect(extension.command()).toEqual({ command: binary.path, args: binary.arguments, env: [['KEY', 'k']] });
    }));

  test('else the one on the PATH', () =>
    withExtension({ which: (name) => `/usr/bin/${name}` }, (extension) => {
      expect(extension.command()).toEqual({ command: '/usr/bin/quickhand', args: ['--stdio'], env: [] });
      expect(extension.statuses).toEqual([]);
    }));

  test('else the npm package of the same version, installed once, and it is a server', () =>
    inFolder(async ({ path: folder }) => {
      const installed: string[] = [];
      const npmInstall = (name: string, wanted: string) => {
        installed.push(`${name}@${wanted}`);
        unpack(name, wanted, folder);
      };
      const extension = await start({ folder, npmInstall });
      const script = join(folder, 'node_modules/quickhand/dist/quickhand.js');
      for (const command of [extension.command(), extension.command()]) {
        expect(command).toEqual({ command: process.execPath, args: [script, '--stdio'], env: [] });
      }
      expect(installed).toEqual([`quickhand@${version}`]);
      expect(extension.statuses.map(({ tag }) => tag)).toEqual(['downloading', 'none', 'none']);
      expect((await askServer(extension, folder)).serverInfo).toMatchObject({ version });
    }));

  test('else the reason why there is none, also in the status bar', () =>
    withExtension({ npmInstall: () => refuse('404 Not Found') }, (extension) => {
      expect(() => extension.command()).toThrow(/PATH.*quickhand@.*404 Not Found.*lsp\.quickhand\.binary/);
      const failed = { tag: 'failed', val: expect.stringContaining('404 Not Found') };
      expect(extension.statuses).toEqual([{ tag: 'downloading' }, failed]);
    }));
});

describe('the settings', () => {
  const lanes = { fast: 'ollama/small' };
  const small = { fast: { model: 'small', rehearsal: false } };

  test('reach the server when it asks for its configuration', () =>
    withExtension({ settings: { binary, settings: { lanes } } }, async (extension, folder) => {
      expect((await askServer(extension, folder)).lanes).toMatchObject(small);
    }));

  test('reach the server when it starts', () =>
    withExtension({ settings: { binary, initialization_options: { lanes } } }, async (extension, folder) => {
      expect((await askServer(extension, folder)).lanes).toMatchObject(small);
    }));

  test('may be absent', () =>
    withExtension({ settings: { binary } }, async (extension, folder) => {
      expect((await askServer(extension, folder)).lanes).toMatchObject({ fast: { rehearsal: true } });
    }));

  test('that can not be read are named', () =>
    withExtension({ settings: { binary: { path: 1 } } }, (extension) => {
      expect(() => extension.command()).toThrow(/lsp\.quickhand in the settings.*string/);
    }));
});

/** Puts the package of this repository where npm would. */
function unpack(name: string, wanted: string, folder: string): void {
  const target = join(folder, 'node_modules', name);
  mkdirSync(target, { recursive: true });
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: root });
  execFileSync('tar', ['-xzf', join(folder, `${name}-${wanted}.tgz`), '--strip-components=1', '-C', target]);
}

/** As an imported function of a component fails: with a text. */
function refuse(why: string): never {
  throw Object.assign(new Error(why), { payload: why });
}

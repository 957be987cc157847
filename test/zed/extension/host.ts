// Zed's part for a compiled extension: the folder that it may see, its settings, the project, npm; and what the extension does with them.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cache } from './cargo.ts';
import { run } from './process.ts';

/** What Zed is for one test. */
export interface Zed {
  /** The extension's own folder, the only one that it sees. */
  readonly folder: string;
  /** `lsp.quickhand` as Zed gives it. */
  readonly settings?: unknown;
  /** Where the project's PATH has a program. */
  readonly which?: (program: string) => string | undefined;
  /** Installs a package into the folder; what is thrown with a `payload` is npm's failure in words. */
  readonly npmInstall?: (name: string, version: string) => void;
}

/** A status as the status bar shows it. */
export interface Status {
  readonly tag: 'none' | 'downloading' | 'checking-for-update' | 'failed';
  readonly val?: string;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly (readonly [string, string])[];
}

/** A started extension. Each of these throws what it answers as an error, in words. */
export interface Extension {
  readonly statuses: readonly Status[];
  command(): Command;
  initializationOptions(): unknown;
  configuration(): unknown;
}

/** The exports that are used, in JavaScript's names. Results that are errors are thrown as `{payload}`. */
interface Exports {
  initExtension(): void;
  languageServerCommand(id: string, worktree: object): Command;
  languageServerInitializationOptions(id: string, worktree: object): string | undefined;
  languageServerWorkspaceConfiguration(id: string, worktree: object): string | undefined;
}

type Instantiate = (getModule: (name: string) => Promise<object>, imports: object) => Promise<Exports>;

const extensionId = 'quickhand';

/** Node's, which its types do not declare. */
const { WebAssembly } = globalThis as unknown as { WebAssembly: { compile(bytes: Uint8Array): Promise<object> } };

/** Translates a component to JavaScript; the result starts extensions. */
export async function load(component: string): Promise<(zed: Zed) => Promise<Extension>> {
  const tools = await installTools();
  const { transpile } = await importFrom(tools, '@bytecodealliance/jco-transpile');
  const { WASIShim } = await importFrom(tools, '@bytecodealliance/preview2-shim/instantiation');
  const { files } = await transpile(component, { name: extensionId, outDir: '', instantiation: 'async' });
  const instantiate = await importText(files[`${extensionId}.js`]);
  const getModule = (name: string) => WebAssembly.compile(files[name]);
  return async (zed) => {
    const sandbox = { preopens: { '.': zed.folder, [zed.folder]: zed.folder }, env: { PWD: zed.folder } };
    const { imports, statuses } = importsFor(zed);
    const exports = await instantiate(getModule, { ...new WASIShim({ sandbox }).getImportObject(), ...imports });
    exports.initExtension();
    return started(exports, new imports.worktree.default(), statuses);
  };
}

/** From a file, so that a stack trace does not hold all of it. */
async function importText(source: Uint8Array): Promise<Instantiate> {
  const folder = await mkdtemp(join(tmpdir(), 'quickhand-zed-'));
  try {
    await writeFile(join(folder, 'component.mjs'), source);
    return (await import(pathToFileURL(join(folder, 'component.mjs')).href)).instantiate;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function started(exports: Exports, worktree: object, statuses: readonly Status[]): Extension {
  const json = (text: string | undefined) => text && JSON.parse(text);
  return {
    statuses,
    command: () => inWords(() => exports.languageServerCommand(extensionId, worktree)),
    initializationOptions: () =>
      inWords(() => json(exports.languageServerInitializationOptions(extensionId, worktree))),
    configuration: () => inWords(() => json(exports.languageServerWorkspaceConfiguration(extensionId, worktree))),
  };
}

function inWords<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    const { payload } = error as { payload?: string };
    throw payload === undefined ? error : new Error(payload);
  }
}

function importsFor({ folder, settings = {}, which, npmInstall }: Zed) {
  const statuses: Status[] = [];
  class Worktree {
    id() {
      return 1n;
    }
    which(program: string) {
      return which?.(program);
    }
  }
  const unused = { default: class {} };
  const imports = {
    worktree: { default: Worktree },
    project: unused,
    'key-value-store': unused,
    'get-settings': {
      default: (where: { worktreeId: bigint }, category: string, key: string) => {
        if (where.worktreeId !== 1n || category !== 'lsp' || key !== extensionId)
          throw new Error(`Zed has no ${category}.${key}`);
        return JSON.stringify(settings);
      },
    },
    'set-language-server-installation-status': {
      default: (_id: string, status: Status) => void statuses.push(status),
    },
    'zed:extension/nodejs': {
      nodeBinaryPath: () => process.execPath,
      npmPackageInstalledVersion: (name: string) => versionIn(join(folder, 'node_modules', name)),
      npmInstallPackage: (name: string, version: string) => npmInstall?.(name, version),
    },
  };
  return { imports, statuses };
}

function versionIn(folder: string): string | undefined {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? createRequire(import.meta.url)(manifest).version : undefined;
}

/** The packages of `tools/package-lock.json`, in a folder of the cache that is complete when it has its name. */
async function installTools(): Promise<string> {
  const source = fileURLToPath(new URL('tools', import.meta.url));
  const lock = await readFile(join(source, 'package-lock.json'));
  const folder = join(cache, `tools-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'tools.'));
  try {
    await cp(source, unfinished, { recursive: true });
    // Not `npm ci`: some of the locked packages, native ones of other systems, were never published.
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: unfinished });
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** As a module in `folder` would import it. */
function importFrom(folder: string, name: string) {
  return import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(name)).href);
}

// Reads the configuration files. The only part of the configuration that touches the disk.

import { constants, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readJson } from './json.ts';
import type { Layer } from './types.ts';

/** No sensible configuration is larger; a file of a cloned repository can be anything. */
const maxBytes = 1_000_000;

/** `$XDG_CONFIG_HOME/quickhand/config.json`; as the XDG specification says, a relative directory does not count. */
export function userFilePath(env: Readonly<Record<string, string | undefined>>): string {
  const home = env.XDG_CONFIG_HOME;
  const folder = home?.startsWith('/') ? home : join(env.HOME || homedir(), '.config');
  return join(folder, 'quickhand', 'config.json');
}

/** The user's own file. `source` in problems is its path. */
export function loadUserFile(env: Readonly<Record<string, string | undefined>>): Promise<Layer> {
  return loadFile(userFilePath(env), { source: 'the user file', trusted: true });
}

/** The file of one workspace folder (an absolute path): not trusted. */
export function loadWorkspaceFile(folder: string): Promise<Layer> {
  return loadFile(workspaceFilePath(folder), { source: 'the workspace file', trusted: false });
}

function workspaceFilePath(folder: string): string {
  return join(folder, '.quickhand.json');
}

/** Another string whenever one of the files has changed. Some 10 µs a file: cheap enough to ask before a request is handled. */
export function stampFiles(env: Readonly<Record<string, string | undefined>>, folders: readonly string[]): string {
  return [userFilePath(env), ...folders.map(workspaceFilePath)].map(stampOf).join(' ');
}

/** Empty for a file that is not there or can't be looked at. */
function stampOf(path: string): string {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return '';
  }
}

/** A missing or blank file is an empty layer; one that can't be read says so, naming path, line and column. */
async function loadFile(path: string, place: Pick<Layer, 'source' | 'trusted'>): Promise<Layer> {
  const text = await readSmallFile(path).catch((error: NodeJS.ErrnoException) => error);
  if (text instanceof Error) {
    const missing = text.code === 'ENOENT' || text.code === 'ENOTDIR';
    return { ...place, value: undefined, ...(!missing && { unreadable: `${path}: ${text.message}` }) };
  }
  if (text.trim() === '') return { ...place, value: undefined };
  const result = readJson(text);
  if (result.ok) return { ...place, value: result.value };
  const { line, column, message } = result;
  return { ...place, value: undefined, unreadable: `${path}:${line}:${column}: ${message}` };
}

/** O_NONBLOCK: a pipe in the place of the file must not hang the server; a link to a device must not fill its memory. */
async function readSmallFile(path: string): Promise<string> {
  const { O_RDONLY, O_NONBLOCK } = constants;
  const file = await open(path, O_RDONLY | (O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Error('not a file');
    if (stat.size > maxBytes) throw new Error(`larger than ${maxBytes} bytes`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

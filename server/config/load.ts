// Reads the configuration files. Nothing else in this folder reads the disk.

import { join } from 'node:path';
import { configFolder, type Environment, noHomeFolder } from '../files/homes.ts';
import { stampOf } from '../files/look.ts';
import { readText } from '../files/read.ts';
import { readJson } from './json.ts';
import type { Layer } from './types.ts';

/** No sensible configuration is larger; a file of a cloned repository can be anything. */
const maxBytes = 1_000_000;

/** `$XDG_CONFIG_HOME/quickhand/config.json`; undefined if the user has no home. */
export function userFilePath(env: Environment): string | undefined {
  const folder = configFolder(env);
  return folder && join(folder, 'quickhand', 'config.json');
}

/** The user's own file. `source` in problems is its path. */
export async function loadUserFile(env: Environment): Promise<Layer> {
  const place = { source: 'the user file', trusted: true };
  const path = userFilePath(env);
  if (path === undefined) return { ...place, value: undefined, missing: `no user file is read: ${noHomeFolder}` };
  return loadFile(path, place);
}

/** The file of one workspace folder (an absolute path): not trusted, and not read where it is a link that leads out of the folder. */
export function loadWorkspaceFile(folder: string): Promise<Layer> {
  return loadFile(workspaceFilePath(folder), { source: 'the workspace file', trusted: false }, folder);
}

function workspaceFilePath(folder: string): string {
  return join(folder, '.quickhand.json');
}

/** A string that differs whenever one of the files has changed: cheap enough to compute before each request. */
export function stampFiles(env: Environment, folders: readonly string[]): string {
  return [userFilePath(env) ?? '', ...folders.map(workspaceFilePath)].map(stampOf).join(' ');
}

/** A missing or blank file is an empty layer; `unreadable` of one that can't be read names path, line and column. */
async function loadFile(path: string, place: Pick<Layer, 'source' | 'trusted'>, within?: string): Promise<Layer> {
  const options = { maxBytes, ...(within !== undefined && { within }) };
  const text = await readText(path, options).catch((error: NodeJS.ErrnoException) => error);
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

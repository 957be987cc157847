// The files that a ledger consists of: the one that is written, and those that were full, by number, 1 being the newest.

import { randomUUID } from 'node:crypto';
import { closeSync, linkSync, openSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Full files that are kept. */
export const keptGenerations = 5;

/** A lock is held for some renames. One that is older was left behind by a process that died in between. */
const staleLockMs = 10_000;

/** `edits.jsonl` becomes `edits.1.jsonl`. */
export function generationPath(file: string, generation: number): string {
  return file.replace(/(\.jsonl)?$/, `.${generation}.jsonl`);
}

/**
 * Puts a file aside that has grown past `maxBytes`, and forgets the oldest. By one process at a time: who finds another one at it leaves it to that.
 * In one go, so that nothing else of this process comes between. Who has the file open goes on writing to it under its new name: nothing is lost.
 */
export function rotate(file: string, maxBytes: number): void {
  const lock = `${file}.lock`;
  if (!take(lock)) return;
  try {
    // Somebody else may have done it just before.
    if (statSync(file).size <= maxBytes) return;
    for (let n = keptGenerations - 1; n >= 1; n--) moveIfThere(generationPath(file, n), generationPath(file, n + 1));
    renameSync(file, generationPath(file, 1));
  } finally {
    rmSync(lock, { force: true });
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') forgetStale(lock);
    return false;
  }
}

/** Moved away before it is removed, and looked at again: meanwhile it may have become the lock of somebody who lives. */
function forgetStale(lock: string): void {
  const aside = `${lock}.${randomUUID()}`;
  try {
    const found = statSync(lock);
    if (Date.now() - found.mtimeMs < staleLockMs) return;
    renameSync(lock, aside);
    if (!isSame(found, statSync(aside))) linkSync(aside, lock);
  } catch {
    // Somebody else has done it.
  } finally {
    rmSync(aside, { force: true });
  }
}

const isSame = (a: Stats, b: Stats): boolean => a.ino === b.ino && a.mtimeMs === b.mtimeMs;

/**
 * Opens all that there are, the oldest first. They are opened from the newest on, and meanwhile they may move on: one that is met again has its place there,
 * behind what has taken its own. The caller closes them.
 */
export async function openGenerations(file: string): Promise<FileHandle[]> {
  const paths = [file, ...Array.from({ length: keptGenerations }, (_, i) => generationPath(file, i + 1))];
  /** By inode, the newest first. */
  const opened = new Map<number, FileHandle>();
  for (const path of paths) {
    const one = await openIfThere(path);
    if (!one) continue;
    const { ino } = await one.stat();
    await opened.get(ino)?.close();
    opened.delete(ino);
    opened.set(ino, one);
  }
  return [...opened.values()].reverse();
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  return open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

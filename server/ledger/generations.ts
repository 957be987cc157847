// The files of a ledger and their rotation: the one that is written, and the full ones by number, 1 being the newest.

import { randomUUID } from 'node:crypto';
import { closeSync, linkSync, openSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Full files that are kept. */
export const keptGenerations = 5;

/** The lock is held for a few renames. One that is older was left behind by a process that died. */
const staleLockMs = 10_000;

/** `edits.jsonl` becomes `edits.1.jsonl`. */
export function generationPath(file: string, generation: number): string {
  return file.replace(/(\.jsonl)?$/, `.${generation}.jsonl`);
}

/**
 * Rotates a file that has grown past `maxBytes`, and removes the oldest. One process at a time: a process that finds the lock taken does nothing.
 * Synchronous, so that no other write of this process comes between. A process that has the file open goes on writing under its new name: nothing is lost.
 */
export function rotate(file: string, maxBytes: number): void {
  const lock = `${file}.lock`;
  if (!take(lock)) return;
  try {
    // Another process may have rotated it just before.
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

/** Renamed before it is removed, and checked again: meanwhile it may have become the lock of a process that lives. */
function forgetStale(lock: string): void {
  const aside = `${lock}.${randomUUID()}`;
  try {
    const found = statSync(lock);
    if (Date.now() - found.mtimeMs < staleLockMs) return;
    renameSync(lock, aside);
    if (!isSame(found, statSync(aside))) linkSync(aside, lock);
  } catch {
    // Another process has removed it.
  } finally {
    rmSync(aside, { force: true });
  }
}

const isSame = (a: Stats, b: Stats): boolean => a.ino === b.ino && a.mtimeMs === b.mtimeMs;

/**
 * Opens all files, and returns them the oldest first. They are opened from the newest on, because a rotation meanwhile moves them in that direction: a file
 * that is met again counts at its new name. The caller closes them.
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

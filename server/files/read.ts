// Reads files that a repository may have placed: regular files only, of bounded size. Nothing else in the server reads such files.

import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import { isWithin } from './within.ts';

export interface ReadOptions {
  /** A larger file is refused, before anything of it is read. */
  readonly maxBytes: number;
  /** An absolute folder that the file has to lie in, after following links. */
  readonly within?: string;
}

/** Why a file that is there is not read. The message is a phrase for the user; the path is for the caller to name. */
export class FileRefused extends Error {
  readonly code: 'folder' | 'noFile' | 'tooLarge' | 'outside';

  constructor(code: FileRefused['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The bytes of a file. Links are followed; a folder, pipe, socket or device at their end is refused and not even opened, because opening alone can hang
 * or do something. Rejects with FileRefused, or as the file system does.
 */
export async function readRegularFile(path: string, { maxBytes, within }: ReadOptions): Promise<Buffer> {
  check(await stat(path), maxBytes);
  if (within !== undefined && !isWithin(await realpath(within), await realpath(path)))
    throw new FileRefused('outside', `a link that leads out of ${within}`);
  // The path may have become a pipe since `stat`: O_NONBLOCK keeps `open` from hanging, and what was opened is checked again.
  const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants;
  const file = await open(path, O_RDONLY | (O_NONBLOCK ?? 0) | (O_NOCTTY ?? 0));
  try {
    const { size } = check(await file.stat(), maxBytes);
    return await readAll(file, size, maxBytes);
  } finally {
    await file.close();
  }
}

/** The same as text in UTF-8; what is no UTF-8 becomes U+FFFD. */
export async function readText(path: string, options: ReadOptions): Promise<string> {
  return (await readRegularFile(path, options)).toString('utf8');
}

interface Stats {
  readonly size: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

function check<S extends Stats>(stats: S, maxBytes: number): S {
  if (stats.isDirectory()) throw new FileRefused('folder', 'not a file but a folder');
  if (!stats.isFile()) throw new FileRefused('noFile', 'not a file');
  if (stats.size > maxBytes) throw tooLarge(maxBytes);
  return stats;
}

const tooLarge = (maxBytes: number): FileRefused => new FileRefused('tooLarge', `larger than ${maxBytes} bytes`);

/** To the end, whatever the size said: files of /proc report 0 bytes, and others grow meanwhile. */
async function readAll(file: FileHandle, size: number, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let total = 0;
  for (;;) {
    const room = Buffer.allocUnsafe(Math.max(size - total, 4096));
    const { bytesRead } = await file.read(room, 0, room.length);
    if (bytesRead === 0) return Buffer.concat(parts, total);
    total += bytesRead;
    if (total > maxBytes) throw tooLarge(maxBytes);
    parts.push(room.subarray(0, bytesRead));
  }
}

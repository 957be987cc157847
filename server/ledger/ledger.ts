// The ledger: one line per edit, each appended with one write, by several processes at once.

import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Environment, noHomeFolder, stateFolder } from '../files/homes.ts';
import { jsonLineOf, type NewEntry, type Reaction } from './entry.ts';
import { generationPath, rotate } from './generations.ts';

/** At some 600 bytes per edit: 16,000 edits, and as many in each of the rotated files. */
const defaultMaxBytes = 10_000_000;

export interface LedgerOptions {
  /** Undefined: the user has no home, and nothing is recorded. */
  readonly file: string | undefined;
  /** The file is rotated when it has grown past this many bytes. */
  readonly maxBytes?: number;
  /** The time of a line; default: now. */
  readonly now?: () => Date;
  /** Called once, if the ledger can't be written. Edits go on without it. */
  readonly onProblem?: (message: string) => void;
}

/** `$XDG_STATE_HOME/quickhand/edits.jsonl`; undefined if the user has no home. */
export function ledgerPath(env: Environment): string | undefined {
  const folder = stateFolder(env);
  return folder && join(folder, 'quickhand', 'edits.jsonl');
}

/** The newest of the rotated files. */
export const olderPath = (file: string): string => generationPath(file, 1);

/** Writes in the background, in order. Never throws: a broken disk must not break an edit. */
export class Ledger {
  readonly #options: LedgerOptions;
  readonly #run = randomUUID().slice(0, 13);
  #written: Promise<void> = Promise.resolve();
  #broken = false;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** One edit, at its end. */
  record(entry: NewEntry): void {
    this.#append(jsonLineOf({ ...this.#stamp(), ...entry }));
  }

  /** The reaction of the user to an edit that was recorded. The last one counts. */
  amend(editId: string, reaction: Reaction): void {
    this.#append(jsonLineOf({ ...this.#stamp(), editId, reaction }));
  }

  /** Resolves when everything recorded so far is in the file, or given up. */
  flush(): Promise<void> {
    return this.#written;
  }

  #stamp() {
    const { now = () => new Date() } = this.#options;
    return { at: now().toISOString(), run: this.#run };
  }

  #append(line: string): void {
    const { file, maxBytes = defaultMaxBytes, onProblem } = this.#options;
    this.#written = this.#written
      .then(() => {
        if (file === undefined) throw new Error(noHomeFolder);
        return appendLine(file, line, maxBytes);
      })
      .catch((error: Error) => {
        if (!this.#broken) onProblem?.(`the ledger can't be written: ${error.message}`);
        this.#broken = true;
      });
  }
}

/** Appends again if the file has meanwhile been rotated so often that it was removed. */
async function appendLine(path: string, line: string, maxBytes: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { size, isGone } = await appendOnce(path, line);
  if (isGone) return appendLine(path, line, maxBytes);
  if (size > maxBytes) rotate(path, maxBytes);
}

/**
 * Appends with O_APPEND and a single write, so that lines of several processes never mix. A line that a dying process left torn is ended by a line break first:
 * only that line is lost. `size`: bytes of the file before.
 */
async function appendOnce(path: string, line: string): Promise<{ size: number; isGone: boolean }> {
  const { O_APPEND, O_CREAT, O_RDWR } = constants;
  const file = await open(path, O_APPEND | O_CREAT | O_RDWR, 0o600);
  try {
    const { size } = await file.stat();
    const text = Buffer.from((await endsTorn(file, size)) ? `\n${line}` : line);
    const { bytesWritten } = await file.write(text);
    if (bytesWritten < text.length) throw new Error('no space left');
    return { size, isGone: (await file.stat()).nlink === 0 };
  } finally {
    await file.close();
  }
}

async function endsTorn(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] !== 0x0a;
}

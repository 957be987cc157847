// The pairs of a corpus file: real functions before and after a change.

import { readFileSync } from 'node:fs';

export interface Pair {
  readonly id: string;
  readonly language: string;
  /** What the change says of itself. */
  readonly subject?: string;
  readonly before: string;
  readonly after: string;
  /** The Myers distance in characters: the least that can be inserted and deleted. */
  readonly optimalCharEdits: number;
}

export function readCorpus(path: string): Pair[] {
  const data: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!Array.isArray(data)) throw new Error(`${path} is not a list of pairs`);
  return data as Pair[];
}

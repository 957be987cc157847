// The source files of folders, and which lines of them are looked at.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Source {
  readonly path: string;
  readonly language: string;
}

/** Bytes. A longer file has no tree. */
const maxBytes = 16_000_000;
const foreign = /^(node_modules|vendor|third_party|dist|build|out|target|testdata|\..*)$/;
const declarations = /\.d\.[cm]?ts$/;
const generatedName = /(\.min\.|\.bundle\.|[-.]generated\.|\.gen\.|\.pb\.|_pb2?\.|zz_)/;
const generatedHead =
  /code generated .* do not edit|@generated|this file (is|was) (auto(matically)?[- ]?)?generated|"__esModule"|_interopRequire/i;
const generatedTail = /\/\/# sourceMappingURL=/;
/** UTF-16 units at both ends of a file in which a program says that it wrote it. */
const signedUnits = 1000;
/** UTF-16 units. Nobody writes code with so long lines, so a program has. */
const maxAverageLine = 120;
const maxLine = 2000;

/** All source files below `folders`, in the order of their paths. */
export function sourcesIn(folders: readonly string[], languageOf: (path: string) => string | undefined): Source[] {
  return folders
    .flatMap((folder) => walk(folder))
    .flatMap((path) => {
      const language = declarations.test(path) ? undefined : languageOf(path);
      return language ? [{ path, language }] : [];
    });
}

function walk(folder: string): string[] {
  if (!statSync(folder).isDirectory()) return [folder];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foreign.test(entry.name) ? [] : walk(path);
    return entry.isFile() && !generatedName.test(entry.name) ? [path] : [];
  });
}

/** The text, unless a program wrote it. */
export function textOf({ path }: Source): string | undefined {
  if (statSync(path).size > maxBytes) return undefined;
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n');
  const isReadable = lines.every(({ length }) => length <= maxLine) && text.length <= lines.length * maxAverageLine;
  const isGenerated = generatedHead.test(text.slice(0, signedUnits)) || generatedTail.test(text.slice(-signedUnits));
  return isReadable && !isGenerated && !text.includes('\0') ? text : undefined;
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same elements in a random order. */
export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const shuffling = [...list];
  for (let last = shuffling.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffling[last], shuffling[other]] = [shuffling[other]!, shuffling[last]!];
  }
  return shuffling;
}

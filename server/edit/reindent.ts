// Carries replacement lines over to the base's own white space when a model remembered the lines it searched for with a different one.

import { indentOf } from './indent.ts';

/** One search line and the base line it stands for. */
export interface LinePair {
  readonly search: string;
  readonly base: string;
}

/**
 * What a replacement line is to read in the base: a line that the search had too stays as the base has it; any other one gets the
 * indentation that the base has where the search has this line's.
 */
export function createReindent(pairs: readonly LinePair[]): (line: string) => string {
  const drifted = pairs.filter(({ search, base }) => search !== base);
  if (drifted.length === 0) return (line) => line;
  const kept = new Map(pairs.map(({ search, base }) => [search, base]));
  const indents = new Map<string, string>();
  for (const { search, base } of pairs) {
    if (search.trim() !== '' && !indents.has(indentOf(search))) indents.set(indentOf(search), indentOf(base));
  }
  return (line) => kept.get(line) ?? (line.trim() === '' ? line : carry(indents, indentOf(line)) + line.trimStart());
}

/** The base's indentation for `indent` of the search, from the nearest one that is known. */
function carry(indents: ReadonlyMap<string, string>, indent: string): string {
  const known = indents.get(indent);
  if (known !== undefined) return known;
  const shorter = longest([...indents.keys()].filter((each) => indent.startsWith(each)));
  if (shorter !== undefined) return indents.get(shorter)! + unit(indents, indent.slice(shorter.length));
  const longer = longest([...indents.keys()].filter((each) => each.startsWith(indent)));
  if (longer === undefined) return indent;
  const target = indents.get(longer)!;
  return target.slice(0, Math.max(0, target.length - unit(indents, longer.slice(indent.length)).length));
}

/** A deeper level, in tabs where the base uses them and the search does not, and the other way round. */
function unit(indents: ReadonlyMap<string, string>, extra: string): string {
  const targets = [...indents.values()].join('');
  const sources = [...indents.keys()].join('') + extra;
  if (targets.includes('\t') && !targets.includes(' ') && !sources.includes('\t')) {
    return '\t'.repeat(Math.max(1, Math.round(extra.length / step(indents.keys()))));
  }
  if (targets.includes(' ') && !targets.includes('\t') && extra !== '' && !extra.includes(' ')) {
    return ' '.repeat(extra.length * step(indents.values()));
  }
  return extra;
}

/** How many blanks make a level: the smallest that occurs, else 4. */
function step(indents: Iterable<string>): number {
  const lengths = [...indents].map((indent) => indent.length).filter((length) => length > 0);
  return lengths.length > 0 ? Math.min(...lengths) : 4;
}

function longest(texts: readonly string[]): string | undefined {
  return texts.reduce<string | undefined>((a, b) => (a !== undefined && a.length >= b.length ? a : b), undefined);
}

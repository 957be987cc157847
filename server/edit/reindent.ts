// Gives replacement lines the base's own indentation when the model's SEARCH lines have a different one than the base.

import { indentOf } from '../text/lines.ts';

/** One search line and the base line it stands for. */
export interface LinePair {
  readonly search: string;
  readonly base: string;
}

/**
 * Maps a line of the replacement to how it should read in the base: a line that the search text has too becomes the base's line; any other one gets the
 * base's indentation that corresponds to its own in the search text.
 */
export function createReindent(pairs: readonly LinePair[]): (line: string) => string {
  const drifted = pairs.filter(({ search, base }) => search !== base);
  if (drifted.length === 0) return (line) => line;
  const kept = new Map(pairs.map(({ search, base }) => [search, base]));
  const indents = new Map<string, string>();
  for (const { search, base } of pairs) {
    if (search.trim() !== '' && !indents.has(indentOf(search))) indents.set(indentOf(search), indentOf(base));
  }
  return (line) =>
    kept.get(line) ?? (line.trim() === '' ? line : baseIndent(indents, indentOf(line)) + line.trimStart());
}

/** The base's indentation for `indent` of the search text, derived from the nearest one that is known. */
function baseIndent(indents: ReadonlyMap<string, string>, indent: string): string {
  const known = indents.get(indent);
  if (known !== undefined) return known;
  const shorter = longest([...indents.keys()].filter((each) => indent.startsWith(each)));
  if (shorter !== undefined) return indents.get(shorter)! + convertIndent(indents, indent.slice(shorter.length));
  const longer = longest([...indents.keys()].filter((each) => each.startsWith(indent)));
  if (longer === undefined) return indent;
  const target = indents.get(longer)!;
  return target.slice(0, Math.max(0, target.length - convertIndent(indents, longer.slice(indent.length)).length));
}

/** The white space of deeper levels, turned into tabs where the base uses tabs and the search text spaces, and the other way round. */
function convertIndent(indents: ReadonlyMap<string, string>, extra: string): string {
  const targets = [...indents.values()].join('');
  const sources = [...indents.keys()].join('') + extra;
  if (targets.includes('\t') && !targets.includes(' ') && !sources.includes('\t')) {
    return '\t'.repeat(Math.max(1, Math.round(extra.length / levelWidth(indents.keys()))));
  }
  if (targets.includes(' ') && !targets.includes('\t') && extra !== '' && !extra.includes(' ')) {
    return ' '.repeat(extra.length * levelWidth(indents.values()));
  }
  return extra;
}

/** How many characters make one level: the smallest indentation that occurs, else 4. */
function levelWidth(indents: Iterable<string>): number {
  const lengths = [...indents].map((indent) => indent.length).filter((length) => length > 0);
  return lengths.length > 0 ? Math.min(...lengths) : 4;
}

function longest(texts: readonly string[]): string | undefined {
  return texts.reduce<string | undefined>((a, b) => (a !== undefined && a.length >= b.length ? a : b), undefined);
}

// Gives replacement lines the base's own indentation when the model's SEARCH lines have a different one than the base.

import { convertIndent } from '../answer/indentation/indentation-units.ts';
import { indentOf } from '../text/lines.ts';

/** One search line and the base line it stands for. */
export interface LinePair {
  readonly search: string;
  readonly base: string;
}

/** One level of indentation in the search text, and in the base. */
interface Level {
  readonly from: string;
  readonly to: string;
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
  if (shorter !== undefined) return indents.get(shorter)! + converted(indents, indent.slice(shorter.length));
  const longer = longest([...indents.keys()].filter((each) => each.startsWith(indent)));
  if (longer === undefined) return indent;
  const target = indents.get(longer)!;
  return target.slice(0, Math.max(0, target.length - converted(indents, longer.slice(indent.length)).length));
}

/** The white space of deeper levels of the search text, in the unit of the base. */
function converted(indents: ReadonlyMap<string, string>, extra: string): string {
  const level = oneLevel(indents) ?? tabOrBlanks(indents, extra);
  return level ? convertIndent(extra, level.from, level.to) : extra;
}

/** One level of both, by the two nearest lines of which one is further in than the other in both. */
function oneLevel(indents: ReadonlyMap<string, string>): Level | undefined {
  let best: Level | undefined;
  for (const [outer, outerBase] of indents) {
    for (const [inner, innerBase] of indents) {
      const from = inner.startsWith(outer) ? inner.slice(outer.length) : '';
      const to = innerBase.startsWith(outerBase) ? innerBase.slice(outerBase.length) : '';
      const isLevel = from !== '' && from !== ' ' && to !== '' && to !== ' ';
      if (isLevel && (!best || from.length < best.from.length)) best = { from, to };
    }
  }
  return best;
}

/** The same where all lines stand equally far in: the base has tabs and the search text blanks, or the other way round. */
function tabOrBlanks(indents: ReadonlyMap<string, string>, extra: string): Level | undefined {
  const targets = [...indents.values()].join('');
  const sources = [...indents.keys()].join('') + extra;
  if (targets.includes('\t') && !targets.includes(' ') && !sources.includes('\t'))
    return { from: ' '.repeat(Math.min(levelWidth(indents.keys()), extra.length)), to: '\t' };
  if (targets.includes(' ') && !targets.includes('\t') && !extra.includes(' '))
    return { from: '\t', to: ' '.repeat(levelWidth(indents.values())) };
  return undefined;
}

/** How many characters make one level: the smallest indentation that occurs, else 4. */
function levelWidth(indents: Iterable<string>): number {
  const lengths = [...indents].map((indent) => indent.length).filter((length) => length > 0);
  return lengths.length > 0 ? Math.min(...lengths) : 4;
}

function longest(texts: readonly string[]): string | undefined {
  return texts.reduce<string | undefined>((a, b) => (a !== undefined && a.length >= b.length ? a : b), undefined);
}

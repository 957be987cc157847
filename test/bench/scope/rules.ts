// The scope that a cursor means, by the rules (DESIGN.md §4.2) and what the language's own parser says of the file. It shares no code with the server.

import type { Span } from '../../../server/text/span.ts';
import { choose, encloses, smallest } from './choice.ts';
import { Extents } from './extents.ts';
import type { Item, Judged } from './judged.ts';
import { LineMap, type Lines } from './line-map.ts';

export const bounds = { maxLines: 400, maxChars: 60_000, maxModuleLines: 150 } as const;

export interface Expected {
  readonly kind: Item['role'] | 'comment' | 'insertion' | 'nothing';
  readonly name?: string;
  /** The first is what the rules say; the others are as good where the rules leave it open. Of an insertion: the lines where it may be. */
  readonly accepted: readonly Lines[];
  /** The scope is over the bounds: some part of it should be found. */
  readonly isPart?: boolean;
  /** The largest part around the cursor that is within them, if there is one. */
  readonly part?: Lines;
}

export class Rules {
  readonly map: LineMap;
  readonly #judged: Judged;
  readonly #imports: readonly Item[];
  readonly #extents: Extents;

  constructor(text: string, judged: Judged) {
    this.map = new LineMap(text);
    this.#judged = judged;
    this.#imports = judged.items.filter(({ role }) => role === 'import').sort((a, b) => a.from - b.from);
    this.#extents = new Extents(this.map, judged);
  }

  /** For a cursor at the first character of a line that is not blank. */
  onCode(line: number): Expected {
    const cursor = this.map.cursor(line);
    const held = this.#held((item) => {
      const { from, to } = this.#extents.of(item);
      return from <= cursor && cursor <= to;
    });
    return this.#onHeld(cursor, held);
  }

  #onHeld(cursor: number, held: readonly Item[]): Expected {
    const chosen = choose(held);
    if (!chosen) return this.#atTop(cursor, held);
    const expected = chosen.role === 'class' ? this.#inClass(cursor, held, chosen) : this.#bounded(cursor, chosen);
    const callback = chosen.role === 'class' && held.find(({ role }) => role === 'callback');
    if (callback) return this.#orElse(expected, this.#extents.lines(callback));
    if (chosen.role !== 'function' || !chosen.loose) return expected;
    const otherwise = this.#onHeld(
      cursor,
      held.filter((item) => item !== chosen),
    );
    return this.#orElse(expected, ...otherwise.accepted);
  }

  /** For a cursor on a blank line. */
  onBlank(line: number): Expected {
    const cursor = this.map.start(line);
    const all = this.#held((item) => this.#extents.of(item).from < cursor && cursor < item.to, true);
    const held = all.filter(({ role }) => role !== 'part');
    const chosen = choose(held) ?? smallest(held.filter(({ role }) => role === 'namespace'));
    const holdsItems = chosen && (chosen.group || chosen.role === 'class' || chosen.role === 'namespace');
    const { body } = chosen ?? {};
    const inside = body ? all.filter((item) => encloses(body, item)) : all;
    if (!chosen || (holdsItems && body && isWithin(cursor, body))) {
      if (inside.length === 0) return this.#gap(line, chosen);
      if (chosen?.role === 'class') return this.#inClass(cursor, held, chosen);
      if (!chosen?.group) return this.#atTop(cursor, held);
    }
    return this.#onHeld(cursor, held);
  }

  /** The lines of the test around a cursor on this line. */
  testLines(line: number): Lines | undefined {
    const cursor = this.map.cursor(line);
    const test = smallest(this.#held((item) => item.test === true && isWithin(cursor, this.#extents.of(item))));
    return test && this.#extents.lines(test);
  }

  #held(holds: (item: Item) => boolean, withParts = false): Item[] {
    return this.#judged.items.filter((item) => (withParts || item.role !== 'part') && holds(item));
  }

  #bounded(cursor: number, item: Item): Expected {
    const isPart = !this.#fits(item, item.table ? bounds.maxModuleLines : bounds.maxLines);
    const part = isPart ? this.#largestPart(cursor, item) : undefined;
    return {
      kind: item.role,
      ...(item.name !== undefined && { name: item.name }),
      accepted: [this.#extents.lines(item)],
      ...(isPart && { isPart }),
      ...(part && { part }),
    };
  }

  #fits(item: Item, maxLines: number = bounds.maxLines): boolean {
    const { first, last } = this.#extents.lines(item);
    const { from, to } = this.#extents.of(item);
    return last - first < maxLines && to - from <= bounds.maxChars;
  }

  /** The largest part of `item` around the cursor that is within the bounds; between parts the lines up to the next ones; undefined if those are too many. */
  #largestPart(cursor: number, item: Item): Lines | undefined {
    const parts = this.#judged.items.filter((part) => part.role === 'part' && encloses(item, part));
    const holds = ({ from, to }: Span) => from <= cursor && cursor <= to;
    const inside = parts.filter((part) => holds(this.#extents.of(part)) && this.#fits(part));
    const [largest] = inside.toSorted((a, b) => a.from - b.from || b.to - a.to);
    return largest ? this.#extents.lines(largest) : this.#between(this.map.lineOf(cursor), item, parts);
  }

  #between(line: number, item: Item, parts: readonly Item[]): Lines | undefined {
    let { first, last } = this.#extents.lines(item);
    for (const part of parts) {
      const lines = this.#extents.lines(part);
      if (lines.last < line) first = Math.max(first, lines.last + 1);
      if (lines.first > line) last = Math.min(last, lines.first - 1);
    }
    if (this.map.isBlank(line) || last - first >= bounds.maxLines) return undefined;
    while (this.map.isBlank(first)) first++;
    while (this.map.isBlank(last)) last--;
    return { first, last };
  }

  #inClass(cursor: number, held: readonly Item[], type: Item): Expected {
    const member = smallest(held.filter((item) => item.role === 'member' && encloses(type, item)));
    if (member)
      return member.loose
        ? this.#orElse(this.#bounded(cursor, member), this.#extents.lines(type))
        : this.#bounded(cursor, member);
    return this.#comment(cursor, type) ?? this.#bounded(cursor, type);
  }

  #atTop(cursor: number, held: readonly Item[]): Expected {
    const found = smallest(held.filter(({ role }) => role === 'statement' || role === 'namespace'));
    const run = this.#importRun(cursor);
    if (run)
      return this.#orElse(inARow('import', run), ...(found?.role === 'statement' ? [this.#extents.lines(found)] : []));
    return this.#comment(cursor, found) ?? (found ? this.#bounded(cursor, found) : { kind: 'nothing', accepted: [] });
  }

  #orElse(expected: Expected, ...others: readonly Lines[]): Expected {
    return { ...expected, accepted: [...expected.accepted, ...others] };
  }

  /** A comment that belongs to no code, directly in the file or in `container`. */
  #comment(cursor: number, container: Item | undefined): Expected | undefined {
    if (!this.#extents.commentAt(cursor)) return undefined;
    if (container && !(container.body && isWithin(cursor, container.body))) return undefined;
    return inARow('comment', this.#extents.commentRun(cursor));
  }

  /** The import statements around `cursor` with nothing else between them, and the comment directly above. */
  #importRun(cursor: number): Lines | undefined {
    const at = this.#imports.findLastIndex((item) => this.#extents.of(item).from <= cursor);
    const last = this.#imports[at];
    if (!last) return undefined;
    const joins = (a: Item | undefined, b: Item | undefined) => a && b && this.#extents.isGap(a.to, b.from);
    let [first, end] = [at, at];
    while (joins(this.#imports[first - 1], this.#imports[first])) first--;
    while (joins(this.#imports[end], this.#imports[end + 1])) end++;
    const span = { from: this.#extents.of(this.#imports[first]!).from, to: this.#imports[end]!.to };
    return cursor <= this.#extents.of(this.#imports[end]!).to ? this.map.linesOf(span) : undefined;
  }

  /** Where new code goes between two items: the second of two blank lines, a middle one of more. */
  #gap(line: number, container: Item | undefined): Expected {
    const run = this.#importRun(this.map.start(line));
    if (run) return inARow('import', run);
    let [first, last] = [line, line];
    while (first > 0 && this.map.isBlank(first - 1)) first--;
    while (last + 1 < this.map.count && this.map.isBlank(last + 1)) last++;
    if (last + 1 === this.map.count) return { kind: 'insertion', accepted: [{ first, last }] };
    const count = last - first + 1;
    const place = count > 2 ? { first: first + 1, last: last - 1 } : { first: last, last };
    const name = container?.name;
    return { kind: 'insertion', ...(name !== undefined && { name }), accepted: [place] };
  }
}

function inARow(kind: 'import' | 'comment', lines: Lines): Expected {
  return { kind, accepted: [lines], ...(lines.last - lines.first >= bounds.maxLines && { isPart: true }) };
}

const isWithin = (offset: number, { from, to }: Span) => from < offset && offset < to;

// A text of which each UTF-16 unit has an id, so that it is known who wrote it and what became of it.

/** Who wrote a unit. */
export type Author = 'original' | 'person' | 'model';

/** Immutable. `ids[i]` belongs to `text[i]`. */
export interface Buffer {
  readonly text: string;
  readonly ids: readonly number[];
}

/** Replaces `from`..`to` (offsets into one buffer, before any change of the same list) by `insert`. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Gives out ids; one per schedule. */
export class Authors {
  readonly #authors: Author[] = [];

  create(text: string, author: Author): Buffer {
    return { text, ids: this.#fresh(text.length, author) };
  }

  of(id: number): Author {
    return this.#authors[id]!;
  }

  /** The buffer after `changes`, which are sorted and do not overlap. */
  apply({ text, ids }: Buffer, changes: readonly Change[], author: Author): Buffer {
    let newText = '';
    const newIds: number[] = [];
    let at = 0;
    const copy = (to: number) => {
      newText += text.slice(at, to);
      for (; at < to; at++) newIds.push(ids[at]!);
    };
    for (const { from, to, insert } of changes) {
      copy(from);
      newText += insert;
      newIds.push(...this.#fresh(insert.length, author));
      at = to;
    }
    copy(text.length);
    return { text: newText, ids: newIds };
  }

  #fresh(count: number, author: Author): number[] {
    const ids: number[] = [];
    for (let i = 0; i < count; i++) ids.push(this.#authors.push(author) - 1);
    return ids;
  }
}

/** Whether a cut at `at` would split a CRLF or a surrogate pair. */
export function splits(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  if (before === 0x0d) return after === 0x0a;
  return (before & 0xfc00) === 0xd800 && (after & 0xfc00) === 0xdc00;
}

export function withLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** The nearest offset at or before `at` that splits nothing. */
export function whole(text: string, at: number): number {
  const within = Math.max(0, Math.min(at, text.length));
  return splits(text, within) ? within - 1 : within;
}

/** The one range in which two texts differ. */
export function difference(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  while (splits(before, from) || splits(after, from)) from--;
  let end = 0;
  while (end < most - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  while (splits(before, before.length - end) || splits(after, after.length - end)) end--;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** `before` on its way to `after` where an editor sets lines: those that changed, as many of them as there are on both sides. */
export function halfOf(before: Buffer, after: Buffer): Buffer {
  const { from, to, insert } = difference(before.text, after.text);
  const start = before.text.lastIndexOf('\n', from - 1) + 1;
  const linesFrom = ({ text }: Buffer, at: number) => [start, ...endsOfLines(text, start, at)];
  const old = linesFrom(before, to);
  const set = linesFrom(after, from + insert.length);
  const count = Math.min(old.length, set.length) - 1;
  const [kept, put] = [old[count]!, set[count]!];
  // What was taken out or put in stands at the end: there is nothing to set.
  if (put === start || kept === start) return before;
  // The last line of a text that ends without a break: there is nothing between the two steps.
  if (kept < before.text.length && after.text[put - 1] !== '\n') return after;
  // It keeps ending without one where lines are to be appended to it.
  const isOpen = kept === before.text.length && before.text[kept - 1] !== '\n';
  const end = isOpen ? put - /(?:\r?\n)?$/.exec(after.text.slice(start, put))![0].length : put;
  return {
    text: after.text.slice(0, end) + before.text.slice(kept),
    ids: [...after.ids.slice(0, end), ...before.ids.slice(kept)],
  };
}

/** Where the lines between `from` and the end of the line that holds `to` end. */
function endsOfLines(text: string, from: number, to: number): number[] {
  const ends: number[] = [];
  for (let at = from; at < to || ends.length === 0; ) {
    at = text.indexOf('\n', at) + 1 || text.length;
    ends.push(at);
    if (at === text.length) break;
  }
  return ends;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** An LSP range. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}

/** Of the line that starts there, without its break. */
function endOfLine(text: string, start: number): number {
  const end = text.slice(start).search(/\r|\n/);
  return end < 0 ? text.length : start + end;
}

export function rangeOf(text: string, from: number, to: number): Range {
  const starts = lineStarts(text);
  const position = (at: number) => {
    const line = starts.findLastIndex((start) => start <= at);
    return { line, character: at - starts[line]! };
  };
  return { start: position(from), end: position(to) };
}

/**
 * Offsets of LSP edits; undefined where an editor would refuse: a position that does not exist, unless it `clamps` those, reversed or overlapping ranges.
 */
export function changesOf(
  text: string,
  edits: readonly { readonly range: Range; readonly newText: string }[],
  clamps = false,
): Change[] | undefined {
  const starts = lineStarts(text);
  const offset = ({ line, character }: Position) => {
    const start = starts[line];
    const end = starts[line + 1] ?? text.length + 1;
    if (clamps)
      return start === undefined ? text.length : whole(text, Math.min(start + character, endOfLine(text, start)));
    return start === undefined || character < 0 || start + character >= end ? Number.NaN : start + character;
  };
  const changes = edits.map(({ range, newText }) => ({
    from: offset(range.start),
    to: offset(range.end),
    insert: newText,
  }));
  changes.sort((a, b) => a.from - b.from || a.to - b.to);
  const good = changes.every(({ from, to }, i) => {
    if (!(from <= to) || splits(text, from) || splits(text, to)) return false;
    return i === 0 || changes[i - 1]!.to <= from;
  });
  return good ? changes : undefined;
}

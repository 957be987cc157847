// The lines of a region of the base, where each one stands, and how far the new text has reached in them.

import type { Span } from '../text/span.ts';
import type { Stretch } from './stretch.ts';
import { Words } from './words.ts';

/** `base` without the line breaks at its ends, which stay as they are whatever an answer says. */
export function withoutOuterBreaks(base: string): Span {
  let from = 0;
  while (base[from] === '\n' || (base[from] === '\r' && base[from + 1] === '\n')) from++;
  let to = base.length;
  while (to > from && base[to - 1] === '\n') to -= base[to - 2] === '\r' && to - 2 >= from ? 2 : 1;
  return { from, to };
}

/** White space in codes of the base; nothing else has it, so that it never counts as common. */
const OLD_BLANK = '\0';

/** Lines are counted from 0 and given without their line ends; all offsets are UTF-16 offsets into the base. */
export class OldLines {
  readonly base: string;
  readonly region: Span;
  /** Codes that the base and the new text share. */
  readonly words = new Words();
  /** The first line that the new text has not reached; `count` once all are accounted for. */
  next = 0;
  private readonly codes: (string | undefined)[] = [];
  private readonly texts: string[] = [];
  private readonly starts: number[] = [];
  private readonly places = new Map<string, number[]>();
  /** `sizes[i]`: what the lines before line i weigh, without their indentation. */
  private readonly sizes: number[] = [0];

  constructor(base: string, region: Span) {
    this.base = base;
    this.region = region;
    for (let at = region.from; at <= region.to; ) {
      const newline = base.indexOf('\n', at);
      const last = newline < 0 || newline >= region.to;
      const end = last ? region.to : newline;
      this.add(at, base.slice(at, !last && end > at && base[end - 1] === '\r' ? end - 1 : end));
      at = end + 1;
    }
  }

  get count(): number {
    return this.texts.length;
  }

  text(line: number): string {
    return this.texts[line]!;
  }

  /** The text without the white space around it. */
  key(line: number): string {
    return this.texts[line]!.trim();
  }

  /** The code of the key; see `Words`. */
  code(line: number): string {
    const code = this.codes[line] ?? this.words.code(this.key(line), OLD_BLANK);
    this.codes[line] = code;
    return code;
  }

  start(line: number): number {
    return line < this.count ? this.starts[line]! : this.region.to;
  }

  /** Where a line ends, before its line end. */
  end(line: number): number {
    return this.starts[line]! + this.texts[line]!.length;
  }

  /** The lines with this key, from the first on; those before `next` are included. */
  withKey(key: string): readonly number[] {
    return this.places.get(key) ?? [];
  }

  /** At most `count` of the lines with this key from `next` on, the nearest first. */
  ahead(key: string, count: number): number[] {
    const places = this.withKey(key);
    let low = 0;
    for (let high = places.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (places[middle]! < this.next) low = middle + 1;
      else high = middle;
    }
    return places.slice(low, low + count).filter((line) => this.key(line) === key);
  }

  /** Units of lines `from`..`to` with one for each line end, without white space around the lines. */
  size(from: number, to: number): number {
    return this.sizes[to]! - this.sizes[from]!;
  }

  /** Says that the new text has reached `offset`, at most the start of the last line. Inside a line, what is left of it is the next line then. */
  reach(offset: number): void {
    while (this.next < this.count && this.end(this.next) < offset) this.next++;
    const rest = this.next < this.count ? this.texts[this.next]!.slice(offset - this.starts[this.next]!) : '';
    if (this.next === this.count || rest === this.texts[this.next]) return;
    this.starts[this.next] = offset;
    this.texts[this.next] = rest;
    this.codes[this.next] = undefined;
    this.places.set(
      rest.trim(),
      [...this.withKey(rest.trim()), this.next].sort((a, b) => a - b),
    );
  }

  /** The lines from `next` up to `line`, replaced by `lines`. A line goes with the break behind it, at the region's end with the one before. */
  replaced(line: number, lines: readonly string[]): Stretch {
    const { next, count, region } = this;
    const from = this.start(next);
    if (line < count) return { from, to: this.start(line), text: lines.map((each) => `${each}\n`).join('') };
    if (lines.length === 0) return { from: next === 0 ? region.from : this.end(next - 1), to: region.to, text: '' };
    return { from, to: region.to, text: (next === count ? '\n' : '') + lines.join('\n') };
  }

  /** What `lines` change in as many old ones from `at` on, line for line; their line ends stay. */
  inStep(lines: readonly string[], at: number): Stretch[] {
    return lines.flatMap((text, i) =>
      text === this.texts[at + i] ? [] : [{ from: this.start(at + i), to: this.end(at + i), text }],
    );
  }

  private add(start: number, text: string): void {
    const key = text.trim();
    const known = this.places.get(key);
    if (known) known.push(this.count);
    else this.places.set(key, [this.count]);
    this.sizes.push(this.sizes[this.count]! + key.length + 1);
    this.starts.push(start);
    this.texts.push(text);
  }
}

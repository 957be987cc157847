// The lines of a region of the base, where each one stands, and how many of them the new text has accounted for.

import type { Span } from '../text/span.ts';
import type { Replacement } from './replacement.ts';
import { WordEncoder } from './word-encoder.ts';

/** The span of `base` without the line breaks at its ends, which stay as they are whatever an answer says. */
export function withoutOuterBreaks(base: string): Span {
  let from = 0;
  while (base[from] === '\n' || (base[from] === '\r' && base[from + 1] === '\n')) from++;
  let to = base.length;
  while (to > from && base[to - 1] === '\n') to -= base[to - 2] === '\r' && to - 2 >= from ? 2 : 1;
  return { from, to };
}

/** White space in encoded base lines; no encoded new text has it, so that it never counts as common. */
const oldBlank = '\0';

/** Lines are counted from 0 and are without their line ends; all offsets are UTF-16 offsets into the base. */
export class BaseLines {
  readonly baseText: string;
  readonly region: Span;
  /** Shared by the base and the new text that is compared with it. */
  readonly encoder = new WordEncoder();
  /** The first line that the new text has not accounted for; `count` once all are. Set by the aligner. */
  next = 0;
  readonly #encoded: (string | undefined)[] = [];
  readonly #texts: string[] = [];
  readonly #keys: string[] = [];
  readonly #starts: number[] = [];
  /** The lines with each key. */
  readonly #linesByKey = new Map<string, number[]>();
  /** `sizes[i]`: UTF-16 units of the lines before line i, trimmed, with one for each line end. */
  readonly #sizes: number[] = [0];

  constructor(base: string, region: Span) {
    this.baseText = base;
    this.region = region;
    for (let at = region.from; at <= region.to; ) {
      const newline = base.indexOf('\n', at);
      const last = newline < 0 || newline >= region.to;
      const end = last ? region.to : newline;
      this.#add(at, base.slice(at, !last && end > at && base[end - 1] === '\r' ? end - 1 : end));
      at = end + 1;
    }
  }

  get count(): number {
    return this.#texts.length;
  }

  text(line: number): string {
    return this.#texts[line]!;
  }

  /** The line trimmed: what it is compared by. */
  key(line: number): string {
    return this.#keys[line]!;
  }

  /** The key, encoded by words. */
  encoded(line: number): string {
    const encoded = this.#encoded[line] ?? this.encoder.encode(this.key(line), oldBlank);
    this.#encoded[line] = encoded;
    return encoded;
  }

  /** Where a line starts; the end of the region for `count`. */
  start(line: number): number {
    return line < this.count ? this.#starts[line]! : this.region.to;
  }

  /** Where a line ends, before its line end. */
  end(line: number): number {
    return this.#starts[line]! + this.#texts[line]!.length;
  }

  /** All lines with this key, in order; those before `next` are included. */
  linesWithKey(key: string): readonly number[] {
    return this.#linesByKey.get(key) ?? [];
  }

  /** At most `max` of the lines with this key from `next` on, the nearest first. */
  linesAhead(key: string, max: number): number[] {
    const lines = this.linesWithKey(key);
    let low = 0;
    for (let high = lines.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (lines[middle]! < this.next) low = middle + 1;
      else high = middle;
    }
    return lines.slice(low, low + max).filter((line) => this.key(line) === key);
  }

  /** UTF-16 units of lines `from`..`to`, trimmed, with one for each line end. */
  size(from: number, to: number): number {
    return this.#sizes[to]! - this.#sizes[from]!;
  }

  /** The new text has accounted for the base up to `offset`, at most the start of the last line. Inside a line, the rest of that line becomes the next line. */
  advanceTo(offset: number): void {
    while (this.next < this.count && this.end(this.next) < offset) this.next++;
    const rest = this.next < this.count ? this.#texts[this.next]!.slice(offset - this.#starts[this.next]!) : '';
    if (this.next === this.count || rest === this.#texts[this.next]) return;
    this.#starts[this.next] = offset;
    this.#texts[this.next] = rest;
    this.#keys[this.next] = rest.trim();
    this.#encoded[this.next] = undefined;
    this.#linesByKey.set(
      rest.trim(),
      [...this.linesWithKey(rest.trim()), this.next].sort((a, b) => a - b),
    );
  }

  /** Replaces the lines from `next` up to `line` by `lines`. A line goes with the line break behind it, at the region's end with the one before it. */
  replaceUpTo(line: number, lines: readonly string[]): Replacement {
    const { next, count, region } = this;
    const from = this.start(next);
    if (line < count) return { from, to: this.start(line), text: lines.map((each) => `${each}\n`).join('') };
    if (lines.length === 0) return { from: next === 0 ? region.from : this.end(next - 1), to: region.to, text: '' };
    return { from, to: region.to, text: (next === count ? '\n' : '') + lines.join('\n') };
  }

  /** Replaces as many lines from `at` on by `lines`, one for one; equal ones and all line ends stay. */
  replaceEach(lines: readonly string[], at: number): Replacement[] {
    return lines.flatMap((text, i) =>
      text === this.#texts[at + i] ? [] : [{ from: this.start(at + i), to: this.end(at + i), text }],
    );
  }

  #add(start: number, text: string): void {
    const key = text.trim();
    const known = this.#linesByKey.get(key);
    if (known) known.push(this.count);
    else this.#linesByKey.set(key, [this.count]);
    this.#sizes.push(this.#sizes[this.count]! + key.length + 1);
    this.#starts.push(start);
    this.#texts.push(text);
    this.#keys.push(key);
  }
}

// Notices an answer that repeats itself: a weak model may say the same again and again, up to the limit of its tokens.

import { printableLine } from '../text/printable.ts';
import { pass, refuse, type Verdict } from './verdict.ts';

/** UTF-16 units: of the longest stretch whose repetition is noticed, some sixty lines. */
const maxPeriod = 2048;
/** So many units at the end of the answer are looked for further up, each time that `step` more have come. */
const probe = 48;
const step = 256;
/**
 * For how long a stretch has to be repeated, in UTF-16 units and in times, besides its first time. In 200 MB of published code the longest repetition of lines has 1,072
 * units, and that within one line 496; none of a stretch of more than 200 units goes on for more than once.
 */
const minRun = { lines: 1536, oneWord: 4096, times: 3 };
/** UTF-16 units of the stretch in the reason. */
const maxQuote = 60;

export class Repetition {
  readonly #base: string;
  /** The end of the answer. */
  #text = '';
  /** How much of that was looked at. */
  #seen = 0;
  /** After so many units the end of the answer is the same again; 0: it is not. */
  #period = 0;
  /** For how many units it has been. */
  #run = 0;

  /** `base`: the scope's text. What it repeats, the answer may. */
  constructor(base: string) {
    this.#base = base;
  }

  /** Refuses once the answer repeats itself. That is final. How it is cut into chunks makes no difference. */
  add(chunk: string): Verdict {
    this.#text += chunk;
    while (this.#text.length - this.#seen >= step) {
      this.#next(this.#seen + step);
      const stretch = this.#text.slice(this.#seen - this.#period, this.#seen);
      if (this.#isTooOften(stretch)) return refuse(`the answer repeats itself: ${quote(stretch)}`);
    }
    this.#forget();
    return pass;
  }

  #next(end: number): void {
    const text = this.#text;
    const [from, period] = [this.#seen, this.#period];
    this.#seen = end;
    if (period > 0 && text.slice(from, end) === text.slice(from - period, end - period)) {
      this.#run += step;
      return;
    }
    this.#period = periodAt(text, end);
    this.#run = this.#period > 0 ? probe : 0;
  }

  #isTooOften(stretch: string): boolean {
    if (this.#run < Math.max(minRun.lines, minRun.times * this.#period)) return false;
    const words = wordsIn(stretch);
    if (/\d/.test(stretch) && words.size === 0) return false;
    if (words.size > 0 && [...words].every((word) => values.has(word))) return false;
    if (words.size < 2 && !stretch.includes('\n') && this.#run < minRun.oneWord) return false;
    if (!this.#base.includes(stretch + stretch)) return true;
    this.#run = 0;
    return false;
  }

  #forget(): void {
    const cut = this.#text.length - maxPeriod - step - probe;
    if (cut < maxPeriod) return;
    this.#text = this.#text.slice(cut);
    this.#seen -= cut;
  }
}

/** How far in front of its end the text was the same last; 0: nowhere near. */
function periodAt(text: string, end: number): number {
  const from = end - probe;
  const before = text.slice(Math.max(0, from - maxPeriod), end - 1);
  const at = before.lastIndexOf(text.slice(from, end));
  return at < 0 ? 0 : before.length - (probe - 1) - at;
}

/** Those of two letters and more. The stretch may begin and end within one. */
function wordsIn(stretch: string): Set<string> {
  return new Set((stretch.repeat(3).match(/\p{L}+/gu) ?? []).slice(1, -1).filter((word) => word.length > 1));
}

/** A table of them, or of numbers, may be as long as it has to be. */
const values = new Set(['true', 'false', 'null', 'undefined', 'nil', 'none', 'None', 'True', 'False', 'NULL', 'NaN']);

/** From the start of a line or of a word on, a few times where the stretch is short. */
function quote(stretch: string): string {
  const from = (stretch.includes('\n') ? stretch.indexOf('\n') : stretch.search(/\s/)) + 1;
  const text = printableLine(stretch.repeat(1 + Math.ceil(maxQuote / stretch.length)).slice(from), maxQuote);
  return text === '' ? 'nothing but blanks' : `"${text}"`;
}

// Decides about lines without an anchor, from what is known so far: how much of the base do they stand for?

import { Comparable } from '../text/similarity.ts';
import { splits } from '../text/tokens.ts';
import { isInStep } from './anchors.ts';
import { farthest, worth } from './evidence.ts';
import type { OldLines } from './old-lines.ts';
import type { Overlap } from './overlap.ts';
import type { Plan } from './plan.ts';

/** What it costs, in units in common, to part the base inside a line. */
const INSIDE = 4;
/** Places closer to each other than this are no alternatives, and so many lines ahead are tried as alternatives. */
const NEAR = 12;
const ALTERNATIVES = 6;

export interface Question {
  readonly old: OldLines;
  /** The waiting lines to decide about. */
  readonly lines: readonly string[];
  /** What is known of the text behind them. */
  readonly tail: string;
  readonly overlap: Overlap;
  /** Only answer if this is worth so many units more than any alternative. */
  readonly margin: number;
}

/** What the lines are best taken for. */
export function guess(question: Question): Plan | undefined {
  const { old, lines } = question;
  const count = lines.length;
  if (isInStep(old, lines)) {
    return { count, reached: { line: old.next + count }, stretches: old.inStep(lines, old.next) };
  }
  const from = old.start(old.next);
  if (old.next === old.count) {
    return { count, reached: { line: old.next }, stretches: [{ from, to: from, text: `\n${lines.join('\n')}` }] };
  }
  const to = parting(question);
  if (to === undefined) return undefined;
  return { count, reached: { offset: to }, stretches: [{ from, to, text: `${lines.join('\n')}\n` }] };
}

/** The offset into the base where the lines end and the tail begins; at most the start of the last line. */
function parting({ old, lines, tail: text, overlap, margin }: Question): number | undefined {
  const tail = overlap.code(bare(text));
  const paths = new Paths(overlap, lines.length, tail);
  const at = bestCut(overlap, lines.length, tail, bestEnd(overlap, lines.length, tail));
  if (margin > 0 && !paths.isClear(old.next, at, margin)) return undefined;
  const offset = Math.min(overlap.offset(at), old.start(old.count - 1));
  return splits(old.base, offset) ? offset - 1 : offset;
}

/** How far ahead the lines and the tail reach: where they have the most in common with the base beyond what chance would explain. */
function bestEnd(overlap: Overlap, count: number, tail: string): number {
  const size = overlap.size(count) + tail.length;
  const limit = Math.min(overlap.ahead.length, farthest(size));
  const common = overlap.commonByReach(count, limit, tail);
  let best = 0;
  let most = 0;
  for (let at = 1; at <= limit; at++) {
    const value = worth(common[at]!, at, size) - (overlap.ahead[at - 1] === '\n' ? 0 : INSIDE);
    if (value > most) {
      best = at;
      most = value;
    }
  }
  return best;
}

/** Where the base up to `end` is best parted between the lines and the tail; at the start of a line if that costs little. */
function bestCut(overlap: Overlap, count: number, tail: string, end: number): number {
  const before = overlap.commonByReach(count, end);
  const behind = new Comparable(reversed(tail)).commonByPrefix(reversed(overlap.ahead.slice(0, end)));
  let cut = 0;
  let most = -1;
  for (let at = 0; at <= end; at++) {
    const value = before[at]! + behind[end - at]! + (at === 0 || overlap.ahead[at - 1] === '\n' ? INSIDE : 0);
    if (value > most) {
      cut = at;
      most = value;
    }
  }
  return cut;
}

/** What it is worth to part the base at a place, wherever the tail then ends. */
class Paths {
  private readonly overlap: Overlap;
  private readonly count: number;
  private readonly tail: string;
  private readonly comparable: Comparable;

  constructor(overlap: Overlap, count: number, tail: string) {
    this.overlap = overlap;
    this.count = count;
    this.tail = tail;
    this.comparable = new Comparable(tail);
  }

  /** Whether every other line start ahead is worth less by `margin`. */
  isClear(next: number, cut: number, margin: number): boolean {
    const limit = this.value(cut) - margin;
    for (let line = next; line <= Math.min(this.overlap.last, next + ALTERNATIVES); line++) {
      const at = this.overlap.start(line);
      if (Math.abs(at - cut) >= NEAR && this.value(at) > limit) return false;
    }
    return true;
  }

  private value(cut: number): number {
    const { overlap, tail } = this;
    const size = overlap.size(this.count) + tail.length;
    const before = overlap.common(this.count, cut);
    const common = this.comparable.commonByPrefix(overlap.ahead.slice(cut, cut + farthest(tail.length)));
    let most = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < common.length; at++) most = Math.max(most, worth(before + common[at]!, cut + at, size));
    return most;
  }
}

function bare(text: string): string {
  return text.replace(/^[^\S\n]+|[^\S\n]+(?=\n)/gm, '');
}

function reversed(text: string): string {
  let out = '';
  for (let at = text.length - 1; at >= 0; at--) out += text[at];
  return out;
}

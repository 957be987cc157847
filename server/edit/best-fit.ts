// The best fit for pending lines without an anchor: which part of the base ahead do they stand for, by what is known so far?
//
// The lines and the lookahead behind them are laid along the base ahead. First it is decided how far both together reach, then where in between the base is best
// cut in two: what lies before the cut is replaced by the lines, what lies behind it is left for the lookahead. A cut at the start is an insertion.

import { LcsText } from '../text/lcs.ts';
import { splitsCharacter } from '../text/tokens.ts';
import { alignmentScore, maxReach } from './alignment-score.ts';
import { isReindented } from './anchors.ts';
import type { BaseLines } from './base-lines.ts';
import type { OverlapTable } from './overlap-table.ts';
import type { Plan } from './plan.ts';

/** How many units in common it must bring to cut or end inside a line of the base. */
const insideLineCost = 4;
/** Cuts closer to each other than this (UTF-16 units) are not alternatives; and how many line starts ahead are tried as alternatives. */
const minDistance = 12;
const maxAlternatives = 6;

export interface BestFitInput {
  readonly base: BaseLines;
  /** The pending lines to decide about. */
  readonly lines: readonly string[];
  /** What is known of the text behind them. */
  readonly lookahead: string;
  readonly overlap: OverlapTable;
  /** Return a plan only if it is better than any alternative by so many units in common; 0: in any case. */
  readonly margin: number;
}

/** Undefined only if the best fit is not better by `margin`. */
export function planByBestFit(input: BestFitInput): Plan | undefined {
  const { base, lines } = input;
  const count = lines.length;
  if (isReindented(base, lines)) {
    return { count, reached: { line: base.next + count }, replacements: base.replaceEach(lines, base.next) };
  }
  const from = base.start(base.next);
  if (base.next === base.count) {
    return { count, reached: { line: base.next }, replacements: [{ from, to: from, text: `\n${lines.join('\n')}` }] };
  }
  const to = cutOffset(input);
  if (to === undefined) return undefined;
  return { count, reached: { offset: to }, replacements: [{ from, to, text: `${lines.join('\n')}\n` }] };
}

/** The offset into the base where the lines end and the lookahead begins; at most the start of the last line. */
function cutOffset({ base, lines, lookahead, overlap, margin }: BestFitInput): number | undefined {
  const encoded = overlap.encode(withoutIndentation(lookahead));
  const cuts = new Cuts(overlap, lines.length, encoded);
  const at = bestCut(overlap, lines.length, encoded, bestEnd(overlap, lines.length, encoded));
  if (margin > 0 && !cuts.isClear(base.next, at, margin)) return undefined;
  const offset = Math.min(overlap.offset(at), base.start(base.count - 1));
  return splitsCharacter(base.baseText, offset) ? offset - 1 : offset;
}

/** How far into `overlap.ahead` the lines and the lookahead together reach: where they have the most in common with it beyond what chance would explain. */
function bestEnd(overlap: OverlapTable, count: number, lookahead: string): number {
  const size = overlap.size(count) + lookahead.length;
  const limit = Math.min(overlap.ahead.length, maxReach(size));
  const common = overlap.commonByReach(count, limit, lookahead);
  let best = 0;
  let most = 0;
  for (let at = 1; at <= limit; at++) {
    const score = alignmentScore(common[at]!, at, size) - (overlap.ahead[at - 1] === '\n' ? 0 : insideLineCost);
    if (score > most) {
      best = at;
      most = score;
    }
  }
  return best;
}

/** Where `overlap.ahead` up to `end` is best cut between the lines and the lookahead; at the start of a line if that costs little. */
function bestCut(overlap: OverlapTable, count: number, lookahead: string, end: number): number {
  const before = overlap.commonByReach(count, end);
  const behind = new LcsText(reversed(lookahead)).lcsByOtherPrefix(reversed(overlap.ahead.slice(0, end)));
  let cut = 0;
  let most = -1;
  for (let at = 0; at <= end; at++) {
    const score = before[at]! + behind[end - at]! + (at === 0 || overlap.ahead[at - 1] === '\n' ? insideLineCost : 0);
    if (score > most) {
      cut = at;
      most = score;
    }
  }
  return cut;
}

/** Scores cuts by themselves, wherever the lookahead then ends. */
class Cuts {
  readonly #overlap: OverlapTable;
  readonly #count: number;
  readonly #lookahead: string;
  readonly #lcs: LcsText;

  constructor(overlap: OverlapTable, count: number, lookahead: string) {
    this.#overlap = overlap;
    this.#count = count;
    this.#lookahead = lookahead;
    this.#lcs = new LcsText(lookahead);
  }

  /** Whether every other line start ahead scores less than `cut` by `margin`. */
  isClear(next: number, cut: number, margin: number): boolean {
    const limit = this.#score(cut) - margin;
    for (let line = next; line <= Math.min(this.#overlap.last, next + maxAlternatives); line++) {
      const at = this.#overlap.start(line);
      if (Math.abs(at - cut) >= minDistance && this.#score(at) > limit) return false;
    }
    return true;
  }

  #score(cut: number): number {
    const overlap = this.#overlap;
    const lookahead = this.#lookahead;
    const size = overlap.size(this.#count) + lookahead.length;
    const before = overlap.common(this.#count, cut);
    const common = this.#lcs.lcsByOtherPrefix(overlap.ahead.slice(cut, cut + maxReach(lookahead.length)));
    let most = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < common.length; at++)
      most = Math.max(most, alignmentScore(before + common[at]!, cut + at, size));
    return most;
  }
}

/** Without white space at the ends of lines, but for the end of the text: its last line is not complete. */
function withoutIndentation(text: string): string {
  return text.replace(/^[^\S\n]+|[^\S\n]+(?=\n)/gm, '');
}

function reversed(text: string): string {
  let out = '';
  for (let at = text.length - 1; at >= 0; at--) out += text[at];
  return out;
}

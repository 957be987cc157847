// Decides about new lines that have waited long enough, from what is known so far: how much of the base do they stand for?

import { Comparable } from '../text/similarity.ts';
import { splits } from '../text/tokens.ts';
import { isInStep } from './anchors.ts';
import { chance } from './likelihood.ts';
import type { OldLines } from './old-lines.ts';
import type { Stretch } from './stretch.ts';

const TAU = 0.6;
const JUNK = 0.3;
const MID = 4;
const AHEAD = 160;
const MAX_UNITS = 1500;

/** The first `count` pending lines, and what they would become. */
export interface Offer {
  readonly count: number;
  /** How far they reach in the base: an offset, or, if they are in step with its lines, the line behind them. */
  readonly reached: { readonly offset: number } | { readonly line: number };
  readonly stretches: readonly Stretch[];
}

/** What the first `count` lines are best taken for. */
export function offerFor(old: OldLines, pending: readonly string[], count: number): Offer {
  if (isInStep(old, pending, count)) {
    return { count, reached: { line: old.next + count }, stretches: old.inStep(pending.slice(0, count), old.next) };
  }
  const head = pending
    .slice(0, count)
    .map((line) => `${line}\n`)
    .join('');
  const from = old.start(old.next);
  if (old.next === old.count)
    return { count, reached: { line: old.next }, stretches: [{ from, to: from, text: `\n${head.slice(0, -1)}` }] };
  const to =
    from +
    reach(
      old,
      head,
      pending
        .slice(count)
        .map((line) => `${line}\n`)
        .join(''),
    );
  return { count, reached: { offset: to }, stretches: [{ from, to, text: head }] };
}

/** How many units of the base, from the next line on, the lines in `head` stand for. */
function reach(old: OldLines, head: string, tail: string): number {
  const from = old.start(old.next);
  const lines = head + tail;
  if (lines.length > MAX_UNITS) return 0;
  const text = old.base.slice(from, Math.min(old.start(old.count - 1), from + lines.length + AHEAD));
  return bestCut({ head, tail, text, end: bestEnd(lines, text), base: old.base, from });
}

/** How far into `text` the lines reach: where they have the most in common with it beyond what chance would explain. */
function bestEnd(lines: string, text: string): number {
  const old = withoutIndent(text);
  const fresh = withoutIndent(lines);
  const common = new Comparable(fresh.text).commonByPrefix(old.text);
  let best = 0;
  let most = 0;
  for (let at = 1; at <= old.text.length; at++) {
    const needed = Math.min(1, Math.max(TAU, chance(fresh.text.length / at) + JUNK));
    const value = common[at]! - needed * at - (old.text[at - 1] === '\n' ? 0 : MID);
    if (value > most) {
      best = old.ends[at]!;
      most = value;
    }
  }
  return best;
}

interface Parting {
  readonly head: string;
  readonly tail: string;
  readonly text: string;
  readonly end: number;
  readonly base: string;
  readonly from: number;
}

/** Where `text`..`end` is best parted between the lines to decide about and those behind them; at the start of a line if that costs little. */
function bestCut({ head, tail, text, end, base, from }: Parting): number {
  const before = new Comparable(head).commonByPrefix(text.slice(0, end));
  const behind = new Comparable(reversed(tail)).commonByPrefix(reversed(text.slice(0, end)));
  let cut = 0;
  let most = -1;
  for (let at = 0; at <= end; at++) {
    const value = before[at]! + behind[end - at]! + (at === 0 || text[at - 1] === '\n' ? MID : 0);
    if (value > most && !splits(base, from + at)) {
      cut = at;
      most = value;
    }
  }
  return cut;
}

/** `ends[i]`: the offset into the whole text behind unit i - 1 of the text without indentation. */
function withoutIndent(text: string): { text: string; ends: number[] } {
  let out = '';
  const ends = [0];
  let start = true;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at]!;
    if ((start && (unit === ' ' || unit === '\t')) || unit === '\r') continue;
    start = unit === '\n';
    out += unit;
    ends.push(at + 1);
  }
  return { text: out, ends };
}

function reversed(text: string): string {
  let out = '';
  for (let at = text.length - 1; at >= 0; at--) out += text[at];
  return out;
}

// Finds edits of ours that an editor made by line and character in a buffer that it had not told us of: what its user had typed there by then has put
// them in the wrong place. Works on texts alone. All offsets are UTF-16 units.

import { trim } from '../text/diff.ts';
import { applyEdits, changedIn, type Edit, invertEdits, mapOffset, sizeOfEdits } from '../text/edit.ts';
import { type Span, sharedUnits } from '../text/span.ts';
import { maxTaken, waysOf } from './guesses.ts';
import { placed } from './placing.ts';
import { rebase } from './rebase.ts';
import { type Sighting, type Window, windowOf } from './window.ts';

/** Edits that landed in the wrong place. */
export interface Misplaced {
  /** `next` without them, and with what they took out: what others made of `previous`. */
  readonly clean: string;
  /** Units that others inserted and deleted. */
  readonly size: number;
  /** Nothing else explains the text nearly so well. */
  readonly isCertain: boolean;
}

/** Ways of dividing what others changed into what they did before the edits landed and what they did after: at most, and of how many units together. */
const maxWays = 4000;
const maxUnits = 3_000_000;
/** Units between two changes that may be equal by chance. */
const byChance = 2;
/** Nobody types this many units that happen to be those of an edit. */
export const much = 16;
/** Units of two texts that are not equal by chance. */
const notByChance = 8;

/** What explains a text as much or nearly so well makes it doubtful what is so. */
const nearly = 1;

/**
 * What `next` shows if the edits landed where they stood before what others changed. Only what gives it to the letter when it is played through counts: their
 * change up to then, the edits by line and character, and the rest of their change at one of the places where they had begun; with at most `atMost` units of
 * change by others. Undefined if there is no such way.
 */
export function findMisplaced(sighting: Sighting, atMost: number): Misplaced | undefined {
  const window = windowOf(sighting);
  const all = landingsIn(window, atMost);
  const [best] = all;
  if (!best) return undefined;
  const near = all.filter(({ size }) => size <= best.size + nearly);
  const [clean, ...others] = new Set(near.map((landing) => cleaned(window, landing)));
  return { size: best.size, clean: clean!, isCertain: others.length === 0 && !isVague(window, best) };
}

/** The least change by others first. */
function landingsIn(window: Window, atMost: number): Landing[] {
  const found = new Map<string, Landing>();
  let most = atMost;
  let units = 0;
  let ways = 0;
  for (const before of waysOf(window)) {
    if (sizeOfEdits(before) > most) continue;
    units += window.previous.length;
    if (++ways > maxWays || (units > maxUnits && ways > 1)) break;
    for (const landing of landings(window, before)) {
      const rest = restOf(landing, window.next);
      if (!rest || rest.size > most) continue;
      const known = found.get(landing.text);
      if (!known || known.size > rest.size) found.set(landing.text, { ...landing, ...rest });
      most = Math.min(most, rest.size + nearly);
    }
  }
  return [...found.values()].sort((a, b) => a.size - b.size);
}

/** The edits, landed behind a change by others. */
interface Landing {
  /** Units of change by others. */
  readonly size: number;
  /** The text before the edits, and what was changed in it. */
  readonly before: string;
  readonly change: readonly Edit[];
  /** In offsets of that. */
  readonly edits: readonly Edit[];
  readonly text: string;
  /** What others changed afterwards, in offsets of `text`. */
  readonly rest: readonly Edit[];
}

/** As editors make them that take what is past the end of a line for its end, and as those that count on into the next. */
function landings({ previous, sent }: Window, change: readonly Edit[]): Landing[] {
  const before = applyEdits(previous, change);
  const size = sizeOfEdits(change);
  const clamped = placed(before, sent);
  const counted = placed(before, sent, true);
  const isSame =
    clamped && counted && clamped.every(({ from, to }, i) => from === counted[i]!.from && to === counted[i]!.to);
  return [clamped, isSame ? undefined : counted].flatMap((edits) =>
    edits ? [{ size, before, change, edits, text: applyEdits(before, edits), rest: [] }] : [],
  );
}

/** With the change that leads on to `next`, at the place of what was changed before. */
function restOf(
  { before, change, edits, text, size }: Landing,
  next: string,
): Pick<Landing, 'rest' | 'size'> | undefined {
  if (text === next) return { rest: [], size };
  let best: Edit | undefined;
  const { from: start, toA } = trim(text, next);
  const end = text.length - toA;
  const changed = changedIn(change);
  const ends = change.length > 0 ? changed.map(({ to }) => to) : [start];
  // Who types on where an edit has landed in what they typed does so before it or behind it.
  const inside = edits.map(({ from }) => from).filter((at) => changed.some(({ from, to }) => from <= at && at <= to));
  for (const at of [...ends, ...inside].flatMap((place) => [mapOffset(place, edits, -1), mapOffset(place, edits, 1)])) {
    const from = Math.min(start, at);
    const kept = Math.min(end, text.length - at, next.length - from);
    const rest = { from, to: text.length - kept, insert: next.slice(from, next.length - kept) };
    if (rest.from <= rest.to && (!best || sizeOfEdits([rest]) < sizeOfEdits([best]))) best = rest;
  }
  // As in the other explanations: nobody takes out what has only just landed.
  const doubt = best && sharedUnits(invertEdits(before, edits), [best]);
  return best && { rest: [best], size: size + sizeOfEdits([best]) + doubt! };
}

/**
 * Whether others changed what lies right beside what the edits took out, or what they were meant for, or typed over much: which of the two took out how much
 * nobody can tell.
 */
function isVague(window: Window, landing: Landing): boolean {
  const { change, edits, rest } = landing;
  const meant = placed(window.previous, window.sent) ?? [];
  if (isTypedInto(window, meant) || isAlikeByChance(landing)) return true;
  const all = [...change, ...rest];
  const taken = all.reduce((sum, { from, to }) => sum + to - from, 0);
  if (taken > maxTaken && all.some(({ insert }) => insert !== '')) return true;
  return meets(edits, changedIn(change)) || meets(meant, change);
}

/** Whether the edits are said to have landed in what others were typing, and bring so little that they may have typed that, too. */
function isAlikeByChance({ change, edits, rest }: Landing): boolean {
  const isInside = changedIn(change).some(({ from, to }) => edits.some((edit) => from < edit.from && edit.from <= to));
  const brought = edits.reduce((units, { insert }) => units + insert.trim().length, 0);
  return isInside && rest.length > 0 && brought < much;
}

/** Whether the text begins as if the first of the edits were in their places, but does not go on behind the last of those: somebody typed into what it takes out. */
function isTypedInto({ previous, next }: Window, meant: readonly Edit[]): boolean {
  for (const [i, { from, to }] of meant.entries()) {
    const begins = applyEdits(previous.slice(0, to), meant.slice(0, i + 1));
    if (!next.startsWith(begins)) return false;
    const end = Math.min(to + notByChance, meant[i + 1]?.from ?? previous.length);
    if (from < to && !next.startsWith(previous.slice(to, end), begins.length)) return true;
  }
  return false;
}

function meets(edits: readonly Edit[], changed: readonly Span[]): boolean {
  const isMet = (edit: Edit, { from, to }: Span) =>
    edit.from < edit.to ? from <= edit.to + byChance && edit.from <= to + byChance : from < edit.from && edit.from < to;
  return edits.some((edit) => changed.some((span) => isMet(edit, span)));
}

/** The window's new text without the edits of a landing. */
function cleaned({ head, next, middle, tail }: Window, { before, edits, rest }: Landing): string {
  const clean = applyEdits(next, rebase(invertEdits(before, edits), rest));
  return head + (middle ? clean.slice(0, middle.at) + middle.text + clean.slice(middle.at) : clean) + tail;
}

// Finds edits of ours that an editor applied by line and character to a text that it had not reported: what its user had typed by then has put them in the
// wrong place. A guess at that typing (guess-typing.ts) is played through, and counts only if it leads to the reported text to the letter.

import { trimCommon } from '../text/diff.ts';
import { applyEdits, type Edit, insertedSpans, invertEdits, mapOffset, sizeOfEdits } from '../text/edit.ts';
import { overlapLength, type Span } from '../text/span.ts';
import { guessesOf, maxTypedOver } from './guess-typing.ts';
import { rebase } from './rebase.ts';
import { type SearchInput, type SearchWindow, windowOf } from './search-window.ts';
import { placeSentEdits } from './sent-edit.ts';

/** Edits that stand in the wrong place. */
export interface Misplaced {
  /** `next` without them, and with what they deleted: what others made of `previous`. */
  readonly clean: string;
  /** UTF-16 units that others inserted and deleted. */
  readonly size: number;
  /** No other way that is nearly as cheap leaves another text behind. */
  readonly isCertain: boolean;
}

/** How many guesses are played through at most, and over how many units of text together. */
const maxGuesses = 4000;
const maxUnits = 3_000_000;
/** So few units between two changes may be equal by chance. */
const byChance = 2;
/** Units of an insertion that nobody types by chance just as the edit has them. */
export const tooLongToTypeByChance = 16;
/** So many units of two texts are not equal by chance. */
const notByChance = 8;

/** Units by which another way may be dearer and still make it doubtful what is so. */
const nearly = 1;

/**
 * What `next` shows if others had typed something before our edits were applied: their change up to then, the edits by line and character, and the rest of
 * their change, at one of the places where it had begun. Only ways that lead to `next` to the letter count, with at most `atMost` units of change by others.
 * Undefined if there is none.
 */
export function findMisplaced(input: SearchInput, atMost: number): Misplaced | undefined {
  const window = windowOf(input);
  const all = landingsIn(window, atMost);
  const [best] = all;
  if (!best || isInPlace(window, best)) return undefined;
  const near = all.filter(({ size }) => size <= best.size + nearly);
  const [clean, ...others] = new Set(near.map((landing) => cleaned(window, landing)));
  return { size: best.size, clean: clean!, isCertain: others.length === 0 && !isAmbiguous(window, best) };
}

/** Whether the edits only insert, right before or behind what others had typed at the very place: that is where they belong. */
function isInPlace({ previous, sent }: SearchWindow, { change, edits }: Landing): boolean {
  const meant = placeSentEdits(previous, sent);
  return edits.every(({ from, to }, i) => {
    const at = meant?.[i];
    if (!at || from < to || at.from < at.to) return false;
    return mapOffset(at.from, change, -1) <= from && from <= mapOffset(at.from, change, 1);
  });
}

/** Every way that leads to `next`, the one with the least change by others first. */
function landingsIn(window: SearchWindow, atMost: number): Landing[] {
  const found = new Map<string, Landing>();
  let most = atMost;
  let units = 0;
  let guesses = 0;
  for (const before of guessesOf(window, atMost)) {
    if (sizeOfEdits(before) > most) continue;
    units += window.previous.length;
    if (++guesses > maxGuesses || (units > maxUnits && guesses > 1)) break;
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

/** The edits, applied to the text after a change by others. */
interface Landing {
  /** Units of change by others. */
  readonly size: number;
  /** The text before the edits, and the change by others that led to it. */
  readonly before: string;
  readonly change: readonly Edit[];
  /** In offsets of `before`. */
  readonly edits: readonly Edit[];
  readonly text: string;
  /** What others changed afterwards, in offsets of `text`. */
  readonly rest: readonly Edit[];
}

/** Applied as by editors that clamp a character to the end of its line, and as by those that count on into the next line. */
function landings({ previous, sent }: SearchWindow, change: readonly Edit[]): Landing[] {
  const before = applyEdits(previous, change);
  const size = sizeOfEdits(change);
  const clamped = placeSentEdits(before, sent);
  const counted = placeSentEdits(before, sent, true);
  const isSame =
    clamped && counted && clamped.every(({ from, to }, i) => from === counted[i]!.from && to === counted[i]!.to);
  return [clamped, isSame ? undefined : counted].flatMap((edits) =>
    edits ? [{ size, before, change, edits, text: applyEdits(before, edits), rest: [] }] : [],
  );
}

/** The rest of the change by others that leads on to `next`, at a place of what they changed before; undefined if there is none. */
function restOf(
  { before, change, edits, text, size }: Landing,
  next: string,
): Pick<Landing, 'rest' | 'size'> | undefined {
  if (text === next) return { rest: [], size };
  let best: Edit | undefined;
  const { from: start, toA } = trimCommon(text, next);
  const end = text.length - toA;
  const changed = insertedSpans(change);
  const ends = change.length > 0 ? changed.map(({ to }) => to) : [start];
  // Where an edit has landed inside their typing, they go on typing before it or behind it.
  const inside = edits.map(({ from }) => from).filter((at) => changed.some(({ from, to }) => from <= at && at <= to));
  for (const at of [...ends, ...inside].flatMap((place) => [mapOffset(place, edits, -1), mapOffset(place, edits, 1)])) {
    const from = Math.min(start, at);
    const kept = Math.min(end, text.length - at, next.length - from);
    const rest = { from, to: text.length - kept, insert: next.slice(from, next.length - kept) };
    if (rest.from <= rest.to && (!best || sizeOfEdits([rest]) < sizeOfEdits([best]))) best = rest;
  }
  // As in the other explanations, it is dearer that somebody deleted what has only just landed.
  const doubt = best && overlapLength(invertEdits(before, edits), [best]);
  return best && { rest: [best], size: size + sizeOfEdits([best]) + doubt! };
}

/**
 * Whether others changed what lies right beside what the edits deleted or were meant to delete, or have replaced much: nobody can tell which of the two has
 * deleted how much.
 */
function isAmbiguous(window: SearchWindow, landing: Landing): boolean {
  const { change, edits, rest } = landing;
  const meant = placeSentEdits(window.previous, window.sent) ?? [];
  if (isTypedInto(window, meant) || isAlikeByChance(landing)) return true;
  const all = [...change, ...rest];
  const taken = all.reduce((sum, { from, to }) => sum + to - from, 0);
  if (taken > maxTypedOver && all.some(({ insert }) => insert !== '')) return true;
  return meets(edits, insertedSpans(change)) || meets(meant, change);
}

/** Whether the edits would have landed inside what others were typing, and insert so little that it may have been typed, too. */
function isAlikeByChance({ change, edits, rest }: Landing): boolean {
  const isInside = insertedSpans(change).some(({ from, to }) =>
    edits.some((edit) => from < edit.from && edit.from <= to),
  );
  const brought = edits.reduce((units, { insert }) => units + insert.trim().length, 0);
  return isInside && rest.length > 0 && brought < tooLongToTypeByChance;
}

/** Whether the text begins as if the first of the edits were in their places, but does not go on behind the last of those: somebody typed inside what it deletes. */
function isTypedInto({ previous, next }: SearchWindow, meant: readonly Edit[]): boolean {
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

/** The whole new text without the edits of a landing, and with what they deleted. */
function cleaned({ head, next, middle, tail }: SearchWindow, { before, edits, rest }: Landing): string {
  const clean = applyEdits(next, rebase(invertEdits(before, edits), rest));
  return head + (middle ? clean.slice(0, middle.at) + middle.text + clean.slice(middle.at) : clean) + tail;
}

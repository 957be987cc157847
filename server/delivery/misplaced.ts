// Finds edits of ours that an editor made by line and character in a buffer that it had not told us of: what its user had typed there by then has put
// them in the wrong place. Works on texts alone. All offsets are UTF-16 units.

import { lineStartsOf, type Position } from '../documents/snapshot.ts';
import { diffClosely, trim } from '../text/diff.ts';
import { applyEdits, type Edit, invertEdits, mapOffset, sizeOfEdits } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { rebase } from './rebase.ts';

/** An edit as the editor got it. */
export interface SentEdit {
  readonly start: Position;
  readonly end: Position;
  readonly insert: string;
}

/** What an editor was sent for a text, and what it told of before and after. */
export interface Sighting {
  /** The last text that it told of. */
  readonly previous: string;
  readonly next: string;
  /** Sorted; what it was asked to make, by line and character. */
  readonly sent: readonly SentEdit[];
  /** `previous` with the edits where they belong: it may have been told of a change since they were sent. */
  readonly right: string;
}

/** Edits that landed in the wrong place. */
export interface Misplaced {
  /** `next` without them, and with what they took out: what others made of `previous`. */
  readonly clean: string;
  /** Units that others inserted and deleted. */
  readonly size: number;
  /** Nothing else explains the text nearly so well. */
  readonly isCertain: boolean;
}

/** Lines below the last place that may be meant where the user has taken out lines above. */
const linesBelow = 60;
/** Ways of dividing what others changed into what they did before the edits landed and what they did after: at most, and of how many units together. */
const maxWays = 4000;
const maxUnits = 3_000_000;
/** Units before and behind a place that are tried one by one, where the typing is in the same line. */
const maxColumns = 80;
/** Units between two changes that may be equal by chance. */
const byChance = 2;
/** Units of two texts that are not equal by chance. */
const notByChance = 8;
/** Units that somebody is thought to have typed over. */
const maxTaken = 3;
/** Places where the texts differ of which each is tried as what was typed before. */
const maxPlaces = 8;

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

/** What lies between what is the same in both texts and holds no place of the edits. */
interface Window extends Omit<Sighting, 'right'> {
  /** Where the edits were sent to is not where they belong in the last text already. */
  readonly isMoved: boolean;
  readonly head: string;
  readonly tail: string;
  /** Text that is left out between the typing and the edits, and where it stands in `next`. */
  readonly middle: { readonly at: number; readonly text: string } | undefined;
}

/** With `sent` by lines of the window. */
function windowOf({ previous, next, sent, right }: Sighting): Window {
  const starts = lineStartsOf(previous);
  const { from, toA } = trim(previous, next);
  const firstLine = Math.min(lineOf(starts, from), sent[0]!.start.line, starts.length - 1);
  const start = starts[firstLine]!;
  const lastLine = Math.max(lineOf(starts, toA), sent.at(-1)!.end.line) + linesBelow;
  const end = starts[lastLine + 1] ?? previous.length;
  const up = ({ line, character }: Position) => ({ line: line - firstLine, character });
  return withoutMiddle({
    head: previous.slice(0, start),
    tail: previous.slice(end),
    previous: previous.slice(start, end),
    next: next.slice(start, next.length - (previous.length - end)),
    sent: sent.map((edit) => ({ ...edit, start: up(edit.start), end: up(edit.end) })),
    middle: undefined,
    isMoved: applyEdits(previous, placed(previous, sent) ?? []) !== right,
  });
}

/** Without most of what lies unchanged between the typing and the edits behind it, where that is much. */
function withoutMiddle(window: Window): Window {
  const { previous, next, sent } = window;
  const starts = lineStartsOf(previous);
  const first = lineOf(starts, trim(previous, next).from) + linesBelow;
  const last = Math.min(sent[0]!.start.line - linesBelow, starts.length - 1);
  if (last - first < linesBelow) return window;
  const [from, to] = [starts[first]!, starts[last]!];
  const text = previous.slice(from, to);
  const at = next.indexOf(text);
  if (at < 0 || next.indexOf(text, at + 1) >= 0) return window;
  const up = ({ line, character }: Position) => ({ line: line - (last - first), character });
  return {
    ...window,
    previous: previous.slice(0, from) + previous.slice(to),
    next: next.slice(0, at) + next.slice(at + text.length),
    sent: sent.map((edit) => ({ ...edit, start: up(edit.start), end: up(edit.end) })),
    middle: { at, text },
  };
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low;
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
function restOf({ change, edits, text, size }: Landing, next: string): Pick<Landing, 'rest' | 'size'> | undefined {
  if (text === next) return { rest: [], size };
  let best: Edit | undefined;
  const { from: start, toA } = trim(text, next);
  const end = text.length - toA;
  const places = change.length > 0 ? changedIn(change) : [{ from: start, to: start }];
  for (const at of places.flatMap(({ to }) => [mapOffset(to, edits, -1), mapOffset(to, edits, 1)])) {
    const from = Math.min(start, at);
    const kept = Math.min(end, text.length - at, next.length - from);
    const rest = { from, to: text.length - kept, insert: next.slice(from, next.length - kept) };
    if (rest.from <= rest.to && (!best || sizeOfEdits([rest]) < sizeOfEdits([best]))) best = rest;
  }
  return best && { rest: [best], size: size + sizeOfEdits([best]) };
}

/** Where what a change brought stands in the text after it. */
function changedIn(change: readonly Edit[]): Span[] {
  let shift = 0;
  return change.map(({ from, to, insert }) => {
    const span = { from: from + shift, to: from + shift + insert.length };
    shift += insert.length - (to - from);
    return span;
  });
}

/** Where an editor would make them in a text. What is past the end of a line means its end, or, if it `counts`, goes on behind that. */
export function placed(text: string, sent: readonly SentEdit[], counts = false): Edit[] | undefined {
  const starts = lineStartsOf(text);
  const offset = ({ line, character }: Position) => {
    const start = starts[line];
    if (start === undefined) return text.length;
    const next = starts[line + 1];
    const end = next === undefined ? text.length : next - (text.startsWith('\r\n', next - 2) ? 2 : 1);
    return Math.min(start + character, counts ? text.length : Math.max(start, end));
  };
  const edits = sent.map(({ start, end, insert }) => ({ from: offset(start), to: offset(end), insert }));
  const isSorted = edits.every(({ from, to }, i) => from <= to && (i === 0 || edits[i - 1]!.to <= from));
  return isSorted ? edits : undefined;
}

/**
 * Whether others changed what lies right beside what the edits took out, or what they were meant for, or typed over much: which of the two took out how much
 * nobody can tell.
 */
function isVague(window: Window, { change, edits, rest }: Landing): boolean {
  const meant = placed(window.previous, window.sent) ?? [];
  if (isTypedInto(window, meant)) return true;
  const all = [...change, ...rest];
  const taken = all.reduce((sum, { from, to }) => sum + to - from, 0);
  if (taken > maxTaken && all.some(({ insert }) => insert !== '')) return true;
  return meets(edits, changedIn(change)) || meets(meant, change);
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

/** What others may have changed before the edits landed: edits of the window's last text. */
function* waysOf(window: Window): Generator<readonly Edit[]> {
  if (window.isMoved) yield [];
  yield* typedAtOnePlace(window);
  yield* seenInText(window);
  yield* allBefore(window);
}

/** One place: where the texts begin to differ, or behind the first of the edits. Nothing that lands behind typing comes to stand before it. */
function* typedAtOnePlace(window: Window): Generator<readonly Edit[]> {
  const edits = placed(window.previous, window.sent) ?? [];
  const places = edits.slice(0, maxPlaces).map((_, landed) => placeBehind(window, edits.slice(0, landed)));
  for (let taken = 0; taken <= maxTaken; taken++) {
    for (const { at, typed, isMeant } of places) {
      for (const text of typed) {
        for (const length of lengths(text, isMeant))
          yield [{ from: at, to: at + taken, insert: text.slice(0, length) }];
      }
    }
  }
  for (const { at, isMeant } of places) {
    for (const length of lengths(window.previous.slice(at), () => isMeant(0))) {
      yield [{ from: at, to: at + length, insert: '' }];
    }
  }
}

/** Where something is typed if the first edits, `landed`, are where they belong: what that may begin with, and whether an edit is meant for a line so much further down. */
function placeBehind({ previous, next, sent }: Window, landed: readonly Edit[]) {
  const { from } = trim(applyEdits(previous, landed), next);
  const at = mapOffset(from, invertEdits(previous, landed), 1);
  const line = lineOf(lineStartsOf(previous), at);
  const lines = new Set(sent.slice(landed.length).flatMap(({ start, end }) => [start.line, end.line]));
  const { insert } = sent[landed.length]!;
  // At the end of a line that somebody has broken, what was meant for behind the break lands before it.
  const isAhead = insert !== '' && next.startsWith(insert, from);
  return {
    at,
    isMeant: (down: number) => lines.has(line + down),
    typed: [next.slice(from), ...(isAhead ? [next.slice(from + insert.length)] : [])],
  };
}

/** How much of a text somebody has typed, or taken out: whole lines, and, where an edit is meant for the last of them, any number of units. */
function* lengths(text: string, isMeant: (line: number) => boolean): Generator<number> {
  let start = 0;
  for (let line = 0; line < maxColumns; line++) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    yield end;
    if (isMeant(line)) for (let at = start + 1; at < Math.min(end, start + maxColumns); at++) yield at;
    if (end === text.length) return;
    start = end;
  }
}

/** Some places where the texts differ that lie side by side, and of the last of them all or a part. */
function* seenInText({ previous, next }: Window): Generator<readonly Edit[]> {
  const places = diffClosely(previous, next);
  if (places.length > maxPlaces) return;
  for (let from = 0; from < places.length; from++) {
    for (let to = from + 1; to <= places.length; to++) {
      const all = places.slice(from, to);
      yield all;
      const last = all.pop()!;
      for (const part of partsOf(last)) yield [...all, part];
    }
  }
}

/** A change on its way: text comes in from its beginning, and goes from its end or from its beginning. */
function* partsOf({ from, to, insert }: Edit): Generator<Edit> {
  if (from < to && insert !== '') yield { from, to, insert: '' };
  for (let length = 1; length < insert.length && length <= maxColumns; length++)
    yield { from, to, insert: insert.slice(0, length) };
  for (let at = insert.indexOf('\n'); at >= 0; at = insert.indexOf('\n', at + 1))
    yield { from, to, insert: insert.slice(0, at + 1) };
  for (let length = 1; length < to - from && length <= maxColumns; length++) {
    yield { from: to - length, to, insert: '' };
    yield { from, to: from + length, insert: '' };
  }
}

/** All of it, in any number of places: the edits stand just where they were sent to, and what they took out was what stood there, or some lines further up. */
function* allBefore({ previous, next, sent }: Window): Generator<readonly Edit[]> {
  const inserted = standing(next, sent);
  if (!inserted) return;
  const bare = applyEdits(next, inserted);
  for (let up = -maxPlaces; up <= maxPlaces; up++) {
    const taken = placed(
      previous,
      sent.map((edit) => ({ ...edit, start: above(edit.start, up), end: above(edit.end, up) })),
    );
    if (!taken || sent.some(({ start }) => start.line < up)) continue;
    const put = inserted.map(({ from, to }, i) => ({ from, to, insert: previous.slice(taken[i]!.from, taken[i]!.to) }));
    const before = applyEdits(next, put);
    yield diffClosely(previous, before);
    if (bare === before) return;
  }
}

function above({ line, character }: Position, lines: number): Position {
  return { line: line - lines, character };
}

/** Edits that take out of a text what was sent, where that stands at the very place that it was sent to. */
function standing(text: string, sent: readonly SentEdit[]): Edit[] | undefined {
  const starts = lineStartsOf(text);
  const edits: Edit[] = [];
  let lines = 0;
  let columns = { line: -1, by: 0 };
  for (const { start, end, insert } of sent) {
    const by = start.line === columns.line ? columns.by : 0;
    const from = (starts[start.line + lines] ?? text.length + 1) + start.character + by;
    if (!text.startsWith(insert, from)) return undefined;
    edits.push({ from, to: from + insert.length, insert: '' });
    const broken = insert.split('\n');
    lines += broken.length - 1 - (end.line - start.line);
    const column = broken.length > 1 ? broken.at(-1)!.length : start.character + by + insert.length;
    columns = { line: end.line, by: column - end.character };
  }
  return edits;
}

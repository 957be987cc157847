// Guesses what the user may have typed before our edits were applied, from the texts before and after, likely guesses first. Whether one is right shows when
// find-misplaced.ts plays it through.

import { lineOf, lineStartsOf, type Position } from '../documents/snapshot.ts';
import { diffClosely, trimCommon } from '../text/diff.ts';
import { applyEdits, type Edit, invertEdits, mapOffset } from '../text/edit.ts';
import type { SearchWindow } from './search-window.ts';
import { placeSentEdits, type SentEdit } from './sent-edit.ts';

/** How many lengths of typing are tried one by one where an edit is in the same line, and how many lines. */
const maxColumns = 80;
/** Units that the user is thought to have typed over. */
export const maxTypedOver = 3;
/** Up to so many places where the texts differ are tried as typing. */
const maxPlaces = 8;

/** What others may have changed before our edits were applied, as edits of the window's `previous`; few of more than `most` units. */
export function* guessesOf(window: SearchWindow, most: number): Generator<readonly Edit[]> {
  if (window.isMoved) yield [];
  if (most < 1) return;
  yield* typedAtOnePlace(window, most);
  yield* seenInText(window);
  yield* allBefore(window);
}

/** Typing at one place: where the texts begin to differ, or do so once the first of the edits are in their places: what lands behind typing stays behind it. */
function* typedAtOnePlace(window: SearchWindow, most: number): Generator<readonly Edit[]> {
  const edits = placeSentEdits(window.previous, window.sent) ?? [];
  const places = edits.slice(0, maxPlaces).map((_, landed) => placeBehind(window, edits.slice(0, landed)));
  for (let taken = 0; taken <= Math.min(maxTypedOver, most); taken++) {
    for (const { at, typed, isMeant } of places) {
      for (const text of typed) {
        for (const length of lengths(text, most - taken, isMeant))
          yield [{ from: at, to: at + taken, insert: text.slice(0, length) }];
      }
    }
  }
  for (const { at, isMeant } of places) {
    for (const length of lengths(window.previous.slice(at), most, () => isMeant(0))) {
      yield [{ from: at, to: at + length, insert: '' }];
    }
  }
}

/** The place of the typing if the edits `landed` are where they belong: what it may begin with, and whether an edit is meant for the line so many further down. */
function placeBehind({ previous, next, sent }: SearchWindow, landed: readonly Edit[]) {
  const { from } = trimCommon(applyEdits(previous, landed), next);
  const at = mapOffset(from, invertEdits(previous, landed), 1);
  const line = lineOf(lineStartsOf(previous), at);
  const lines = new Set(sent.slice(landed.length).flatMap(({ start, end }) => [start.line, end.line]));
  const { insert } = sent[landed.length]!;
  // Where the user has broken a line, an insertion that was meant for behind the break lands before it.
  const isAhead = insert !== '' && next.startsWith(insert, from);
  return {
    at,
    isMeant: (down: number) => lines.has(line + down),
    typed: [next.slice(from), ...(isAhead ? [next.slice(from + insert.length)] : [])],
  };
}

/** How much of a text was typed, or deleted, up to `most` units: whole lines, and, where an edit is meant for the last of them, any number of units of it. */
function* lengths(text: string, most: number, isMeant: (line: number) => boolean): Generator<number> {
  let start = 0;
  for (let line = 0; line < maxColumns && start < most; line++) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    if (end <= most) yield end;
    if (isMeant(line)) for (let at = start + 1; at < Math.min(end, start + maxColumns, most + 1); at++) yield at;
    if (end === text.length) return;
    start = end;
  }
}

/** Some neighbouring places where the texts differ, and of the last of them all or a part. */
function* seenInText({ previous, next }: SearchWindow): Generator<readonly Edit[]> {
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

/** A change in the making: insertions grow from their beginning, deletions from their end or from their beginning. */
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

/** All of the change, in any number of places: the edits stand at the very positions that were sent, and deleted what stood there or some lines further up. */
function* allBefore({ previous, next, sent }: SearchWindow): Generator<readonly Edit[]> {
  const inserted = standing(next, sent);
  if (!inserted) return;
  const bare = applyEdits(next, inserted);
  for (let up = -maxPlaces; up <= maxPlaces; up++) {
    const taken = placeSentEdits(
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

/**
 * Edits that delete from a text what was inserted by `sent`, where it stands at the very positions that were sent, or at the end of a line that was too short
 * for that: what stands before it there has been typed since, and is deleted with it.
 */
function standing(text: string, sent: readonly SentEdit[]): Edit[] | undefined {
  const starts = lineStartsOf(text);
  const edits: Edit[] = [];
  let lines = 0;
  let columns = { line: -1, by: 0 };
  for (const [i, { start, end, insert }] of sent.entries()) {
    const by = start.line === columns.line ? columns.by : 0;
    const line = start.line + lines;
    if (line >= starts.length) return undefined;
    const column = starts[line]! + start.character + by;
    const isThere = text.startsWith(insert, column);
    const at = isThere ? column : atEndOfLine(text, insertsInLine(sent, i), starts[line]!);
    if (at === undefined) return undefined;
    const from = isThere ? column : Math.max(starts[line]!, edits.at(-1)?.to ?? 0);
    edits.push({ from, to: at + insert.length, insert: '' });
    const broken = (text.slice(from, at) + insert).split('\n');
    lines += broken.length - 1 - (end.line - start.line);
    const behind = broken.length > 1 ? broken.at(-1)!.length : at + insert.length - starts[line]!;
    columns = { line: end.line, by: behind - end.character };
  }
  return edits;
}

/** What the edit with this index and those behind it insert in the same line: past the end of that line it all stands together. */
function insertsInLine(sent: readonly SentEdit[], first: number): string {
  const { line } = sent[first]!.start;
  const last = sent.findIndex(({ start, end }, i) => i >= first && (start.line !== line || end.line !== line));
  return sent
    .slice(first, Math.max(last < 0 ? sent.length : last, first + 1))
    .map(({ insert }) => insert)
    .join('');
}

/** The offset of `inserts` at the end of a line, from `start` on. */
function atEndOfLine(text: string, inserts: string, start: number): number | undefined {
  for (let at = text.indexOf(inserts, start); at >= 0; at = text.indexOf(inserts, at + 1)) {
    const end = text[at + inserts.length];
    if (end === undefined || end === '\r' || end === '\n') return at;
  }
  return undefined;
}

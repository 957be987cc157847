// Applies the content changes of a didChange to a snapshot. Each change refers to the text after the one before it, so all of them are applied to the lines
// that they touch, and the text above and below is added once at the end: in a text of megabytes each copy takes milliseconds.
// Owns vscode-languageserver-textdocument; nothing outside ever sees its mutable documents.

import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { createSnapshot, lineStartsOf, type Position, type Range, type Snapshot } from './snapshot.ts';

export type ContentChange = TextDocumentContentChangeEvent;

interface RangedChange {
  readonly range: Range;
  readonly text: string;
}

/** The snapshot after `changes`, applied in order. As in LSP, a position past the end of a line, or of the text, means that end. */
export function afterChanges(snapshot: Snapshot, version: number, changes: readonly ContentChange[]): Snapshot {
  const { uri, languageId } = snapshot;
  // A change without a range replaces the whole text: those before it make no difference.
  const last = changes.findLastIndex((change) => !isRanged(change));
  const base = last < 0 ? snapshot : createSnapshot(uri, version, languageId, changes[last]!.text);
  const { text, lineStarts } = applyRanged(base, changes.slice(last + 1).filter(isRanged));
  return createSnapshot(uri, version, languageId, text, lineStarts);
}

function isRanged(change: ContentChange): change is RangedChange {
  return 'range' in change && change.range !== undefined;
}

interface UpdatedText {
  readonly text: string;
  /** Absent: not known, to be computed from the text. */
  readonly lineStarts?: readonly number[];
}

function applyRanged(base: Snapshot, changes: readonly RangedChange[]): UpdatedText {
  const { text, lineStarts } = base;
  if (changes.length === 0) return { text };
  const { first, behind, clamped } = touchedLines(changes, lineStarts.length);
  const from = lineStarts[first]!;
  const to = lineStarts[behind] ?? text.length;
  const before = text.slice(from, to);
  // A lone CR and an LF that comes to stand behind it become one line break, so the numbers of lines do not add up: the slow way.
  const isOdd = [before, ...changes.map((change) => change.text)].some(hasLoneCr) || text[from - 1] === '\r';
  if (isOdd) return { text: changes.reduce((all, change) => update(all, [change]), text) };
  const inside = update(
    before,
    clamped.map(({ range, ...change }) => ({ ...change, range: shiftUp(range, first) })),
  );
  const starts = lineStartsOf(inside).map((start) => start + from);
  // `inside` ends in a line break, and the line behind that is already the first of `after`.
  if (behind < lineStarts.length) starts.pop();
  const by = inside.length - before.length;
  const after = lineStarts.slice(behind).map((start) => start + by);
  return {
    text: text.slice(0, from) + inside + text.slice(to),
    lineStarts: lineStarts.slice(0, first).concat(starts, after),
  };
}

/** The positions of all changes but the first must be on lines that exist: the library updates its line starts from the lines that a change names. */
function update(text: string, changes: readonly RangedChange[]): string {
  return TextDocument.update(TextDocument.create('', '', 0, text), [...changes], 1).getText();
}

/** A CR that is a line break by itself, and would become one break with an LF behind it. */
function hasLoneCr(text: string): boolean {
  return /\r(?!\n)/.test(text);
}

function shiftUp({ start, end }: Range, lines: number): Range {
  return { start: { ...start, line: start.line - lines }, end: { ...end, line: end.line - lines } };
}

interface TouchedLines {
  /** Lines `first` to before `behind` of the text before the changes. */
  readonly first: number;
  readonly behind: number;
  /** The same changes, with all positions on lines that exist. */
  readonly clamped: readonly RangedChange[];
}

/** The lines that `changes`, applied to a text of `count` lines, touch. */
function touchedLines(changes: readonly RangedChange[], count: number): TouchedLines {
  let first = count - 1;
  let below = count;
  let lines = count;
  const clamped: RangedChange[] = [];
  for (const { range, text } of changes) {
    const [start, end] = [clampToLines(range.start, lines), clampToLines(range.end, lines)];
    const [top, bottom] = [Math.min(start.line, end.line), Math.max(start.line, end.line)];
    first = Math.min(first, top);
    below = Math.min(below, lines - 1 - bottom);
    lines += lineStartsOf(text).length - 1 - (bottom - top);
    clamped.push({ range: { start, end }, text });
  }
  return { first, behind: count - below, clamped };
}

/** A position before the text means its beginning, one behind its last line the end of that line. */
function clampToLines(position: Position, lines: number): Position {
  if (position.line < 0) return { line: 0, character: 0 };
  return position.line < lines ? position : { line: lines - 1, character: Number.MAX_SAFE_INTEGER };
}

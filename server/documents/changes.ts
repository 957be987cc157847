// What a didChange makes of a text. Each of its changes refers to the text after the one before, so all of them are made in the lines that they are about,
// and what lies above and below is put around that once: in a text of megabytes each copy takes milliseconds.
// Owns vscode-languageserver-textdocument; nothing outside ever sees its mutable documents.

import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { createSnapshot, lineStartsOf, type Position, type Range, type Snapshot } from './snapshot.ts';

export type ContentChange = TextDocumentContentChangeEvent;

interface RangedChange {
  readonly range: Range;
  readonly text: string;
}

/** The snapshot after changes. What is past the end of a line, or of the text, means that end. */
export function afterChanges(snapshot: Snapshot, version: number, changes: readonly ContentChange[]): Snapshot {
  const { uri, languageId } = snapshot;
  // What comes before a whole text does not count.
  const last = changes.findLastIndex((change) => !isRanged(change));
  const base = last < 0 ? snapshot : createSnapshot(uri, version, languageId, changes[last]!.text);
  const { text, lineStarts } = made(base, changes.slice(last + 1).filter(isRanged));
  return createSnapshot(uri, version, languageId, text, lineStarts);
}

function isRanged(change: ContentChange): change is RangedChange {
  return 'range' in change && change.range !== undefined;
}

interface Made {
  readonly text: string;
  /** Absent: they are to be counted. */
  readonly lineStarts?: readonly number[];
}

function made(base: Snapshot, changes: readonly RangedChange[]): Made {
  const { text, lineStarts } = base;
  if (changes.length === 0) return { text };
  const { first, behind, within } = linesOf(changes, lineStarts.length);
  const from = lineStarts[first]!;
  const to = lineStarts[behind] ?? text.length;
  const before = text.slice(from, to);
  // Two breaks may become one, inside or at an edge: lines can't be counted on.
  const isOdd = [before, ...changes.map((change) => change.text)].some(hasLoneCr) || text[from - 1] === '\r';
  if (isOdd) return { text: changes.reduce((all, change) => update(all, [change]), text) };
  const inside = update(
    before,
    within.map(({ range, ...change }) => ({ ...change, range: up(range, first) })),
  );
  const starts = lineStartsOf(inside).map((start) => start + from);
  // What follows begins a line of its own.
  if (behind < lineStarts.length) starts.pop();
  const by = inside.length - before.length;
  const after = lineStarts.slice(behind).map((start) => start + by);
  return {
    text: text.slice(0, from) + inside + text.slice(to),
    lineStarts: lineStarts.slice(0, first).concat(starts, after),
  };
}

/** All lines but those of the first change must exist: the library counts on from those that it is told. */
function update(text: string, changes: readonly RangedChange[]): string {
  return TextDocument.update(TextDocument.create('', '', 0, text), [...changes], 1).getText();
}

/** A break that an LF behind it would become a part of. */
function hasLoneCr(text: string): boolean {
  return /\r(?!\n)/.test(text);
}

function up({ start, end }: Range, lines: number): Range {
  return { start: { ...start, line: start.line - lines }, end: { ...end, line: end.line - lines } };
}

interface Lines {
  /** From here to before `behind`, lines of the text before them. */
  readonly first: number;
  readonly behind: number;
  /** The same changes, in lines that exist. */
  readonly within: readonly RangedChange[];
}

/** The lines that changes of a text of `count` lines are about. */
function linesOf(changes: readonly RangedChange[], count: number): Lines {
  let first = count - 1;
  let below = count;
  let lines = count;
  const within: RangedChange[] = [];
  for (const { range, text } of changes) {
    const [start, end] = [existing(range.start, lines), existing(range.end, lines)];
    const [top, bottom] = [Math.min(start.line, end.line), Math.max(start.line, end.line)];
    first = Math.min(first, top);
    below = Math.min(below, lines - 1 - bottom);
    lines += lineStartsOf(text).length - 1 - (bottom - top);
    within.push({ range: { start, end }, text });
  }
  return { first, behind: count - below, within };
}

/** What is before the text means its beginning, and what is behind it its end. */
function existing(position: Position, lines: number): Position {
  if (position.line < 0) return { line: 0, character: 0 };
  return position.line < lines ? position : { line: lines - 1, character: Number.MAX_SAFE_INTEGER };
}

// Line ranges that follow their code while the document changes: for decorations only, never for edits.
import type { Range } from 'vscode';

/** Zero-based, both included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

export interface Change {
  readonly range: Range;
  readonly text: string;
}

/** Where `lines` are after a change. */
export function follow({ first, last }: Lines, { range, text }: Change): Lines {
  const shift = breaksIn(text) - (range.end.line - range.start.line);
  if (range.start.line > last) return { first, last };
  if (range.end.line < first) return { first: first + shift, last: last + shift };
  const start = Math.min(first, range.start.line);
  return { first: start, last: Math.max(start, last + shift) };
}

/** The lines of the inserted text, white space around it aside; undefined where nothing else was inserted. */
export function written({ range, text }: Change): Lines | undefined {
  const visible = text.trim();
  if (visible === '') return undefined;
  const first = range.start.line + breaksIn(text.slice(0, text.indexOf(visible)));
  return { first, last: first + breaksIn(visible) };
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1;
}

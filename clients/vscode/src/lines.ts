// Lines that keep to their code while the document changes: for what is drawn there, never for what is edited.
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

/** The lines that have words of a change; undefined if it only took some out. */
export function written({ range, text }: Change): Lines | undefined {
  const words = text.trim();
  if (words === '') return undefined;
  const first = range.start.line + breaksIn(text.slice(0, text.indexOf(words)));
  return { first, last: first + breaksIn(words) };
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1;
}

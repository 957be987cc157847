// Lines that keep to their code while the document changes: for what is drawn there, never for what is edited.
import type { Range } from 'vscode';

/** Zero-based, both included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

interface Change {
  readonly range: Range;
  readonly text: string;
}

/** Where `lines` are after a change. */
export function follow({ first, last }: Lines, { range, text }: Change): Lines {
  const shift = text.split('\n').length - 1 - (range.end.line - range.start.line);
  if (range.start.line > last) return { first, last };
  if (range.end.line < first) return { first: first + shift, last: last + shift };
  const start = Math.min(first, range.start.line);
  return { first: start, last: Math.max(start, last + shift) };
}

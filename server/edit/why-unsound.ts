// Says why a new text of the scope can't be taken, as far as that can be told: a person has to decide what to do.

import { isProse } from '../answer/prose.ts';
import { fenceIn } from '../answer/wrappers.ts';

/** Where a fault is in the new text of the scope. `line` is counted from 1. */
export interface Fault {
  readonly line: number;
  /** `the block is not closed` */
  readonly what: string;
}

/** UTF-16 units of a line that a reason quotes. */
const maxQuote = 60;

/** `unsound` with what is behind it: words or marks that are no code, else where the parser stumbles. */
export function whyUnsound(unsound: string, texts: { base: string; text: string }, fault: Fault | undefined): string {
  const found = strangeIn(texts) ?? (fault && `line ${fault.line}: ${fault.what}`);
  return found === undefined ? unsound : `${unsound} (${found})`;
}

function strangeIn({ base, text }: { base: string; text: string }): string | undefined {
  const known = new Set(base.split('\n').map((line) => line.trim()));
  const lines = text.split('\n').map((line) => line.trim());
  const isNew = (line: string) => line !== '' && !known.has(line);
  if (lines.some((line) => isNew(line) && fenceIn(line))) return 'it has a Markdown fence in it';
  const index = lines.findIndex((line) => isNew(line) && isProse(line));
  if (index < 0) return undefined;
  const quoted = lines[index]!.length > maxQuote ? `${lines[index]!.slice(0, maxQuote)}…` : lines[index]!;
  return `line ${index + 1} is a sentence: “${quoted}”`;
}

// What helps a model beside the scope: diagnostics, imports, signatures; as much as its budget holds.

/** A message about the scope. */
export interface DiagnosticInput {
  /** 1-based line of the document. */
  readonly line: number;
  readonly message: string;
  /** Who says so, e.g. `ts 2322`. */
  readonly source?: string;
}

export interface ContextInput {
  /** Import lines of the file. */
  readonly imports?: readonly string[];
  /** First lines of the declarations around the scope. */
  readonly signatures?: readonly string[];
  readonly diagnostics?: readonly DiagnosticInput[];
  /** Instructions that earlier edits of this scope have carried out, oldest first. */
  readonly earlier?: readonly string[];
  /** UTF-16 units that the context may take; default {@link defaultBudgetChars}. */
  readonly budgetChars?: number;
}

/**
 * About 1,000 tokens at 4 characters each: some 50 ms of prompt processing at a hosted fast model and well under a second at a local one
 * (2,000 tokens/s), which is what a first token may be late by at most for context.
 */
export const defaultBudgetChars = 4000;

/** The context block with a line break at its end; empty if there is nothing to say. Lines are never cut: one that does not fit is left out. */
export function contextBlock(input: ContextInput): string {
  const sections: [string, readonly string[]][] = [
    [
      'Instructions that were carried out in this scope before, as far as its text shows:',
      (input.earlier ?? []).map(oneLine),
    ],
    ['Problems reported in the scope:', (input.diagnostics ?? []).map(diagnosticLine)],
    ['Imports of the file:', linesOf(input.imports)],
    ['Declared around the scope:', linesOf(input.signatures)],
  ];
  let left = input.budgetChars ?? defaultBudgetChars;
  const parts: string[] = [];
  for (const [title, lines] of sections) {
    const kept = fitting(lines, left - title.length - 1);
    if (kept.length === 0) continue;
    parts.push(title, ...kept);
    left -= title.length + 1 + sizeOf(kept);
  }
  return parts.length === 0 ? '' : `<context>\n${parts.join('\n')}\n</context>\n`;
}

const linesOf = (texts: readonly string[] = []): string[] => texts.flatMap((text) => text.split(/\r\n|\r|\n/));

const sizeOf = (lines: readonly string[]): number => lines.reduce((size, line) => size + line.length + 1, 0);

/** The lines that fit, in order. A line that looks like one of our own tags would blur where the blocks begin and end: it is left out. */
function fitting(lines: readonly string[], budget: number): string[] {
  let left = budget;
  return lines.filter((line) => {
    if (line.trim() === '' || line.length + 1 > left || /<\/?(scope|instruction|context)\b/i.test(line)) return false;
    left -= line.length + 1;
    return true;
  });
}

function diagnosticLine({ line, message, source }: DiagnosticInput): string {
  return `line ${line}: ${oneLine(message)}${source ? ` (${oneLine(source)})` : ''}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

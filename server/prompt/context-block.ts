// The context block of a request: what helps a model beside the scope (earlier instructions, diagnostics, imports, signatures), within a budget.

import { truncateTo } from '../text/printable.ts';

/** A diagnostic in the scope. */
export interface DiagnosticInput {
  /** 1-based line of the document. */
  readonly line: number;
  readonly message: string;
  /** The tool and its code, e.g. `ts 2322`. */
  readonly source?: string;
}

/** One line of the context. */
export interface ContextLine {
  readonly text: string;
  /** Whether the scope names it: then it comes first where the budget is short. */
  readonly isUsed: boolean;
}

export interface ContextInput {
  /** Imports of the file, a statement each. */
  readonly imports?: readonly ContextLine[];
  /** First lines of the declarations around the scope. */
  readonly signatures?: readonly ContextLine[];
  readonly diagnostics?: readonly DiagnosticInput[];
  /** The lines right above and below an empty scope, as they stand there. */
  readonly above?: readonly string[];
  readonly below?: readonly string[];
  /** Instructions of earlier edits of this scope, oldest first. */
  readonly earlier?: readonly string[];
  /** UTF-16 units that the context may take; default {@link defaultBudgetChars}. */
  readonly budgetChars?: number;
}

/**
 * About 1,000 tokens at 4 characters each: some 50 ms of prompt processing at a hosted fast model and well under a second at a local one
 * (2,000 tokens/s), which is what a first token may be late by at most for context.
 */
const defaultBudgetChars = 4000;

/** UTF-16 units. What the scope does not name may take a quarter of that: it shows what there is, and the file's style. */
const defaultSpareChars = 1000;

interface Section {
  readonly title: string;
  readonly lines: readonly ContextLine[];
  /** Indentation and blank lines are shown as well. */
  readonly isVerbatim?: true;
}

/** UTF-16 units of one line: signatures and messages are shorter, and more of a minified line tells nothing. */
const maxLineChars = 500;

/** The context block with a line break at its end; empty if nothing is known or fits. Whole lines that do not fit are left out. */
export function contextBlock(input: ContextInput): string {
  const sections: Section[] = [
    {
      title: 'Instructions that were carried out in this scope before, as far as its text shows:',
      lines: (input.earlier ?? []).map(required),
    },
    { title: 'Problems reported in the scope:', lines: (input.diagnostics ?? []).map(diagnosticLine).map(required) },
    { title: 'Imports of the file:', lines: input.imports ?? [] },
    { title: 'Declared around the scope:', lines: input.signatures ?? [] },
    { title: 'Right above the scope:', lines: (input.above ?? []).map(required), isVerbatim: true },
    { title: 'Right below the scope:', lines: (input.below ?? []).map(required), isVerbatim: true },
  ];
  const kept = linesWithinBudget(sections, input.budgetChars ?? defaultBudgetChars);
  const parts = sections.flatMap(({ title, lines, isVerbatim }) => {
    const written = lines.filter((line) => kept.has(line)).map((line) => formatLine(line, isVerbatim));
    return written.length === 0 ? [] : [title, ...written];
  });
  return parts.length === 0 ? '' : `<context>\n${parts.join('\n')}\n</context>\n`;
}

const required = (text: string): ContextLine => ({ text, isUsed: true });

/** On one line; the two spaces that mark a member's signature stay. */
function formatLine({ text }: ContextLine, isVerbatim = false): string {
  const start = text.slice(0, 8 * maxLineChars);
  if (isVerbatim) return truncateTo(start.trimEnd(), maxLineChars);
  return (text.startsWith('  ') ? '  ' : '') + truncateTo(oneLine(start), maxLineChars);
}

/** The lines that fit: first those that are used, in order, then of the rest as much as `defaultSpareChars`. */
function linesWithinBudget(sections: readonly Section[], budgetChars: number): Set<ContextLine> {
  const kept = new Set<ContextLine>();
  let left = budgetChars;
  for (const isUsed of [true, false]) {
    if (!isUsed) left = Math.min(left, defaultSpareChars);
    for (const { title, lines, isVerbatim } of sections) {
      let heading = lines.some((line) => kept.has(line)) ? 0 : title.length + 1;
      for (const line of lines) {
        const size = formatLine(line, isVerbatim).length + 1 + heading;
        if (line.isUsed !== isUsed || size > left || isUnusable(line, isVerbatim)) continue;
        kept.add(line);
        left -= size;
        heading = 0;
      }
    }
  }
  return kept;
}

/** A blank line, or one that looks like a tag of our own, which would make it unclear where the blocks begin and end. */
const isUnusable = ({ text }: ContextLine, isVerbatim = false): boolean =>
  (text.trim() === '' && !isVerbatim) || /<\/?(scope|instruction|context)\b/i.test(text);

/** Words of import statements that are not names, in any of the languages. */
const importWords = new Set(
  'import from as type typeof const let var require use pub crate self super mod static default'.split(' '),
);

/** Every word of a text that could be a name, in any of the languages. */
export function identifiersIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}\p{N}_$]+/gu));
}

/** Whether an import statement mentions one of `names`. */
export function isNamed(statement: string, names: ReadonlySet<string>): boolean {
  return [...identifiersIn(statement)].some((name) => names.has(name) && !importWords.has(name));
}

function diagnosticLine({ line, message, source }: DiagnosticInput): string {
  return `line ${line}: ${oneLine(message)}${source ? ` (${oneLine(source)})` : ''}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

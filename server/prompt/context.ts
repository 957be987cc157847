// What helps a model beside the scope: diagnostics, imports, signatures; as much as its budget holds.

import { cutTo } from '../text/shown.ts';

/** A message about the scope. */
export interface DiagnosticInput {
  /** 1-based line of the document. */
  readonly line: number;
  readonly message: string;
  /** Who says so, e.g. `ts 2322`. */
  readonly source?: string;
}

/** A declaration or an import around the scope. */
export interface Related {
  readonly text: string;
  /** Whether the scope names it. */
  readonly isUsed: boolean;
}

export interface ContextInput {
  /** Imports of the file, a statement each. */
  readonly imports?: readonly Related[];
  /** First lines of the declarations around the scope. */
  readonly signatures?: readonly Related[];
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

/** What the scope does not name may take a quarter of that: it is there to be found, and to show the file's style. */
export const defaultSpareChars = 1000;

interface Section {
  readonly title: string;
  readonly lines: readonly Related[];
}

/** UTF-16 units of one line: a signature or a message is shorter, and what is minified says nothing after as many. */
const maxLineChars = 500;

/** The context block with a line break at its end; empty if there is nothing to say. A line that does not fit is left out. */
export function contextBlock(input: ContextInput): string {
  const sections: Section[] = [
    {
      title: 'Instructions that were carried out in this scope before, as far as its text shows:',
      lines: (input.earlier ?? []).map(needed),
    },
    { title: 'Problems reported in the scope:', lines: (input.diagnostics ?? []).map(diagnosticLine).map(needed) },
    { title: 'Imports of the file:', lines: input.imports ?? [] },
    { title: 'Declared around the scope:', lines: input.signatures ?? [] },
  ];
  const kept = fitting(sections, input.budgetChars ?? defaultBudgetChars);
  const parts = sections.flatMap(({ title, lines }) => {
    const said = lines.filter((line) => kept.has(line)).map(sayLine);
    return said.length === 0 ? [] : [title, ...said];
  });
  return parts.length === 0 ? '' : `<context>\n${parts.join('\n')}\n</context>\n`;
}

const needed = (text: string): Related => ({ text, isUsed: true });

/** On one line; the two spaces that mark a member stay. */
const sayLine = ({ text }: Related): string =>
  (text.startsWith('  ') ? '  ' : '') + cutTo(oneLine(text.slice(0, 8 * maxLineChars)), maxLineChars);

/** What fits: first what is needed, in order, then as much of the rest as is to spare. */
function fitting(sections: readonly Section[], budgetChars: number): Set<Related> {
  const kept = new Set<Related>();
  let left = budgetChars;
  for (const isUsed of [true, false]) {
    if (!isUsed) left = Math.min(left, defaultSpareChars);
    for (const { title, lines } of sections) {
      let heading = lines.some((line) => kept.has(line)) ? 0 : title.length + 1;
      for (const line of lines) {
        const size = sayLine(line).length + 1 + heading;
        if (line.isUsed !== isUsed || size > left || isConfusing(line)) continue;
        kept.add(line);
        left -= size;
        heading = 0;
      }
    }
  }
  return kept;
}

/** A line that looks like one of our own tags would blur where the blocks begin and end. */
const isConfusing = ({ text }: Related): boolean =>
  text.trim() === '' || /<\/?(scope|instruction|context)\b/i.test(text);

/** Words of import statements that are no names, in any of the languages. */
const importWords = new Set(
  'import from as type typeof const let var require use pub crate self super mod static default'.split(' '),
);

/** Every word of a text that could be a name, in any of the languages. */
export function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}\p{N}_$]+/gu));
}

/** Whether one of the `names` is something that an import statement brings in. */
export function isNamed(statement: string, names: ReadonlySet<string>): boolean {
  return [...namesIn(statement)].some((name) => names.has(name) && !importWords.has(name));
}

function diagnosticLine({ line, message, source }: DiagnosticInput): string {
  return `line ${line}: ${oneLine(message)}${source ? ` (${oneLine(source)})` : ''}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

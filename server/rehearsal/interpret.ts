// Interprets the instruction, as far as a stand-in can: it renames, or adds comments that show where hunks land.

import { commentAlone, commentEdits } from './comment.ts';
import { formatAnswer, type LineEdit } from './line-edit.ts';
import { type RehearsalRequest, readTask } from './request.ts';

/** Rates in tokens per second. */
const slowRate = 60;

export interface Interpretation {
  readonly answer: string;
  /** Tokens per second, where the instruction asks for one. */
  readonly rate?: number;
}

/** The answer to a request, from the request alone; always the same for the same request. */
export function interpret(request: RehearsalRequest): Interpretation {
  const task = readTask(request.text);
  if (!task) return { answer: 'This is a rehearsal: there is no scope in the request to work on.' };
  const renames = readRenames(task.instruction);
  const lines = task.scope.split('\n');
  if (task.scope === '') return { answer: commentAlone(task) };
  const edits = renames.length > 0 ? renameEdits(lines, renames) : commentEdits(lines, task);
  const answer = formatAnswer(task.scope, edits, task.format);
  return /^slowly\b/i.test(task.instruction) ? { answer, rate: slowRate } : { answer };
}

type Rename = readonly [from: string, to: string];

const identifier = '[`\'"]?([\\p{ID_Start}$_][\\p{ID_Continue}$]*)[`\'"]?';
const rename = new RegExp(
  `(?:\\brename|,|\\band)\\s+(?:\\w+\\s+){0,3}?${identifier}\\s+(?:to|as|->|→)\\s+${identifier}`,
  'giu',
);

function readRenames(instruction: string): Rename[] {
  if (!/\brename\b/i.test(instruction)) return [];
  return [...instruction.matchAll(rename)].map(([, from = '', to = '']) => [from, to]);
}

function renameEdits(lines: readonly string[], renames: readonly Rename[]): LineEdit[] {
  // A directive that asks for the rename keeps the old name: the server removes it.
  const asks = (line: string) =>
    readRenames(line).some(([a, b]) => renames.some(([from, to]) => a === from && b === to));
  const renamed = lines.map((line) => (asks(line) ? line : renames.reduce(renameIn, line)));
  const edits: LineEdit[] = [];
  for (const [at, line] of renamed.entries()) {
    if (line !== lines[at]) edits.push({ from: at, to: at + 1, insert: [line] });
  }
  return edits;
}

/** Whole identifiers only: `id` is left alone in `idle` and in `$id`. */
function renameIn(line: string, [from, to]: Rename): string {
  const escaped = from.replaceAll('$', '\\$');
  return line.replace(new RegExp(`(?<![\\p{ID_Continue}$])${escaped}(?![\\p{ID_Continue}$])`, 'gu'), () => to);
}

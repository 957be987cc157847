// The comments that the rehearsal model adds: one that documents the scope, and one above each return, throw and loop.

import { linesInCode } from './code-lines.ts';
import { type CommentStyle, commentStyleOf } from './comment-style.ts';
import type { LineEdit } from './line-edit.ts';
import type { RehearsalTask } from './request.ts';
import { describeSignature } from './signature.ts';

const mark = '(rehearsal)';
const maxQuote = 80;
const commentSubjects: readonly (readonly [RegExp, string])[] = [
  [/^return\b/, 'the result'],
  [/^(?:throw|raise)\b/, 'the failure'],
  [/^(?:for|while|loop|foreach)\b/, 'the loop'],
];

/** Edits that add the comments and replace those of an earlier edit, so that the same instruction twice changes nothing more. */
export function commentEdits(lines: readonly string[], task: RehearsalTask): LineEdit[] {
  const style = commentStyleOf(task.language);
  if (!style) return [];
  const inCode = linesInCode(lines, style);
  const isOld = (at: number) => inCode[at] === true && isOurs(lines[at] ?? '', style);
  const wanted = new Map<number, string>();
  const doc = docAt(lines, (at) => inCode[at] === true && !isOld(at));
  if (doc) wanted.set(doc.at, doc.indent + style.doc(docText(lines, task, isOld)));
  for (let at = 0; at < lines.length; at++) {
    const what = inCode[at] && !wanted.has(at) ? statement(lines, at, isOld) : undefined;
    if (what) wanted.set(at, indentOf(lines[at] ?? '') + style.comment(`${mark} ${what}`));
  }
  return merge(lines, wanted, isOld);
}

/** What stands where there was nothing: a place for new code. */
export function commentAlone(task: RehearsalTask): string {
  const style = commentStyleOf(task.language);
  return style ? style.comment(`${mark} ${quoteOf(task)}`) : '<no-change/>';
}

/** One edit for each line that has or gets a comment: the old ones above it are removed, the new one is inserted. */
function merge(
  lines: readonly string[],
  wanted: ReadonlyMap<number, string>,
  isOld: (at: number) => boolean,
): LineEdit[] {
  const edits: LineEdit[] = [];
  for (let at = 0; at < lines.length; at++) {
    let end = at;
    while (end < lines.length && isOld(end)) end++;
    const comment = wanted.get(end);
    const unchanged = end - at === 1 && lines[at] === comment;
    if ((end > at || comment !== undefined) && !unchanged) {
      edits.push({ from: at, to: end, insert: comment === undefined ? [] : [comment] });
    }
    at = end;
  }
  return edits;
}

function isOurs(line: string, style: CommentStyle): boolean {
  const text = line.trim();
  return [style.doc(mark), style.comment(mark)].some((sample) =>
    text.startsWith(sample.slice(0, sample.indexOf(mark) + mark.length)),
  );
}

/** Above the first line of code; a line further down where the scope starts in the middle of a line, so that a comment does not fit above it. */
function docAt(lines: readonly string[], isFree: (at: number) => boolean): { at: number; indent: string } | undefined {
  const isStart = (line: string) => line.trim() !== '' && !line.startsWith('#!') && !line.startsWith('<?');
  const first = lines.findIndex((line, at) => isFree(at) && isStart(line));
  if (first < 0) return undefined;
  const last = lines.findLast((line) => line.trim() !== '') ?? '';
  const shared = /^\s+[)\]}]/.test(last) && indentOf(last).length > indentOf(lines[first] ?? '').length;
  const at = shared ? lines.findIndex((line, i) => i > first && isFree(i) && isStart(line)) : first;
  return at < 0 ? undefined : { at, indent: indentOf(lines[at] ?? '') };
}

function docText(lines: readonly string[], task: RehearsalTask, isOld: (at: number) => boolean): string {
  const signature = describeSignature(lines.filter((_, i) => !isOld(i)).join('\n'));
  return `${mark} ${signature === undefined ? '' : `${signature}: `}${quoteOf(task)}`;
}

function quoteOf(task: RehearsalTask): string {
  const instruction = task.instruction.replace(/\s+/g, ' ');
  const quote = instruction.length > maxQuote ? `${[...instruction].slice(0, maxQuote).join('')}…` : instruction;
  return `"${quote}"`;
}

function statement(lines: readonly string[], at: number, isOld: (at: number) => boolean): string | undefined {
  const text = (lines[at] ?? '').trim();
  const what = commentSubjects.find(([start]) => start.test(text))?.[1];
  if (what === undefined) return undefined;
  let above = at - 1;
  while (above >= 0 && (isOld(above) || (lines[above] ?? '').trim() === '')) above--;
  return startsStatement((lines[above] ?? '').trim()) ? what : undefined;
}

/** False where a line continues the one above: after a backslash, an operator, or inside markup. */
function startsStatement(above: string): boolean {
  return !/(?:[\\,([=+*/&|?.<]|[^=]>|^>)$/.test(above) || above.endsWith('*/');
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}

// Comments that a rehearsal adds: one that documents the scope, and one above each return, throw and loop.

import { linesInCode } from './code-lines.ts';
import { type LanguageStyle, styleOf } from './languages.ts';
import type { LineEdit } from './line-edit.ts';
import type { Task } from './request.ts';
import { describeSignature } from './signature.ts';

const MARK = '(rehearsal)';
const MAX_QUOTE = 80;
const WHAT: readonly (readonly [RegExp, string])[] = [
  [/^return\b/, 'the result'],
  [/^(?:throw|raise)\b/, 'the failure'],
  [/^(?:for|while|loop|foreach)\b/, 'the loop'],
];

/** Adds the comments; those of an earlier rehearsal are replaced, so that doing it twice changes nothing more. */
export function commentEdits(lines: readonly string[], task: Task): LineEdit[] {
  const style = styleOf(task.language);
  if (!style) return [];
  const inCode = linesInCode(lines, style);
  const isOld = (at: number) => inCode[at] === true && isOurs(lines[at] ?? '', style);
  const wanted = new Map<number, string>();
  const doc = docAt(lines, (at) => inCode[at] === true && !isOld(at));
  if (doc) wanted.set(doc.at, doc.indent + style.doc(docText(lines, task, isOld)));
  for (let at = 0; at < lines.length; at++) {
    const what = inCode[at] && !wanted.has(at) ? statement(lines, at, isOld) : undefined;
    if (what) wanted.set(at, indentOf(lines[at] ?? '') + style.comment(`${MARK} ${what}`));
  }
  return merge(lines, wanted, isOld);
}

/** One edit for each place: the old comments above a line go, the new one comes. */
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

function isOurs(line: string, style: LanguageStyle): boolean {
  const text = line.trim();
  return [style.doc(MARK), style.comment(MARK)].some((sample) =>
    text.startsWith(sample.slice(0, sample.indexOf(MARK) + MARK.length)),
  );
}

/** Above the first line of code; a line further down where the scope starts in the middle of a line and leaves no room there. */
function docAt(lines: readonly string[], isFree: (at: number) => boolean): { at: number; indent: string } | undefined {
  const isStart = (line: string) => line.trim() !== '' && !line.startsWith('#!') && !line.startsWith('<?');
  const first = lines.findIndex((line, at) => isFree(at) && isStart(line));
  if (first < 0) return undefined;
  const last = lines.findLast((line) => line.trim() !== '') ?? '';
  const shared = /^\s+[)\]}]/.test(last) && indentOf(last).length > indentOf(lines[first] ?? '').length;
  const at = shared ? lines.findIndex((line, i) => i > first && isFree(i) && isStart(line)) : first;
  return at < 0 ? undefined : { at, indent: indentOf(lines[at] ?? '') };
}

function docText(lines: readonly string[], task: Task, isOld: (at: number) => boolean): string {
  const instruction = task.instruction.replace(/\s+/g, ' ');
  const quote = instruction.length > MAX_QUOTE ? `${[...instruction].slice(0, MAX_QUOTE).join('')}…` : instruction;
  const signature = describeSignature(lines.filter((_, i) => !isOld(i)).join('\n'));
  return `${MARK} ${signature === undefined ? '' : `${signature}: `}"${quote}"`;
}

function statement(lines: readonly string[], at: number, isOld: (at: number) => boolean): string | undefined {
  const text = (lines[at] ?? '').trim();
  const what = WHAT.find(([start]) => start.test(text))?.[1];
  if (what === undefined) return undefined;
  let above = at - 1;
  while (above >= 0 && (isOld(above) || (lines[above] ?? '').trim() === '')) above--;
  return startsStatement((lines[above] ?? '').trim()) ? what : undefined;
}

/** Not where a line goes on from the one above: after a backslash, an operator, or inside markup. */
function startsStatement(above: string): boolean {
  return !/(?:[\\,([=+*/&|?.<]|[^=]>|^>)$/.test(above) || above.endsWith('*/');
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}

// Documents of the scenarios, and what a model might answer for the functions in them.

import type { TestDocument } from '../client/document.ts';

/** Two functions of which edits can go on side by side; every line is unique, so that each changed line is a hunk of its own. */
export const sampleText = `import { log } from './log';

export function first(list: string[]): string {
  const head = list[0];
  log('first of the list');
  const text = head.trim();
  log('second of the list');
  return text;
}

export function other(value: number): number {
  const twice = value * 2;
  log('twice as much');
  return twice;
}
`;

/** The function \`first\`, before and after. */
export const firstBefore = sampleText.slice(
  sampleText.indexOf('export function first'),
  sampleText.indexOf('\n\nexport function other'),
);
export const firstAfter = firstBefore.replace('list[0]', 'list.at(0)').replace('head.trim()', 'head.trimEnd()');

/** The answer in three parts: the first makes one hunk certain, the second another. */
export const firstParts = cutBehind(firstAfter, "log('first of the list');\n", "log('second of the list');\n");
export const firstDone = sampleText.replace(firstBefore, firstAfter);
/** The document after the first part alone. */
export const firstHalf = sampleText.replace('list[0]', 'list.at(0)');

/** The function after the first part alone, and what a correction might make of it. */
export const half = firstBefore.replace('list[0]', 'list.at(0)');
export const correctedText = half.replace('return text;', 'return text.toUpperCase();');

export const otherBefore = sampleText.slice(sampleText.indexOf('export function other')).trimEnd();
export const otherAfter = otherBefore.replace('value * 2', 'value + value').replace('return twice', 'return +twice');

function cutBehind(text: string, ...marks: string[]): string[] {
  const parts: string[] = [];
  let at = 0;
  for (const mark of marks) {
    const to = text.indexOf(mark, at) + mark.length;
    parts.push(text.slice(at, to));
    at = to;
  }
  return [...parts, text.slice(at)];
}

/** The argument of `quickhand.edit` for a cursor before the first occurrence of `mark`. */
export function editAt(document: TestDocument, mark: string, more: object = {}) {
  return { textDocument: { uri: document.uri }, position: document.rangeOf(mark).start, instruction: 'do it', ...more };
}

// Documents of the scenarios, and what a model might answer for the functions in them.

import type { TestDocument } from '../client/document.ts';

/** Two functions of which edits can go on side by side; every line is unique, so that each changed line is a hunk of its own. */
export const SAMPLE = `import { log } from './log';

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
export const FIRST_BEFORE = SAMPLE.slice(
  SAMPLE.indexOf('export function first'),
  SAMPLE.indexOf('\n\nexport function other'),
);
export const FIRST_AFTER = FIRST_BEFORE.replace('list[0]', 'list.at(0)').replace('head.trim()', 'head.trimEnd()');

/** The answer in three parts: the first makes one hunk certain, the second another. */
export const FIRST_PARTS = cutBehind(FIRST_AFTER, "log('first of the list');\n", "log('second of the list');\n");
export const FIRST_DONE = SAMPLE.replace(FIRST_BEFORE, FIRST_AFTER);
/** The document after the first part alone. */
export const FIRST_HALF = SAMPLE.replace('list[0]', 'list.at(0)');

/** The function after the first part alone, and what a correction might make of it. */
export const HALF = FIRST_BEFORE.replace('list[0]', 'list.at(0)');
export const CORRECTED = HALF.replace('return text;', 'return text.toUpperCase();');

export const OTHER_BEFORE = SAMPLE.slice(SAMPLE.indexOf('export function other')).trimEnd();
export const OTHER_AFTER = OTHER_BEFORE.replace('value * 2', 'value + value').replace('return twice', 'return +twice');

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

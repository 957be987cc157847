// Keeps the docstring of a Python function or class: the first statement of its body.

import { indentOf } from '../../text/lines.ts';

const beginsBlock = /^\s*(?:async\s+def|def|class)\b/;
const docstring = /^\s*[rRuU]?("""|''')/;
const anyString = /^\s*[rRuUbBfF]{0,2}["']/;

/** Takes the lines of an answer from the declaration on. */
export class KeptDocstring {
  readonly #lines: readonly string[];
  #depth = 0;
  /** `signature`: until the line that ends it. `body`: until its first line. */
  #state: 'signature' | 'body' | 'done' = 'signature';

  private constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /** That of the declaration whose line in `base` is `header`; undefined if it has none. */
  static of(base: string, header: string): KeptDocstring | undefined {
    if (!beginsBlock.test(header)) return undefined;
    const lines = base.split(/\r?\n/);
    let at = lines.indexOf(header);
    for (let depth = 0; ; at++) {
      if (at >= lines.length) return undefined;
      depth += depthOf(lines[at]!);
      if (depth <= 0 && isEnd(lines[at]!)) break;
    }
    const quotes = docstring.exec(lines[at + 1] ?? '')?.[1];
    if (quotes === undefined) return undefined;
    const isOneLine = lines[at + 1]!.trim().replace(docstring, '').includes(quotes);
    const end = isOneLine ? at + 1 : lines.findIndex((line, i) => i > at + 1 && line.includes(quotes));
    // A blank line behind it belongs to it.
    return end < 0
      ? undefined
      : new KeptDocstring(lines.slice(at + 1, lines[end + 1]?.trim() === '' ? end + 2 : end + 1));
  }

  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** `line`, behind the docstring if it is the first one of a body that has none. */
  push(line: string): readonly string[] {
    if (this.#state === 'signature') {
      this.#depth += depthOf(line);
      if (this.#depth <= 0) this.#state = isEnd(line) ? 'body' : 'done';
      return [line];
    }
    if (line.trim() === '') return [line];
    this.#state = 'done';
    const indent = indentOf(this.#lines[0]!);
    // Only where the body stands as it did: else nothing is known of how far in the docstring is to be.
    return anyString.test(line) || indentOf(line) !== indent ? [line] : [...this.#lines, line];
  }
}

const isEnd = (line: string): boolean => /:\s*(?:#.*)?$/.test(line);

function depthOf(line: string): number {
  return line.split(/[([{]/).length - line.split(/[)\]}]/).length;
}

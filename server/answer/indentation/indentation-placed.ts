// Writes the lines of an answer in the indentation of the document, by one reading of theirs.

import { indentOf } from '../../text/lines.ts';
import type { IndentationBase } from './indentation-base.ts';
import type { AnswerLine } from './indentation-evidence.ts';
import type { IndentReading } from './indentation-reading.ts';
import { opensLevel } from './indentation-units.ts';

/** Maps the lines of one answer, in order. */
export interface Placing {
  place(line: AnswerLine): string;
}

export class PlacedLines implements Placing {
  readonly #base: IndentationBase;
  readonly #reading: IndentReading;
  #isFirst: boolean;
  /** Where in the scope's code the line above stands, and whether at the indentation that it has there. */
  #at = -1;
  /** The last line of code: how it came, and where it went. */
  #above: { readonly line: string; readonly indent: string } | undefined;

  /** `begun`: the first line, if it has passed already. */
  constructor(base: IndentationBase, reading: IndentReading, begun: string | undefined) {
    this.#base = base;
    this.#reading = reading;
    this.#isFirst = begun === undefined;
    if (begun !== undefined) this.#follow(begun, indentOf(begun));
  }

  place({ line, isData }: AnswerLine): string {
    if (line.trim() === '') return line;
    if (isData) return this.#data(line);
    const indent = this.#indentFor(line);
    this.#isFirst = false;
    this.#follow(line, indent);
    return indent + line.trimStart();
  }

  #indentFor(line: string): string {
    const indent = this.#reading.indent(indentOf(line), this.#isFirst);
    return this.#old(line, indent) ?? (this.#reading.converts ? this.#aligned(line) : undefined) ?? indent;
  }

  /** In the scope the line stands behind the one above, too, which is where it was: so is this one, if it is less or more there than whole levels. */
  #old(line: string, indent: string): string | undefined {
    const next = this.#at < 0 ? undefined : this.#base.code[this.#at + 1];
    if (next?.text !== line.trim()) return undefined;
    return this.#isLevel(next.indent) && (this.#isLevel(indent) || !this.#reading.converts) ? undefined : next.indent;
  }

  #isLevel(indent: string): boolean {
    const { unit } = this.#base;
    return unit === undefined || indent.replaceAll(unit, '') === '';
  }

  /** Behind an open bracket, and going on like the line above: as far in as before, counted from the line above. */
  #aligned(line: string): string | undefined {
    if (!this.#above) return undefined;
    const own = indentOf(line);
    const above = indentOf(this.#above.line);
    if (!own.startsWith(above) || own.includes('\t')) return undefined;
    const extra = own.slice(above.length);
    const isAligned =
      extra.length > 1 && extra !== this.#reading.from && isOpenAt(this.#above.line.trimStart(), extra.length - 1);
    return isAligned ? this.#above.indent + extra : undefined;
  }

  #follow(line: string, indent: string): void {
    const text = line.trim();
    const { code } = this.#base;
    if (this.#at >= 0 && code[this.#at + 1]?.text === text && code[this.#at + 1]!.indent === indent) this.#at++;
    else this.#at = code.findIndex((each) => each.text === text && each.indent === indent);
    this.#above = { line, indent };
  }

  #data(line: string): string {
    const moved = this.#reading.movedData(line);
    if (moved !== undefined && this.#base.lines.has(moved)) return moved;
    if (this.#base.lines.has(line)) return line;
    const converted = this.#reading.indent(indentOf(line), false) + line.trimStart();
    if (this.#reading.converts && this.#base.lines.has(converted)) return converted;
    const known = this.#base.dataLike(line.trim());
    if (known !== undefined || moved === undefined) return known ?? line;
    // A new line of a literal stands where the old ones do.
    const isInPlace = this.#base.hasDataAt(indentOf(line)) && !this.#base.hasDataAt(indentOf(moved));
    return isInPlace ? line : moved;
  }
}

/** Whether a bracket stands there that is not closed in the rest of the line. */
function isOpenAt(text: string, at: number): boolean {
  if (!/[([{]/.test(text[at] ?? '')) return false;
  let depth = 0;
  for (const char of text.slice(at)) {
    if (/[([{]/.test(char)) depth++;
    else if (/[)\]}]/.test(char) && --depth === 0) return false;
  }
  return opensLevel(text) === undefined;
}

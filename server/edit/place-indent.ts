// The indentation of new code in its place: models write it flush left, where it stands, or only its first line flush left, and with the white space they are used to.

import { OpenLiteral } from '../answer/open-literal.ts';
import { indentOf } from '../text/lines.ts';
import type { InsertionPlace } from './engine.ts';

/** Lines behind which an indented one must be of their block, or which nothing can continue: a wrapped expression after one tells nothing of the answer as a whole. */
const opensBlock = /[{:]\s*$/;
const standsAlone = /^(?:@|#|\/\/|\/\*)/;

/** Maps the lines of one answer, in order. */
export class PlaceIndent {
  readonly #place: InsertionPlace;
  readonly #literal = new OpenLiteral();
  #indent: string;
  /** The first line, and its indentation. */
  #first: string | undefined;
  #own = '';
  /** Whether the lines behind the first one are indented as they shall be; undefined before one has come. */
  #isInPlace: boolean | undefined;
  /** How many spaces are one level of the answer. */
  #width: number | undefined;

  constructor(place: InsertionPlace) {
    this.#place = place;
    this.#indent = place.indent;
  }

  /** How a line of the answer is going to read. A blank one only has white space where it is part of a literal. */
  shifted(line: string): string {
    const isPart = this.#literal.isOpen;
    this.#literal.push(line);
    if (isPart) return line;
    if (line.trim() === '') return '';
    if (this.#first === undefined) return this.#begin(line);
    this.#isInPlace ??= this.#own === '' && this.#looksInPlace(this.#first, indentOf(line));
    const own = this.#isInPlace ? this.#indent : this.#own;
    // A line that stands further out than the first one comes to stand where that does.
    return this.#indent + (line.startsWith(own) ? this.#converted(line.slice(own.length)) : line.trimStart());
  }

  #begin(line: string): string {
    this.#first = line.trim();
    this.#own = indentOf(line);
    // Where blocks are indentation, the answer says by its own which of them it continues.
    if (this.#place.deeper?.includes(this.#own)) this.#indent = this.#own;
    return this.#indent + this.#first;
  }

  #looksInPlace(first: string, indent: string): boolean {
    if (this.#indent === '' || !indent.startsWith(this.#indent)) return false;
    return standsAlone.test(first) || (opensBlock.test(first) && indent.length > this.#indent.length);
  }

  /** A line that is indented less the indentation of the answer, in tabs or spaces as the document has them. */
  #converted(line: string): string {
    const { unit } = this.#place;
    const indent = indentOf(line);
    if (unit === undefined || indent === '') return line;
    const rest = line.slice(indent.length);
    if (unit !== '\t') return indent.replaceAll('\t', unit) + rest;
    if (indent.includes('\t')) return line;
    if (indent.length > 1) this.#width ??= indent.length;
    if (this.#width === undefined) return line;
    return '\t'.repeat(Math.floor(indent.length / this.#width)) + ' '.repeat(indent.length % this.#width) + rest;
  }
}

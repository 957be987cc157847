// The indentation of new code in its place: models write it flush left, where it stands, or only its first line flush left, and with the white space they are used to.

import { convertIndent, opensLevel } from '../answer/indentation/indentation-units.ts';
import { indentOf } from '../text/lines.ts';
import { OpenLiteral } from '../text/open-literal.ts';
import type { InsertionPlace } from './engine.ts';

/** Lines which nothing can continue: a wrapped expression after one of them tells nothing of the answer as a whole. */
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
  /** The last line of code, without the indentation of the answer. */
  #above = '';
  /** One level of the answer; undefined before a line has told it. */
  #unit: string | undefined;

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
    return this.#indent + this.#converted(line.startsWith(own) ? line.slice(own.length) : line.trimStart());
  }

  #begin(line: string): string {
    this.#first = line.trim();
    this.#own = indentOf(line);
    // Where blocks are indentation, the answer says by its own which of them it continues.
    if (this.#place.deeper?.includes(this.#own)) this.#indent = this.#own;
    this.#above = this.#first;
    return this.#indent + this.#first;
  }

  #looksInPlace(first: string, indent: string): boolean {
    if (this.#indent === '' || !indent.startsWith(this.#indent)) return false;
    return standsAlone.test(first) || (opensLevel(first) === 'block' && indent.length > this.#indent.length);
  }

  /** A line that is indented less the indentation of the answer, in the unit of the document. */
  #converted(line: string): string {
    const above = this.#above;
    this.#above = line;
    const to = this.#place.unit;
    const indent = indentOf(line);
    if (to === undefined || indent === '') return line;
    this.#unit ??= unitBehind(above, line, to);
    return convertIndent(indent, this.#unit ?? to, to) + line.slice(indent.length);
  }
}

/** What a line tells of the answer's levels, and the one above it: `to` is the document's unit. */
function unitBehind(above: string, line: string, to: string): string | undefined {
  const indent = indentOf(line);
  if (indent.startsWith('\t')) return '\t';
  const deeper = indent.slice(indentOf(above).length);
  if (deeper.length < 2 || line.trimStart().startsWith('*')) return undefined;
  return to === '\t' || opensLevel(above) === 'block' ? deeper : undefined;
}

// One way to understand the indentation of an answer: how its lines would stand in the document.

import { indentOf } from '../../text/lines.ts';
import { convertIndent, lessIndent } from './indentation-units.ts';

/**
 * What the answer did to the code as a whole. `placed`: nothing. `moved`: all of it stands elsewhere. `first`: only its first line does, which has lost its indentation.
 * `rest`: only the others do.
 */
export type Shift =
  | { readonly kind: 'placed' | 'first' }
  | { readonly kind: 'moved'; readonly own: string }
  | { readonly kind: 'rest'; readonly by: string };

export interface IndentReadingOptions {
  readonly shift: Shift;
  /** Of the scope's first line. */
  readonly scopeIndent: string;
  /** One level in the answer, and in the document. */
  readonly from: string;
  readonly to: string;
}

export class IndentReading {
  readonly shift: Shift;
  readonly #scopeIndent: string;
  readonly from: string;
  readonly #to: string;

  constructor({ shift, scopeIndent, from, to }: IndentReadingOptions) {
    this.shift = shift;
    this.#scopeIndent = scopeIndent;
    this.from = from;
    this.#to = to;
  }

  /** Whether lines pass as they are. */
  get isPlain(): boolean {
    return this.shift.kind === 'placed' && !this.converts;
  }

  get converts(): boolean {
    return this.from !== this.#to;
  }

  /** Where a line stands in the document whose white space in the answer is `indent`. */
  indent(indent: string, isFirst: boolean): string {
    const { shift } = this;
    if (shift.kind === 'moved') return this.#moved(indent, shift.own);
    if (shift.kind === 'rest') return isFirst ? indent : shift.by + this.#converted(indent);
    return shift.kind === 'first' && isFirst ? this.#scopeIndent : this.#converted(indent);
  }

  /** Whether `indent` is not made of whole levels of the answer. */
  isOdd(indent: string): boolean {
    const { shift } = this;
    const own = shift.kind === 'moved' && indent.startsWith(shift.own) ? indent.slice(shift.own.length) : indent;
    return this.from !== '' && convertIndent(own, this.from, '') !== '';
  }

  /** A line in a literal, moved as far as the code is; undefined if that can't be or is nothing. */
  movedData(line: string): string | undefined {
    const { shift } = this;
    if (shift.kind === 'rest') return isWithin(shift.by, line) ? shift.by + line : undefined;
    if (shift.kind !== 'moved') return undefined;
    const { own } = shift;
    const to = this.#scopeIndent;
    if (to.startsWith(own)) return isWithin(to.slice(own.length), line) ? to.slice(own.length) + line : undefined;
    const less = own.slice(to.length);
    return own.startsWith(to) && line.startsWith(less) ? line.slice(less.length) : undefined;
  }

  #moved(indent: string, own: string): string {
    if (indent.startsWith(own)) return this.#scopeIndent + this.#converted(indent.slice(own.length));
    // Further out than the first line.
    const less = own.startsWith(indent) ? this.#converted(own.slice(indent.length)) : '';
    return lessIndent(this.#scopeIndent, less);
  }

  #converted(indent: string): string {
    return convertIndent(indent, this.from, this.#to);
  }
}

/** Data that stands further out than the shift is laid out by itself, not with the code. */
const isWithin = (shift: string, line: string): boolean => indentOf(line).length >= shift.length;

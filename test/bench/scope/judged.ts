// What a judge, a language's own parser in a process of its own, says of a file.

import type { Span } from '../../../server/text/span.ts';

/**
 * `function`: one with a name, or behind a label, which count alike. `callback`: a statement, declaration, field or property with a function that has no name.
 * `namespace`: what holds statements. `statement`: one directly in the file or a namespace. `part`: any statement, member, row of a table, argument or case.
 */
type Role = 'function' | 'callback' | 'class' | 'namespace' | 'member' | 'statement' | 'import' | 'part';

/** Its span is without comments, but with `export`, decorators and the like. UTF-16 offsets. */
export interface Item extends Span {
  readonly role: Role;
  readonly name?: string;
  /** The function itself, by any number: two items with one function are two names for it. */
  readonly definition?: number;
  /** What holds members or statements, with its braces. */
  readonly body?: Span;
  /** A test. */
  readonly test?: boolean;
  /** A test with tests directly in it. */
  readonly group?: boolean;
  /** A function that is an expression on one line. */
  readonly concise?: boolean;
  /** A statement that is a table, and bound by `maxModuleLines`. */
  readonly table?: boolean;
  /** The rules leave it open whether it is one. */
  readonly loose?: boolean;
}

interface Comment extends Span {
  readonly doc: boolean;
}

export interface Judged {
  readonly items: readonly Item[];
  /** In the order of the file. */
  readonly comments: readonly Comment[];
  /** Literals: no scope may begin or end within one. */
  readonly opaque: readonly Span[];
  /** Blocks are indentation: a comment that is indented deeper than the code below it is not about that. */
  readonly indented?: boolean;
}

/** The same, of a file that the language does not take. */
export interface Fault {
  readonly fault: string;
  /** The judge itself broke down. */
  readonly isBug?: boolean;
}

/** Turns the offsets of a judge that counts the bytes of UTF-8 into UTF-16 offsets. */
export function fromBytes(text: string, judged: Judged): Judged {
  if (Buffer.byteLength(text) === text.length) return judged;
  const units = unitsByByte(text);
  const convert = <T extends Span>(each: T): T => ({ ...each, from: units[each.from]!, to: units[each.to]! });
  return {
    ...judged,
    items: judged.items.map((item) => ({ ...convert(item), ...(item.body && { body: convert(item.body) }) })),
    comments: judged.comments.map(convert),
    opaque: judged.opaque.map(convert),
  };
}

function unitsByByte(text: string): Uint32Array {
  const units = new Uint32Array(Buffer.byteLength(text) + 1);
  let at = 0;
  let unit = 0;
  for (const character of text) {
    const bytes = Buffer.byteLength(character);
    units.fill(unit, at, at + bytes);
    at += bytes;
    unit += character.length;
  }
  units[at] = unit;
  return units;
}

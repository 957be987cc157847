// Where a scope stands and what one level is in it: all that an answer is asked for which is right as it is, and found in the first lines.

import { indentOf } from '../../text/lines.ts';
import type { Surroundings } from '../surroundings.ts';
import { levelOfCode } from './indentation-units.ts';

export interface BaseOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
  readonly startsLine: boolean;
}

/** Languages in which the number of blanks of a line tells more than its level, so that it is never converted. */
const isLaidOut =
  /^(?:markdown|mdx|rst|restructuredtext|asciidoc|plaintext|text|quarto|org|makefile|make|haskell|csv|tsv)$/;

export class ScopeLevel {
  readonly #options: BaseOptions;
  /** The indentation of the line inside which the scope begins; undefined if it begins at the start of a line. */
  readonly outer: string | undefined;
  /** That, or the one of its first line of code. */
  readonly indent: string;
  #unit: { readonly is: string | undefined } | undefined;

  constructor(options: BaseOptions) {
    this.#options = options;
    const { before } = options.surroundings;
    this.outer = options.startsLine ? undefined : indentOf(before.slice(before.lastIndexOf('\n') + 1));
    this.indent = this.outer ?? /^[^\S\n]*(?=\S)/m.exec(options.base)?.[0] ?? '';
  }

  /** One level, in the scope, else in the document; undefined if it has none. */
  get unit(): string | undefined {
    this.#unit ??= { is: levelIn(this.#lines(), this.#options.surroundings) };
    return this.#unit.is;
  }

  *#lines(): Generator<string> {
    let prefix = this.outer ?? '';
    for (const line of linesOf(this.#options.base)) {
      yield prefix + line;
      if (line.trim() !== '') prefix = '';
    }
  }
}

/** Lines of the document around the scope, on either side, that tell its unit: the first block of some code is among its first lines. */
const maxLines = 300;

/** Where a scope has no block, the document's blocks are asked before what the caller knows: its first indented line may be several levels in. */
export function levelIn(code: Iterable<string>, { languageId, before, after, unit }: Surroundings): string | undefined {
  if (isLaidOut.test(languageId)) return undefined;
  const own = levelOfCode(code);
  return own.block ?? levelOfCode(linesOf(before)).block ?? levelOfCode(linesOf(after)).block ?? unit ?? own.any;
}

function* linesOf(text: string): Generator<string> {
  for (let from = 0, count = 0; from < text.length && count < maxLines; count++) {
    const end = text.indexOf('\n', from);
    yield text.slice(from, end < 0 ? text.length : end);
    from = end < 0 ? text.length : end + 1;
  }
}

// What the old text of a scope tells of the indentation of a new one.

import { indentOf } from '../../text/lines.ts';
import { OpenLiteral } from '../../text/open-literal.ts';
import type { Surroundings } from '../surroundings.ts';
import { levelOfCode } from './indentation-units.ts';

/** Languages in which the number of blanks of a line tells more than its level, so that it is never converted. */
const isLaidOut =
  /^(?:markdown|mdx|rst|restructuredtext|asciidoc|plaintext|text|quarto|org|makefile|make|haskell|csv|tsv)$/;

export interface BaseOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
  readonly startsLine: boolean;
}

export class IndentationBase {
  /** Of the scope's first line of code, or of the line inside which it begins. */
  readonly scopeIndent: string;
  /** Trimmed lines of code and the indentation of each one, in order; lines that begin in literals are left out. */
  readonly code: readonly { readonly text: string; readonly indent: string }[];
  /** The width of the least indentation that a line of code has. */
  readonly least: number;
  /** All lines as they are. */
  readonly lines: ReadonlySet<string>;
  /** One level, in the scope, else in the document; undefined if it has none, or if white space must not be converted. */
  readonly unit: string | undefined;
  readonly #indents = new Map<string, string[]>();
  readonly #data = new Map<string, string>();

  constructor({ base, surroundings, startsLine }: BaseOptions) {
    const lines = base.split(/\r?\n/);
    this.lines = new Set(lines);
    const code: string[] = [];
    const literal = new OpenLiteral();
    for (const line of lines) {
      if (line.trim() !== '') {
        if (literal.isOpen) this.#data.set(line.trim(), line);
        else code.push(line);
      }
      literal.push(line);
    }
    const outer = startsLine
      ? undefined
      : indentOf(surroundings.before.slice(surroundings.before.lastIndexOf('\n') + 1));
    if (outer !== undefined && code.length > 0) code[0] = outer + code[0]!.trim();
    this.scopeIndent = outer ?? indentOf(code[0] ?? '');
    this.code = code.map((line) => ({ text: line.trim(), indent: indentOf(line) }));
    for (const { text, indent } of this.code) this.#indents.set(text, [...(this.#indents.get(text) ?? []), indent]);
    this.least = code.reduce(
      (least, line) => Math.min(least, this.width(indentOf(line))),
      this.width(this.scopeIndent),
    );
    this.unit = isLaidOut.test(surroundings.languageId) || isMixed(code) ? undefined : unitIn(code, surroundings);
  }

  /** The indentations that lines of the scope have which read like `text`. */
  indentsOf(text: string): readonly string[] {
    return this.#indents.get(text) ?? [];
  }

  /** The line of the scope in a literal that reads like `text` but for white space. */
  dataLike(text: string): string | undefined {
    return this.#data.get(text);
  }

  /** In columns: enough to compare by. */
  width(indent: string): number {
    let width = 0;
    for (const unit of indent) width += unit === '\t' ? 4 : 1;
    return width;
  }
}

/** Lines of the document around the scope, on either side, that tell its unit: the first block of some code is among its first lines. */
const maxLines = 300;

/** Where a scope has no block, the document's blocks are asked before what the caller knows: its first indented line may be several levels in. */
function unitIn(code: readonly string[], { before, after, unit }: Surroundings): string | undefined {
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

/** Some lines begin with a tab, and some with blanks. */
function isMixed(code: readonly string[]): boolean {
  return code.some((line) => line.startsWith('\t')) && code.some((line) => /^ {2,}[^\s*]/.test(line));
}

// What the old text of a scope tells of the indentation of a new one.

import { indentOf } from '../../text/lines.ts';
import { OpenLiteral } from '../../text/open-literal.ts';
import { type BaseOptions, levelIn, type ScopeLevel } from './indentation-level.ts';
import { opensLevel } from './indentation-units.ts';

/** Reads all of the scope: only made where an answer is not right as it is. */
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

  constructor(options: BaseOptions, { outer, indent }: ScopeLevel) {
    const { base } = options;
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
    if (outer !== undefined && code.length > 0) code[0] = outer + code[0]!.trim();
    this.scopeIndent = indent;
    this.code = code.map((line) => ({ text: line.trim(), indent: indentOf(line) }));
    for (const { text, indent } of this.code) this.#indents.set(text, [...(this.#indents.get(text) ?? []), indent]);
    this.least = code.reduce(
      (least, line) => Math.min(least, this.width(indentOf(line))),
      this.width(this.scopeIndent),
    );
    this.unit = isMixed(code) ? undefined : levelIn(code, options.surroundings);
  }

  /** Whether its first line begins a block, and the second one stands in it. */
  get hasBody(): boolean {
    const [first, second] = this.code;
    return second !== undefined && opensLevel(first!.text) === 'block' && second.indent.length > first!.indent.length;
  }

  /** The indentations that lines of the scope have which read like `text`. */
  indentsOf(text: string): readonly string[] {
    return this.#indents.get(text) ?? [];
  }

  /** Whether a line of the scope in a literal is indented like this. */
  hasDataAt(indent: string): boolean {
    return [...this.#data.values()].some((line) => indentOf(line) === indent);
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

/** Some lines begin with a tab, and some with blanks. */
function isMixed(code: readonly string[]): boolean {
  return code.some((line) => line.startsWith('\t')) && code.some((line) => /^ {2,}[^\s*]/.test(line));
}

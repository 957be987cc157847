// The document around a scope, read only where an answer makes it matter: the lines, what they declare, and which of it are the scope's own siblings.

import type { Surroundings } from '../surroundings.ts';
import { declarationIn } from './declared-names.ts';
import { type Declared, declaredIn } from './declared-outline.ts';
import { importKey, withoutImports } from './import-lines.ts';
import { columnOf, isWeighty } from './line-kinds.ts';

export class Neighbourhood {
  readonly #text: Pick<Surroundings, 'before' | 'after'>;
  #before: readonly string[] | undefined;
  #after: readonly string[] | undefined;
  #keys: ReadonlySet<string> | undefined;
  #names: ReadonlySet<string> | undefined;
  #imports: ReadonlySet<string> | undefined;

  constructor(text: Pick<Surroundings, 'before' | 'after'>) {
    this.#text = text;
  }

  /** Whether the scope is whole lines of the document. */
  get isWholeLines(): boolean {
    const { before, after } = this.#text;
    return /(?:^|\n)[ \t]*$/.test(before) && /^[ \t]*(?:\r?\n|$)/.test(after);
  }

  /** The lines in front of the scope; the last one is the line above it. */
  get before(): readonly string[] {
    this.#before ??= this.#text.before.split(/\r?\n/).slice(0, -1);
    return this.#before;
  }

  /** The lines behind the scope; the first one is the line below it. */
  get after(): readonly string[] {
    this.#after ??= this.#text.after.split(/\r?\n/).slice(1);
    return this.#after;
  }

  /** Whether a line that says something reads so in front of the scope or behind it. */
  has(key: string): boolean {
    this.#keys ??= new Set([...this.before, ...this.after].map((line) => line.trim()).filter(isWeighty));
    return this.#keys.has(key);
  }

  /** Asked for single lines of an answer that stream in, which is why it makes no index. */
  hasBehind(key: string): boolean {
    return this.#text.after.includes(key) && this.after.some((line) => line.trim() === key);
  }

  /** Whether anything in the document but the scope is declared by this name. */
  declares(name: string): boolean {
    this.#names ??= new Set([...this.before, ...this.after].flatMap((line) => declarationIn(line)?.name ?? []));
    return this.#names.has(name);
  }

  /** Whether the file brings this in, in these words. */
  imports(statement: string): boolean {
    this.#imports ??= new Set(
      [...withoutImports(this.before).imports, ...withoutImports(this.after).imports].map(importKey),
    );
    return this.#imports.has(importKey(statement));
  }

  /** What stands beside the scope, in the same class or at the same level of the file. `column`: that of the scope. */
  siblings(column: number): readonly Declared[] {
    const isOuter = (line: string) => line.trim() !== '' && columnOf(line) < column && isWeighty(line.trim());
    const from = this.before.findLastIndex(isOuter) + 1;
    const to = this.after.findIndex((line) => line.trim() !== '' && columnOf(line) < column);
    const beside = [this.before.slice(from), to < 0 ? this.after : this.after.slice(0, to)];
    return beside.flatMap((lines) => declaredIn(lines).filter((one) => one.column === column));
  }
}

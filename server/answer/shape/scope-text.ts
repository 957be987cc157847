// The scope as it is: its lines, what it declares, and where its own first line stands.

import { type Declaration, declarationIn } from './declared-names.ts';
import { type Declared, declaredIn } from './declared-outline.ts';
import { isImportLine } from './import-lines.ts';
import { columnOf, isWeighty, partsBlocks, withoutOuterBlanks } from './line-kinds.ts';

export class ScopeText {
  readonly #base: string;
  /** Whether it is text for people. */
  readonly isProse: boolean;
  readonly #hasRules: boolean;
  #lines: readonly string[] | undefined;
  #declared: readonly Declared[] | undefined;
  #outermost: readonly Declared[] | undefined;
  #keys: ReadonlySet<string> | undefined;
  #innerLines: ReadonlyMap<string, readonly number[]> | undefined;

  /** `isProse`, `hasRules`: whether the text declares nothing, whatever it looks like. What it declares is looked for when it is first asked for. */
  constructor(base: string, isProse: boolean, hasRules = false) {
    this.#base = base;
    this.isProse = isProse;
    this.#hasRules = hasRules;
  }

  /** Without line ends, and without the blank lines at both ends. */
  get lines(): readonly string[] {
    this.#lines ??= withoutOuterBlanks(this.#base.split(/\r?\n/));
    return this.#lines;
  }

  get declared(): readonly Declared[] {
    this.#declared ??= this.isProse || this.#hasRules ? [] : declaredIn(this.lines);
    return this.#declared;
  }

  /** What is declared at the outermost level. */
  get outermost(): readonly Declared[] {
    this.#outermost ??= this.declared.filter(({ path }) => path === '');
    return this.#outermost;
  }

  /** The line that the scope begins with, but for comments and decorators: the first one that declares something, else the first one that says something. */
  get header(): number {
    return this.outermost[0]?.line ?? this.lines.findIndex((line) => isWeighty(line.trim()));
  }

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  /** Whether it is told by what it declares. Variables among statements are statements. */
  get declares(): boolean {
    return this.outermost.some(({ kind }) => kind !== 'value') || this.#isOneValue;
  }

  /** One constant over several lines, such as an object. */
  get #isOneValue(): boolean {
    return (
      this.outermost.length === 1 &&
      this.header === 0 &&
      this.#outerLines === 2 &&
      columnOf(this.lines.at(-1)!) === this.headerColumn
    );
  }

  /** How many lines stand where the header does. */
  get #outerLines(): number {
    return this.lines.filter((line) => line.trim() !== '' && columnOf(line) <= this.headerColumn).length;
  }

  /** Whether it closes a block that begins in front of it, as a selection may. */
  get partsBlocks(): boolean {
    return partsBlocks(this.lines, 1);
  }

  /** Trimmed; '' for a scope that holds nothing but comments. */
  get headerKey(): string {
    return this.lines[this.header]?.trim() ?? '';
  }

  get headerColumn(): number {
    return columnOf(this.lines[this.header] ?? '');
  }

  get hasImports(): boolean {
    return this.lines.some((line) => isImportLine(line.trim()) && columnOf(line) <= this.headerColumn);
  }

  /** Whether one of the scope's lines reads so, indentation aside. */
  has(key: string): boolean {
    this.#keys ??= new Set(this.lines.map((line) => line.trim()));
    return this.#keys.has(key);
  }

  hasOutermost(name: string): boolean {
    return this.outermost.some((one) => one.name === name);
  }

  /** Whether a line that declares this is the beginning of the scope, and not of a variable that has the same name inside of it. */
  isOwn({ name, kind }: Declaration): boolean {
    if (!this.hasOutermost(name)) return false;
    return (
      kind === 'function' ||
      !this.lines.some((line, i) => !this.outermost.some((one) => one.line === i) && declarationIn(line)?.name === name)
    );
  }

  /** What is declared by this name, whatever the level. */
  named(name: string): readonly Declared[] {
    return this.declared.filter((one) => one.name === name);
  }

  /** The lines that declare functions and the like by this name inside, at any depth, also in functions. */
  inner(name: string): readonly number[] {
    this.#innerLines ??= this.#findInner();
    return this.#innerLines.get(name) ?? [];
  }

  #findInner(): ReadonlyMap<string, readonly number[]> {
    const found = new Map<string, number[]>();
    this.lines.forEach((line, i) => {
      const one = declarationIn(line);
      if (!one || one.kind === 'value' || this.outermost.some((outer) => outer.line === i)) return;
      found.set(one.name, [...(found.get(one.name) ?? []), i]);
    });
    return found;
  }
}

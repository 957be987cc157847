// Follows an answer that began as its scope does, and sees where it goes on with a neighbour of the scope, or closes what encloses it.

import { isPlaceholder } from '../placeholder-lines.ts';
import { ColumnMap } from './column-map.ts';
import type { ScopeInDocument } from './cut-to-scope.ts';
import { declarationIn } from './declared-names.ts';
import { bracketDepth, columnOf, isDecoration, isLoneCloser, isWeighty } from './line-kinds.ts';
import { filledLines, gap, matchStart, type Pattern, patternOf } from './line-match.ts';
import { changesOutside, holdsOutside, leavesOut, moreThanScope } from './read-whole.ts';
import { endsAlike } from './whole-scope.ts';

/** What the held lines begin with: a neighbour's declaration, what stands for neighbours, what shows the use of the scope, what may be one by chance, or what closes a block around the scope. */
type Behind = 'declaration' | 'placeholder' | 'example' | 'line' | 'closer';

/** UTF-16 units of text that hardly stand in a document twice. */
const leastTelling = 24;

/** What models write behind a function to show what it does. */
const isExample =
  /^(?:if __name__ ?== ?['"]__main__['"]:|(?:#|\/\/|--)\s*(?:example|usage|sample|demo|test it|testing)\b.{0,40})$/i;

export interface OuterEnd {
  /** Lines of the scope after all. */
  readonly lines: readonly string[];
  readonly rejected?: string;
  readonly putRight?: string;
  /** What was cut off closes a block around the scope: what is left has to be whole. */
  readonly closes?: true;
}

export class OuterLines {
  readonly #scope: ScopeInDocument['scope'];
  readonly #around: ScopeInDocument['around'];
  /** The column of the answer's first line. */
  #column = 0;
  /** Whether a block of the outermost level may be open. */
  #isOpen = true;
  #held: string[] = [];
  #behind: Behind | undefined;
  #next: string | undefined;
  /** Whether the answer repeats what stands in front of the scope: then it is no chance if it does so behind it. */
  #isMore = false;
  readonly #mayShowUse: boolean;

  constructor({ scope, around }: ScopeInDocument, instruction: string) {
    this.#mayShowUse = /exampl|usage|demo|sample|main|test|beispiel|exempl|ejempl|пример|示例|例/i.test(instruction);
    this.#scope = scope;
    this.#around = around;
  }

  /** Whether nothing is held. */
  get isPlain(): boolean {
    return this.#held.length === 0;
  }

  /** The line that the answer's own text begins with, comments and decorators aside. */
  begin(line: string, isMore: boolean): void {
    this.#column = columnOf(line);
    this.#isMore = isMore;
  }

  /** The lines that are certain now. */
  push(line: string): readonly string[] {
    // The inner lines of a comment stand one column further in.
    const isInner = columnOf(line) > this.#column && !(this.#held.length > 0 && /^\s*\*/.test(line));
    if (this.#behind === undefined && isInner) return this.#release(line);
    const key = line.trim();
    if (this.#behind === undefined && key !== '' && !this.#isPartOfNeighbour(key)) {
      this.#behind = this.#behindBy(line, key);
      if (this.#behind === undefined) return this.#release(line);
    }
    this.#held.push(line);
    return [];
  }

  /** `given`: all lines that were given out. */
  finish(given: readonly string[]): OuterEnd {
    const held = this.#held;
    if (this.#behind === undefined) return this.#finishComments();
    // A few words may well be there twice, if they are no heading.
    const isShort = this.#scope.isProse && held.join('').trim().length < leastTelling;
    if (this.#behind === 'line' && isShort && !this.#isMore && !held.some((line) => /^#{1,6} \S/.test(line)))
      return { lines: held };
    const { after } = this.#around;
    const pattern = patternOf(held, false, (key) => this.#scope.has(key));
    const isClosing =
      this.#behind === 'closer' && held.every((line) => line.trim() === '' || isLoneCloser(line.trim()));
    // What closes a class may come at once: the other members were left out.
    const wanted: Pattern = isClosing ? [gap, ...pattern] : pattern;
    const isNeighbour = matchStart(wanted, filledLines(after), new ColumnMap()) !== undefined;
    if (this.#behind === 'placeholder' && !this.#scope.declares && !endsAlike(given, this.#scope))
      return { lines: [], rejected: leavesOut(held.find((line) => isPlaceholder(line))!) };
    if (isNeighbour && (this.#behind !== 'closer' || bracketDepth(given) === bracketDepth(this.#scope.lines)))
      return { lines: [], putRight: moreThanScope, ...(this.#behind === 'closer' && { closes: true }) };
    if (this.#behind === 'placeholder')
      return { lines: [], rejected: leavesOut(held.find((line) => isPlaceholder(line))!) };
    const isNew = this.#behind === 'example' && !this.#showsUse(held);
    if (isNew || (this.#behind !== 'declaration' && this.#behind !== 'example')) return { lines: held };
    const changed =
      this.#behind === 'example'
        ? undefined
        : held.find((line) => isWeighty(line.trim()) && !this.#around.has(line.trim()));
    const first = held.find((line) => !isDecoration(line.trim()) || isExample.test(line.trim()))!.trim();
    return { lines: [], rejected: changed === undefined ? holdsOutside(first) : changesOutside(changed) };
  }

  /** A comment at the end may be that of the neighbour. */
  #finishComments(): OuterEnd {
    const filled = this.#held.map((line) => line.trim()).filter((key) => key !== '');
    const behind = filledLines(this.#around.after);
    const isNeighbours = filled.length > 0 && filled.every((key, i) => key === behind[i]?.key);
    return isNeighbours ? { lines: [], putRight: moreThanScope } : { lines: this.#held };
  }

  /** Whether lines behind a remark on an example are one: not a comment above something new, or among the lines of the scope. */
  #showsUse(held: readonly string[]): boolean {
    const code = held.map((line) => line.trim()).filter((key) => key !== '' && !isDecoration(key));
    const isOwn = (key: string) => isWeighty(key) && this.#scope.has(key);
    if (code.some((key) => isOwn(key) || (declarationIn(key)?.kind ?? 'value') !== 'value')) return false;
    return code.length === 0 || code.some(isWeighty);
  }

  get #refusesExamples(): boolean {
    return !this.#mayShowUse && this.#scope.declares;
  }

  #release(line: string): readonly string[] {
    if (this.#held.length === 0) return [line];
    const lines = [...this.#held, line];
    this.#held = [];
    return lines;
  }

  /** A comment or a decorator that the scope lacks: it goes with the line below. */
  #isPartOfNeighbour(key: string): boolean {
    const isOwn = this.#scope.has(key) && /[\p{L}\p{N}]/u.test(key);
    return isDecoration(key) && !isOwn && !isPlaceholder(key) && !isExample.test(key);
  }

  #behindBy(line: string, key: string): Behind | undefined {
    if (closes(key)) {
      const isMore = columnOf(line) < this.#column || !this.#isOpen;
      this.#isOpen = false;
      return isMore && isLoneCloser(key) ? 'closer' : undefined;
    }
    this.#isOpen = true;
    if (this.#scope.has(key)) return undefined;
    if (isPlaceholder(line)) return 'placeholder';
    if (isExample.test(key) && this.#refusesExamples) return 'example';
    const declared = this.#scope.declares ? declarationIn(key) : undefined;
    if (declared && !this.#scope.hasOutermost(declared.name) && this.#around.hasBehind(key)) return 'declaration';
    // Further out than the scope nothing of it is declared.
    if (declared && declared.kind !== 'value' && columnOf(line) < this.#column) return 'declaration';
    return isWeighty(key) && key === this.#nextBehind() ? 'line' : undefined;
  }

  /** The first line behind the scope that says something, or closes a block. */
  #nextBehind(): string {
    this.#next ??= this.#around.after.map((line) => line.trim()).find((key) => key !== '' && !isDecoration(key)) ?? '';
    return this.#next;
  }
}

/** Begins with what closes a block, and opens none. */
function closes(key: string): boolean {
  return isLoneCloser(key) || (/^[)\]}]/.test(key) && !/(?:[{([:]|=>)\s*(?:\/\/.*|\/\*.*|#.*)?$/.test(key));
}

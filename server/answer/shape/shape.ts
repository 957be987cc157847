// Compares an answer with the scope by what it declares: what is more than the scope is cut off, what is less is put in its place, and another thing is refused.

import { isProseLanguage } from '../../text/language-kinds.ts';
import { type LineStage, noLines, passLine, reject, type StageOutput } from '../line-stage.ts';
import { isPlaceholder } from '../placeholder-lines.ts';
import { isSentence, proseInstead } from '../prose.ts';
import type { Surroundings } from '../surroundings.ts';
import { faultInNames } from './changed-names.ts';
import { declarationIn } from './declared-names.ts';
import { headOnly } from './head-only.ts';
import { isImportLine } from './import-lines.ts';
import { isDecoration, isWeighty, partsBlocks } from './line-kinds.ts';
import { Neighbourhood } from './neighbourhood.ts';
import { OuterLines } from './outer-lines.ts';
import { hasRules, placeRules } from './place-rules.ts';
import { moreThanScope, onlyChanged, onlyPart, readWhole } from './read-whole.ts';
import { ScopeText } from './scope-text.ts';
import { endsAlike, mayChangeNames } from './whole-scope.ts';

/**
 * `fresh`: nothing has come. `start`: in front of the line that says what the answer is. `plain`: it begins as the scope does, its lines pass. `held`: it does not, all of it is read at the
 * end. `off`: nothing to compare it with: a place for new code.
 */
type State = 'fresh' | 'start' | 'plain' | 'held' | 'off';

export interface ShapeOptions {
  /** The scope's text, with the document's line ends. */
  readonly base: string;
  readonly surroundings: Surroundings;
}

/** Takes lines that are code, in whatever indentation the model has chosen; gives out the lines of the scope's new text. */
export class Shape implements LineStage {
  readonly #scope: ScopeText;
  readonly #around: Neighbourhood;
  readonly #surroundings: Surroundings;
  readonly #outer: OuterLines;
  /** Whether the scope is told by the heads of blocks. */
  readonly #hasRules: boolean;
  #state: State = 'fresh';
  /** What was given out. */
  readonly #given: string[] = [];
  readonly #held: string[] = [];
  #imports: readonly string[] = [];
  readonly #putRight: string[] = [];

  constructor({ base, surroundings }: ShapeOptions) {
    this.#hasRules = hasRules(surroundings);
    this.#scope = new ScopeText(base, isProseLanguage(surroundings.languageId), this.#hasRules);
    this.#around = new Neighbourhood(surroundings);
    this.#surroundings = surroundings;
    this.#outer = new OuterLines({ scope: this.#scope, around: this.#around }, surroundings.instruction);
  }

  /** Import statements that stood in front of the scope's text and that the file lacks, each whole, its lines joined by LF. Complete once finished. */
  get imports(): readonly string[] {
    return this.#imports;
  }

  get putRight(): readonly string[] {
    return this.#putRight;
  }

  get isPlain(): boolean {
    return this.#state === 'off' || (this.#state === 'plain' && this.#outer.isPlain);
  }

  push(line: string): StageOutput {
    switch (this.#state) {
      case 'off':
        return passLine(line);
      case 'plain':
        return this.#give(this.#outer.push(line));
      case 'held':
        return this.#hold(line);
      case 'start':
        return this.#start(line);
      case 'fresh':
        return line.trim() === '' ? this.#hold(line) : this.#first(line);
    }
  }

  finish(): StageOutput {
    if (this.#state === 'off' || this.#isEmpty) return noLines;
    return this.#state === 'plain' ? this.#finishPlain() : this.#finishHeld();
  }

  /** Whether nothing was said: that is for others to judge. */
  get #isEmpty(): boolean {
    return [...this.#given, ...this.#held].every((line) => line.trim() === '');
  }

  #first(line: string): StageOutput {
    const scope = this.#scope;
    const key = scope.lines[0]?.trim() ?? '';
    if (scope.partsBlocks || key === '') return this.#off(line);
    // Mostly it is the scope's own first line: then nothing else has to be known of that.
    if (line.trim() === key && isWeighty(key)) return this.#begin(line);
    if (scope.headerKey === '') return this.#off(line);
    this.#state = 'start';
    return this.#start(line);
  }

  #off(line: string): StageOutput {
    this.#state = 'off';
    return { lines: [...this.#held.splice(0), line] };
  }

  /** Lines that the scope begins with pass; others wait for the line that says what this is. */
  #start(line: string): StageOutput {
    const key = line.trim();
    const { header, lines } = this.#scope;
    const next = this.#given.length;
    if (this.#held.length === 0 && key !== '' && key === lines[next]?.trim()) {
      if (next === header) return this.#begin(line);
      return this.#give([line]);
    }
    if (isPlaceholder(line) && !this.#scope.has(key)) {
      this.#state = 'held';
      return this.#hold(line);
    }
    if (isDecoration(key) || lines.slice(0, header).some((each) => each.trim() === key)) return this.#hold(line);
    if (this.#beginsScope(key)) return this.#begin(line);
    this.#state = 'held';
    return this.#hold(line);
  }

  #begin(line: string): StageOutput {
    this.#state = 'plain';
    const held = this.#held.splice(0);
    const isMore = this.#standsAbove(held);
    this.#outer.begin(line, isMore);
    if (!isMore) return this.#give([...held, line]);
    this.#putRight.push(moreThanScope);
    return this.#give([line]);
  }

  /** Whether comments in front of an answer are those that the document has in front of the scope. */
  #standsAbove(lines: readonly string[]): boolean {
    const filled = lines.map((line) => line.trim()).filter((key) => key !== '');
    if (filled.length === 0 || this.#given.length > 0 || filled.some((key) => this.#scope.has(key))) return false;
    const above = this.#around.before.map((line) => line.trim()).filter((key) => key !== '');
    return filled.every((key, i) => key === above[above.length - filled.length + i]);
  }

  /** Whether an answer whose first line of weight is this one is the scope's new text, as far as that line can tell. */
  #beginsScope(key: string): boolean {
    const scope = this.#scope;
    if (key === scope.headerKey) return true;
    if (this.#hasRules) return false;
    if (!scope.declares) return !isWeighty(key) || scope.has(key) || !this.#around.has(key);
    const declared = declarationIn(key);
    if (
      declared
        ? scope.isOwn(declared) && (isOpen.test(key) || !this.#around.has(key))
        : scope.outermost.some(({ name }) => isOpenHeadOf(name, key))
    )
      return true;
    if (scope.has(key) || this.#around.has(key)) return false;
    if (isImportLine(key)) return scope.hasImports;
    // A statement, or a variable where the scope is more than that: a part of a body begins so.
    if (!declared || (declared.kind === 'value' && scope.lines.length > 1)) return false;
    return scope.inner(declared.name).length === 0 && !this.#around.declares(declared.name);
  }

  #hold(line: string): StageOutput {
    this.#held.push(line);
    return noLines;
  }

  #give(lines: readonly string[]): StageOutput {
    for (const line of lines) this.#given.push(line);
    return { lines };
  }

  #finishPlain(): StageOutput {
    const end = this.#outer.finish(this.#given);
    if (end.rejected !== undefined) return reject(end.rejected);
    if (end.putRight) this.#putRight.push(end.putRight);
    const answer = [...this.#given, ...end.lines];
    // A first line that is one column off has lost what stood in front of it.
    if (partsBlocks(answer, 2)) return reject(onlyPart);
    if (endsAlike(answer, this.#scope)) return this.#end(end.lines);
    if (end.closes) return reject(onlyPart);
    const head = headOnly(answer, this.#scope, this.#surroundings.instruction);
    if (head.kind === 'uncertain') return reject(onlyPart);
    if (head.kind === 'whole') return this.#end(end.lines);
    this.#putRight.push(onlyChanged);
    return this.#end([...end.lines, ...head.rest]);
  }

  #finishHeld(): StageOutput {
    const answer = [...this.#given, ...this.#held];
    if (this.#state === 'start' || this.#state === 'fresh') return this.#end(this.#held);
    const { unit, instruction } = this.#surroundings;
    const placed = this.#hasRules ? placeRules(answer, { scope: this.#scope, unit, instruction }) : undefined;
    if (placed === 'uncertain') return reject(onlyPart);
    const read = placed
      ? { lines: placed, imports: [], putRight: [onlyChanged] }
      : readWhole(answer, { scope: this.#scope, around: this.#around, unit, instruction });
    if (read === onlyPart && answer.every((line) => line.trim() === '' || isSentence(line)))
      return reject(proseInstead(answer.find((line) => line.trim() !== '')!));
    if (typeof read === 'string') return reject(read);
    // What was given out is what the scope begins with, and must be what the new text begins with.
    if (this.#given.some((line, i) => line.trim() !== read.lines[i]?.trim()))
      return reject('the answer does not begin as the scope does');
    this.#imports = read.imports;
    this.#putRight.push(...read.putRight);
    return this.#end(read.lines.slice(this.#given.length));
  }

  #end(lines: readonly string[]): StageOutput {
    if (!mayChangeNames([...this.#given, ...lines], this.#scope)) return this.#give(lines);
    const fault = faultInNames({
      lines: [...this.#given, ...lines],
      scope: this.#scope,
      around: this.#around,
      instruction: this.#surroundings.instruction,
      languageId: this.#surroundings.languageId,
    });
    return fault === undefined ? this.#give(lines) : reject(fault);
  }
}

/** A head of which one line does not tell that it is one: type parameters or parameters follow, or the name is a word of other languages. */
function isOpenHeadOf(name: string, key: string): boolean {
  const rest = key.replace(/^(?:(?:async|static|public|private|protected|override)\s+)+/, '');
  return rest.startsWith(name) && /^(?:<.*>)?\s*\($|^<$|^\s*\(.*\{$/.test(rest.slice(name.length));
}

/** Ends among parameters: other heads may read so, too. */
const isOpen = /[(<,](?:\s*(?:#|\/\/).*)?$/;

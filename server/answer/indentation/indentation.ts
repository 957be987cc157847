// Puts the lines of an answer into the indentation of the scope, whatever the model did to it: moved as a whole, its first line trimmed, in another unit.

import { isProseLanguage } from '../../text/language-kinds.ts';
import { indentOf } from '../../text/lines.ts';
import { OpenLiteral } from '../../text/open-literal.ts';
import { type LineStage, noLines, passLine, type StageOutput } from '../line-stage.ts';
import { speaksOfIndentation } from './indentation-asked.ts';
import { IndentationBase } from './indentation-base.ts';
import { candidatesFor } from './indentation-candidates.ts';
import { type AnswerLine, decided, type IndentCandidate } from './indentation-evidence.ts';
import { type BaseOptions, ScopeLevel } from './indentation-level.ts';
import { mayMoveTo } from './indentation-moves.ts';
import { PlacedLines, type Placing } from './indentation-placed.ts';
import type { IndentReading } from './indentation-reading.ts';
import { isMakefile, RecipeLines } from './indentation-recipes.ts';
import { opensLevel } from './indentation-units.ts';

/** A reading is settled when all that differ from it are so many clear observations behind. */
const lead = 1;
/** Lines that are held at most until then. */
const maxHeld = 60;
/** The same as long as they are the scope's: nothing of them would be seen. */
const maxSame = 400;

/** `begin`: no code has come. `level`: all code so far stands where the scope does. `held`: several readings are left. `read`: one is. `plain`: all is right as it is. */
type State =
  | { readonly kind: 'begin' | 'plain' }
  | { readonly kind: 'level'; readonly above: string }
  | { readonly kind: 'held'; readonly candidates: readonly IndentCandidate[] }
  | { readonly kind: 'read'; readonly placed: Placing };

export class Indentation implements LineStage {
  readonly #options: BaseOptions;
  readonly #literal = new OpenLiteral();
  #itsLevel: ScopeLevel | undefined;
  #whole: IndentationBase | undefined;
  #state: State = { kind: 'begin' };
  /** Lines that have passed, as long as a later one may ask whether it begins in a literal of theirs. */
  #passed: string[] = [];
  #held: AnswerLine[] = [];
  #first: AnswerLine | undefined;
  #isChanged = false;
  /** How many lines of the scope's code those that are held read like; undefined once one does not. Where all do, their place is all that was changed. */
  #same: number | undefined = 0;

  /** `base`: the scope's text, with the document's line ends; `startsLine`: whether it begins at the start of a line. */
  constructor(options: BaseOptions) {
    this.#options = options;
  }

  /** Indentation does not matter to who looks ahead: only a line that is held stands in the way. */
  get isPlain(): boolean {
    return this.#state.kind !== 'held';
  }

  get isSettled(): boolean {
    return this.#state.kind === 'plain';
  }

  get putRight(): readonly string[] {
    return this.#isChanged ? ['the indentation'] : [];
  }

  push(line: string): StageOutput {
    const state = this.#state;
    if (state.kind === 'plain') return passLine(line);
    if (state.kind === 'read') return { lines: [this.#placed(state.placed, line)] };
    if (state.kind === 'held') return this.#hold(state.candidates, line);
    if (line.trim() === '') return this.#pass(line);
    return state.kind === 'level' ? this.#goOn(state.above, line) : this.#begin(line);
  }

  finish(): StageOutput {
    const state = this.#state;
    if (state.kind !== 'held') return noLines;
    return this.#isOnlyMoved() ? { lines: this.#released(this.#held) } : this.#settle(decided(state.candidates, 0)!);
  }

  get #level(): ScopeLevel {
    this.#itsLevel ??= new ScopeLevel(this.#options);
    return this.#itsLevel;
  }

  get #base(): IndentationBase {
    this.#whole ??= new IndentationBase(this.#options, this.#level);
    return this.#whole;
  }

  /** Whether another indentation is what was asked for. */
  get #isMeant(): boolean {
    return speaksOfIndentation(this.#options.surroundings.instruction);
  }

  #isFirstOfScope(line: string): boolean {
    const { base, surroundings, startsLine } = this.#options;
    return startsLine && base.startsWith(line) && /[\r\n]/.test(base[line.length] ?? '') && !isMakefile(surroundings);
  }

  /** Whether the scope has a line of code that reads just so. */
  #stands(line: string): boolean {
    const { base } = this.#options;
    const at = /\w{3}/.test(line) ? base.indexOf(`\n${line}`) : -1;
    return at >= 0 && /[\r\n]/.test(base[at + line.length + 1] ?? '\n');
  }

  #pass(line: string): StageOutput {
    this.#passed.push(line);
    return passLine(line);
  }

  #begin(line: string): StageOutput {
    const { base, surroundings } = this.#options;
    if (base.trim() === '' || isProseLanguage(surroundings.languageId)) return this.#plain(line);
    this.#first = { line, isData: false };
    // Mostly it is the scope's own first line: then the next one may tell all.
    if (this.#isFirstOfScope(line)) {
      this.#state = { kind: 'level', above: line };
      return this.#pass(line);
    }
    const level = this.#level;
    if (!this.#options.startsLine) return this.#isMeant ? this.#plain(line) : this.#beginInside(level, line);
    if (indentOf(line) !== level.indent && this.#isMeant) return this.#plain(line);
    if (indentOf(line) !== level.indent) return this.#hold(candidatesFor(this.#base, line, 'elsewhere'), line);
    if (isMakefile(this.#options.surroundings) && level.indent === '' && !this.#isMeant) {
      this.#state = { kind: 'read', placed: new RecipeLines(this.#base) };
      return this.push(line);
    }
    if (level.indent === '' && level.unit === undefined) return this.#plain(line);
    this.#state = { kind: 'level', above: line };
    return this.#pass(line);
  }

  /** The first line of a scope that begins inside a line has no indentation of its own. */
  #beginInside(level: ScopeLevel, line: string): StageOutput {
    const own = /^[^\S\r\n]*/.exec(this.#options.base)![0] + line.trimStart();
    if (own !== line) this.#isChanged = true;
    const first = level.indent + line.trim();
    this.#first = { line: first, isData: false };
    if (level.indent === '') {
      this.#state = level.unit === undefined ? { kind: 'plain' } : { kind: 'level', above: first };
    } else {
      const candidates = candidatesFor(this.#base, first, 'inside');
      for (const candidate of candidates) candidate.add(this.#first);
      this.#state = { kind: 'held', candidates };
    }
    return this.#pass(own);
  }

  #goOn(above: string, line: string): StageOutput {
    const indent = indentOf(line);
    if (indent.length > indentOf(this.#first!.line).length && this.#stands(line)) return this.#plain(line);
    const level = this.#level;
    if (indent === level.indent && (indent === '' || opensLevel(above) === undefined)) {
      this.#state = { kind: 'level', above: line };
      return this.#pass(line);
    }
    if (level.unit === undefined || indent === level.indent + level.unit) return this.#plain(line);
    // The inner lines of a comment stand where they should.
    if (line.startsWith('*', indent.length) && indent === `${level.indent} `) return this.#pass(line);
    if (this.#isMeant) return this.#plain(line);
    for (const each of this.#passed.splice(0)) this.#literal.push(each);
    if (this.#literal.isOpen) return this.#pass(line);
    const candidates = candidatesFor(this.#base, line, 'level');
    for (const candidate of candidates) {
      candidate.add(this.#first!);
      if (above !== this.#first!.line) candidate.add({ line: above, isData: false });
    }
    return this.#hold(candidates, line);
  }

  #plain(line: string): StageOutput {
    this.#state = { kind: 'plain' };
    this.#passed = [];
    return passLine(line);
  }

  #hold(candidates: readonly IndentCandidate[], line: string): StageOutput {
    for (const each of this.#passed.splice(0)) this.#literal.push(each);
    const one = { line, isData: this.#literal.isOpen };
    this.#literal.push(line);
    this.#held.push(one);
    for (const candidate of candidates) candidate.add(one);
    this.#state = { kind: 'held', candidates };
    this.#same = this.#sameWith(one);
    if (this.#same !== undefined && this.#held.length < maxSame) return noLines;
    const best = this.#tells() ? decided(candidates, this.#held.length < maxHeld ? lead : 0) : undefined;
    return best ? this.#settle(best) : noLines;
  }

  #sameWith({ line, isData }: AnswerLine): number | undefined {
    const text = line.trim();
    if (this.#same === undefined || isData || text === '') return this.#same;
    return this.#base.code[this.#same]?.text === text ? this.#same + 1 : undefined;
  }

  #isOnlyMoved(): boolean {
    const { code } = this.#base;
    const indent = indentOf(this.#held[0]?.line ?? '');
    return this.#same === code.length && mayMoveTo(this.#base, indent, this.#options.surroundings);
  }

  /** Whether a line has come that is indented, and not like the first one: without one nothing is known of the answer's levels. */
  #tells(): boolean {
    if (this.#held.length >= maxHeld) return true;
    const first = this.#first!.line;
    const other = this.#state.kind === 'level' ? '' : indentOf(first);
    return this.#held.some(({ line, isData }) => {
      if (isData || line === first || line.trim() === '') return false;
      if (this.#base.unit === undefined) return true;
      return !line.trimStart().startsWith('*') && indentOf(line) !== '' && indentOf(line) !== other;
    });
  }

  #settle({ reading }: IndentCandidate): StageOutput {
    const lines = this.#held.splice(0);
    return { lines: reading.isPlain ? this.#released(lines) : this.#read(reading, lines) };
  }

  #released(lines: readonly AnswerLine[]): string[] {
    this.#state = { kind: 'plain' };
    return lines.map(({ line }) => line);
  }

  #read(reading: IndentReading, lines: readonly AnswerLine[]): string[] {
    const isBegun = lines[0] !== undefined && lines[0].line !== this.#first!.line;
    const placed = new PlacedLines(this.#base, reading, isBegun ? this.#first!.line : undefined);
    this.#state = { kind: 'read', placed };
    const out = lines.map((line) => placed.place(line));
    if (out.some((line, i) => line !== lines[i]!.line)) this.#isChanged = true;
    return out;
  }

  #placed(placed: Placing, line: string): string {
    const isData = this.#literal.isOpen;
    this.#literal.push(line);
    const out = placed.place({ line, isData });
    if (out !== line) this.#isChanged = true;
    return out;
  }
}

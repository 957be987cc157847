// Reads a `rewrite` answer where the scope is empty, a place for new code: there is nothing to align it with. Its lines get the indentation of the place, and code
// that stands beside the place must not come a second time.

import type { ExtractedLines } from '../answer/code-extractor.ts';
import { CodeReading } from '../answer/code-reading.ts';
import { ScopeFacts } from '../answer/scope-facts.ts';
import type { Surroundings } from '../answer/surroundings.ts';
import type { InsertionPlace } from './engine.ts';
import { type FormatOutput, type FormatReader, isEmpty } from './format-reader.ts';
import { InsertionHead } from './insertion-head.ts';
import { PlaceIndent } from './place-indent.ts';
import type { Replacement } from './replacement.ts';

/** Fewer lines of code, blank ones aside, may be the same by chance: one statement is often repeated. */
const minRepeated = 2;

export class InsertionReader implements FormatReader {
  readonly #reading: CodeReading;
  readonly #place: InsertionPlace;
  readonly #surroundings: Surroundings;
  #head: InsertionHead;
  #indent: PlaceIndent;
  readonly #endsLine: boolean;
  readonly #neighbours: readonly (readonly string[])[];
  /** All lines so far that are not blank, trimmed. */
  #keys: string[] = [];
  /** The last line that is not blank, as it is going to read, and the blank ones behind it. Unless `#endsLine`, only what follows tells whether it ends with a line break. */
  #last: string | undefined;
  #blanks: string[] = [];

  constructor(place: InsertionPlace, surroundings: Surroundings) {
    this.#place = place;
    this.#reading = new CodeReading({ base: '', surroundings, facts: new ScopeFacts('', surroundings.languageId) });
    this.#surroundings = surroundings;
    this.#head = new InsertionHead(surroundings, place.indent);
    this.#indent = new PlaceIndent(place);
    this.#endsLine = place.endsLine ?? false;
    this.#neighbours = place.neighbours.map(keysOf).filter((lines) => lines.length >= minRepeated);
  }

  push(line: string): FormatOutput {
    const read = this.#reading.push(line);
    if (read.restart) this.#reset();
    return this.#read(read);
  }

  finish(): FormatOutput {
    const last = this.#read(this.#reading.finish());
    if (last.rejected !== undefined) return last;
    const head = this.#write(this.#head.finish());
    const read = { ...head, replacements: [...last.replacements, ...head.replacements] };
    if (read.rejected !== undefined) return read;
    if (this.#last === undefined) return { replacements: [], rejected: isEmpty };
    return this.#endsLine ? read : { replacements: [...read.replacements, insertion(this.#last)] };
  }

  nextPlan(): undefined {
    return undefined;
  }

  accept(): void {}

  get pendingUnits(): number {
    return this.#last === undefined || this.#endsLine ? 0 : this.#last.length + 1;
  }

  get imports(): readonly string[] {
    return this.#head.imports;
  }

  get putRight(): readonly string[] {
    return this.#reading.putRight;
  }

  #reset(): void {
    this.#head = new InsertionHead(this.#surroundings, this.#place.indent);
    this.#indent = new PlaceIndent(this.#place);
    this.#keys = [];
    this.#last = undefined;
    this.#blanks = [];
  }

  #read({ lines, rejected, restart }: ExtractedLines): FormatOutput {
    const replacements: Replacement[] = [];
    for (const line of lines) {
      const behind = this.#head.push(line);
      if (behind.rejected !== undefined) return { replacements: [], rejected: behind.rejected };
      const placed = this.#write(behind.lines);
      if (placed.rejected !== undefined) return placed;
      replacements.push(...placed.replacements);
    }
    return { replacements, ...(rejected !== undefined && { rejected }), ...(restart && { restart }) };
  }

  #write(lines: readonly string[]): FormatOutput {
    const replacements: Replacement[] = [];
    for (const line of lines) {
      if (line.trim() === '') this.#blanks.push(this.#indent.shifted(line));
      else replacements.push(...this.#add(line));
      if (this.#isRepeated())
        return { replacements: [], rejected: 'the answer repeats code that stands beside the place' };
    }
    return { replacements };
  }

  /** The line before, now that it is known to have one behind it; where the place ends with its line, the line itself. */
  #add(line: string): Replacement[] {
    this.#keys.push(line.trim());
    const before = this.#last;
    const blanks = this.#blanks.splice(0);
    this.#last = this.#indent.shifted(line);
    if (this.#endsLine) return [insertion(before === undefined ? this.#last : ['', ...blanks, this.#last].join('\n'))];
    return before === undefined ? [] : [insertion([before, ...blanks, ''].join('\n'))];
  }

  /** Whether the lines so far end in all of the code on one side of the place. */
  #isRepeated(): boolean {
    const keys = this.#keys;
    return this.#neighbours.some((lines) => {
      const start = keys.length - lines.length;
      return start >= 0 && lines.every((line, i) => keys[start + i] === line);
    });
  }
}

const insertion = (text: string): Replacement => ({ from: 0, to: 0, text });

function keysOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

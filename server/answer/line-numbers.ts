// Takes off the line numbers that some models echo in front of each line, as they have seen them in listings.

import { type LineStage, noLines, passLine, type StageOutput } from './line-stage.ts';

/** A number, what sets it apart, and one blank behind a sign that is printed with one. */
const numbered = /^\s*(?:L|line )?(\d{1,6})(\s*[|│┃](?= |$)|\s*[|│┃→⇥]|\t|[:.)](?= |$)| {2})/i;
const printedWithBlank = /[|│┃:.)]$/;
/** Signs that nothing but a listing has behind a number. */
const certain = /[|│┃→⇥]$/;

export class LineNumbers implements LineStage {
  #state: 'first' | 'second' | 'numbered' | 'plain';
  /** The first line, until the second one tells. */
  #first = '';
  #last = 0;

  /** `base`: the scope's text. Where it has numbers itself they are code, and so they are in prose, where they number a list. */
  constructor(base: string, isProse: boolean) {
    this.#state = isProse || numbered.test(base.trimStart()) ? 'plain' : 'first';
  }

  get isPlain(): boolean {
    return this.#state === 'plain';
  }

  get isSettled(): boolean {
    return this.#state === 'plain';
  }

  get putRight(): readonly string[] {
    return this.#state === 'numbered' ? ['line numbers'] : [];
  }

  push(line: string): StageOutput {
    if (this.#state === 'plain') return passLine(line);
    if (this.#state === 'first') return this.#begin(line);
    if (this.#state === 'numbered') return passLine(this.#stripped(line));
    const isSecond = numberOf(line) === numberOf(this.#first)! + 1;
    this.#state = isSecond ? 'numbered' : 'plain';
    return { lines: isSecond ? [stripped(this.#first), this.#stripped(line)] : [this.#first, line] };
  }

  finish(): StageOutput {
    if (this.#state !== 'second') return noLines;
    const isListing = certain.test(numbered.exec(this.#first)![2]!);
    this.#state = isListing ? 'numbered' : 'plain';
    return passLine(isListing ? stripped(this.#first) : this.#first);
  }

  #begin(line: string): StageOutput {
    if (line.trim() === '') return passLine(line);
    this.#state = numberOf(line) === undefined ? 'plain' : 'second';
    this.#first = line;
    return this.#state === 'plain' ? passLine(line) : noLines;
  }

  /** A line with another number than the next one is none of the listing. */
  #stripped(line: string): string {
    const number = numberOf(line);
    if (number === undefined || number <= this.#last) return line;
    this.#last = number;
    return stripped(line);
  }
}

function numberOf(line: string): number | undefined {
  const found = numbered.exec(line)?.[1];
  return found === undefined ? undefined : Number(found);
}

function stripped(line: string): string {
  const [head, , sign] = numbered.exec(line)!;
  const rest = line.slice(head.length);
  return printedWithBlank.test(sign!) && rest.startsWith(' ') ? rest.slice(1) : rest;
}

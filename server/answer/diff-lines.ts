// An answer that is written as a diff: each line behind the sign that says whether it stays, goes or comes.

import { type LineStage, noLines, passLine, type StageOutput } from './line-stage.ts';

const header = /^(?:diff --git |index [0-9a-f]+\.\.|(?:---|\+\+\+) (?:[ab]\/|\/dev\/null|\S+\.\w+\s*$)|@@ -\d)/;
const sign = /^[-+ ]/;

export class DiffLines implements LineStage {
  readonly #base: string;
  #state: 'begin' | 'held' | 'plain' = 'begin';
  readonly #held: string[] = [];
  #isDiff = false;

  /** `base`: the scope's text. */
  constructor(base: string) {
    this.#base = base;
  }

  get isPlain(): boolean {
    return this.#state === 'plain';
  }

  get isSettled(): boolean {
    return this.#state === 'plain';
  }

  get putRight(): readonly string[] {
    return this.#isDiff ? ['the form of a diff'] : [];
  }

  push(line: string): StageOutput {
    if (this.#state === 'begin' && line.trim() !== '') this.#state = this.#mayBegin(line) ? 'held' : 'plain';
    if (this.#state !== 'held') return passLine(line);
    this.#held.push(line);
    return noLines;
  }

  finish(): StageOutput {
    if (this.#held.length === 0) return noLines;
    const lines = this.#held.filter((line) => !header.test(line));
    this.#isDiff = this.#held.every((line) => line === '' || sign.test(line) || header.test(line)) && isChange(lines);
    if (!this.#isDiff) return { lines: this.#held };
    return { lines: lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1)) };
  }

  /** Whether a first line is that of a diff: its head, or a line of the scope behind a sign, and none of the scope with it. */
  #mayBegin(line: string): boolean {
    if (!header.test(line) && !sign.test(line)) return false;
    const base = this.#base.split(/\r?\n/);
    return !base.includes(line) && (header.test(line) || base.includes(line.slice(1)));
  }
}

function isChange(lines: readonly string[]): boolean {
  return lines.some((line) => /^[-+]/.test(line));
}

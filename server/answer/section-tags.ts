// The tags around a section of a file, `<script>` and the like: where a scope begins or ends with one of the pair, an answer for the code alone keeps it.

import { isMarkupLanguage } from '../text/language-kinds.ts';
import { type LineStage, noLines, passLine, type StageOutput } from './line-stage.ts';
import type { Surroundings } from './surroundings.ts';

const opening = /^\s*<(script|style|template)\b[^<>]*>\s*$/;
const closing = /^\s*<\/(script|style|template)>\s*$/;

export interface SectionTagsOptions {
  readonly base: string;
  readonly surroundings: Surroundings;
}

export class SectionTags implements LineStage {
  /** The first and the last line of the scope, where they are of a section that goes on there. */
  readonly #first: string | undefined;
  readonly #last: string | undefined;
  #hasBegun = false;
  #hasLast = false;
  #keeps = false;

  constructor({ base, surroundings }: SectionTagsOptions) {
    if (!isMarkupLanguage(surroundings.languageId)) return;
    const lines = base.split(/\r?\n/).filter((line) => line.trim() !== '');
    const opened = opening.exec(lines[0] ?? '')?.[1];
    const closed = closing.exec(lines.at(-1) ?? '')?.[1];
    // Both, or neither, are a whole: what becomes of it is the answer's to say.
    if (lines.length < 2 || (opened !== undefined && closed !== undefined)) return;
    if (opened !== undefined && !base.includes(`</${opened}>`)) this.#first = lines[0]!;
    if (closed !== undefined && !new RegExp(`<${closed}\\b`).test(base)) this.#last = lines.at(-1)!;
  }

  get isPlain(): boolean {
    return this.#first === undefined || this.#hasBegun;
  }

  get isSettled(): boolean {
    return this.#first === undefined && this.#last === undefined;
  }

  get putRight(): readonly string[] {
    return this.#keeps ? ['the tag of its section'] : [];
  }

  push(line: string): StageOutput {
    if (this.#last !== undefined && line.includes(this.#last.trim())) this.#hasLast = true;
    if (this.#hasBegun || line.trim() === '') return passLine(line);
    this.#hasBegun = true;
    if (this.#first === undefined || opening.test(line)) return passLine(line);
    this.#keeps = true;
    return { lines: [this.#first, line] };
  }

  finish(): StageOutput {
    if (this.#last === undefined || this.#hasLast || !this.#hasBegun) return noLines;
    this.#keeps = true;
    return passLine(this.#last);
  }
}

/** The section of a page that the scope stands in, where no tag is code. */
export function sectionAround({ before, languageId }: Surroundings): 'script' | 'style' | undefined {
  if (!isMarkupLanguage(languageId)) return undefined;
  const tags = before.slice(-maxUnits).matchAll(/<(\/?)(script|style)\b([^<>]{0,200})>/g);
  const [, slash, name, rest = ''] = [...tags].at(-1) ?? [];
  if (slash !== '' || /lang=["']?(?:tsx|jsx)|\/$/.test(rest)) return undefined;
  return name as 'script' | 'style' | undefined;
}

/** UTF-16 units of a document in front of the scope that are searched for the beginning of its section. */
const maxUnits = 100_000;

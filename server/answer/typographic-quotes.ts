// Refuses code whose quotes are those of a typesetter: many grammars take them for letters, so that no parser may notice.

import { hasTags, isDataLanguage, isProseLanguage } from '../text/language-kinds.ts';
import { type LineStage, noLines, passLine, reject, type StageOutput } from './line-stage.ts';
import { CodeLines } from './shape/line-kinds.ts';
import type { Surroundings } from './surroundings.ts';

const curly = /[“”„‘’‚]/;
const remarkOrString = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/.*|\/\*.*|--\s.*|#.*/g;
/** Where code has a string, and words seldom have a quotation. */
const beginsString = /(?:[=([{,+]|\breturn|\b(?:puts|print|echo|raise|throw|require))\s*[“”„‘’‚]/;

/** UTF-16 units of a line that is looked at. */
const maxLine = 1000;

export class TypographicQuotes implements LineStage {
  /** Whether such quotes may be meant: the text around has them, or it is no code. */
  readonly isSettled: boolean;
  readonly isPlain = true;
  readonly putRight = [];
  readonly #code = new CodeLines();
  readonly #base: string;
  #fault: string | undefined;

  constructor(base: string, { languageId, before, after, instruction }: Surroundings) {
    this.#base = base;
    const isText = isProseLanguage(languageId) || isDataLanguage(languageId) || hasTags(languageId);
    this.isSettled =
      isText ||
      languageId === '' ||
      base.trim() === '' ||
      [base, instruction, before, after].some((text) => curly.test(text));
  }

  push(line: string): StageOutput {
    if (this.isSettled) return passLine(line);
    const isCode = this.#code.push(line);
    if (!isCode || !curly.test(line) || line.length > maxLine || this.#base.includes(line.trim()))
      return passLine(line);
    const bare = line.replace(remarkOrString, '""');
    if (beginsString.test(bare)) this.#fault ??= line.trim();
    return passLine(line);
  }

  /** Only now: a line may have turned out to be talk. */
  finish(): StageOutput {
    return this.#fault === undefined
      ? noLines
      : reject(`the answer has typographic quotes in its code: ${this.#fault}`);
  }
}

// Undoes the escapes of an answer that was written as HTML throughout. One that has the plain characters too means its escapes.

import { hasTags, isMarkupLanguage } from '../text/language-kinds.ts';
import { type LineStage, noLines, passLine, type StageOutput } from './line-stage.ts';
import { endsInString } from './open-string.ts';

const entity = /&(?:lt|gt|amp|quot|apos|#0?39|#x27|#34|nbsp);/g;
const plain: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };
/** The characters that are written as entities throughout. */
const raw = /[<>]|&(?!\w{1,8};|#\w{1,5};)/;

export class HtmlEscapes implements LineStage {
  readonly #base: string;
  /** Entities are code in the language, so that only an escaped line of the scope itself tells. */
  readonly #hasTags: boolean;
  /** In text between tags an escape may be all that was asked for. */
  readonly #isMarkup: boolean;
  #state: 'unknown' | 'escaped' | 'plain' = 'unknown';

  constructor(base: string, languageId: string) {
    this.#base = base;
    this.#hasTags = hasTags(languageId);
    this.#isMarkup = isMarkupLanguage(languageId);
  }

  get isPlain(): boolean {
    return this.#state !== 'escaped';
  }

  get isSettled(): boolean {
    return this.#state === 'plain';
  }

  get putRight(): readonly string[] {
    return this.#state === 'escaped' ? ['HTML escapes'] : [];
  }

  push(line: string): StageOutput {
    if (this.#state === 'unknown') this.#state = this.#judge(line);
    return passLine(this.#state === 'escaped' ? decoded(line) : line);
  }

  finish(): StageOutput {
    return noLines;
  }

  #judge(line: string): 'unknown' | 'escaped' | 'plain' {
    if (raw.test(line)) return 'plain';
    if (!line.includes('&')) return 'unknown';
    const found = [...line.matchAll(entity)];
    if (found.length === 0) return 'unknown';
    if (this.#base.search(entity) >= 0) return 'plain';
    if (this.#hasTags) return this.#isEscapedTag(line) || this.#isOldCode(decoded(line).trim()) ? 'escaped' : 'unknown';
    return found.every(({ index }) => endsInString(line.slice(0, index))) ? 'unknown' : 'escaped';
  }

  #isOldCode(line: string): boolean {
    return (
      this.#base.split('\n').some((each) => each.trim() === line) && (!this.#isMarkup || /[;{}(]$|=>|&&/.test(line))
    );
  }

  /** A line that holds an escaped tag, where the scope has plain ones. */
  #isEscapedTag(line: string): boolean {
    return /&lt;\/?[A-Za-z][\w.-]*(?:\s|\/?&gt;)/.test(line) && /<\/?[A-Za-z]/.test(this.#base);
  }
}

function decoded(line: string): string {
  return line.replace(entity, (found) => plain[found.slice(1, -1)] ?? (found === '&#34;' ? '"' : "'"));
}

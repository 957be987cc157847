// A closing fence, or a lone backtick, behind the last line of an answer that has no opening one.

import { isProseLanguage } from '../text/language-kinds.ts';
import { type LineStage, noLines, passLine, type StageOutput } from './line-stage.ts';
import { beginsInText } from './open-string.ts';
import type { ScopeFacts } from './scope-facts.ts';
import type { Surroundings } from './surroundings.ts';

/** UTF-16 units of a last line that is looked at. */
const maxLine = 500;

const fence = /^([^`~]*[^`~\s])[ \t]*(?:`{3,}|~{3,})[ \t]*[\w+#-]{0,15}\s*$/;
const marks = /^([^`]*[^`\s])[ \t]*`{1,2}\s*$/;
/** A fence may be what a comment says. */
const comment = /^\s*(?:\*|\/\/|#|--|;|%|<!--|"""|''')|\s(?:\/\/|#|--)\s|\/\*/;

export interface TrailingFenceOptions {
  readonly facts: ScopeFacts;
  readonly surroundings: Surroundings;
}

export class TrailingFence implements LineStage {
  readonly #options: TrailingFenceOptions;
  /** A line that ends so, and blank ones behind it: the answer may end here. */
  #held: string[] = [];
  #isCut = false;
  #startsInString: boolean | undefined;

  constructor(options: TrailingFenceOptions) {
    this.#options = options;
  }

  get isPlain(): boolean {
    return this.#held.length === 0;
  }

  get isSettled(): boolean {
    return isProseLanguage(this.#options.surroundings.languageId);
  }

  get putRight(): readonly string[] {
    return this.#isCut ? ['a fence'] : [];
  }

  push(line: string): StageOutput {
    if (this.#held.length === 0 && !/[`~]/.test(line)) return passLine(line);
    if (this.#held.length > 0 && line.trim() !== '') {
      const lines = this.#held.splice(0);
      return this.#withoutFence(line) === undefined ? { lines: [...lines, line] } : this.#hold(line, lines);
    }
    return this.#held.length > 0 || this.#withoutFence(line) !== undefined ? this.#hold(line, []) : passLine(line);
  }

  finish(): StageOutput {
    const line = this.#held[0];
    if (line === undefined) return noLines;
    this.#isCut = true;
    return passLine(this.#withoutFence(line)!);
  }

  #hold(line: string, lines: readonly string[]): StageOutput {
    this.#held.push(line);
    return lines.length > 0 ? { lines } : noLines;
  }

  #withoutFence(line: string): string | undefined {
    const { facts } = this.#options;
    if (line.length > maxLine || facts.has(line)) return undefined;
    const fenced = fence.exec(line)?.[1];
    const code = fenced ?? marks.exec(line)?.[1];
    if (code === undefined || this.#isInString) return undefined;
    return facts.has(code) || (fenced !== undefined && !comment.test(code)) ? code : undefined;
  }

  /** Whether the scope stands in a string: its text may end with anything. */
  get #isInString(): boolean {
    this.#startsInString ??= beginsInText(this.#options.surroundings.before);
    return this.#startsInString;
  }
}

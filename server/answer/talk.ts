// Which new lines of an answer are said to the user, by the language that its code is in.

import { isDataLanguage, isMarkupLanguage, isProseLanguage } from '../text/language-kinds.ts';
import { isSpoken } from './handing-over.ts';
import { beginsInText } from './open-string.ts';
import { goesOnWithProse, isChat, isProse } from './prose.ts';
import type { ScopeFacts } from './scope-facts.ts';
import type { Surroundings } from './surroundings.ts';

/** A step of a recipe: `1. Replace the method with:`. */
const step = /^\s{0,3}(?:\d{1,2}[.)]|\*\*(?:Step )?\d{1,2}[.:]?\*\*|Step \d{1,2}:)\s+/i;

export class Talk {
  readonly isProseLanguage: boolean;
  readonly #isData: boolean;
  /** Whether sentences stand between the code without a mark. */
  readonly #hasLooseText: boolean;
  readonly #surroundings: Surroundings;
  readonly #facts: ScopeFacts;

  constructor(surroundings: Surroundings, facts: ScopeFacts) {
    const { languageId } = surroundings;
    this.#surroundings = surroundings;
    this.isProseLanguage = isProseLanguage(languageId);
    this.#isData = isDataLanguage(languageId);
    this.#hasLooseText = isMarkupLanguage(languageId) || this.#isData;
    this.#facts = facts;
  }

  /** Whether a new line is said to the user. */
  isTalk(line: string): boolean {
    if (this.isProseLanguage) return isChat(line) && line.trim().endsWith(':');
    return (this.#hasLooseText ? isChat(line) : isProse(line)) && !this.#facts.hasProse;
  }

  /** Whether a new line in front of the code is words and nothing else. In a string, or in a comment, it may be meant. */
  isSpoken(line: string): boolean {
    const { languageId, before } = this.#surroundings;
    return isSpoken(line, languageId) && this.#facts.isAllCode && !beginsInText(before);
  }

  /** Whether a new line in front of a fence is one of the steps that it is one of. */
  isStep(line: string): boolean {
    if (this.isProseLanguage || this.#isData || !step.test(line) || !line.trim().endsWith(':')) return false;
    return this.isTalk(line.replace(step, ''));
  }

  /** Whether a new line behind the end of the code goes on with what is said: where lists are no code. */
  goesOn(line: string): boolean {
    return !this.isProseLanguage && !this.#isData && goesOnWithProse(line);
  }
}

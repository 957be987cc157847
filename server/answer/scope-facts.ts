// What the text of a scope has itself: that is code in an answer, too. Found when it is first asked for, and shared by all that read the answer.

import { hasFences, isProseLanguage } from '../text/language-kinds.ts';
import { isSpoken } from './handing-over.ts';
import { isProse } from './prose.ts';
import { fenceIn, isBareFence } from './wrappers.ts';

export class ScopeFacts {
  readonly #base: string;
  readonly #languageId: string;
  #keys: ReadonlySet<string> | undefined;
  #hasProse: boolean | undefined;
  #hasFences: boolean | undefined;
  #isAllCode: boolean | undefined;

  constructor(base: string, languageId: string) {
    this.#base = base;
    this.#languageId = languageId;
  }

  /** Whether it has such a line, white space at its ends aside. */
  has(line: string): boolean {
    this.#keys ??= new Set(this.#base.split('\n').map((each) => each.trim()));
    return this.#keys.has(line.trim());
  }

  get beginsWithTag(): boolean {
    return /^\s*<[\w/!?]/.test(this.#base);
  }

  get hasProse(): boolean {
    this.#hasProse ??= isProseLanguage(this.#languageId) || this.#base.split('\n').some(isProse);
    return this.#hasProse;
  }

  /** Whether fences are code in it, each of which that opens something closes. */
  get hasPairedFences(): boolean {
    if (!this.hasFences) return false;
    let open: string | undefined;
    for (const line of this.#base.split('\n')) {
      const fence = fenceIn(line);
      if (!fence) continue;
      if (open === undefined) open = fence.marks;
      else if (isBareFence(line.trimStart()) && fence.marks.startsWith(open)) open = undefined;
      // A scope that begins within a block: what closes that looks like an opening one.
      else if (fence.info !== '' && open.length <= fence.marks.length) return false;
    }
    return open === undefined;
  }

  get hasFences(): boolean {
    this.#hasFences ??= hasFences(this.#languageId) || this.#base.split('\n').some((line) => isBareFence(line));
    return this.#hasFences;
  }

  /** Whether it is code by its look, and has no line that could be said. */
  get isAllCode(): boolean {
    this.#isAllCode ??=
      /[{}()=;<>]|\bend\b|:(?:\s|$)/.test(this.#base) &&
      !this.hasProse &&
      !this.#base.split('\n').some((line) => isSpoken(line.trim(), this.#languageId));
    return this.#isAllCode;
  }
}

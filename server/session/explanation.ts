// The text of one explanation as it comes: inert Markdown, and not endless.

import { InertMarkdown } from '../text/markdown.ts';

/** UTF-16 units and lines: some twenty pages, more than anybody reads beside their code. */
const maxChars = 64_000;
const maxLines = 2000;

export class Explanation {
  readonly #markdown = new InertMarkdown();
  #text = '';
  #chars = 0;
  #lines = 0;
  #isCut = false;

  /** What can be shown so far. */
  get text(): string {
    return this.#text;
  }

  /** The model has said more than is kept: nothing further is. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** What the model says next; returns what can be shown of it by now. */
  add(said: string): string {
    const kept = this.#isCut ? '' : this.#fitting(said);
    return this.#show(this.#markdown.push(kept));
  }

  /** The model has ended; returns the rest. */
  finish(): string {
    return this.#show(`${this.#markdown.finish()}${this.#isCut ? `\n\n*(${sayCut})*` : ''}`);
  }

  #fitting(said: string): string {
    let to = Math.min(said.length, maxChars - this.#chars);
    for (let at = said.indexOf('\n'); at >= 0 && at < to; at = said.indexOf('\n', at + 1))
      if (++this.#lines >= maxLines) to = at;
    this.#chars += to;
    this.#isCut = to < said.length;
    return said.slice(0, to);
  }

  #show(piece: string): string {
    this.#text += piece;
    return piece;
  }
}

/** Why an explanation is not whole. */
export const sayCut = `the explanation was cut off: it is longer than ${maxChars} characters or ${maxLines} lines`;

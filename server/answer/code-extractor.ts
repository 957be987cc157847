// Takes the lines of code out of a `rewrite` answer: fences, tags and prose around the code are dropped; an answer that leaves code out is rejected.

import { isPlaceholder } from './placeholder-lines.ts';
import { isProse } from './prose.ts';

const fence = /^\s*(`{3,}|~{3,})([^`]*)$/;
const openTag = /^\s*<scope(?:-\d+)?(?:\s[^>]*)?>/;
const closeTag = /<\/scope(?:-\d+)?>\s*$/;
/** Tags that models put around code unasked; a closing one only counts after an opening one, whatever its name. */
const otherTag =
  /^\s*<(\/?)(?:code|answer|output|result|rewrite|updated[_-]?code|(?:new|old)[_-]?text|edit|file)>\s*$/i;

/** After this many lines of prose before the code, further ones are taken for code. */
const maxPreamble = 20;

/** Lines that are now certain to be code, or why this answer can't be read. */
export interface ExtractedLines {
  readonly lines: readonly string[];
  readonly rejected?: string;
}

const nothing: ExtractedLines = { lines: [] };
const reject = (rejected: string): ExtractedLines => ({ lines: [], rejected });

/** Push the answer's lines in order, then finish. Line breaks at both ends of the code are dropped. */
export class CodeExtractor {
  /** The base's lines, trimmed: whatever they look like, they are code. */
  readonly #baseLines: ReadonlySet<string>;
  readonly #proseInBase: boolean;
  readonly #fencesInBase: boolean;
  #state: 'before' | 'code' | 'after' = 'before';
  #fence: string | undefined;
  #tagged = false;
  #preamble = 0;
  /** Lines that may stand behind the end of the code; they are code after all if code follows. */
  #undecided: string[] = [];
  /** Whether `#undecided` holds a fence that may be the closing one. */
  #fenceUndecided = false;

  constructor(base: string) {
    const lines = base.split('\n');
    this.#baseLines = new Set(lines.map((line) => line.trim()));
    this.#proseInBase = lines.some(isProse);
    this.#fencesInBase = lines.some((line) => isBareFence(line));
  }

  push(line: string): ExtractedLines {
    if (this.#state === 'before') return this.#before(line);
    return this.#state === 'code' ? this.#code(line) : this.#after(line);
  }

  finish(): ExtractedLines {
    if (this.#state === 'before') return this.#preamble > 0 ? reject('the answer is prose, not code') : nothing;
    const end = this.#fenceUndecided
      ? this.#undecided.findLastIndex(isBareFence)
      : this.#undecided.findIndex((line) => line.trim() !== '');
    const lines = end < 0 ? this.#undecided : this.#undecided.slice(0, end);
    const isBlank = end < 0 ? (line: string) => line === '' : (line: string) => line.trim() === '';
    while (lines.length > 0 && isBlank(lines.at(-1)!)) lines.pop();
    return { lines };
  }

  /** What has come behind the lines returned so far, with `partial` of the next line; empty if that can't be code. */
  lookahead(partial: string): string {
    return this.#state === 'code' ? [...this.#undecided, partial].join('\n') : '';
  }

  #before(line: string): ExtractedLines {
    if (line.trim() === '') return this.#defer(line);
    if (this.#isNew(line)) {
      if (fence.test(line)) return this.#openFence(line);
      const tag = (otherTag.exec(line) ?? openTag.exec(line))?.[0];
      if (tag) return this.#openTag(line.slice(tag.length));
      if (!this.#fence && this.#isNewProse(line) && this.#preamble++ < maxPreamble) return this.#discard();
    }
    this.#state = 'code';
    return this.#code(line);
  }

  #openFence(line: string): ExtractedLines {
    if (this.#fence) return reject('the answer has a fence inside a fence');
    this.#fence = fence.exec(line)![1]!;
    return this.#discard();
  }

  #openTag(rest: string): ExtractedLines {
    this.#tagged = true;
    this.#discard();
    return rest.trim() === '' ? nothing : this.#before(rest);
  }

  #code(line: string): ExtractedLines {
    if (this.#isEnd(line)) return this.#end();
    if (this.#fencesInBase && this.#fence && isBareFence(line)) {
      this.#fenceUndecided = true;
      return this.#defer(line);
    }
    const tag = this.#isNew(line) ? closeTag.exec(line) : null;
    if (tag) {
      const code = line.slice(0, tag.index);
      const last = code.trim() === '' ? nothing : this.#release(code);
      this.#end();
      return last;
    }
    if (line.trim() === '' || ((!this.#fence || this.#fenceUndecided) && this.#isNewProse(line)))
      return this.#defer(line);
    return this.#release(line);
  }

  /** A bare fence ends the code, unless the base holds such fences itself: then only the last one does, which is known when the answer ends. */
  #isEnd(line: string): boolean {
    if (this.#tagged && otherTag.exec(line)?.[1] === '/' && this.#isNew(line)) return true;
    if (!isBareFence(line)) return false;
    return this.#fence ? !this.#fencesInBase && line.startsWith(this.#fence) : this.#isNew(line);
  }

  #end(): ExtractedLines {
    this.#state = 'after';
    return this.#discard();
  }

  #after(line: string): ExtractedLines {
    if (fence.test(line)) {
      return this.#fence && this.#tagged && isBareFence(line)
        ? nothing
        : reject('the answer has more than one block of code');
    }
    const stray = !this.#fence && !this.#tagged && line.trim() !== '' && !this.#isNewProse(line);
    return stray ? reject('the answer goes on behind a stray fence') : nothing;
  }

  #defer(line: string): ExtractedLines {
    if (this.#state === 'code' || this.#undecided.length > 0 || line !== '') this.#undecided.push(line);
    return nothing;
  }

  #discard(): ExtractedLines {
    this.#undecided = [];
    return nothing;
  }

  #release(line: string): ExtractedLines {
    const lines = [...this.#undecided, line];
    this.#undecided = [];
    this.#fenceUndecided = false;
    const placeholder = lines.find((each) => isPlaceholder(each) && this.#isNew(each));
    return placeholder === undefined ? { lines } : reject(`the answer leaves code out: ${placeholder.trim()}`);
  }

  #isNew(line: string): boolean {
    return !this.#baseLines.has(line.trim());
  }

  #isNewProse(line: string): boolean {
    return !this.#proseInBase && isProse(line) && this.#isNew(line);
  }
}

function isBareFence(line: string): boolean {
  return /^(?:`{3,}|~{3,})\s*$/.test(line);
}

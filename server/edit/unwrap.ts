// Takes the lines of code out of a `rewrite` answer: fences, tags, prose around the code and "rest unchanged" are kept from the buffer.

import { isPlaceholder } from './placeholders.ts';
import { isProse } from './prose.ts';

const FENCE = /^\s*(`{3,}|~{3,})([^`]*)$/;
const OPEN_TAG = /^\s*<scope(?:-\d+)?(?:\s[^>]*)?>/;
const CLOSE_TAG = /<\/scope(?:-\d+)?>\s*$/;
/** Tags that models put around code unasked; a closing one counts only after an opening one, whatever its name. */
const OTHER_TAG =
  /^\s*<(\/?)(?:code|answer|output|result|rewrite|updated[_-]?code|(?:new|old)[_-]?text|edit|file)>\s*$/i;

/** More lines of prose than this before the code are no preamble. */
const MAX_PREAMBLE = 20;

/** Lines of code that are now certain, or why this answer can't be read. */
export interface Unwrapped {
  readonly lines: readonly string[];
  readonly rejected?: string;
}

const NOTHING: Unwrapped = { lines: [] };
const reject = (rejected: string): Unwrapped => ({ lines: [], rejected });

/** Push the answer's lines in order, then finish. Line breaks at the ends of the code are dropped. */
export class Unwrap {
  private readonly known: ReadonlySet<string>;
  private readonly proseInBase: boolean;
  private readonly fencesInBase: boolean;
  private state: 'before' | 'code' | 'after' = 'before';
  private fence: string | undefined;
  private tagged = false;
  private preamble = 0;
  /** Lines that may lie behind the code; they are code after all if code follows. */
  private waiting: string[] = [];
  /** `waiting` holds a fence that may be the last one. */
  private fenceWaits = false;

  constructor(base: string) {
    const lines = base.split('\n');
    this.known = new Set(lines.map((line) => line.trim()));
    this.proseInBase = lines.some(isProse);
    this.fencesInBase = lines.some((line) => isBareFence(line));
  }

  push(line: string): Unwrapped {
    if (this.state === 'before') return this.before(line);
    return this.state === 'code' ? this.code(line) : this.after(line);
  }

  finish(): Unwrapped {
    if (this.state === 'before') return this.preamble > 0 ? reject('the answer is prose, not code') : NOTHING;
    const end = this.fenceWaits
      ? this.waiting.findLastIndex(isBareFence)
      : this.waiting.findIndex((line) => line.trim() !== '');
    const lines = end < 0 ? this.waiting : this.waiting.slice(0, end);
    const isBlank = end < 0 ? (line: string) => line === '' : (line: string) => line.trim() === '';
    while (lines.length > 0 && isBlank(lines.at(-1)!)) lines.pop();
    return { lines };
  }

  /** What has come behind the lines of code so far, with `partial` of the next line: nothing if that can't be code. */
  behind(partial: string): string {
    return this.state === 'code' ? [...this.waiting, partial].join('\n') : '';
  }

  private before(line: string): Unwrapped {
    if (line.trim() === '') return this.wait(line);
    if (this.isNew(line)) {
      if (FENCE.test(line)) return this.openFence(line);
      const tag = (OTHER_TAG.exec(line) ?? OPEN_TAG.exec(line))?.[0];
      if (tag) return this.openTag(line.slice(tag.length));
      if (!this.fence && this.isTalk(line) && this.preamble++ < MAX_PREAMBLE) return this.drop();
    }
    this.state = 'code';
    return this.code(line);
  }

  private openFence(line: string): Unwrapped {
    if (this.fence) return reject('the answer has a fence inside a fence');
    this.fence = FENCE.exec(line)![1]!;
    return this.drop();
  }

  private openTag(rest: string): Unwrapped {
    this.tagged = true;
    this.drop();
    return rest.trim() === '' ? NOTHING : this.before(rest);
  }

  private code(line: string): Unwrapped {
    if (this.isEnd(line)) return this.end();
    if (this.fencesInBase && this.fence && isBareFence(line)) {
      this.fenceWaits = true;
      return this.wait(line);
    }
    const tag = this.isNew(line) ? CLOSE_TAG.exec(line) : null;
    if (tag) {
      const code = line.slice(0, tag.index);
      const last = code.trim() === '' ? NOTHING : this.release(code);
      this.end();
      return last;
    }
    if (line.trim() === '' || ((!this.fence || this.fenceWaits) && this.isTalk(line))) return this.wait(line);
    return this.release(line);
  }

  /** A bare fence ends the code, unless the base holds such fences itself: then only the last one does, and that is known at the end. */
  private isEnd(line: string): boolean {
    if (this.tagged && OTHER_TAG.exec(line)?.[1] === '/' && this.isNew(line)) return true;
    if (!isBareFence(line)) return false;
    return this.fence ? !this.fencesInBase && line.startsWith(this.fence) : this.isNew(line);
  }

  private end(): Unwrapped {
    this.state = 'after';
    return this.drop();
  }

  private after(line: string): Unwrapped {
    if (FENCE.test(line)) {
      return this.fence && this.tagged && isBareFence(line)
        ? NOTHING
        : reject('the answer has more than one block of code');
    }
    const stray = !this.fence && !this.tagged && line.trim() !== '' && !this.isTalk(line);
    return stray ? reject('the answer goes on behind a stray fence') : NOTHING;
  }

  private wait(line: string): Unwrapped {
    if (this.state === 'code' || this.waiting.length > 0 || line !== '') this.waiting.push(line);
    return NOTHING;
  }

  private drop(): Unwrapped {
    this.waiting = [];
    return NOTHING;
  }

  private release(line: string): Unwrapped {
    const lines = [...this.waiting, line];
    this.waiting = [];
    this.fenceWaits = false;
    const placeholder = lines.find((each) => isPlaceholder(each) && this.isNew(each));
    return placeholder === undefined ? { lines } : reject(`the answer leaves code out: ${placeholder.trim()}`);
  }

  private isNew(line: string): boolean {
    return !this.known.has(line.trim());
  }

  private isTalk(line: string): boolean {
    return !this.proseInBase && isProse(line) && this.isNew(line);
  }
}

function isBareFence(line: string): boolean {
  return /^(?:`{3,}|~{3,})\s*$/.test(line);
}

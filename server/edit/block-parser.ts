// The grammar of a `search-replace` answer: which of its lines are markers, text to find, or text to put in its place.

const searchMarker = /^\s*<{5,9}\s*(?:SEARCH|ORIGINAL|HEAD|FIND|OLD)\b.*$/i;
const divider = /^\s*={5,9}\s*$/;
const endMarker = /^\s*>{5,9}\s*(?:REPLACE|UPDATED|SEARCH|NEW|END|[\w-]+)?\s*(?:`{1,8}[\w+#-]{0,15}|~{3,8})?\s*$/i;
/** What models write where the end marker should be; replacement text after all if more text or a proper end marker follows. */
const wrongEndMarker =
  /^\s*(?:<{5,9}\s*(?:REPLACE|END)\s*|<\/(?:replace|search|block|edit|scope|answer|code|(?:new|old)[_-]?text)(?:-\d+)?>|(?:`{3,}|~{3,}))\s*$/i;
const fence = /^\s*(?:`{3,}|~{3,})[^`]*$/;

/** Whether a line begins a block, if it is none of the scope's. */
export function isSearchMarker(line: string): boolean {
  return searchMarker.test(line);
}

export type BlockEvent =
  | { readonly kind: 'search'; readonly lines: readonly string[] }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'rejected'; readonly reason: string };

const reject = (reason: string): BlockEvent[] => [{ kind: 'rejected', reason }];

/** Push an answer's lines in order, then finish. Whatever stands outside of blocks is ignored as prose. */
export class BlockParser {
  /** The base's lines, without white space at their ends: whatever they look like, they are text. */
  readonly #baseLines: ReadonlySet<string>;
  readonly #dividersInBase: boolean;
  readonly #gated: boolean;
  #state: 'outside' | 'search' | 'replace' = 'outside';
  #search: string[] = [];
  /** Lines that may be a wrong end marker: they are text if text follows. */
  #undecided: string[] = [];
  #blocks = 0;
  /** Whether the block has no text so far to put in place of what it finds. */
  #isEmpty = true;

  /** `gated`: there is a parse gate, which would find a marker that got into the code by mistake; so text that looks like a divider can be let through. */
  constructor(base: string, gated: boolean) {
    this.#gated = gated;
    const lines = base.split('\n').map((line) => line.trimEnd());
    this.#baseLines = new Set(lines);
    this.#dividersInBase = lines.some((line) => divider.test(line));
  }

  push(line: string): BlockEvent[] {
    if (this.#isNew(line) && isSearchMarker(line)) return this.#open();
    if (this.#state === 'search') return this.#inSearch(line);
    return this.#state === 'replace' ? this.#inReplace(line) : [];
  }

  finish(): BlockEvent[] {
    if (this.#state === 'search') return reject('the answer ends inside a SEARCH block');
    if (this.#blocks === 0) return reject('the answer has no SEARCH block');
    if (this.#state !== 'replace') return [];
    // An end marker may be forgotten, but not what comes before it.
    return this.#isEmpty && this.#undecided.length === 0 ? reject('the answer ends inside a block') : this.#close();
  }

  #open(): BlockEvent[] {
    if (this.#state === 'search') return reject('a SEARCH block inside a SEARCH block');
    const end = this.#state === 'replace' ? this.#close() : [];
    this.#state = 'search';
    this.#search = [];
    this.#isEmpty = true;
    this.#blocks++;
    return end;
  }

  #inSearch(line: string): BlockEvent[] {
    if (endMarker.test(line) && this.#isNew(line)) return reject('a SEARCH block without a replacement');
    if (!divider.test(line)) {
      this.#search.push(line);
      return [];
    }
    if (this.#dividersInBase) return reject('the scope itself holds "=======" lines');
    this.#state = 'replace';
    return [{ kind: 'search', lines: this.#withoutFence(this.#search) }];
  }

  #inReplace(line: string): BlockEvent[] {
    if (endMarker.test(line) && this.#isNew(line)) return this.#close(this.#undecided);
    if (divider.test(line) && !this.#gated) return reject('a block with two dividers');
    const isUndecided =
      (wrongEndMarker.test(line) && this.#isNew(line)) || (this.#undecided.length > 0 && line.trim() === '');
    return isUndecided ? this.#defer(line) : this.#text([...this.#undecided.splice(0), line]);
  }

  #defer(line: string): BlockEvent[] {
    this.#undecided.push(line);
    return [];
  }

  #text(lines: readonly string[]): BlockEvent[] {
    this.#isEmpty = false;
    return lines.map((line) => ({ kind: 'line', line }));
  }

  #close(last: readonly string[] = []): BlockEvent[] {
    const text = this.#text(last);
    this.#undecided = [];
    this.#state = 'outside';
    return [...text, { kind: 'end' }];
  }

  #withoutFence(lines: readonly string[]): readonly string[] {
    const fenced =
      lines.length > 1 && [lines[0]!, lines.at(-1)!].every((line) => fence.test(line) && this.#isNew(line));
    return fenced ? lines.slice(1, -1) : lines;
  }

  #isNew(line: string): boolean {
    return !this.#baseLines.has(line.trimEnd());
  }
}

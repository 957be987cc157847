// The grammar of a `search-replace` answer: which of its lines is a mark, text to find or text to put there.

const SEARCH = /^\s*<{5,9}\s*(?:SEARCH|ORIGINAL|HEAD|FIND|OLD)\b.*$/i;
const DIVIDER = /^\s*={5,9}\s*$/;
const END = /^\s*>{5,9}\s*(?:REPLACE|UPDATED|SEARCH|NEW|END|[\w-]+)?\s*$/i;
/** What models put where the end mark should be; text after all if a proper end mark follows. */
const WRONG_END =
  /^\s*(?:<{5,9}\s*(?:REPLACE|END)\s*|<\/(?:replace|search|block|edit|scope|answer|code|(?:new|old)[_-]?text)(?:-\d+)?>|(?:`{3,}|~{3,}))\s*$/i;
const FENCE = /^\s*(?:`{3,}|~{3,})[^`]*$/;

export type BlockEvent =
  | { readonly kind: 'search'; readonly lines: readonly string[] }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'rejected'; readonly reason: string };

const reject = (reason: string): BlockEvent[] => [{ kind: 'rejected', reason }];

/** Push an answer's lines in order, then finish. Whatever stands outside of blocks is prose. */
export class Blocks {
  private readonly known: ReadonlySet<string>;
  private readonly marksInBase: boolean;
  private readonly gated: boolean;
  private state: 'outside' | 'search' | 'replace' = 'outside';
  private search: string[] = [];
  /** Lines that may be a wrong end mark: they are text if text follows. */
  private waiting: string[] = [];
  private count = 0;
  /** The next line is the first of a replacement. */
  private first = false;
  /** The replacement is wrapped in a fence of its own. */
  private fenced = false;

  /** `gated`: a mark that gets into the code by mistake would be found out, so that text which looks like one can be let through. */
  constructor(base: string, gated: boolean) {
    this.gated = gated;
    const lines = base.split('\n').map((line) => line.trimEnd());
    this.known = new Set(lines);
    this.marksInBase = lines.some((line) => DIVIDER.test(line));
  }

  push(line: string): BlockEvent[] {
    if (this.isNew(line) && SEARCH.test(line)) return this.open();
    if (this.state === 'search') return this.inSearch(line);
    return this.state === 'replace' ? this.inReplace(line) : [];
  }

  finish(): BlockEvent[] {
    if (this.state === 'search') return reject('the answer ends inside a SEARCH block');
    if (this.count === 0) return reject('the answer has no SEARCH block');
    return this.state === 'replace' ? this.close() : [];
  }

  private open(): BlockEvent[] {
    if (this.state === 'search') return reject('a SEARCH block inside a SEARCH block');
    const end = this.state === 'replace' ? this.close() : [];
    this.state = 'search';
    this.search = [];
    this.count++;
    return end;
  }

  private inSearch(line: string): BlockEvent[] {
    if (END.test(line) && this.isNew(line)) return reject('a SEARCH block without a replacement');
    if (!DIVIDER.test(line)) {
      this.search.push(line);
      return [];
    }
    if (this.marksInBase) return reject('the scope itself holds "=======" lines');
    this.state = 'replace';
    this.first = true;
    this.fenced = false;
    return [{ kind: 'search', lines: this.withoutFence(this.search) }];
  }

  private inReplace(line: string): BlockEvent[] {
    if (END.test(line) && this.isNew(line)) return this.close(this.fenced ? [] : this.waiting);
    if (DIVIDER.test(line) && !this.gated) return reject('a block with two dividers');
    if (this.first && FENCE.test(line) && this.isNew(line)) {
      this.first = false;
      this.fenced = true;
      return [];
    }
    this.first = false;
    const waits = (WRONG_END.test(line) && this.isNew(line)) || (this.waiting.length > 0 && line.trim() === '');
    return waits ? this.wait(line) : this.text([...this.waiting.splice(0), line]);
  }

  private wait(line: string): BlockEvent[] {
    this.waiting.push(line);
    return [];
  }

  private text(lines: readonly string[]): BlockEvent[] {
    return lines.map((line) => ({ kind: 'line', line }));
  }

  private close(last: readonly string[] = []): BlockEvent[] {
    const text = this.text(last);
    this.waiting = [];
    this.state = 'outside';
    return [...text, { kind: 'end' }];
  }

  private withoutFence(lines: readonly string[]): readonly string[] {
    const fenced = lines.length > 1 && [lines[0]!, lines.at(-1)!].every((line) => FENCE.test(line) && this.isNew(line));
    return fenced ? lines.slice(1, -1) : lines;
  }

  private isNew(line: string): boolean {
    return !this.known.has(line.trimEnd());
  }
}

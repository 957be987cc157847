// The syntax trees of the open documents: one for each uri, of the text that was last asked for, parsed in as many turns of the event loop as that takes.

import type { Snapshot } from '../documents/snapshot.ts';
import { runInTurns, type Turns, type Work } from '../turns.ts';
import { freeTreeInParts } from './free-tree.ts';
import type { Grammar } from './grammar.ts';
import { ParsedText } from './parsed-text.ts';

/** Milliseconds of work after which a parse is given up; from then on the document counts as one without a grammar. */
const maxParseMs = 5000;

interface TreeEntry {
  readonly grammar: Grammar;
  /** The last tree that was finished; its text may be older than `wanted`. */
  parsed?: ParsedText;
  /** The text that was asked for last. */
  wanted: string;
  /** Cancels the parse that is running; undefined if none is. */
  cancel?: (() => void) | undefined;
  /** How long that parse has worked. */
  workedMs: number;
  /** A parse took too long or failed: nothing is parsed any more. */
  isGivenUp: boolean;
  /** Resolve the promises of `whenParsed`. */
  waiting: (() => void)[];
}

export interface DocumentTreesOptions {
  readonly turns: Turns;
  /** Called once for a document whose parse takes too long. */
  readonly onGivenUp: (uri: string) => void;
  /** A parse or the freeing of a tree has failed. */
  readonly onBroken: (error: unknown) => void;
}

export class DocumentTrees {
  readonly #options: DocumentTreesOptions;
  readonly #entries = new Map<string, TreeEntry>();
  /** For each tree that is being freed in parts: frees the rest at once. */
  readonly #freeing = new Set<() => void>();

  constructor(options: DocumentTreesOptions) {
    this.#options = options;
  }

  /**
   * The tree of a snapshot, parsed incrementally from the last one of its document. Owned here: valid until the next call for this uri. Undefined while it is
   * being parsed, or if that was given up.
   */
  get(snapshot: Snapshot, grammar: Grammar): ParsedText | undefined {
    const entry = this.#entryOf(snapshot, grammar);
    return entry.parsed?.text === snapshot.text ? entry.parsed : undefined;
  }

  /** Whether the document counts as one without a grammar. */
  isGivenUp(uri: string): boolean {
    return this.#entries.get(uri)?.isGivenUp === true;
  }

  /** Resolves when no parse for this document is running any more: the tree is there, or was given up. Undefined if none is running. */
  whenParsed(snapshot: Snapshot, grammar: Grammar): Promise<void> | undefined {
    const entry = this.#entryOf(snapshot, grammar);
    return entry.cancel && new Promise((resolve) => entry.waiting.push(resolve));
  }

  close(uri: string): void {
    const entry = this.#entries.get(uri);
    if (!entry) return;
    this.#entries.delete(uri);
    entry.cancel?.();
    if (entry.parsed) this.#free(entry.parsed);
    for (const resolve of entry.waiting) resolve();
  }

  dispose(): void {
    for (const uri of [...this.#entries.keys()]) this.close(uri);
    for (const now of this.#freeing) now();
    this.#freeing.clear();
  }

  /** Drops all trees without freeing them: tree-sitter's memory can't be trusted any more. */
  abandon(): void {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    this.#freeing.clear();
    for (const { waiting } of entries) for (const resolve of waiting) resolve();
  }

  #broke(entry: TreeEntry, error: unknown): void {
    entry.cancel = undefined;
    entry.isGivenUp = true;
    for (const resolve of entry.waiting.splice(0)) resolve();
    this.#options.onBroken(error);
  }

  #free(parsed: ParsedText): void {
    const stops: (() => void)[] = [];
    const now = () => stops.forEach((stop) => void stop());
    this.#freeing.add(now);
    const over = () => void this.#freeing.delete(now);
    const broke = (error: unknown) => {
      over();
      this.#options.onBroken(error);
    };
    stops.push(runInTurns(this.#options.turns, freeTreeInParts(parsed), { done: over, broke }));
  }

  #entryOf({ uri, text }: Snapshot, grammar: Grammar): TreeEntry {
    const known = this.#entries.get(uri);
    if (known && known.grammar !== grammar) this.close(uri);
    const entry = this.#entries.get(uri) ?? { grammar, wanted: text, workedMs: 0, isGivenUp: false, waiting: [] };
    this.#entries.set(uri, entry);
    entry.wanted = text;
    if (!entry.cancel && !entry.isGivenUp && entry.parsed?.text !== text) this.#parse(uri, entry);
    return entry;
  }

  /** A running parse is not restarted for a newer text: while the user types on, it would never end. */
  #parse(uri: string, entry: TreeEntry): void {
    const { grammar, parsed: last, wanted } = entry;
    entry.workedMs = 0;
    const parse = last ? last.reparseInTurns(wanted) : ParsedText.parseInTurns(grammar, wanted);
    let isOver = false;
    const cancel = runInTurns(this.#options.turns, this.#withinTime(entry, parse), {
      done: (parsed) => {
        isOver = true;
        try {
          this.#parsed(uri, entry, parsed);
        } catch (error) {
          this.#broke(entry, error);
        }
      },
      broke: (error) => {
        isOver = true;
        this.#broke(entry, error);
      },
    });
    if (!isOver) entry.cancel = cancel;
  }

  #parsed(uri: string, entry: TreeEntry, parsed: ParsedText | undefined): void {
    const { parsed: last } = entry;
    entry.cancel = undefined;
    entry.parsed = parsed;
    last?.dispose();
    if (!parsed) {
      entry.isGivenUp = true;
      this.#options.onGivenUp(uri);
    } else if (parsed.text !== entry.wanted) return this.#parse(uri, entry);
    for (const resolve of entry.waiting.splice(0)) resolve();
  }

  /** The same work, given up (undefined) after `maxParseMs`. */
  *#withinTime(entry: TreeEntry, work: Work<ParsedText | undefined>): Work<ParsedText | undefined> {
    const { turns } = this.#options;
    try {
      for (;;) {
        const startedMs = turns.now();
        const step = work.next();
        entry.workedMs += turns.now() - startedMs;
        if (step.done) return step.value;
        if (entry.workedMs > maxParseMs) return undefined;
        yield;
      }
    } finally {
      work.return(undefined);
    }
  }
}

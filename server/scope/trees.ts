// The trees of the open documents: one for each uri, that of the text it was last asked for, parsed in as many turns as that takes.

import type { Snapshot } from '../documents/snapshot.ts';
import { doInTurns, type Turns, type Work } from '../turns.ts';
import { freeInParts } from './free.ts';
import type { Grammar } from './grammar.ts';
import { Parsed } from './parsed.ts';

/** What is not parsed after so much work counts as a text without a grammar. */
const MOST_MS = 5000;

interface Entry {
  readonly grammar: Grammar;
  kept?: Parsed;
  /** The text that was asked for last. */
  wanted: string;
  /** Calls off the parse that is under way; undefined: none is. */
  stop?: (() => void) | undefined;
  /** How long it has worked. */
  workedMs: number;
  /** It took too long once: nothing is parsed any more. */
  isGivenUp: boolean;
  waiting: (() => void)[];
}

export interface TreesOptions {
  readonly turns: Turns;
  /** A document whose parse takes too long; told once. */
  readonly onGivenUp: (uri: string) => void;
  /** A parse or the freeing of a tree has failed. */
  readonly onBroken: (error: unknown) => void;
}

export class Trees {
  readonly #options: TreesOptions;
  readonly #entries = new Map<string, Entry>();
  /** Calls off what is being freed: then it is freed at once. */
  readonly #freeing = new Set<() => void>();

  constructor(options: TreesOptions) {
    this.#options = options;
  }

  /**
   * The tree of a snapshot, made from the kept one where there is one. It stays ours, and is good until the next call for this uri. Undefined while it is being
   * made, or if that was given up.
   */
  of(snapshot: Snapshot, grammar: Grammar): Parsed | undefined {
    const entry = this.#entryOf(snapshot, grammar);
    return entry.kept?.text === snapshot.text ? entry.kept : undefined;
  }

  /** Whether the document counts as one without a grammar. */
  isGivenUp(uri: string): boolean {
    return this.#entries.get(uri)?.isGivenUp === true;
  }

  /** Resolves when the tree of the text that was asked for last is there, or given up; undefined if it is. */
  whenParsed(snapshot: Snapshot, grammar: Grammar): Promise<void> | undefined {
    const entry = this.#entryOf(snapshot, grammar);
    return entry.stop && new Promise((resolve) => entry.waiting.push(resolve));
  }

  close(uri: string): void {
    const entry = this.#entries.get(uri);
    if (!entry) return;
    this.#entries.delete(uri);
    entry.stop?.();
    if (entry.kept) this.#free(entry.kept);
    for (const resolve of entry.waiting) resolve();
  }

  dispose(): void {
    for (const uri of [...this.#entries.keys()]) this.close(uri);
    for (const now of this.#freeing) now();
    this.#freeing.clear();
  }

  /** Nothing is asked or freed any more: what is there can't be trusted. */
  abandon(): void {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    this.#freeing.clear();
    for (const { waiting } of entries) for (const resolve of waiting) resolve();
  }

  #broke(entry: Entry, error: unknown): void {
    entry.stop = undefined;
    entry.isGivenUp = true;
    for (const resolve of entry.waiting.splice(0)) resolve();
    this.#options.onBroken(error);
  }

  #free(parsed: Parsed): void {
    const stops: (() => void)[] = [];
    const now = () => stops.forEach((stop) => void stop());
    this.#freeing.add(now);
    const over = () => void this.#freeing.delete(now);
    const broke = (error: unknown) => {
      over();
      this.#options.onBroken(error);
    };
    stops.push(doInTurns(this.#options.turns, freeInParts(parsed), { done: over, broke }));
  }

  #entryOf({ uri, text }: Snapshot, grammar: Grammar): Entry {
    const known = this.#entries.get(uri);
    if (known && known.grammar !== grammar) this.close(uri);
    const entry = this.#entries.get(uri) ?? { grammar, wanted: text, workedMs: 0, isGivenUp: false, waiting: [] };
    this.#entries.set(uri, entry);
    entry.wanted = text;
    if (!entry.stop && !entry.isGivenUp && entry.kept?.text !== text) this.#parse(uri, entry);
    return entry;
  }

  /** A parse that is under way is never begun again for a newer text: who types on would never see its end. */
  #parse(uri: string, entry: Entry): void {
    const { grammar, kept, wanted } = entry;
    entry.workedMs = 0;
    const parse = kept ? kept.withInTurns(wanted) : Parsed.inTurns(grammar, wanted);
    let isOver = false;
    const stop = doInTurns(this.#options.turns, this.#watched(entry, parse), {
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
    if (!isOver) entry.stop = stop;
  }

  #parsed(uri: string, entry: Entry, parsed: Parsed | undefined): void {
    const { kept } = entry;
    entry.stop = undefined;
    entry.kept = parsed;
    kept?.dispose();
    if (!parsed) {
      entry.isGivenUp = true;
      this.#options.onGivenUp(uri);
    } else if (parsed.text !== entry.wanted) return this.#parse(uri, entry);
    for (const resolve of entry.waiting.splice(0)) resolve();
  }

  /** Gives up after a while: undefined. */
  *#watched(entry: Entry, work: Work<Parsed | undefined>): Work<Parsed | undefined> {
    const { turns } = this.#options;
    try {
      for (;;) {
        const startedMs = turns.now();
        const step = work.next();
        entry.workedMs += turns.now() - startedMs;
        if (step.done) return step.value;
        if (entry.workedMs > MOST_MS) return undefined;
        yield;
      }
    } finally {
      work.return(undefined);
    }
  }
}

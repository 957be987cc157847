// Every text that a region has had, to tell an undo from typing, with what could be reverted at that moment.

import type { Span } from '../text/span.ts';
import { type Memory, nothingLanded } from './landed-changes.ts';
import { locateEarlier, type TextChange } from './rebase.ts';

/** Where an earlier text of the region stands again. */
interface Earlier {
  /** In offsets of the text after the change. */
  readonly span: Span;
  /** What of the edit had landed then, and, where the chain has more than this edit, what of the chain. */
  readonly memories: readonly Memory[];
}

export class RegionHistory {
  /** By the text of the region; latest last. */
  readonly #texts = new Map<string, readonly Memory[]>();

  /** For an edit that goes on with an older one: a text that the older one had comes back if the user undoes that much. Nothing of the newer had landed then. */
  static after(older: RegionHistory): RegionHistory {
    const history = new RegionHistory();
    for (const [text, memories] of older.#texts) history.#texts.set(text, [nothingLanded, memories.at(-1)!]);
    return history;
  }

  remember(text: string, memories: readonly Memory[]): void {
    this.#texts.delete(text);
    this.#texts.set(text, memories);
  }

  /** The latest of the texts that stands again, after the change, where the region was at `span` before it. */
  find(change: TextChange, span: Span): Earlier | undefined {
    for (const [text, memories] of [...this.#texts].reverse()) {
      const found = locateEarlier(change, span, text);
      if (found) return { span: found, memories };
    }
    return undefined;
  }
}

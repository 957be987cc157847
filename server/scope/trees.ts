// The trees of the open documents: one for each uri, that of the text it was last asked for.

import type { Snapshot } from '../documents/snapshot.ts';
import type { Grammar } from './grammar.ts';
import { Parsed } from './parsed.ts';

export class Trees {
  readonly #kept = new Map<string, Parsed>();

  /** The tree of a snapshot, made from the kept one where there is one. It stays ours, and is good until the next call for this uri. */
  of({ uri, text }: Snapshot, grammar: Grammar): Parsed {
    const kept = this.#kept.get(uri);
    if (kept?.grammar === grammar && kept.text === text) return kept;
    const parsed = kept?.grammar === grammar ? kept.with(text) : new Parsed(grammar, text);
    kept?.dispose();
    this.#kept.set(uri, parsed);
    return parsed;
  }

  close(uri: string): void {
    this.#kept.get(uri)?.dispose();
    this.#kept.delete(uri);
  }

  dispose(): void {
    for (const uri of [...this.#kept.keys()]) this.close(uri);
  }
}

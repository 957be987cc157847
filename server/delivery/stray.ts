// What stands in the wrong place in a document until it is put right: the text that the editor told of, and that text as it would be without.
// Immutable. Regions live in the clean text; only what is sent is in the other.

import { createSnapshot, type Snapshot } from '../documents/snapshot.ts';
import { diffClosely, diffTexts } from '../text/diff.ts';
import { applyEdits, type Edit, invertEdits, sizeOfEdits } from '../text/edit.ts';
import { lineCount } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { rebase } from './rebase.ts';
import type { Region } from './region.ts';
import { mapSpan } from './retell.ts';

/** So often the same may be put in the wrong place again. */
const maxTries = 8;

export class Stray {
  /** Whose edit it is. */
  readonly region: Region;
  readonly clean: Snapshot;
  /** Nobody puts it right any more but by the way, with the next edit that is sent: a revert, say. */
  isGivenUp = false;
  readonly #told: Snapshot;
  /** They lead from what was told to what is clean. */
  readonly #edits: readonly Edit[];
  readonly #tries: number;

  constructor(region: Region, told: Snapshot, clean: string, tries = 0) {
    this.region = region;
    this.region.isAstray = true;
    this.#told = told;
    this.#tries = tries;
    this.#edits = diffTexts(told.text, clean);
    this.clean = createSnapshot(told.uri, told.version, told.languageId, clean);
  }

  /** How much longer each time the user should have been quiet before it is sent. */
  get patience(): number {
    return 2 ** this.#tries;
  }

  get isHopeless(): boolean {
    return this.#tries >= maxTries;
  }

  /** A span of the clean text in the text that was told. */
  spanInTold(span: Span): Span {
    return mapSpan(span, invertEdits(this.#told.text, this.#edits), false);
  }

  /** The other way round. */
  spanInClean(span: Span): Span {
    return mapSpan(span, this.#edits, false);
  }

  /** The edits that turn what was told into `wanted`, which is the clean text or what an edit makes of it. */
  repairTo(wanted: string): readonly Edit[] {
    return diffTexts(this.#told.text, wanted);
  }

  /** Others have changed what was told by `edits`, into `told`. Undefined if they have put it right themselves. */
  after(told: Snapshot, edits: readonly Edit[]): Stray | undefined {
    const isPutRight = sizeOfEdits(diffClosely(this.clean.text, told.text)) < sizeOfEdits(edits);
    if (isPutRight) return undefined;
    const stray = new Stray(this.region, told, this.#rebased(told.text, edits), this.#tries);
    stray.isGivenUp = this.isGivenUp;
    return stray;
  }

  /** More of ours is in the wrong place in `told`: without that, it would be `text`, which others have made of the last one by `edits`. */
  again(region: Region, told: Snapshot, { text, edits }: { text: string; edits: readonly Edit[] }): Stray {
    return new Stray(region, told, this.#rebased(text, edits), this.#tries + 1);
  }

  #rebased(text: string, edits: readonly Edit[]): string {
    return applyEdits(text, rebase(this.#edits, edits));
  }
}

/** Why an edit stops of which it can not be told for certain that it stands in the wrong place, at the offset `at`. */
export function mayBeAstray(text: string, at: number): string {
  return `the editor may have put an edit in the wrong place, at line ${lineCount(text.slice(0, at))}: look there`;
}

/** Why an edit stops that is put in the wrong place again and again. */
export function staysAstray(text: string, at: number): string {
  return `the editor puts edits in the wrong place, at line ${lineCount(text.slice(0, at))}; a revert takes out what is there`;
}

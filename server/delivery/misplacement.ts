// Edits of ours that stand in the wrong place in a document: the text that the editor reported with them, the clean text that it would be without them, and the
// edits that lead from one to the other. Immutable.

import { createSnapshot, type Snapshot } from '../documents/snapshot.ts';
import { diffClosely, diffTexts } from '../text/diff.ts';
import { applyEdits, type Edit, invertEdits, sizeOfEdits } from '../text/edit.ts';
import { lineCount } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { mapSpan, rebase } from './rebase.ts';
import type { Region } from './region.ts';

/** How often a repair may end up in the wrong place itself before it is given up. */
const maxTries = 8;

export class Misplacement {
  /** That the misplaced edits were for. */
  readonly region: Region;
  readonly clean: Snapshot;
  readonly #reported: Snapshot;
  /** They lead from the reported text to the clean one. */
  readonly #edits: readonly Edit[];
  readonly #tries: number;

  constructor(region: Region, reported: Snapshot, clean: string, tries = 0) {
    this.region = region;
    this.#reported = reported;
    this.#tries = tries;
    this.#edits = diffTexts(reported.text, clean);
    this.clean = createSnapshot(reported.uri, reported.version, reported.languageId, clean);
  }

  /** By how much the usual wait for a user who types is multiplied before the repair is sent. */
  get quietFactor(): number {
    return 2 ** this.#tries;
  }

  get isHopeless(): boolean {
    return this.#tries >= maxTries;
  }

  /** A span of the clean text, in the reported one. */
  spanInReported(span: Span): Span {
    return mapSpan(span, invertEdits(this.#reported.text, this.#edits), false);
  }

  /** A span of the reported text, in the clean one. */
  spanInClean(span: Span): Span {
    return mapSpan(span, this.#edits, false);
  }

  /** The edits that turn the reported text into `wanted`, which is the clean text or what a further edit makes of it. */
  repairTo(wanted: string): readonly Edit[] {
    return diffTexts(this.#reported.text, wanted);
  }

  /** Others have changed the reported text by `edits`, into `reported`. Undefined if they have undone the misplaced edits thereby. */
  after(reported: Snapshot, edits: readonly Edit[]): Misplacement | undefined {
    const isPutRight = sizeOfEdits(diffClosely(this.clean.text, reported.text)) < sizeOfEdits(edits);
    return isPutRight
      ? undefined
      : new Misplacement(this.region, reported, this.#rebased(reported.text, edits), this.#tries);
  }

  /** More edits of ours are misplaced in `reported`. Without those, it would be `text`, which is what `edits` of others make of the last reported text. */
  again(region: Region, reported: Snapshot, { text, edits }: { text: string; edits: readonly Edit[] }): Misplacement {
    return new Misplacement(region, reported, this.#rebased(text, edits), this.#tries + 1);
  }

  #rebased(text: string, edits: readonly Edit[]): string {
    return applyEdits(text, rebase(this.#edits, edits));
  }
}

/** Why an edit stops that may stand in the wrong place, at the offset `at`, where nobody can tell for certain. */
export function maybeMisplaced(text: string, at: number): string {
  return `the editor may have put an edit in the wrong place, at line ${lineCount(text.slice(0, at))}: look there`;
}

/** Why an edit stops whose repairs keep ending up in the wrong place. */
export function keepsBeingMisplaced(text: string, at: number): string {
  return `the editor puts edits in the wrong place, at line ${lineCount(text.slice(0, at))}; a revert takes out what is there`;
}

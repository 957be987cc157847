// The latest text that the editor has reported, and the same text without those of our edits that stand in the wrong place there. Regions are in offsets of the
// second, the clean one; only what is sent is in offsets of the first.

import type { Snapshot } from '../documents/snapshot.ts';
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { Misplacement } from './misplacement.ts';
import type { Region } from './region.ts';

/** Edits of `region` stand in the wrong place. Without them the text would be `text`, and the last reported text became that by `foreign`. */
interface FoundMisplaced {
  readonly region: Region;
  readonly text: string;
  readonly foreign: readonly Edit[];
}

export class EditorText {
  #reported: Snapshot;
  #misplacement: Misplacement | undefined;
  /** No edit is sent any more to put the misplacement right; the next one that is sent for another reason, such as a revert, does it too. */
  #isGivenUp = false;

  constructor(snapshot: Snapshot) {
    this.#reported = snapshot;
  }

  /** As the editor reported it. */
  get reported(): Snapshot {
    return this.#reported;
  }

  /** Without what stands in the wrong place. */
  get clean(): Snapshot {
    return this.#misplacement?.clean ?? this.#reported;
  }

  get isClean(): boolean {
    return this.#misplacement === undefined;
  }

  /** What has to be put right before anything else leaves. */
  get toPutRight(): Misplacement | undefined {
    return this.#isGivenUp ? undefined : this.#misplacement;
  }

  /** A span of the clean text, in the reported one. */
  inReported(span: Span): Span {
    return this.#misplacement?.spanInReported(span) ?? span;
  }

  /** A span of the reported text, in the clean one. */
  inClean(span: Span): Span {
    return this.#misplacement?.spanInClean(span) ?? span;
  }

  /** The edits of the reported text that lead to `wanted`; undefined if nothing is misplaced, so that edits of the clean text can be sent as they are. */
  repairTo(wanted: string): readonly Edit[] | undefined {
    return this.#misplacement?.repairTo(wanted);
  }

  advance(next: Snapshot): void {
    this.#reported = next;
  }

  /** Edits stand in the wrong place in `next`. Returns whether that has happened so often in a row that they are given up. */
  misplaced(next: Snapshot, { region, text, foreign }: FoundMisplaced): boolean {
    const known = this.#misplacement;
    this.putRight();
    this.#misplacement = known?.again(region, next, { text, edits: foreign }) ?? new Misplacement(region, next, text);
    region.misplaced();
    if (this.#misplacement.isHopeless) this.giveUp();
    return this.#isGivenUp;
  }

  /** Others have changed the reported text by `foreign`, into `next`. If they have undone what was misplaced, returns the region that it was for. */
  othersChanged(next: Snapshot, foreign: readonly Edit[]): Region | undefined {
    const known = this.#misplacement;
    const after = known?.after(next, foreign);
    if (!after) this.putRight();
    this.#misplacement = after;
    return after ? undefined : known?.region;
  }

  /** Nothing stands in the wrong place any more. */
  putRight(): void {
    this.#misplacement?.region.putRight();
    this.#misplacement = undefined;
    this.#isGivenUp = false;
  }

  giveUp(): void {
    this.#isGivenUp = true;
  }
}

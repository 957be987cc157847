// One applyEdit under way: what of it no text has shown yet, and what the editor said to it.

import type { Timer } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Edit } from '../text/edit.ts';
import type { Outgoing } from './outgoing.ts';
import type { Region, TakeBack } from './region.ts';
import { mapSpan, within } from './retell.ts';

/** What the editor answered to one applyEdit. Never proof of anything but a refusal. */
export interface Reply {
  readonly applied: boolean;
  readonly failureReason?: string;
  /** It was no answer but an error: eglot says so of a text that is not the one it was made for. */
  readonly isError?: boolean;
  /** No use in trying again. */
  readonly final?: boolean;
}

export class Flight {
  readonly region: Region;
  readonly takesBack: TakeBack | undefined;
  /** The version that it was made for. */
  readonly version: number;
  readonly sentAtMs: number;
  reply: Reply | undefined;
  repliedAtMs = Number.POSITIVE_INFINITY;
  timer: Timer;
  /** A text has shown some of it: editors may apply edit by edit, and tell of each by itself. */
  hasLanded = false;
  #missing: readonly Outgoing[];
  /** Texts since it was sent that do not show what is missing. */
  readonly #lacking: Set<string>;

  /** `sent`: the snapshot that it was made for, and when. */
  constructor(region: Region, missing: readonly Outgoing[], sent: { snapshot: Snapshot; atMs: number }) {
    this.region = region;
    this.takesBack = region.takingBack;
    this.version = sent.snapshot.version;
    this.sentAtMs = sent.atMs;
    this.#missing = missing;
    this.#lacking = new Set([sent.snapshot.text]);
  }

  /** Whether a text is one of those that did not show it: somebody undid what they had done since. */
  isLackingIn(text: string): boolean {
    return this.#lacking.has(text);
  }

  /** This text does not show what is missing. */
  lacksIn(text: string): void {
    this.#lacking.add(text);
  }

  /** The edits that no text has shown yet, sorted, in offsets of the latest text. */
  get edits(): readonly Edit[] {
    return this.#missing.map(({ edit }) => edit);
  }

  get isRefused(): boolean {
    return this.reply?.applied === false;
  }

  /** Nobody wants it any more: it may still land, but is not sent again. */
  get isAbandoned(): boolean {
    return this.takesBack ? !this.region.takingBack : this.region.ended;
  }

  get isComplete(): boolean {
    return this.#missing.length === 0;
  }

  /** A text shows `edits`, which are some of those that were missing; `moved` is to be told when the region has moved. */
  landed(edits: readonly Edit[]): readonly Outgoing[] {
    const landed = this.#missing.filter(({ edit }) => edits.includes(edit));
    this.#missing = this.#missing.filter(({ edit }) => !edits.includes(edit));
    this.hasLanded = true;
    return landed;
  }

  /** The text has changed by `edits`, and the region with it: what is missing is to be expected elsewhere. */
  moved(edits: readonly Edit[]): void {
    this.#missing = this.#missing.map((one) => {
      const span = within(mapSpan(one.edit, edits, false), this.region.span);
      return { ...one, edit: { ...span, insert: one.edit.insert } };
    });
  }
}

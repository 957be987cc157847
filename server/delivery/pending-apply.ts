// One applyEdit under way: what of it no text has shown yet, and what the editor has answered.

import type { Snapshot } from '../documents/snapshot.ts';
import { type Edit, insertedSpans } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { TrackedEdit } from './landed-changes.ts';
import type { Reply } from './port.ts';
import { clampTo, mapSpan } from './rebase.ts';
import type { Region } from './region.ts';
import type { RevertScope } from './region-listener.ts';
import { type SentEdit, toSentEdits } from './sent-edit.ts';

export class PendingApply {
  readonly region: Region;
  /** What it reverts; undefined: it brings edits of the model's. */
  readonly reverts: RevertScope | undefined;
  readonly sentAtMs: number;
  #answer: { readonly reply: Reply; readonly atMs: number } | undefined;
  /** When the first text that came behind the answer was read, which lacks it. */
  #lackedSinceMs: number | undefined;
  #hasLanded = false;
  /** What others have typed inside what it deletes since it was sent, in offsets of the clean text: it would delete that, too. */
  #typedOver: readonly Span[] = [];
  #missing: readonly TrackedEdit[];
  /** Edits of the reported text that put right what is misplaced and bring what is missing. They land all at once. */
  #repair: readonly Edit[] | undefined;
  /** The text that it was made for. */
  readonly #snapshot: Snapshot;
  #latestVersion: number;
  readonly #sent: readonly SentEdit[];
  /** All that it brings, in offsets of the text that it was made for. */
  readonly #all: readonly TrackedEdit[];
  /** Texts since it was sent that lack it. */
  readonly #lacking: Set<string>;

  /** `sent`: the text that it was made for, and when. `repair`: the edits of that text, where something is misplaced in it. */
  constructor(
    region: Region,
    missing: readonly TrackedEdit[],
    sent: { snapshot: Snapshot; atMs: number; repair?: readonly Edit[] | undefined },
  ) {
    this.region = region;
    this.reverts = region.reverting;
    this.sentAtMs = sent.atMs;
    this.#missing = missing;
    this.#all = missing;
    this.#snapshot = sent.snapshot;
    this.#latestVersion = sent.snapshot.version;
    this.#repair = sent.repair;
    this.#sent = toSentEdits(sent.snapshot, this.edits);
    this.#lacking = new Set([sent.snapshot.text]);
  }

  /** The editor's answer, once there is one. */
  get reply(): Reply | undefined {
    return this.#answer?.reply;
  }

  /** Infinite before the answer. */
  get repliedAtMs(): number {
    return this.#answer?.atMs ?? Number.POSITIVE_INFINITY;
  }

  /** Whether a text has shown some of it: editors may apply its edits one by one, and report each by itself. */
  get hasLanded(): boolean {
    return this.#hasLanded;
  }

  /** Whether the editor has reported a newer text than the one that it was made for. */
  get isOutdated(): boolean {
    return this.#latestVersion !== this.#snapshot.version;
  }

  /** The edits that no text has shown yet, sorted, in offsets of the latest reported text. */
  get edits(): readonly Edit[] {
    return this.#repair ?? this.#missing.map(({ edit }) => edit);
  }

  /** The same as the editor got them; undefined where it certainly has not applied them, or where those that have landed have moved the others. */
  get sent(): readonly SentEdit[] | undefined {
    if (this.isRefused) return undefined;
    if (!this.#hasLanded) return this.#sent;
    const rest = this.#all.slice(0, this.#missing.length);
    const isAhead = rest.length > 0 && rest.every(({ id }, i) => id === this.#missing[i]!.id);
    return isAhead
      ? toSentEdits(
          this.#snapshot,
          rest.map(({ edit }) => edit),
        )
      : undefined;
  }

  get isTypedOver(): boolean {
    return this.#typedOver.length > 0;
  }

  get isRepair(): boolean {
    return this.#repair !== undefined;
  }

  get isRefused(): boolean {
    return this.#answer?.reply.applied === false;
  }

  /** Whether it is not wanted any more: it may still land, but is not sent again. */
  get isAbandoned(): boolean {
    return this.reverts ? !this.region.reverting : this.region.hasEnded;
  }

  get isComplete(): boolean {
    return this.#missing.length === 0 && !this.#repair;
  }

  /** Whether a text is one of those that lacked it: the user has undone what they had done since. */
  isLackingIn(text: string): boolean {
    return this.#lacking.has(text);
  }

  /** For how long it has been missing at `nowMs`: before the answer, since it was sent; later, since the first text behind the answer. */
  waitedMs(nowMs: number): number {
    return nowMs - (this.#answer ? (this.#lackedSinceMs ?? nowMs) : this.sentAtMs);
  }

  answered(reply: Reply, atMs: number): void {
    this.#answer = { reply, atMs };
  }

  /** The latest text does not show all of it. */
  lacksIn({ text, version }: Snapshot): void {
    this.#lacking.add(text);
    this.#latestVersion = version;
  }

  /** The last of the texts that came at `nowMs` does not show all of it. */
  lackedAt(nowMs: number): void {
    if (this.#answer) this.#lackedSinceMs ??= nowMs;
  }

  /** A text shows `edits`, which are some of those that were missing. Returns them. */
  landed(edits: readonly Edit[]): readonly TrackedEdit[] {
    const landed = this.#missing.filter(({ edit }) => this.#repair || edits.includes(edit));
    let shift = 0;
    // Several insertions at one place land there in order.
    this.#missing = this.#missing.flatMap((one) => {
      const { from, to, insert } = one.edit;
      if (!landed.includes(one)) return [{ ...one, edit: { from: from + shift, to: to + shift, insert } }];
      shift += insert.length - (to - from);
      return [];
    });
    this.#repair = undefined;
    this.#hasLanded = true;
    return landed;
  }

  /** Others have changed the reported text by `edits`: a repair will show elsewhere. */
  moveRepair(edits: readonly Edit[]): void {
    this.#repair = this.#repair?.map(({ insert, ...span }) => ({ ...mapSpan(span, edits, false), insert }));
  }

  /** Others have changed the clean text by `edits`, and the region has moved with it: what is missing will show elsewhere. */
  moveMissing(edits: readonly Edit[]): void {
    const typed = insertedSpans(edits).filter((_, i) => this.#missing.some(({ edit }) => isInside(edits[i]!, edit)));
    this.#typedOver = [...this.#typedOver.map((span) => mapSpan(span, edits, false)), ...typed].filter(isSomething);
    this.#missing = this.#missing.map((one) => {
      const span = clampTo(mapSpan(one.edit, edits, false), this.region.span);
      return { ...one, edit: { ...span, insert: one.edit.insert } };
    });
  }
}

/** Whether `edit` changes what lies between the ends of `span`. */
function isInside({ from, to }: Edit, span: Span): boolean {
  return from > span.from && to < span.to;
}

function isSomething({ from, to }: Span): boolean {
  return from < to;
}

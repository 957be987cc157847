// Follows the regions of one document through every text that the editor reports, and gets their edits into it.
// The rules (why text, when to send again, when to hold back) stand in README.md; how the parts play together, in reconcile.ts.

import type { Clock } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { diffClosely } from '../text/diff.ts';
import { applyEdits, type Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { ApplySender } from './apply-sender.ts';
import type { EditorHabits } from './editor-habits.ts';
import { EditorText } from './editor-text.ts';
import { type Explained, type MisplacedApply, TextExplainer } from './explain-text.ts';
import { HeldText, mayBeHalfApplied } from './half-applied.ts';
import { keepsBeingMisplaced, maybeMisplaced } from './misplacement.ts';
import type { DeliveryOptions } from './port.ts';
import type { TextChange } from './rebase.ts';
import { Region, type RegionOptions } from './region.ts';
import type { Interruption } from './region-listener.ts';
import { RegionQueue } from './region-queue.ts';

/** A text that an editor seems to have reported in the midst of an edit is read if no other has come so long after its answer. */
const halfAppliedMs = 100;

export class DocumentDelivery {
  readonly #habits: EditorHabits;
  readonly #clock: Clock;
  readonly #text: EditorText;
  readonly #regions = new RegionQueue();
  readonly #sender: ApplySender;
  readonly #explainer: TextExplainer;
  /** The latest text, if it is held back: the editor seems to be in the midst of applying the edit under way. */
  readonly #held: HeldText;
  /** Calls of listeners that are put off until every region is where the latest text has it: they may push and pump. */
  readonly #notifications: (() => void)[] = [];
  /** Whether a text that was read shows an edit of ours, since the last that nothing followed. */
  #showsOurs = false;

  constructor({ snapshot, port, clock }: DeliveryOptions) {
    this.#habits = port.habits;
    this.#clock = clock;
    this.#text = new EditorText(snapshot);
    this.#explainer = new TextExplainer(clock);
    this.#held = new HeldText(clock, () => this.readHeld({ sends: true }));
    this.#sender = new ApplySender({
      ...{ port, clock, text: this.#text, regions: this.#regions },
      reader: {
        readHeld: () => this.readHeld({ sends: true }),
        answered: ({ repliedAtMs }) => this.#held.until(repliedAtMs + halfAppliedMs),
        gaveUp: (apply) => this.#explainer.gaveUp(apply, port.habits.answersFirst),
      },
    });
  }

  /** The latest text that the editor has reported, without edits of ours that stand in the wrong place there. Regions are in offsets of it. */
  get snapshot(): Snapshot {
    return this.#text.clean;
  }

  /** A region, or another span of {@link snapshot}, as the editor sees it: in the latest text that it has reported. */
  seen({ span }: Pick<Region, 'span'>): { snapshot: Snapshot; span: Span } {
    return { snapshot: this.#text.reported, span: this.#text.inReported(span) };
  }

  /** Begins to follow a region; its span is in offsets of the latest text that the editor has reported. */
  open(options: Omit<RegionOptions, 'text'>): Region {
    this.readHeld();
    const span = this.#text.inClean(options.span);
    const region = new Region({ ...options, span, text: this.snapshot.text });
    if (this.#habits.misplaces) region.pacing.holdBack();
    this.#regions.add(region);
    return region;
  }

  /** Older edits of the same text have settled: the region's text is its base from now on. `continues`: the one whose chain it joins. */
  begin(region: Region, continues?: Region): void {
    this.readHeld();
    region.begin();
    if (!continues) return;
    this.#regions.handOver(continues);
    region.goOnFrom(continues, this.snapshot.text);
  }

  /** A region has something new to send, or less than before: sends what may be sent. */
  pump(): void {
    this.#sender.pump({ isBehindChange: false });
  }

  /** Sends what may be sent, and resolves once nothing of this region waits to be sent and nothing is under way. */
  async whenIdle(region: Region): Promise<void> {
    const idle = region.whenIdle();
    this.pump();
    await idle;
  }

  /** Whether an edit of this region is under way. */
  isSending(region: Region): boolean {
    const { pending } = this.#sender;
    return pending?.region === region && !pending.reverts;
  }

  /** The editor has reported new texts, oldest first. Nothing leaves before the last of them is read; `moreFollow`: nor before those that come next. */
  changed(texts: readonly Snapshot[], { moreFollow = false } = {}): void {
    for (const region of this.#regions) region.pacing.release();
    for (const next of texts) this.#showsOurs = this.#read(next) || this.#showsOurs;
    // Who typed in a region is not kept waiting.
    if (moreFollow) this.#notify();
    else this.#haveRead({ sends: true });
  }

  /** Reads a text that is held back: what seemed half applied is all that there is. Without `sends` nothing leaves, because the caller is about to change what is wanted. */
  readHeld({ sends = false } = {}): void {
    const next = this.#held.take();
    if (!next) return;
    this.#showsOurs = this.#take(next, this.#explain(next.text)) || this.#showsOurs;
    this.#haveRead({ sends });
  }

  /** The document is closed: every region ends. They are kept, because a session may still wait for its region to be idle. */
  closed(): void {
    this.#held.take();
    this.#text.putRight();
    this.#sender.forget();
    const running = [...this.#regions].filter((region) => !region.hasEnded || region.reverting);
    for (const region of this.#regions) {
      region.abandon();
      region.clear();
    }
    for (const region of running) region.listener.interrupted('closed');
    this.#sender.close();
  }

  /** Whether the text shows any edit of ours. */
  #read(next: Snapshot): boolean {
    this.#held.take();
    const explained = this.#explain(next.text);
    const { pending } = this.#sender;
    const isOpen = explained.foreign.length > 0 && this.#clock.now() < (pending?.repliedAtMs ?? 0) + halfAppliedMs;
    if (!pending || !isOpen || !mayBeHalfApplied(pending, this.#text.reported.text, next.text))
      return this.#take(next, explained);
    this.#held.hold(next, pending.repliedAtMs + halfAppliedMs);
    return false;
  }

  #explain(next: string): Explained {
    const { pending } = this.#sender;
    const span = pending ? this.seen(pending.region).span : { from: 0, to: 0 };
    const previous = this.#text.reported.text;
    return this.#explainer.explain(pending, { previous, next, span, isSuspect: this.#habits.misplaces });
  }

  /** Moves everything on to `next`. Returns whether that shows any edit of ours. */
  #take(next: Snapshot, explained: Explained): boolean {
    const { ours, foreign, misplaced } = explained;
    const { text: before } = this.snapshot;
    const showsOurs = ours.length > 0;
    const wasClean = this.#text.isClean;
    if (misplaced) this.#misplaced(next, misplaced, foreign);
    else if (showsOurs) this.#text.putRight();
    else if (!wasClean) this.#changedMisplaced(next, foreign);
    this.#text.advance(next);
    const text = showsOurs ? this.#land(before, ours) : before;
    const { text: after } = this.snapshot;
    this.#sender.pending?.moveRepair(foreign);
    const edits = wasClean || showsOurs ? foreign : diffClosely(text, after);
    if (foreign.length > 0) this.#othersChanged({ text, next: after, edits });
    this.#sender.pending?.lacksIn(next);
    return showsOurs;
  }

  /** The last of the texts that came together is read. */
  #haveRead({ sends }: { sends: boolean }): void {
    const showsOurs = this.#showsOurs;
    this.#showsOurs = false;
    this.#notify();
    this.#sender.notShown(showsOurs ? 'before' : 'behind');
    if (sends) this.#sender.pump({ isBehindChange: true });
    else this.#sender.tellIdle();
  }

  #notify(): void {
    for (const notify of this.#notifications.splice(0)) notify();
  }

  /** The edits under way landed in the wrong place in `next`. The repair is sent before anything else, with what is missing of them. */
  #misplaced(next: Snapshot, { clean, at, isCertain, apply }: MisplacedApply, foreign: readonly Edit[]): void {
    const { region, isTypedOver } = apply;
    const { pending } = this.#sender;
    if (pending && pending !== apply) this.#explainer.gaveUp(pending, true);
    this.#sender.forget();
    region.pacing.holdBack();
    if (!isCertain) {
      if (!this.#text.isClean) this.#changedMisplaced(next, foreign);
      return this.#giveUp(region, maybeMisplaced(next.text, at));
    }
    if (!isTypedOver) this.#habits.hasMisplaced();
    const isHopeless = this.#text.misplaced(next, { region, text: clean, foreign });
    if (isHopeless) this.#giveUp(region, keepsBeingMisplaced(next.text, at));
  }

  /** Others have changed a text with misplaced edits. A user who has undone these does not want the edit. */
  #changedMisplaced(next: Snapshot, foreign: readonly Edit[]): void {
    const region = this.#text.othersChanged(next, foreign);
    if (region) this.#end(region, 'undo');
  }

  /** Reported also where the edit is not wanted any more: something of it is in the buffer. */
  #giveUp(region: Region, why: string): void {
    region.abandon();
    this.#notifications.push(() => region.listener.failed(why));
  }

  /** `shown` of the edits under way have landed in `text`. Returns the text after them. */
  #land(text: string, shown: readonly Edit[]): string {
    const apply = this.#sender.pending!;
    const { region, reverts } = apply;
    const now = this.#clock.now();
    if (!apply.hasLanded) region.pacing.landed(now);
    const landed = apply.landed(shown);
    const edits = landed.map(({ edit }) => edit);
    region.landed(text, landed, reverts);
    for (const other of this.#regions)
      if (other !== region) this.#end(other, other.othersLanded({ text, edits }, region));
    region.pacing.excuseRefusal();
    this.#sender.shown(apply);
    if (apply.isComplete && reverts) region.endRevert(reverts);
    const { version } = this.#text.reported;
    const landing = { text, edits, version, roundTripMs: now - apply.sentAtMs, isRevert: reverts !== undefined };
    if (edits.length > 0) this.#notifications.push(() => region.listener.landed(landing));
    return applyEdits(text, edits);
  }

  #othersChanged(change: TextChange): void {
    this.#regions.changedAt(this.#clock.now());
    for (const region of this.#regions) this.#end(region, region.changed(change));
    this.#sender.pending?.moveMissing(change.edits);
  }

  #end(region: Region, why: Interruption | undefined): void {
    if (!why || region.hasEnded) return;
    region.end();
    this.#notifications.push(() => region.listener.interrupted(why));
  }
}

// Gets the edits of all regions of one document into the editor: one applyEdit in flight, acked by text, mapped over the user's typing.
// The rules (why text, when to send again, when to hold back) are told in README.md.

import type { Clock, Timer } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { messageOf } from '../errors.ts';
import { diffClosely } from '../text/diff.ts';
import { applyEdits, type Edit, leadTo } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { Echoes } from './echoes.ts';
import { Flight, type Reply } from './flight.ts';
import { isHalfwayThrough, Unjudged } from './halfway.ts';
import { Judge, type Judged } from './judge.ts';
import { graceOf, stepFor } from './patience.ts';
import type { DeliveryOptions, EditorPort } from './port.ts';
import { type Interruption, Region, type RegionOptions } from './region.ts';
import { mayBeAstray, Stray, staysAstray } from './stray.ts';

export type { Reply } from './flight.ts';
export type { EditorPort } from './port.ts';

/** While the user types, edits leave only right behind a didChange, or after this long without one (editors.md §7). */
const quietMs = 150;
/** A text in which an editor seems to be half-way through an edit is judged when so long after its answer no other has come. */
const halfwayMs = 100;
/** Timers that are due when a process wakes up run before what came while it slept is read: the last of a wait is a timer of its own. */
const wakingMs = 50;
/** Ended regions that are still mapped, so that they can be reverted. */
const maxRemembered = 32;

export class DocumentDelivery {
  #snapshot: Snapshot;
  #regions: Region[] = [];
  #flight: Flight | undefined;
  /** The latest text, if it is not judged yet: the editor seems to be half-way through the edit under way. */
  readonly #halfway: Unjudged;
  readonly #echoes = new Echoes();
  readonly #judge: Judge;
  /** When somebody else last changed the document. */
  #foreignAtMs = Number.NEGATIVE_INFINITY;
  #wakeUp: Timer | undefined;
  /** What stands in the wrong place. Regions are in offsets of the text without it. */
  #stray: Stray | undefined;
  /** What listeners are to be told once every region is where the latest text has it: they may send at once. */
  readonly #news: (() => void)[] = [];
  readonly #port: EditorPort;
  readonly #clock: Clock;

  constructor({ snapshot, port, clock }: DeliveryOptions) {
    this.#snapshot = snapshot;
    this.#port = port;
    this.#clock = clock;
    this.#judge = new Judge(clock);
    this.#halfway = new Unjudged(clock, () => this.judge({ sends: true }));
  }

  /** The latest text that the editor told us of; while something of ours stands in the wrong place there, the text without that. */
  get snapshot(): Snapshot {
    return this.#stray?.clean ?? this.#snapshot;
  }

  /** A region as the editor sees it: in the latest text that it told us of. */
  seen({ span }: Region): { snapshot: Snapshot; span: Span } {
    return { snapshot: this.#snapshot, span: this.#stray?.spanInTold(span) ?? span };
  }

  /** Begins to follow a region; its span is in offsets of the latest text that the editor told us of. */
  open(options: Omit<RegionOptions, 'text'>): Region {
    this.judge();
    const span = this.#stray?.spanInClean(options.span) ?? options.span;
    const region = new Region({ ...options, span, text: this.snapshot.text });
    if (this.#port.misplaces) region.pacing.holdBack();
    this.#forgetOldest();
    this.#regions.push(region);
    return region;
  }

  /** Older edits of the same text have settled: the region's text is its base from now on. `continues`: the one whose chain it joins. */
  begin(region: Region, continues?: Region): void {
    this.judge();
    region.begun = true;
    if (!continues) return;
    const { chain } = continues;
    // The pieces of a chain have one keeper, or each change would move them twice.
    for (const older of this.#regions) if (older.chain === chain) older.detach();
    this.#regions = this.#regions.filter((older) => older.chain !== chain);
    region.goOnFrom(continues, this.snapshot.text);
  }

  /** A region has something new to send, or less: send what may be sent. */
  pump(): void {
    this.#pump(false);
    this.#tellIdle();
  }

  /** Whether an edit of this region is under way. */
  isSending(region: Region): boolean {
    return this.#flight?.region === region && !this.#flight.takesBack;
  }

  /** The editor told us of new texts, oldest first. Nothing leaves before the last of them is known. */
  changed(texts: readonly Snapshot[]): void {
    for (const region of this.#regions) region.release();
    let isLanding = false;
    for (const next of texts) isLanding = this.#read(next) || isLanding;
    this.#heard(isLanding);
  }

  #heard(isLanding: boolean, sends = true): void {
    for (const tell of this.#news.splice(0)) tell();
    if (this.#flight) this.#missing(this.#flight, isLanding ? 'before' : 'behind');
    if (sends) this.#pump(true);
    this.#tellIdle();
  }

  /** The document is gone: every region ends. They are kept: a session may still wait for its region to be idle. */
  closed(): void {
    this.#halfway.take();
    this.#putRight();
    this.#settle();
    this.#clock.clearTimer(this.#wakeUp);
    const running = this.#regions.filter((region) => !region.ended || region.takingBack);
    for (const region of this.#regions) {
      region.abandon();
      region.clear();
    }
    for (const region of running) region.listener.interrupted('closed');
    this.#tellIdle();
  }

  /** Whether the text shows any edit of ours. */
  #read(next: Snapshot): boolean {
    this.#halfway.take();
    const judged = this.#explain(next.text);
    const flight = this.#flight;
    const isOpen = judged.foreign.length > 0 && this.#clock.now() < (flight?.repliedAtMs ?? 0) + halfwayMs;
    if (!flight || !isOpen || !isHalfwayThrough(flight, this.#snapshot.text, next.text))
      return this.#take(next, judged);
    this.#halfway.hold(next, flight.repliedAtMs + halfwayMs);
    return false;
  }

  #take(next: Snapshot, judged: Judged): boolean {
    const { ours, foreign, misplaced } = judged;
    const { text: before } = this.snapshot;
    const isOnlyTold = this.#stray === undefined || ours.length > 0;
    if (misplaced) this.#misplaced(next, judged);
    else if (ours.length > 0) this.#putRight();
    else if (this.#stray) this.#toldOfStray(this.#stray, next, foreign);
    this.#snapshot = next;
    const text = ours.length > 0 ? this.#land(before, ours) : before;
    const { text: after } = this.snapshot;
    this.#flight?.toldOf(foreign);
    if (foreign.length > 0) this.#moved({ text, next: after, edits: isOnlyTold ? foreign : diffClosely(text, after) });
    this.#flight?.lacksIn(next.text);
    return ours.length > 0;
  }

  /** The edits under way landed in the wrong place in `next`: they are put right first of all, and what is missing of them is sent with that. */
  #misplaced(next: Snapshot, { foreign, misplaced, by }: Judged): void {
    const { region, isTypedOver } = by!;
    const { clean, at, isCertain } = misplaced!;
    if (this.#flight && this.#flight !== by) this.#judge.gaveUp(this.#flight, true);
    this.#settle();
    region.pacing.holdBack();
    if (!isCertain) {
      if (this.#stray) this.#toldOfStray(this.#stray, next, foreign);
      return this.#giveUp(region, mayBeAstray(next.text, at));
    }
    if (!isTypedOver) this.#port.misplaces = true;
    region.repairs++;
    const known = this.#stray;
    this.#putRight();
    this.#stray = known?.again(region, next, { text: clean, edits: foreign }) ?? new Stray(region, next, clean);
    if (!this.#stray.isHopeless) return;
    this.#stray.isGivenUp = true;
    this.#giveUp(region, staysAstray(next.text, at));
  }

  /** Others have changed the text with something in the wrong place. Who has put that right, by undo, does not want the edit. */
  #toldOfStray(stray: Stray, next: Snapshot, foreign: readonly Edit[]): void {
    const after = stray.after(next, foreign);
    this.#putRight();
    this.#stray = after;
    if (!after) this.#end(stray.region, 'undo');
    else stray.region.isAstray = true;
  }

  /** Nothing stands in the wrong place. */
  #putRight(): void {
    if (this.#stray) this.#stray.region.isAstray = false;
    this.#stray = undefined;
  }

  /** That is said also where nobody wants the edit any more. */
  #giveUp(region: Region, why: string): void {
    region.abandon();
    this.#news.push(() => region.listener.failed(why));
  }

  /** What seemed half-way is all that there is. Nothing leaves where somebody is about to change what is wanted. */
  judge({ sends = false } = {}): void {
    const next = this.#halfway.take();
    if (next) this.#heard(this.#take(next, this.#explain(next.text)), sends);
  }

  #explain(next: string): Judged {
    const { text: previous } = this.#snapshot;
    const span = this.#flight ? this.seen(this.#flight.region).span : { from: 0, to: 0 };
    return this.#judge.judge(this.#flight, { previous, next, span, isSuspect: this.#port.misplaces });
  }

  /** `ours` of the flight have landed in `text`; returns the text behind them. */
  #land(text: string, shown: readonly Edit[]): string {
    const flight = this.#flight!;
    const { region, takesBack } = flight;
    const now = this.#clock.now();
    if (!flight.hasLanded) region.pacing.landed(now);
    const landed = flight.landed(shown);
    const ours = landed.map(({ edit }) => edit);
    if (takesBack) region.tookBack(text, landed, takesBack);
    else region.landed(text, landed);
    for (const other of this.#regions)
      if (other !== region) this.#end(other, other.othersLanded({ text, edits: ours }, region));
    region.refusedSince = undefined;
    this.#echoes.heard(now - flight.repliedAtMs);
    this.#port.answersFirst = flight.reply !== undefined;
    if (flight.isComplete) this.#settle();
    if (flight.isComplete && region.takingBack === takesBack) region.takingBack = undefined;
    const { version } = this.#snapshot;
    const roundTripMs = now - flight.sentAtMs;
    if (ours.length === 0) return text;
    this.#news.push(() =>
      region.listener.landed({ text, edits: ours, version, roundTripMs, takesBack: takesBack !== undefined }),
    );
    return applyEdits(text, ours);
  }

  /** Somebody else changed the text. */
  #moved(change: { text: string; next: string; edits: readonly Edit[] }): void {
    this.#foreignAtMs = this.#clock.now();
    for (const region of this.#regions) this.#end(region, region.changed(change));
    this.#flight?.moved(change.edits);
  }

  #end(region: Region, why: Interruption | undefined): void {
    if (!why || region.ended) return;
    region.end();
    this.#news.push(() => region.listener.interrupted(why));
  }

  #pump(atChange: boolean): void {
    this.#clock.clearTimer(this.#wakeUp);
    if (this.#flight) return;
    const now = this.#clock.now();
    const stray = this.#straying;
    let waitMs = Number.POSITIVE_INFINITY;
    for (const region of stray ? [stray.region] : this.#regions) {
      if (region.idle && !stray) continue;
      const held = atChange ? 0 : Math.max(0, this.#foreignAtMs + quietMs * (stray?.patience ?? 1) - now);
      const wait = stray ? held : Math.max(held, region.waitMs(now));
      if (wait <= 0 && this.#send(region)) return;
      if (wait > 0) waitMs = Math.min(waitMs, wait);
    }
    if (stray && !this.#stray) return this.#pump(atChange);
    if (waitMs < Number.POSITIVE_INFINITY) this.#wakeUp = this.#clock.setTimer(() => this.pump(), waitMs);
  }

  /** What has to be put right before anything else leaves. */
  get #straying(): Stray | undefined {
    return this.#stray?.isGivenUp ? undefined : this.#stray;
  }

  /** False if it turned out that there is nothing to send. */
  #send(region: Region): boolean {
    const outgoing = region.next();
    const { text } = this.snapshot;
    const edits = outgoing.map(({ edit }) => edit);
    const repair = this.#stray?.repairTo(applyEdits(text, edits));
    // Edits that come to nothing together would never show in any text.
    if (leadTo(text, edits, this.#snapshot.text)) {
      this.#putRight();
      if (region.takingBack) region.tookBack(text, outgoing, region.takingBack);
      else region.landed(text, outgoing);
      region.nothingToSend();
      return false;
    }
    // Fairness: whoever was served goes to the end of the row.
    this.#regions = [...this.#regions.filter((other) => other !== region), region];
    const snapshot = this.#snapshot;
    const flight = new Flight(region, outgoing, { snapshot, atMs: this.#clock.now(), repair });
    this.#flight = flight;
    this.#missing(flight, 'before');
    this.#port.applyEdit(snapshot, flight.edits).then(
      (reply) => this.#answered(flight, reply),
      (error) => this.#answered(flight, { applied: false, isError: true, failureReason: messageOf(error) }),
    );
    return true;
  }

  #answered(flight: Flight, reply: Reply): void {
    if (this.#flight !== flight) return;
    flight.reply = reply;
    flight.repliedAtMs = this.#clock.now();
    this.#halfway.until(flight.repliedAtMs + halfwayMs);
    this.#missing(flight, 'before');
    this.#tellIdle();
  }

  /** No text shows the edit yet. `newer`: see {@link graceOf}. */
  #missing(flight: Flight, newer: 'before' | 'behind'): void {
    const { reply, region, isAbandoned } = flight;
    const now = this.#clock.now();
    const isNewer = this.#snapshot.version !== flight.version;
    if (flight.isRefused && !isNewer && !isAbandoned) region.refusedSince ??= now;
    const refusedForMs = now - (region.refusedSince ?? now);
    const { slowestAnswerMs, answersFirst, mayBeKate } = this.#port;
    const tellsAtOnce = !flight.takesBack && this.#echoes.areAtOnce(mayBeKate);
    const graceMs = graceOf(newer, answersFirst);
    if (newer === 'behind' && reply) flight.lacksSinceMs ??= now;
    const waitedMs = now - (reply ? (flight.lacksSinceMs ?? now) : flight.sentAtMs);
    const step = stepFor({
      reply,
      isNewer,
      isAbandoned,
      graceMs,
      waitedMs,
      refusedForMs,
      tellsAtOnce,
      slowestAnswerMs,
    });
    if (step.act === 'again') return this.#in(flight, step.afterMs, () => this.#again(flight));
    if (step.act === 'hold') return this.#in(flight, step.afterMs, () => this.#hold(flight, step.why));
    const lateMs = Math.min(wakingMs, step.afterMs);
    const fail = () => this.#fail(flight, step.why);
    this.#in(flight, step.afterMs - lateMs, () => this.#in(flight, lateMs, fail));
  }

  /** In `delayMs`, unless something is heard of it before. */
  #in(flight: Flight, delayMs: number, then: () => void): void {
    this.#clock.clearTimer(flight.timer);
    if (delayMs === 0) then();
    else flight.timer = this.#clock.setTimer(then, delayMs);
  }

  /** The edit certainly is not in the buffer: forget this try, and send what is still wanted, computed afresh. */
  #again(flight: Flight): void {
    this.judge({ sends: true });
    if (this.#flight !== flight) return;
    this.#settle();
    if (flight.reply?.applied) this.#judge.gaveUp(flight, this.#port.answersFirst);
    if (this.#snapshot.version !== flight.version) flight.region.refusedSince = undefined;
    flight.region.resent++;
    this.#pump(true);
    this.#tellIdle();
  }

  /** Nothing of the region leaves until a newer text comes. Only a model's edits can wait for that. */
  #hold(flight: Flight, why: string): void {
    if (this.#flight !== flight) return;
    const { region, takesBack } = flight;
    if (takesBack || !region.listener.refused) return this.#fail(flight, why);
    this.#settle();
    region.held = true;
    region.listener.refused();
    this.#pump(false);
    this.#tellIdle();
  }

  #fail(flight: Flight, why: string): void {
    this.judge({ sends: true });
    if (this.#flight !== flight) return;
    this.#settle();
    if (this.#stray) this.#stray.isGivenUp = true;
    const { region } = flight;
    const wasWanted = !flight.isAbandoned;
    region.abandon();
    if (wasWanted) region.listener.failed(why);
    this.pump();
  }

  #settle(): void {
    if (this.#flight) this.#clock.clearTimer(this.#flight.timer);
    this.#flight = undefined;
  }

  #tellIdle(): void {
    const busy = [this.#flight?.region, this.#straying?.region];
    for (const region of [...this.#regions]) if (region.idle && !busy.includes(region)) region.tellIdle();
  }

  #forgetOldest(): void {
    const [oldest, ...rest] = this.#regions.filter((region) => region.ended && region.idle);
    if (rest.length + 1 < maxRemembered) return;
    oldest?.clear();
    oldest?.detach();
    this.#regions = this.#regions.filter((region) => region !== oldest);
  }
}

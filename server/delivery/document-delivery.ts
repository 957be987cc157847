// Gets the edits of all regions of one document into the editor: one applyEdit in flight, acked by text, mapped over the user's typing.
// The rules (why text, when to send again, when to hold back) are told in server/delivery/README.md.

import type { Clock, Timer } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { messageOf } from '../errors.ts';
import { applyEdits, type Edit, sortEdits } from '../text/edit.ts';
import { mapSpan, type Reconciled, reconcile } from './reconcile.ts';
import { type BaseHunk, Region, type RegionOptions } from './region.ts';

/** What the editor answered to one applyEdit. Never proof of anything but a refusal. */
export interface Reply {
  readonly applied: boolean;
  readonly failureReason?: string;
  /** No use in trying again. */
  readonly final?: boolean;
}

/** The way to the editor. Rejects only when the editor answered with an error. */
export interface EditorPort {
  /** Asks the editor to apply `edits` (offsets into `snapshot`, the latest it told us of). */
  applyEdit(snapshot: Snapshot, edits: readonly Edit[]): Promise<Reply>;
}

/** While the user types, edits leave only right behind a didChange, or after this long without one (editors.md §7). */
const quietMs = 150;
/** After a refusal that no didChange explains, the edit is tried once more after this. */
const refusedRetryMs = 300;
/** An edit that "was applied" but that a newer text lacks is sent again after this: longer than any debounce of an editor that rebases. */
const missingGraceMs = 400;
/** The same when a text that came behind the answer lacks it: just long enough for a didChange that follows on its heels. */
const missingSettleMs = 15;
/** Without any sign from the editor for this long the edit fails (design §3). */
const silenceMs = 3000;
/** Ended regions that are still mapped, so that they can be reverted. */
const maxRemembered = 32;

export interface DeliveryOptions {
  readonly snapshot: Snapshot;
  readonly port: EditorPort;
  readonly clock: Clock;
}

/** One applyEdit that no text has shown yet. */
interface Flight {
  readonly region: Region;
  readonly taken: readonly BaseHunk[];
  readonly takesBack: boolean;
  /** In offsets of the latest snapshot, mapped as it changes. One list a hunk. */
  hunks: readonly (readonly Edit[])[];
  readonly version: number;
  readonly sentAtMs: number;
  reply?: Reply;
  timer?: Timer;
  /** A text that shows only some of the edits: Neovim tells of each edit of a request by itself. */
  halfway?: Snapshot;
}

export class DocumentDelivery {
  #snapshot: Snapshot;
  #regions: Region[] = [];
  #flight: Flight | undefined;
  /** When somebody else last changed the document. */
  #foreignAtMs = Number.NEGATIVE_INFINITY;
  #wakeUp: Timer | undefined;
  readonly #port: EditorPort;
  readonly #clock: Clock;

  constructor({ snapshot, port, clock }: DeliveryOptions) {
    this.#snapshot = snapshot;
    this.#port = port;
    this.#clock = clock;
  }

  /** The latest text that the editor told us of. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Begins to follow a region; its span is in offsets of the latest snapshot. */
  open(options: Omit<RegionOptions, 'text'>): Region {
    const region = new Region({ ...options, text: this.#snapshot.text });
    this.#forgetOldest();
    this.#regions.push(region);
    return region;
  }

  /** Older edits of the same text have settled: the region's text is its base from now on. `continues`: the one whose chain it joins. */
  begin(region: Region, continues?: Region): void {
    region.begun = true;
    if (!continues) return;
    region.pieces = continues.pieces;
    // The pieces of a chain have one owner, or each change would move them twice.
    this.#regions = this.#regions.filter((older) => older !== continues);
    continues.detach();
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

  /** The editor told us of a new text. */
  changed(next: Snapshot): void {
    const flight = this.#flight;
    const explained = reconcile(this.#snapshot.text, next.text, editsOf(flight));
    if (flight && isPart(explained.ours, flight) && !isRefused(flight)) {
      flight.halfway = next;
      this.#wait(flight, silenceMs, () => this.#fail(flight));
      return;
    }
    this.#advance(next, explained);
    this.#pump(true);
    this.#tellIdle();
  }

  /** The document is gone: every region ends. They are kept: a session may still wait for its region to be idle. */
  closed(): void {
    this.#settle();
    this.#clock.clearTimer(this.#wakeUp);
    for (const region of this.#regions) {
      const running = !region.ended || region.takingBack;
      region.end();
      region.takingBack = false;
      if (running) region.listener.interrupted('closed');
      region.pieces.clear();
    }
    this.#tellIdle();
  }

  #advance(next: Snapshot, { ours, foreign }: Reconciled): void {
    let text = this.#snapshot.text;
    this.#snapshot = next;
    const flight = this.#flight;
    if (flight && ours.length > 0) {
      this.#land(flight, text);
      text = applyEdits(text, ours);
    }
    if (foreign.length === 0) return;
    this.#foreignAtMs = this.#clock.now();
    for (const region of this.#regions) this.#regionChanged(region, text, foreign);
    const missing = this.#flight;
    if (missing) {
      missing.hunks = missing.hunks.map((edits) =>
        edits.map((edit) => ({ ...mapSpan(edit, foreign, false), insert: edit.insert })),
      );
      this.#missing(missing, missingSettleMs);
    }
  }

  #land(flight: Flight, text: string): void {
    const { region, hunks, taken } = flight;
    const edits = editsOf(flight);
    const now = this.#clock.now();
    this.#settle();
    for (const other of this.#regions) if (other !== region) other.othersLanded(text, edits);
    if (flight.takesBack) region.tookBack(edits);
    else region.landed(text, hunks, taken);
    region.pacing.landed(now);
    region.refusedSince = undefined;
    region.listener.landed({
      text,
      edits,
      version: this.#snapshot.version,
      roundTripMs: now - flight.sentAtMs,
      takesBack: flight.takesBack,
    });
  }

  #regionChanged(region: Region, text: string, foreign: readonly Edit[]): void {
    const why = region.changed(text, foreign);
    if (!why || region.ended) return;
    region.end();
    region.listener.interrupted(why);
  }

  #pump(atChange: boolean): void {
    this.#clock.clearTimer(this.#wakeUp);
    if (this.#flight) return;
    const now = this.#clock.now();
    let waitMs = Number.POSITIVE_INFINITY;
    for (const region of this.#regions) {
      if (region.idle) continue;
      const held = atChange ? 0 : Math.max(0, this.#foreignAtMs + quietMs - now);
      const wait = Math.max(held, region.waitMs(now));
      if (wait <= 0 && this.#send(region)) return;
      if (wait > 0) waitMs = Math.min(waitMs, wait);
    }
    if (waitMs < Number.POSITIVE_INFINITY) this.#wakeUp = this.#clock.setTimer(() => this.pump(), waitMs);
  }

  /** False if it turned out that there is nothing to send. */
  #send(region: Region): boolean {
    const { hunks, taken } = region.next();
    const edits = sortEdits(hunks.flat());
    if (edits.length === 0) {
      region.nothingToSend();
      return false;
    }
    // Fairness: whoever was served goes to the end of the row.
    this.#regions = [...this.#regions.filter((other) => other !== region), region];
    const { takingBack: takesBack } = region;
    const snapshot = this.#snapshot;
    const flight: Flight = { region, taken, takesBack, hunks, version: snapshot.version, sentAtMs: this.#clock.now() };
    this.#flight = flight;
    this.#wait(flight, silenceMs, () => this.#fail(flight));
    this.#port.applyEdit(snapshot, edits).then(
      (reply) => this.#answered(flight, reply),
      (error) => this.#answered(flight, { applied: false, failureReason: messageOf(error) }),
    );
    return true;
  }

  #answered(flight: Flight, reply: Reply): void {
    if (this.#flight !== flight) return;
    flight.reply = reply;
    this.#missing(flight, missingGraceMs);
    this.#tellIdle();
  }

  /**
   * No text shows the edit yet: wait for one, or send the edit again once it is certain that it got lost. `graceMs` is how long an edit that
   * "was applied" may take to show although a newer text lacks it.
   */
  #missing(flight: Flight, graceMs: number): void {
    const isNewer = this.#snapshot.version !== flight.version;
    if (!flight.reply) this.#wait(flight, silenceMs, () => this.#fail(flight));
    else if (flight.reply.final) this.#fail(flight);
    else if (flight.reply.applied) {
      if (isNewer) this.#wait(flight, graceMs, () => this.#again(flight));
      else this.#wait(flight, silenceMs, () => this.#fail(flight));
    } else if (isNewer || flight.halfway || this.#isAbandoned(flight)) this.#again(flight);
    else this.#refused(flight);
  }

  /** Refused for no reason that we know: perhaps a didChange is on its way. If none comes for long, the editor does not want it. */
  #refused(flight: Flight): void {
    const { region } = flight;
    const now = this.#clock.now();
    region.refusedSince ??= now;
    if (now - region.refusedSince >= silenceMs) this.#fail(flight);
    else this.#wait(flight, refusedRetryMs, () => this.#again(flight));
  }

  /** The edit certainly is not in the buffer: forget this try, and send what is still wanted, computed afresh. */
  #again(flight: Flight): void {
    if (this.#flight !== flight) return;
    this.#settle();
    this.#acceptHalfway(flight);
    if (this.#snapshot.version !== flight.version) flight.region.refusedSince = undefined;
    flight.region.resent++;
    this.#pump(true);
    this.#tellIdle();
  }

  #fail(flight: Flight): void {
    if (this.#flight !== flight) return;
    this.#settle();
    this.#acceptHalfway(flight);
    const { region } = flight;
    const wasWanted = !this.#isAbandoned(flight);
    region.end();
    region.takingBack = false;
    if (wasWanted) region.listener.failed(whyFailed(flight.reply));
    this.pump();
  }

  /** The session ended while the edit was under way: it may still land, but is not sent again. */
  #isAbandoned({ region, takesBack }: Flight): boolean {
    return takesBack ? !region.takingBack : region.ended;
  }

  /** The rest of an edit of which a part arrived will not come: what is there counts as somebody else's change. */
  #acceptHalfway({ halfway }: Flight): void {
    if (halfway) this.#advance(halfway, reconcile(this.#snapshot.text, halfway.text, []));
  }

  #wait(flight: Flight, delayMs: number, then: () => void): void {
    this.#clock.clearTimer(flight.timer);
    flight.timer = this.#clock.setTimer(then, delayMs);
  }

  #settle(): void {
    if (this.#flight) this.#clock.clearTimer(this.#flight.timer);
    this.#flight = undefined;
  }

  #tellIdle(): void {
    for (const region of [...this.#regions]) if (region.idle && this.#flight?.region !== region) region.tellIdle();
  }

  #forgetOldest(): void {
    const [oldest, ...rest] = this.#regions.filter((region) => region.ended && region.idle);
    if (rest.length + 1 < maxRemembered) return;
    oldest?.pieces.clear();
    oldest?.detach();
    this.#regions = this.#regions.filter((region) => region !== oldest);
  }
}

function editsOf(flight: Flight | undefined): readonly Edit[] {
  return flight ? sortEdits(flight.hunks.flat()) : [];
}

function isPart(ours: readonly Edit[], flight: Flight): boolean {
  return ours.length > 0 && ours.length < flight.hunks.flat().length;
}

function isRefused(flight: Flight): boolean {
  return flight.reply !== undefined && !flight.reply.applied;
}

function whyFailed(reply: Reply | undefined): string {
  if (!reply) return `the editor did not answer an edit for ${silenceMs / 1000} seconds`;
  if (reply.applied) return 'the editor said that it applied an edit, but its text never showed it';
  return `the editor refused an edit${reply.failureReason ? `: ${reply.failureReason}` : ''}`;
}

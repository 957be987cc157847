// Sends what the regions of a document have to send, one applyEdit at a time, and watches that one until a text shows all of it: when it is sent again, held
// back, or fails.

import type { Clock, Timer } from '../clock.ts';
import { messageOf } from '../errors.ts';
import { applyEdits, editsLeadTo } from '../text/edit.ts';
import { EditorDeadline } from './editor-deadline.ts';
import type { EditorText } from './editor-text.ts';
import { PendingApply } from './pending-apply.ts';
import type { EditorPort, Reply } from './port.ts';
import type { Region } from './region.ts';
import type { RegionQueue } from './region-queue.ts';
import { DidChangeDelays, decideRetry, type LackingText, resendDelayFor } from './retry-policy.ts';

/** What reads the editor's texts. */
export interface TextReader {
  /** Reads a text that has been held back, if there is one, and sends what may be sent then. */
  readHeld(): void;
  /** The editor has answered: what is still missing of the apply shows very soon, or never. */
  answered(apply: PendingApply): void;
  /** The apply is not waited for any more, and may show all the same. */
  gaveUp(apply: PendingApply): void;
}

export interface SenderOptions {
  readonly port: EditorPort;
  readonly clock: Clock;
  readonly text: EditorText;
  readonly regions: RegionQueue;
  readonly reader: TextReader;
}

export class ApplySender {
  readonly #port: EditorPort;
  readonly #clock: Clock;
  readonly #text: EditorText;
  readonly #regions: RegionQueue;
  readonly #reader: TextReader;
  readonly #didChangeDelays = new DidChangeDelays();
  #pending: PendingApply | undefined;
  /** Of the apply under way. */
  readonly #deadline: EditorDeadline;
  /** Until something may be sent. */
  #wakeUp: Timer;

  constructor({ port, clock, text, regions, reader }: SenderOptions) {
    this.#port = port;
    this.#clock = clock;
    this.#deadline = new EditorDeadline(clock);
    this.#text = text;
    this.#regions = regions;
    this.#reader = reader;
  }

  /** What is under way: sent, and not wholly shown by any text yet. */
  get pending(): PendingApply | undefined {
    return this.#pending;
  }

  /** Sends what may be sent now, and sees to it that the rest is sent in time. `isBehindChange`: a didChange has just been read. */
  pump({ isBehindChange }: { isBehindChange: boolean }): void {
    this.#clock.clearTimer(this.#wakeUp);
    while (!this.#pending) {
      const moment = { nowMs: this.#clock.now(), isBehindChange };
      const { toPutRight } = this.#text;
      const turn = toPutRight ? this.#regions.nextRepair(toPutRight, moment) : this.#regions.next(moment);
      if (!turn || turn.waitMs === Number.POSITIVE_INFINITY) break;
      if (turn.waitMs > 0) {
        const wake = () => this.pump({ isBehindChange: false });
        this.#wakeUp = this.#clock.setTimer(wake, turn.waitMs);
        break;
      }
      this.#send(turn.region);
    }
    this.tellIdle();
  }

  /** A text shows some of what is under way, or the last of it. */
  shown(apply: PendingApply): void {
    this.#didChangeDelays.record(this.#clock.now() - apply.repliedAtMs);
    this.#port.habits.hasShown({ isAnswered: apply.reply !== undefined });
    if (apply.isComplete) this.forget();
  }

  /** The latest text does not show all of what is under way, if anything is. */
  notShown(lacking: LackingText): void {
    const apply = this.#pending;
    if (!apply) return;
    const { reply, region, isAbandoned, isOutdated } = apply;
    const now = this.#clock.now();
    if (apply.isRefused && !isOutdated && !isAbandoned) region.pacing.refusedAt(now);
    if (lacking === 'behind') apply.lackedAt(now);
    const { habits, mayBeKate } = this.#port;
    const decision = decideRetry({
      reply,
      isOutdated,
      isAbandoned,
      resendDelayMs: resendDelayFor(lacking, habits.answersFirst),
      waitedMs: apply.waitedMs(now),
      refusedForMs: region.pacing.refusedForMs(now),
      reportsAtOnce: !apply.reverts && this.#didChangeDelays.areShort(mayBeKate),
      slowestAnswerMs: habits.slowestAnswerMs,
    });
    if (decision.act === 'again') return this.#deadline.in(decision.afterMs, () => this.#again(apply));
    const { why, afterMs } = decision;
    if (decision.act === 'hold') return this.#deadline.in(afterMs, () => this.#hold(apply, why));
    this.#deadline.in(afterMs, () => this.#fail(apply, why));
  }

  /** Nothing is under way any more, or nobody waits for it. */
  forget(): void {
    this.#deadline.clear();
    this.#pending = undefined;
  }

  /** The document is closed: nothing is sent any more. */
  close(): void {
    this.forget();
    this.#clock.clearTimer(this.#wakeUp);
    this.tellIdle();
  }

  /** Sends what the region has to send, unless it turns out that all of that comes to nothing. */
  #send(region: Region): void {
    const { clean, reported } = this.#text;
    const toSend = region.editsToSend();
    const edits = toSend.map(({ edit }) => edit);
    const repair = this.#text.repairTo(applyEdits(clean.text, edits));
    // Edits that come to nothing together would never show in any text.
    if (editsLeadTo(clean.text, edits, reported.text)) {
      this.#text.putRight();
      region.landed(clean.text, toSend, region.reverting);
      region.nothingToSend();
      return;
    }
    this.#regions.served(region);
    const apply = new PendingApply(region, toSend, { snapshot: reported, atMs: this.#clock.now(), repair });
    this.#pending = apply;
    this.notShown('before');
    this.#port.applyEdit(reported, apply.edits).then(
      (reply) => this.#answered(apply, reply),
      (error) => this.#answered(apply, { applied: false, isError: true, failureReason: messageOf(error) }),
    );
  }

  #answered(apply: PendingApply, reply: Reply): void {
    if (this.#pending !== apply) return;
    apply.answered(reply, this.#clock.now());
    this.#reader.answered(apply);
    this.notShown('before');
    this.tellIdle();
  }

  /** The edit is not in the buffer, by all that was heard: forgets this try, and sends what is still wanted, computed afresh. */
  #again(apply: PendingApply): void {
    this.#reader.readHeld();
    if (this.#pending !== apply) return;
    this.forget();
    if (apply.reply?.applied) this.#reader.gaveUp(apply);
    if (apply.isOutdated) apply.region.pacing.excuseRefusal();
    apply.region.lost();
    this.pump({ isBehindChange: true });
  }

  /** Nothing of the region leaves until a newer text comes. Only a model's edits can wait for that. */
  #hold(apply: PendingApply, why: string): void {
    if (this.#pending !== apply) return;
    const { region, reverts } = apply;
    if (reverts || !region.listener.refused) return this.#fail(apply, why);
    this.forget();
    region.pacing.hold();
    region.listener.refused();
    this.pump({ isBehindChange: false });
  }

  #fail(apply: PendingApply, why: string): void {
    this.#reader.readHeld();
    if (this.#pending !== apply) return;
    this.forget();
    if (!this.#text.isClean) this.#text.giveUp();
    const { region, isAbandoned } = apply;
    region.abandon();
    if (!isAbandoned) region.listener.failed(why);
    this.pump({ isBehindChange: false });
  }

  /** Tells every region that has nothing under way and nothing that waits. */
  tellIdle(): void {
    const busy = [this.#pending?.region, this.#text.toPutRight?.region];
    for (const region of this.#regions) if (region.isIdle && !busy.includes(region)) region.tellIdle();
  }
}

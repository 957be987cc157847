// The life of one edit: pending → streaming → settling → ended. Joins the attempts of its lanes and the region that it has claimed; knows no LSP.

import type { DocumentDelivery } from '../delivery/document-delivery.ts';
import type { Region } from '../delivery/region.ts';
import type { RegionListener, RevertScope } from '../delivery/region-listener.ts';
import { Bug } from '../errors.ts';
import type { AttemptListener } from './attempt.ts';
import { AttemptSeries } from './attempt-series.ts';
import { ClaimedRegion } from './claimed-region.ts';
import { Deferred } from './deferred.ts';
import { landingOf, type Outcome, type Phase, type Timing } from './edit-events.ts';
import type { EditDeps, EditRequest } from './edit-request.ts';
import { type Ending, failed, interruptions, partlyRefused } from './ending.ts';
import { endingOf, type Life, phaseOf } from './life.ts';
import { Measurements } from './measurements.ts';
import type { ModelCall } from './model-call.ts';
import { offerOf } from './offer.ts';
import type { Exchange } from './prepared-request.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { EditReview } from './review.ts';

export class EditSession {
  readonly request: EditRequest;
  readonly measured: Measurements;
  readonly review = new EditReview();
  readonly #deps: EditDeps;
  readonly #reporter: ProgressReporter;
  readonly #attempts: AttemptSeries;
  readonly #begun = new Deferred();
  readonly #ended = new Deferred();
  #claimed: ClaimedRegion | undefined;
  /** Resolves when older edits of the same text have settled. */
  #older: Promise<unknown> = Promise.resolve();
  #life: Life = { phase: 'pending' };

  constructor(request: EditRequest, deps: EditDeps) {
    this.request = request;
    this.#deps = deps;
    this.measured = new Measurements(deps.clock);
    this.#reporter = new ProgressReporter({
      clock: deps.clock,
      isSending: () => this.#region.isSending,
      tell: (unseenMs) => this.#report(unseenMs),
    });
    this.#attempts = new AttemptSeries({
      request,
      deps,
      span: () => this.#region.span,
      mayFallBack: () => this.measured.stopwatch.hunks === 0 && this.#region.isUntouched,
      listener: this.#attemptListener(),
    });
  }

  get editId(): string {
    return this.request.editId;
  }

  get uri(): string {
    return this.#deps.delivery.snapshot.uri;
  }

  get languageId(): string {
    return this.#deps.delivery.snapshot.languageId;
  }

  get region(): Region {
    return this.#region.region;
  }

  get isRunning(): boolean {
    return this.#life.phase !== 'ended';
  }

  get phase(): Phase {
    return phaseOf(this.#life);
  }

  /** Undefined while it runs. */
  get end(): Ending | undefined {
    return this.#life.phase === 'ended' ? this.#life.ending : undefined;
  }

  get outcome(): Outcome | undefined {
    return this.end?.outcome;
  }

  get reason(): string | undefined {
    return this.end?.reason;
  }

  /** Of an ended edit: as it was at its end. */
  get timing(): Timing {
    return this.#life.phase === 'ended' ? this.#life.timing : this.measured.timing(this.region);
  }

  /** Resolves right after the terminal event. Never rejects. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Whether its offer still fits: nobody has changed the code since. */
  get isOffered(): boolean {
    return this.review.offer?.base === this.#region.text;
  }

  /** Whether anything of it is in the buffer, or on its way there, and could be reverted. */
  get hasLanded(): boolean {
    return this.#region.hasLanded;
  }

  /** Whether it may still change its region: it runs, or is being reverted. */
  get unsettled(): boolean {
    return this.isRunning || this.#region.isReverting;
  }

  /** What a correction goes on from, and what was said so far, of its last attempt; undefined until a model was asked. */
  get exchange(): Exchange | undefined {
    return this.#attempts.exchange(this.outcome === 'completed');
  }

  /** Whether this is the delivery that it writes through. */
  isIn(delivery: DocumentDelivery): boolean {
    return this.#deps.delivery === delivery;
  }

  /** Claims the region: from now on each change of it is known as ours or somebody else's. `inherited`: the running answer of the edit that this one corrects. */
  claim(inherited: ModelCall | undefined): void {
    this.#attempts.inherit(inherited);
    this.#claimed = ClaimedRegion.claim(this.#deps.delivery, this.request, this.#regionListener());
  }

  /** Begins the edit: the listener hears of everything from here on. The model is asked once `older` has resolved: older edits have settled. */
  start(older: Promise<unknown>): void {
    const { lanes, instruction, title, label, scope } = this.request;
    const asked = { scope, title, instruction, lane: lanes[0] ?? '', model: label, landing: landingOf(this.request) };
    this.#deps.listener.begin({ editId: this.editId, ...this.#region.seen, ...asked });
    this.#older = older;
    this.#begun.resolve();
    this.#run(this.#deps.forbidden(this.#deps.delivery.snapshot)).catch((error) => this.#broke(error));
  }

  /** Gives the running answer away to the edit that corrects this one; undefined if none is running. */
  handOver(): ModelCall | undefined {
    return this.#ending ? undefined : this.#attempts.handOver();
  }

  /**
   * Ends the edit early; what has landed stays, unless it is to be reverted. Only an answer that was whole already, or an end that reverts less, can still be
   * overruled. Resolves when the edit has reported its end and changes nothing any more.
   */
  async stop(outcome: 'cancelled' | 'superseded', reason: string, revert?: RevertScope): Promise<void> {
    const before: Ending = this.#ending ?? { outcome: 'completed' };
    if (this.isRunning && before.outcome === 'completed') this.#finish({ outcome, reason, ...(revert && { revert }) });
    else if (this.isRunning && revert && before.revert !== 'chain') this.#finish({ ...before, revert });
    await this.ended;
    if (this.unsettled) await this.#region.whenIdle();
  }

  /** Ends the edit for a fault of ours or the editor's; what has landed stays. Where its end is certain already, the fault is only reported. */
  fail(reason: string): void {
    const isOpen = this.isRunning && (this.#ending?.outcome ?? 'completed') === 'completed';
    if (isOpen) this.#finish({ outcome: 'failed', reason });
    else this.#deps.listener.trouble?.({ editId: this.editId, uri: this.uri, reason });
  }

  /** Ends the edit if it runs, and reverts what has landed and nobody has changed since. Resolves when the editor shows it, or can't. */
  async revert(outcome: 'cancelled' | 'superseded', reason: string, revert: RevertScope): Promise<void> {
    this.review.judged('reverted');
    return this.isRunning ? this.stop(outcome, reason, revert) : this.#region.revert(revert, this.#older);
  }

  get #region(): ClaimedRegion {
    if (!this.#claimed) throw new Bug('the edit has claimed no region yet');
    return this.#claimed;
  }

  get #ending(): Ending | undefined {
    return endingOf(this.#life);
  }

  async #run(forbidden: Promise<string | undefined>): Promise<void> {
    await this.#older;
    this.#region.begin();
    const end = await this.#attempts.run(this.request.lanes, forbidden);
    if (end === undefined || this.#ending) return;
    if (end.kind === 'complete') throw new Bug('a complete answer did not end its edit');
    if (end.kind === 'refused') return this.#finish({ outcome: 'rejected', reason: end.message });
    this.#finish(failed(end, this.request.roomier));
  }

  #attemptListener(): AttemptListener {
    return {
      asking: ({ format }, model) => this.measured.asked({ format, model }, this.#region.text),
      heard: (event) => {
        if (event.type === 'text' && this.#life.phase === 'pending') this.#life = { phase: 'streaming' };
        if (event.type === 'thinking' && this.#life.phase === 'pending') this.#reporter.changed(true);
        this.measured.heard(event);
      },
      read: ({ hunks, ending, isWhole, isThinking }) => {
        if (isWhole) this.#region.complete();
        if (hunks.length > 0 && !this.request.isOffer) this.#region.push(hunks);
        if (ending && !this.#ending) this.#finish(ending);
        if (!isWhole) this.#reporter.changed(isThinking);
      },
      tooLong: (ending) => this.#finish(ending),
      broke: (error) => this.#broke(error),
    };
  }

  /** The editor refuses what waits, and nothing more is to come: that is offered. What has landed stays, and can be reverted. */
  #offerRest(): void {
    const rest = this.#ending?.outcome === 'completed' ? this.#region.refused : undefined;
    if (!rest || !this.isRunning) return;
    this.#life = { phase: 'settling', ending: partlyRefused(rest) };
    this.#region.end();
  }

  /** Sets the end. One that is `completed` may still be overruled, and any by one that reverts more. */
  #finish(ending: Ending): void {
    const isFirst = this.#ending === undefined;
    this.#life = { phase: 'settling', ending };
    if (ending.outcome !== 'completed') {
      this.#attempts.abort();
      this.#region.end();
    }
    this.#offerRest();
    this.#region.pump();
    if (isFirst) this.#settle().catch((error) => this.#deps.onBug(error));
  }

  /** Waits for the last edit under way, reverts if the ending says so, and reports the end. */
  async #settle(): Promise<void> {
    await this.#begun.promise;
    if (this.measured.stopwatch.chars > 0) this.#reporter.changed();
    await this.#region.whenIdle();
    this.#region.end();
    if (this.#ending!.revert === 'own') await this.#region.revert('own', this.#older);
    // Meanwhile the user may have asked to revert the whole chain.
    if (this.#ending!.revert === 'chain') await this.#region.revert('chain', this.#older);
    this.#end(this.#ending!);
  }

  #end(ending: Ending): void {
    const { editId, timing } = this;
    const { outcome, reason } = ending;
    if (ending.revert) this.review.judged('reverted');
    const { answered } = this.#attempts;
    const base = this.#region.text;
    const offer = outcome === 'completed' && offerOf(answered, { ...ending, isOffer: this.request.isOffer, base });
    if (offer) this.review.offered(offer);
    this.#attempts.close();
    this.#reporter.stop();
    this.#life = { phase: 'ended', ending, timing };
    this.measured.changes.end(base);
    const { imports = [], putRight = [] } = answered ?? {};
    this.measured.putRight = putRight;
    const { state } = this.review;
    this.#deps.listener.end({ editId, outcome, ...(reason && { reason }), timing, state, imports, putRight });
    this.#ended.resolve();
  }

  #report(unseenMs: number): void {
    const { elapsedMs, chars, hunks } = this.measured.stopwatch;
    this.#deps.listener.report({
      editId: this.editId,
      phase: this.phase,
      isThinking: this.#reporter.isThinking,
      chars,
      hunks,
      elapsedMs,
      held: this.#attempts.answered?.held ?? 0,
      hasUnseenEdits: !this.#region.isIdle,
      unseenMs,
      landing: landingOf(this.request),
    });
  }

  #regionListener(): RegionListener {
    return {
      landed: (landed) => {
        if (!this.isRunning || landed.isRevert) return;
        this.measured.landed(landed);
        this.#deps.listener.hunk(this.editId, landed);
        this.#reporter.landed();
      },
      interrupted: (why) => {
        if (this.isRunning) void this.stop('cancelled', interruptions[why]);
      },
      failed: (reason) => this.fail(reason),
      refused: () => this.#offerRest(),
    };
  }

  /** A broken invariant of ours: this edit fails, everything else goes on. */
  #broke(error: unknown): void {
    this.#deps.onBug(error);
    if (!this.#ending) this.fail('an internal error; see the log');
  }
}

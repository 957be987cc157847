// The life of one edit: pending → streaming → settling → one end. Joins model, engine, guardrails and delivery; knows no LSP.

import type { DocumentDelivery } from '../delivery/document-delivery.ts';
import type { Region, RegionListener, TakeBack } from '../delivery/region.ts';
import type { AnswerFormat } from '../edit/engine.ts';
import { Bug } from '../errors.ts';
import type { ModelEnd, ModelEvent, Usage } from '../models/model.ts';
import { Answer, type Reading } from './answer.ts';
import { Asker } from './asker.ts';
import { ChangeCount } from './change-count.ts';
import type { Conversation } from './conversation.ts';
import { type EditState, landingOf, type Outcome, type Phase, type Timing } from './edit-events.ts';
import type { EditDeps, EditRequest, Exchange, LaneModel, Offer } from './edit-request.ts';
import { type Ending, failed, hadNoRoom, interruptions, refusedRest } from './ending.ts';
import { ReadingQueue } from './reading.ts';
import { Reporter } from './reporter.ts';
import { type Rest, restOf } from './rest.ts';
import { Speaker } from './speaker.ts';
import { Stopwatch } from './stopwatch.ts';

export class EditSession {
  readonly request: EditRequest;
  readonly #deps: EditDeps;
  readonly region: Region;
  readonly #stopwatch: Stopwatch;
  readonly #speaker: Speaker;
  readonly #reporter: Reporter;
  readonly #asker: Asker;
  readonly #reading: ReadingQueue;
  #phase: Phase = 'pending';
  #ending: Ending | undefined;
  /** Whether the answer would change anything, where it is only offered. */
  #hasToOffer = false;
  /** What of a whole answer the editor does not take now. */
  #rest: Rest | undefined;
  #transport: { transport: string; reused: boolean } | undefined;
  /** The model that was asked last, and what it says. */
  #model: LaneModel | undefined;
  #answer: Answer | undefined;
  /** Resolves with the terminal event, right after it was told. Never rejects. */
  readonly ended: Promise<void>;
  #resolveEnded!: () => void;
  readonly #started: Promise<void>;
  /** Resolves when older edits of the same text have settled. */
  #after: Promise<unknown> = Promise.resolve();
  #resolveStarted!: () => void;
  #timing: Timing | undefined;
  readonly changeCount = new ChangeCount();
  readonly #interrupts: boolean;
  outcome: Outcome | undefined;
  reason: string | undefined;
  /** What the user said of it afterwards. */
  verdict: EditState = 'draft';
  /** What it has to offer; only of an edit that was asked to offer. */
  offer: Offer | undefined;
  /** The id of a newer edit of the same code that stopped it, unless that goes on with it. */
  supersededBy: string | undefined;
  /** Whether it failed because its model has no room for so much. */
  isTooLarge = false;

  constructor(request: EditRequest, deps: EditDeps) {
    this.request = request;
    this.#interrupts = request.corrects?.running === true;
    this.#speaker = new Speaker(request.corrects?.handOver());
    this.#deps = deps;
    this.#asker = new Asker(request, deps);
    this.#reading = new ReadingQueue(deps.turns, { act: (read) => this.#act(read), broke: (why) => this.#broke(why) });
    this.#stopwatch = new Stopwatch(deps.clock);
    this.#reporter = new Reporter({
      clock: deps.clock,
      isSending: () => deps.delivery.isSending(this.region),
      tell: (unseenMs) => this.#report(unseenMs),
    });
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#started = new Promise((resolve) => {
      this.#resolveStarted = resolve;
    });
    const { scope, mode, joinsUndo } = request;
    const listener = this.#regionListener();
    this.region = deps.delivery.open({ span: scope.span, mode, joinsUndo, listener });
  }

  get editId(): string {
    return this.request.editId;
  }

  get uri(): string {
    return this.#deps.delivery.snapshot.uri;
  }

  get running(): boolean {
    return this.outcome === undefined;
  }

  /** Whether anything of it is in the buffer, or on its way there, that could be taken back. */
  get hasLanded(): boolean {
    const chain = !this.region.begun && this.request.corrects?.hasLanded;
    return chain || !this.region.chain.empty || this.region.isAstray || this.#deps.delivery.isSending(this.region);
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Of an ended edit: as it was then. */
  get timing(): Timing {
    return this.#timing ?? this.#stopwatch.timing(this.region.resent, this.region.repairs);
  }

  get usage(): Usage | undefined {
    return this.#stopwatch.usage;
  }

  get transport() {
    return this.#transport;
  }

  get languageId(): string {
    return this.#deps.delivery.snapshot.languageId;
  }

  /** Whether it corrects an edit that was still running. */
  get interrupts(): boolean {
    return this.#interrupts;
  }

  get format(): AnswerFormat | undefined {
    return this.#answer?.asked.format;
  }

  /** What a correction goes on from, once the model was asked. */
  get exchange(): Exchange | undefined {
    if (!this.#answer) return undefined;
    const { asked, text } = this.#answer;
    const complete = this.outcome === 'completed';
    return { prompt: asked.prompt, instruction: this.request.instruction, answer: text, complete };
  }

  /** Begins the edit; everything from here on is told to the listener. The model is asked once `after` has resolved: older edits have settled. */
  start(after: Promise<unknown>): void {
    const { lanes, instruction, title, label, scope } = this.request;
    const seen = this.#deps.delivery.seen(this.region);
    const [lane = ''] = lanes;
    const asked = { scope, title, instruction, lane, model: label, landing: landingOf(this.request) };
    this.#deps.listener.begin({ editId: this.editId, ...seen, ...asked });
    this.#after = after;
    this.#resolveStarted();
    this.#asker.begin();
    this.#run().catch((error) => this.#broke(error));
  }

  /** Whether this is the delivery that it writes through. */
  isIn(delivery: DocumentDelivery): boolean {
    return this.#deps.delivery === delivery;
  }

  /** Whether its offer still fits: nobody has changed the code since. */
  get isOffered(): boolean {
    return this.verdict === 'offered' && this.offer?.base === this.#scopeText();
  }

  /** Whether it may still change its region: it runs, or is being taken back. */
  get unsettled(): boolean {
    return this.running || this.region.takingBack !== undefined;
  }

  /** Ends the edit early; what has landed stays. Resolves when it has told its end and changes nothing any more. */
  stop(outcome: 'cancelled' | 'superseded', reason: string): Promise<void> {
    return this.#stop({ outcome, reason });
  }

  /** Ends the edit for a fault of ours or the editor's; what has landed stays. Where its end is certain already the fault is only said. */
  fail(reason: string): void {
    const isOpen = this.running && (this.#ending?.outcome ?? 'completed') === 'completed';
    if (isOpen) this.#finish({ outcome: 'failed', reason });
    else this.#deps.listener.trouble?.({ editId: this.editId, uri: this.uri, reason });
  }

  /** Ends the edit if it runs, and takes back what has landed and is untouched. Resolves when the editor shows it, or can't. */
  async undo(outcome: 'cancelled' | 'superseded', reason: string, takeBack: TakeBack): Promise<void> {
    this.verdict = 'reverted';
    if (this.running) return this.#stop({ outcome, reason, takeBack });
    return this.#takeBack(takeBack);
  }

  /** Only an answer that was whole already, or an end that keeps more than is wished, can still be overruled. */
  async #stop(wish: Ending): Promise<void> {
    const { outcome, takeBack }: Ending = this.#ending ?? { outcome: 'completed' };
    if (this.running && outcome === 'completed') this.#finish(wish);
    else if (this.running && wish.takeBack && takeBack !== 'chain') {
      this.#finish({ ...this.#ending!, takeBack: wish.takeBack });
    }
    await this.ended;
    if (this.unsettled) await this.#idle();
  }

  async #takeBack(what: TakeBack): Promise<void> {
    // Before it has begun it has nothing of its own, and its chain is in the hands of the one before it.
    if (!this.region.begun && what === 'own') return;
    if (!this.region.begun) await this.#after;
    this.#begin();
    if (this.region.takeBack(what)) await this.#idle();
  }

  async #run(): Promise<void> {
    await this.#after;
    this.#begin();
    for (const [index, lane] of this.request.lanes.entries()) {
      if (this.#ending) return;
      const end = await this.#attempt(lane);
      const isLast = index === this.request.lanes.length - 1;
      if (this.#ending) return;
      if (isLast || !this.#mayRetry(end)) {
        if (typeof end !== 'string' && end.kind === 'complete') throw new Bug('a complete answer did not end its edit');
        this.isTooLarge = hadNoRoom(end);
        return this.#finish(failed(end, this.isTooLarge ? this.request.roomier : undefined));
      }
    }
  }

  /** From here on the region's text is what the model is asked about, and every change of it somebody else's. */
  #begin(): void {
    if (!this.region.begun) this.#deps.delivery.begin(this.region, this.request.corrects?.region);
  }

  #scopeText(): string {
    const { from, to } = this.region.span;
    return this.#deps.delivery.snapshot.text.slice(from, to);
  }

  /** A fallback is tried only where nothing of the answer has left for the editor (design §6). */
  #mayRetry(end: ModelEnd | string): boolean {
    const failed = typeof end === 'string' || end.kind === 'error' || end.kind === 'truncated';
    return failed && this.#stopwatch.hunks === 0 && this.region.untouched;
  }

  /** One model, one answer. Resolves with how it ended; a string says why it could not even begin. */
  async #attempt(lane: string): Promise<ModelEnd | string> {
    const opened = await this.#asker.open(lane);
    if (typeof opened === 'string') return opened;
    if (this.#ending) return { kind: 'aborted', message: '' };
    const { model } = opened;
    const asked = opened.put(this.region.span);
    if (typeof asked === 'string') return this.#refuse(asked);
    this.changeCount.begin(this.#scopeText());
    const answer = new Answer(asked);
    this.#answer = answer;
    this.#hasToOffer = false;
    this.#model = model;
    const end = await this.#speaker.ask(model, asked.prompt, (event) => this.#hear(event, answer));
    return this.#reading.whenRead(end);
  }

  /** Nothing is asked. */
  #refuse(reason: string): ModelEnd {
    this.#finish({ outcome: 'rejected', reason });
    return { kind: 'aborted', message: reason };
  }

  /** Gives the running answer away to the edit that corrects this one; undefined if none is running. */
  handOver(): Conversation | undefined {
    return this.#ending ? undefined : this.#speaker.handOver();
  }

  /** Must not throw: it is called by whoever reads the socket. */
  #hear(event: ModelEvent, answer: Answer): void {
    try {
      this.#modelSaid(event, answer);
    } catch (error) {
      this.#broke(error);
    }
  }

  #modelSaid(event: ModelEvent, answer: Answer): void {
    if (event.type === 'opened') this.#transport = event;
    if (event.type === 'usage') this.#stopwatch.used(event.usage);
    if (this.#ending) return;
    if (event.type === 'text') {
      this.#phase = 'streaming';
      this.#stopwatch.text(event.text);
      const tooLong = answer.bound(event.text);
      if (tooLong) this.#finish(tooLong);
      else this.#reading.add(answer.chunk(event.text));
    } else if (event.type === 'ended' && event.end.kind === 'complete') {
      this.#reading.add(answer.whole());
    }
  }

  #act({ hunks, ending, isWhole }: Reading): void {
    if (isWhole) this.region.whole = true;
    if (hunks.length > 0 && this.request.isOffer) this.#hasToOffer = true;
    else if (hunks.length > 0) {
      this.region.push(hunks);
      this.#deps.delivery.pump();
    }
    if (ending && !this.#ending) this.#finish(this.#inOurWords(ending));
    if (!isWhole) this.#reporter.changed();
  }

  /** A reason may be the model's own; an endpoint that says what it was told does not say it to everybody. */
  #inOurWords({ reason, ...ending }: Ending): Ending {
    return reason === undefined ? ending : { ...ending, reason: this.#model!.provider.scrub(reason) };
  }

  /** A whole answer of which nothing was applied, or what is missing of one. */
  #makeOffer(): void {
    this.verdict = 'offered';
    const model = this.#model!;
    this.offer = this.#rest
      ? { ...this.#rest, model: { ...model, format: 'rewrite' } }
      : { model, answer: this.#answer!.text, base: this.#scopeText() };
  }

  /** The editor refuses what waits, and nothing more is to come: that is offered. What has landed stays, and can be taken back. */
  #offerRest(): void {
    if (!this.region.held || this.#ending?.outcome !== 'completed') return;
    this.#rest = restOf(this.region, this.#deps.delivery.snapshot.text);
    this.#ending = refusedRest;
    this.region.end();
  }

  /** Sets the end, once; only an answer that was already whole may still be overruled by the user. */
  #finish(ending: Ending): void {
    const first = this.#ending === undefined;
    this.#ending = ending;
    this.#phase = 'settling';
    if (ending.outcome !== 'completed') {
      this.#speaker.silence();
      this.#reading.close();
      this.region.end();
    }
    this.#offerRest();
    this.#deps.delivery.pump();
    if (first) this.#settle().catch((error) => this.#deps.onBug(error));
  }

  /** Waits for the last edit under way, takes back if asked to, and tells the end. */
  async #settle(): Promise<void> {
    await this.#started;
    if (this.#stopwatch.chars > 0) this.#reporter.changed();
    await this.#idle();
    this.region.end();
    if (this.#ending!.takeBack === 'own') await this.#takeBack('own');
    // The user may have asked for more meanwhile.
    if (this.#ending!.takeBack === 'chain') await this.#takeBack('chain');
    const { outcome, reason, takeBack } = this.#ending!;
    if (takeBack) this.verdict = 'reverted';
    if (outcome === 'completed' && (this.#hasToOffer || this.#rest)) this.#makeOffer();
    this.#asker.close();
    this.#reporter.stop();
    this.outcome = outcome;
    this.reason = reason;
    const { editId, timing } = this;
    this.#timing = timing;
    this.changeCount.end(this.#scopeText());
    const state = this.verdict;
    const imports = this.#answer?.imports ?? [];
    this.#deps.listener.end({ editId, outcome, ...(reason && { reason }), timing, state, imports });
    this.#resolveEnded();
  }

  async #idle(): Promise<void> {
    const idle = this.region.whenIdle();
    this.#deps.delivery.pump();
    await idle;
  }

  #report(unseenMs: number): void {
    const { editId, request, region } = this;
    const { elapsedMs, chars, hunks } = this.#stopwatch;
    const seen = { phase: this.#phase, chars, hunks, elapsedMs, held: this.#answer?.held ?? 0 };
    this.#deps.listener.report({ editId, ...seen, isSending: !region.idle, unseenMs, landing: landingOf(request) });
  }

  #regionListener(): RegionListener {
    return {
      landed: (landed) => {
        if (!this.running || landed.takesBack) return;
        this.#stopwatch.landed(landed.roundTripMs);
        this.changeCount.landed(landed.edits);
        this.#deps.listener.hunk(this.editId, landed);
        this.#reporter.landed();
      },
      interrupted: (why) => {
        if (this.running) void this.stop('cancelled', interruptions[why]);
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

// The life of one answer: attempts, timers, what may be tried again unseen, and exactly one end.

import type { Clock, Timer } from '../clock.ts';
import { messageOf } from '../errors.ts';
import { Deadline } from './deadline.ts';
import type { Dialect, Findings, Reader } from './dialect.ts';
import { type Failure, type Failures, REMEDIES, type Remedy } from './failure.ts';
import type { ProviderKey } from './key.ts';
import type { Message } from './message.ts';
import type { ModelEnd, ModelEvent, ModelRequest, ModelStream, SteerOutcome, Usage } from './model.ts';
import type { Timers } from './provider-config.ts';
import type { Route } from './route.ts';
import type { Slots } from './slots.ts';
import type { Call, Listener, Transport } from './transport.ts';

/** What all runs of one provider share. */
export interface RunContext {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly dialect: Dialect;
  readonly failures: Failures;
  readonly route: Route;
  readonly slots: Slots;
  readonly key: ProviderKey;
  /** Whether `response.steer` may be sent. */
  readonly steer: boolean;
  /** Those that have not ended. */
  readonly runs: Set<Run>;
}

/** A longer wait is the user's to decide about. */
const MAX_WAIT_MS = 10_000;
const FIRST_WAIT_MS = 500;
/** UTF-16 units of one answer. The longest that any model gives today, 128,000 tokens, is a seventh of it. */
const MAX_TEXT = 4 << 20;

export class Run implements ModelStream, Listener, Findings {
  private readonly context: RunContext;
  private readonly request: ModelRequest;
  private readonly signal: AbortSignal;
  private readonly onEvent: (event: ModelEvent) => void;
  private readonly onAbort = () => this.abort();
  private readonly deadline: Deadline;
  private readonly tried: Partial<Record<Remedy, number>> = {};
  private readonly steers: ((outcome: SteerOutcome) => void)[] = [];
  private pause: Timer | undefined;
  private leaveSlot: (() => void) | undefined;
  private transport: Transport | undefined;
  private call: Call | undefined;
  private reader: Reader | undefined;
  private reused = false;
  /** UTF-16 units of the answer so far. */
  private spoken = 0;
  private announced = false;
  private ended = false;

  constructor(
    context: RunContext,
    request: ModelRequest,
    listener: { signal: AbortSignal; onEvent: (event: ModelEvent) => void },
  ) {
    this.context = context;
    this.request = request;
    this.signal = listener.signal;
    this.onEvent = listener.onEvent;
    this.deadline = new Deadline(context.clock);
  }

  start(): this {
    if (this.signal.aborted) this.abort();
    else {
      this.signal.addEventListener('abort', this.onAbort);
      this.context.runs.add(this);
      if (this.context.key.ready) this.line();
      else this.context.key.fetch().then((problem) => this.keyCame(problem));
    }
    return this;
  }

  abort(): void {
    this.finish({ kind: 'aborted', message: 'cancelled' });
  }

  get canSteer(): boolean {
    return this.context.steer && !this.ended && this.reader !== undefined;
  }

  steer(text: string): Promise<SteerOutcome> {
    const message = this.canSteer ? this.reader?.steer(text) : undefined;
    if (!message || !this.call?.send(message)) return Promise.resolve('unsupported');
    return new Promise((resolve) => this.steers.push(resolve));
  }

  // --- attempts

  private keyCame(problem: string | undefined): void {
    if (this.ended) return;
    if (problem === undefined) this.line();
    else this.finish(this.context.failures.noKey(problem).end);
  }

  private line(): void {
    const leave = this.context.slots.enter(() => this.attempt(this.context.route.pick()));
    if (this.ended) leave();
    else this.leaveSlot = leave;
  }

  private attempt(transport: Transport): void {
    const { dialect, timers, route } = this.context;
    this.transport = transport;
    this.reader = dialect.reader(this.request, this);
    // A third of the patience gone: the other way is made ready, so that taking it costs no more than the rest.
    const early = timers.connectMs / 3;
    this.deadline.set(early, () => {
      if (transport.kind === 'websocket') route.prepareFallBack();
      this.expireIn(timers.connectMs - early, 'no connection');
    });
    try {
      this.call = transport.call(dialect.body(this.request, transport.kind), this);
    } catch (error) {
      // A header or a body that can't be sent at all.
      this.finish(this.context.failures.error('request', messageOf(error)).end);
    }
  }

  fail(failure: Failure): void {
    if (this.ended) return;
    const { remedy } = failure;
    if (remedy && this.spoken === 0 && this.mayTry(remedy) && this.retry(remedy, failure)) return;
    if (failure.end.kind === 'error' && failure.end.error.kind === 'auth') this.context.key.forget();
    this.finish(failure.end);
  }

  private mayTry(remedy: Remedy): boolean {
    const tried = (this.tried[remedy] ?? 0) + 1;
    this.tried[remedy] = tried;
    return tried <= REMEDIES[remedy];
  }

  /** Tries again as `remedy` says. False if that is not possible. */
  private retry(remedy: Remedy, failure: Failure): boolean {
    const { route, dialect } = this.context;
    if (remedy === 'full') {
      this.reader = dialect.reader(this.request, this);
      return this.call?.send(dialect.body(this.request, 'websocket')) ?? false;
    }
    if (remedy === 'wait') return this.waitFor(waitOf(failure, this.tried.wait ?? 1));
    const next = remedy === 'reconnect' ? this.transport : route.fallBack(this.transport, remedy === 'sse');
    if (!next) return false;
    this.hangUp();
    if (remedy === 'reconnect') next.renew();
    this.attempt(next);
    return true;
  }

  private waitFor(delayMs: number): boolean {
    if (delayMs > MAX_WAIT_MS) return false;
    const { clock, route } = this.context;
    this.deadline.clear();
    this.hangUp();
    this.pause = clock.setTimer(() => this.attempt(route.pick()), delayMs);
    return true;
  }

  // --- what the transport says

  opened(reused: boolean): void {
    this.reused = reused;
    this.expireIn(this.context.timers.firstByteMs, 'no answer');
  }

  message(message: Message): void {
    let isWork = false;
    try {
      isWork = this.reader?.read(message) ?? false;
    } catch {
      // Every field is read through a validator; if one is not, that ends this answer and no other.
      return this.fail(this.context.failures.malformed('a message can not be read'));
    }
    if (isWork && !this.ended) this.alive();
  }

  alive(): void {
    const { firstByteMs, stallMs } = this.context.timers;
    if (this.spoken > 0) this.expireIn(stallMs, 'no further text');
    else this.expireIn(firstByteMs, 'no answer');
  }

  failed(failure: Failure): void {
    this.call = undefined;
    this.fail(failure);
  }

  // --- what the reader finds

  text(text: string): void {
    if (this.ended) return;
    this.spoken += text.length;
    if (this.spoken > MAX_TEXT) return this.fail(this.context.failures.tooMuch());
    this.announce();
    this.onEvent({ type: 'text', text });
  }

  usage(usage: Usage): void {
    if (this.ended) return;
    this.announce();
    this.onEvent({ type: 'usage', usage });
  }

  end(end: ModelEnd): void {
    if (this.ended) return;
    this.announce();
    const call = this.call;
    this.call = undefined;
    if (this.transport) this.context.route.succeeded(this.transport);
    call?.release();
    this.finish(end);
  }

  steered(): void {
    if (this.ended) return;
    this.onEvent({ type: 'steered' });
    for (const settle of this.steers.splice(0)) settle('applied');
  }

  steerFailed(): void {
    this.steers.shift()?.('failed');
  }

  // --- the end

  private expireIn(delayMs: number, what: string): void {
    this.deadline.set(delayMs, () => this.expire(what, delayMs));
  }

  private expire(what: string, delayMs: number): void {
    // The fate of a steer did not become known in time; the answer itself is whole.
    const held = this.reader?.held;
    if (held) return this.finish(held);
    const failure = this.context.failures.timeout(what, delayMs);
    this.fail(what === 'no connection' ? { ...failure, remedy: 'sse' } : failure);
  }

  private hangUp(): void {
    const call = this.call;
    this.call = undefined;
    this.reader = undefined;
    call?.destroy();
  }

  private announce(): void {
    if (this.announced || !this.transport) return;
    this.announced = true;
    this.onEvent({ type: 'opened', transport: this.transport.kind, reused: this.reused });
  }

  private finish(end: ModelEnd): void {
    if (this.ended) return;
    this.ended = true;
    this.deadline.clear();
    if (this.pause !== undefined) this.context.clock.clearTimer(this.pause);
    this.hangUp();
    this.signal.removeEventListener('abort', this.onAbort);
    this.context.runs.delete(this);
    for (const settle of this.steers.splice(0)) settle('failed');
    this.onEvent({ type: 'ended', end });
    this.leaveSlot?.();
  }
}

/** As long as the provider asked for, else half a second, doubling. */
function waitOf(failure: Failure, attempt: number): number {
  const asked = failure.end.kind === 'error' ? failure.end.error.retryAfterMs : undefined;
  return asked ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
}

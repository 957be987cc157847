// The life of one answer: attempts, timers, what may be tried again unseen, and exactly one end.

import type { Clock, Timer } from '../clock.ts';
import { messageOf, ProviderError } from '../errors.ts';
import type { Dialect, Findings, Reader } from './dialect.ts';
import type { Failure, Failures, Remedy } from './failure.ts';
import type { Message } from './message.ts';
import type { ModelEnd, ModelEvent, ModelRequest, ModelStream, SteerOutcome, Usage } from './model.ts';
import type { ProviderTimers } from './provider-config.ts';
import type { Route } from './route.ts';
import type { Slots } from './slots.ts';
import type { Call, Listener, Transport } from './transport.ts';

/** What all runs of one provider share. */
export interface RunContext {
  readonly clock: Clock;
  readonly timers: Required<ProviderTimers>;
  readonly dialect: Dialect;
  readonly failures: Failures;
  readonly route: Route;
  readonly slots: Slots;
  readonly steer: boolean;
  /** False while the key that the provider needs is missing. */
  readonly hasKey: () => boolean;
}

/** How often each remedy may be tried for one answer. */
const BUDGET: Record<Remedy, number> = { sse: 1, reconnect: 1, full: 1, wait: 2 };
/** Longer waits are the user's to decide about. */
const MAX_WAIT_MS = 10_000;
const FIRST_WAIT_MS = 500;

export class Run implements ModelStream, Listener, Findings {
  private readonly context: RunContext;
  private readonly request: ModelRequest;
  private readonly signal: AbortSignal;
  private readonly onEvent: (event: ModelEvent) => void;
  private readonly onAbort = () => this.finish({ kind: 'aborted', message: 'cancelled' });
  private readonly spent: Record<Remedy, number> = { sse: 0, reconnect: 0, full: 0, wait: 0 };
  private readonly steers: ((outcome: SteerOutcome) => void)[] = [];
  private leaveSlot: (() => void) | undefined;
  private transport: Transport | undefined;
  private call: Call | undefined;
  private reader: Reader | undefined;
  private timer: Timer | undefined;
  private reused = false;
  private spoken = false;
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
  }

  start(): this {
    if (this.signal.aborted) this.onAbort();
    else if (!this.context.hasKey()) this.finish(this.context.failures.missingKey().end);
    else {
      this.signal.addEventListener('abort', this.onAbort);
      const leave = this.context.slots.enter(() => this.attempt(this.context.route.pick()));
      if (this.ended) leave();
      else this.leaveSlot = leave;
    }
    return this;
  }

  steer(text: string): Promise<SteerOutcome> {
    const message = this.context.steer && !this.ended ? this.reader?.steer(text) : undefined;
    if (!message || !this.call?.send(message)) return Promise.resolve('unsupported');
    return new Promise((resolve) => this.steers.push(resolve));
  }

  // --- what the transport says

  opened(reused: boolean): void {
    this.reused = reused;
    this.arm(this.context.timers.firstByteMs, 'no answer');
  }

  message(message: Message): void {
    if (this.reader?.read(message) && !this.ended) this.alive();
  }

  alive(): void {
    // Comments go on while a stream is stuck; once text has come only messages count.
    this.arm(
      this.spoken ? this.context.timers.stallMs : this.context.timers.firstByteMs,
      this.spoken ? 'no further text' : 'no answer',
    );
  }

  failed(failure: Failure): void {
    this.fail(failure);
  }

  // --- what the reader finds

  text(text: string): void {
    if (this.ended) return;
    this.spoken = true;
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
    this.call?.release();
    this.call = undefined;
    if (this.transport) this.context.route.succeeded(this.transport);
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

  fail(failure: Failure): void {
    if (this.ended) return;
    this.clearTimer();
    this.hangUp();
    const { remedy } = failure;
    if (remedy && !this.spoken && this.spent[remedy]++ < BUDGET[remedy] && this.retry(remedy, failure)) return;
    this.finish(failure.end);
  }

  // --- attempts

  private attempt(transport: Transport): void {
    const { dialect, timers } = this.context;
    this.transport = transport;
    this.reader = dialect.reader(this.request, this);
    this.arm(timers.connectMs, 'no connection');
    try {
      this.call = transport.call(dialect.body(this.request, transport.kind), this);
    } catch (error) {
      // A header or a body that can't be sent at all.
      this.finish(this.context.failures.error('request', messageOf(error)).end);
    }
  }

  /** Tries again as `remedy` says. False if it can't. */
  private retry(remedy: Remedy, failure: Failure): boolean {
    const { route, clock } = this.context;
    if (remedy === 'wait') {
      const waitMs = waitOf(failure, this.spent.wait);
      if (waitMs > MAX_WAIT_MS) return false;
      this.timer = clock.setTimer(() => this.attempt(route.pick()), waitMs);
      return true;
    }
    const next = remedy === 'sse' ? route.fallBack(this.transport, failure) : this.transport;
    if (!next) return false;
    this.attempt(next);
    return true;
  }

  // --- timers

  private arm(delayMs: number, what: string): void {
    this.clearTimer();
    this.timer = this.context.clock.setTimer(() => this.expire(delayMs, what), delayMs);
  }

  private expire(delayMs: number, what: string): void {
    const held = this.reader?.held;
    if (held) {
      this.hangUp();
      return this.finish(held);
    }
    const failure = this.context.failures.timeout(what, delayMs);
    this.fail(what === 'no connection' ? { ...failure, remedy: 'sse' } : failure);
  }

  private clearTimer(): void {
    if (this.timer !== undefined) this.context.clock.clearTimer(this.timer);
    this.timer = undefined;
  }

  // --- the end

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
    this.clearTimer();
    this.hangUp();
    this.signal.removeEventListener('abort', this.onAbort);
    for (const settle of this.steers.splice(0)) settle('failed');
    this.onEvent({ type: 'ended', end });
    this.leaveSlot?.();
  }
}

/** As long as the provider asked for, else half a second, doubling. */
function waitOf(failure: Failure, attempt: number): number {
  const error = failure.end.kind === 'error' ? failure.end.error : undefined;
  return (error instanceof ProviderError ? error.retryAfterMs : undefined) ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
}

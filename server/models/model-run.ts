// One answer of a model: its attempts, its timers, the retries that the caller does not see, and exactly one end.

import type { Clock, Timer } from '../clock.ts';
import type { Timers } from '../config/presets.ts';
import { messageOf } from '../errors.ts';
import { Deadline } from './deadline.ts';
import type { AnswerReader, AnswerSink, Dialect } from './dialect.ts';
import { type Failure, maxRetries, type ProviderFailures, type RetryKind } from './failure.ts';
import type { Message } from './message.ts';
import type { ModelEnd, ModelEvent, ModelRequest, ModelStream, SteerOutcome, Usage } from './model.ts';
import type { ProviderKey } from './provider-key.ts';
import type { Slots } from './slots.ts';
import type { CallListener, Transport, TransportCall } from './transport.ts';
import type { TransportChoice } from './transport-choice.ts';

/** Shared by all runs of one provider. */
export interface ModelRunContext {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly dialect: Dialect;
  readonly failures: ProviderFailures;
  readonly transportChoice: TransportChoice;
  readonly slots: Slots;
  readonly key: ProviderKey;
  /** Whether `response.steer` may be sent. */
  readonly steer: boolean;
  /** The runs that have not ended. */
  readonly runs: Set<ModelRun>;
}

/** Where a provider asks for a longer wait, the answer fails with its `retryAfterMs` and the user decides. */
const maxWaitMs = 10_000;
const firstWaitMs = 500;
/** UTF-16 units of one answer. The longest that any model gives today, 128,000 tokens, is a seventh of it. */
const maxAnswerChars = 4 << 20;
/** Thinking without a word of the answer: what a careful model takes for a large task, and more than anybody waits for an edit. */
const maxThinkingTokens = 32_768;
/** UTF-16 units of a token, on average. */
const charsPerToken = 4;

export class ModelRun implements ModelStream, CallListener, AnswerSink {
  readonly #context: ModelRunContext;
  readonly #request: ModelRequest;
  readonly #signal: AbortSignal;
  readonly #onEvent: (event: ModelEvent) => void;
  readonly #onAbort = () => this.abort();
  readonly #deadline: Deadline;
  readonly #retryCounts: Partial<Record<RetryKind, number>> = {};
  readonly #steers: ((outcome: SteerOutcome) => void)[] = [];
  #retryTimer: Timer | undefined;
  #leaveSlot: (() => void) | undefined;
  #transport: Transport | undefined;
  #call: TransportCall | undefined;
  #reader: AnswerReader | undefined;
  #reused = false;
  /** UTF-16 units of the answer so far. */
  #answerChars = 0;
  /** UTF-16 units of thinking before the first text. */
  #thinkingChars = 0;
  #openedReported = false;
  #ended = false;

  constructor(
    context: ModelRunContext,
    request: ModelRequest,
    listener: { signal: AbortSignal; onEvent: (event: ModelEvent) => void },
  ) {
    this.#context = context;
    this.#request = request;
    this.#signal = listener.signal;
    this.#onEvent = listener.onEvent;
    this.#deadline = new Deadline(context.clock);
  }

  start(): this {
    if (this.#signal.aborted) this.abort();
    else {
      this.#signal.addEventListener('abort', this.#onAbort);
      this.#context.runs.add(this);
      if (this.#context.key.ready) this.#waitForSlot();
      else this.#context.key.fetch().then((problem) => this.#keyFetched(problem));
    }
    return this;
  }

  abort(): void {
    this.#finish({ kind: 'aborted', message: 'cancelled' });
  }

  get canSteer(): boolean {
    return this.#context.steer && !this.#ended && this.#reader !== undefined;
  }

  steer(text: string): Promise<SteerOutcome> {
    const message = this.canSteer ? this.#reader?.steer(text) : undefined;
    if (!message || !this.#call?.send(message)) return Promise.resolve('unsupported');
    return new Promise((resolve) => this.#steers.push(resolve));
  }

  // --- attempts

  #keyFetched(problem: string | undefined): void {
    if (this.#ended) return;
    if (problem === undefined) this.#waitForSlot();
    else this.#finish(this.#context.failures.noKey(problem).end);
  }

  #waitForSlot(): void {
    const leave = this.#context.slots.enter(() => this.#attempt(this.#context.transportChoice.pick()));
    if (this.#ended) leave();
    else this.#leaveSlot = leave;
  }

  #attempt(transport: Transport): void {
    const { dialect, timers, transportChoice } = this.#context;
    this.#transport = transport;
    this.#reader = dialect.reader(this.#request, this);
    this.#thinkingChars = 0;
    // After a third of the time SSE is connected beside it, so that falling back costs no more than the rest.
    const early = timers.connectMs / 3;
    this.#deadline.set(early, () => {
      if (transport.kind === 'websocket') transportChoice.prepareFallBack();
      this.#expireIn(timers.connectMs - early, 'no connection');
    });
    try {
      this.#call = transport.call(dialect.body(this.#request, transport.kind), this);
    } catch (error) {
      // A header or a body that can't be sent.
      this.#finish(this.#context.failures.error('request', messageOf(error)).end);
    }
  }

  fail(failure: Failure): void {
    if (this.#ended) return;
    const { retry } = failure;
    if (retry && this.#answerChars === 0 && this.#mayRetry(retry) && this.#retry(retry, failure)) return;
    if (failure.end.kind === 'error' && failure.end.error.kind === 'auth') this.#context.key.forget();
    this.#finish(failure.end);
  }

  #mayRetry(kind: RetryKind): boolean {
    const tried = (this.#retryCounts[kind] ?? 0) + 1;
    this.#retryCounts[kind] = tried;
    return tried <= maxRetries[kind];
  }

  /** Starts a retry of that kind. False if that is not possible. */
  #retry(kind: RetryKind, failure: Failure): boolean {
    const { transportChoice, dialect } = this.#context;
    if (kind === 'full') {
      this.#reader = dialect.reader(this.#request, this);
      return this.#call?.send(dialect.body(this.#request, 'websocket')) ?? false;
    }
    if (kind === 'wait') return this.#retryLater(waitOf(failure, this.#retryCounts.wait ?? 1));
    const next = kind === 'reconnect' ? this.#transport : transportChoice.fallBack(this.#transport, kind === 'sse');
    if (!next) return false;
    this.#closeCall();
    if (kind === 'reconnect') next.closeIdle();
    this.#attempt(next);
    return true;
  }

  #retryLater(delayMs: number): boolean {
    if (delayMs > maxWaitMs) return false;
    const { clock, transportChoice } = this.#context;
    this.#deadline.clear();
    this.#closeCall();
    this.#retryTimer = clock.setTimer(() => this.#attempt(transportChoice.pick()), delayMs);
    return true;
  }

  // --- CallListener: what the transport reports

  opened(reused: boolean): void {
    this.#reused = reused;
    this.#expireIn(this.#context.timers.firstByteMs, 'no answer');
  }

  message(message: Message): void {
    let isWork = false;
    try {
      isWork = this.#reader?.read(message) ?? false;
    } catch {
      // Every field should be read through a validator; where one is not, only this answer ends.
      return this.fail(this.#context.failures.malformed('a message can not be read'));
    }
    if (isWork && !this.#ended) this.alive();
  }

  alive(): void {
    const { firstByteMs, stallMs } = this.#context.timers;
    if (this.#answerChars > 0) this.#expireIn(stallMs, 'no further text');
    else this.#expireIn(firstByteMs, 'no answer');
  }

  failed(failure: Failure): void {
    this.#call = undefined;
    const held = isClosing(failure) ? this.#reader?.held : undefined;
    if (held) this.end(held);
    else this.fail(failure);
  }

  // --- AnswerSink: what the reader finds

  text(text: string): void {
    if (this.#ended) return;
    this.#answerChars += text.length;
    if (this.#answerChars > maxAnswerChars) return this.fail(this.#context.failures.endless());
    this.#reportOpened();
    this.#onEvent({ type: 'text', text });
  }

  thinking(chars: number): void {
    if (this.#ended) return;
    if (this.#answerChars === 0) this.#thinkingChars += chars;
    if (this.#thinkingChars > maxThinkingTokens * charsPerToken)
      return this.fail(this.#context.failures.thoughtTooLong(maxThinkingTokens));
    this.#onEvent({ type: 'thinking', chars });
  }

  usage(usage: Usage): void {
    if (this.#ended) return;
    this.#reportOpened();
    this.#onEvent({ type: 'usage', usage });
  }

  end(end: ModelEnd): void {
    if (this.#ended) return;
    this.#reportOpened();
    const call = this.#call;
    this.#call = undefined;
    if (this.#transport) this.#context.transportChoice.succeeded(this.#transport);
    call?.release();
    this.#finish(end);
  }

  steered(): void {
    if (this.#ended) return;
    this.#onEvent({ type: 'steered' });
    for (const settle of this.#steers.splice(0)) settle('applied');
  }

  steerFailed(): void {
    this.#steers.shift()?.('failed');
  }

  // --- the end

  #expireIn(delayMs: number, what: string): void {
    this.#deadline.set(delayMs, () => this.#expire(what, delayMs));
  }

  #expire(what: string, delayMs: number): void {
    // Nothing more was heard in time, and the answer was over.
    const held = this.#reader?.held;
    if (held) return this.#finish(held);
    const failure = this.#context.failures.timeout(what, delayMs);
    this.fail(what === 'no connection' ? { ...failure, retry: 'sse' } : failure);
  }

  #closeCall(): void {
    const call = this.#call;
    this.#call = undefined;
    this.#reader = undefined;
    call?.destroy();
  }

  #reportOpened(): void {
    if (this.#openedReported || !this.#transport) return;
    this.#openedReported = true;
    this.#onEvent({ type: 'opened', transport: this.#transport.kind, reused: this.#reused });
  }

  #finish(end: ModelEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#deadline.clear();
    if (this.#retryTimer !== undefined) this.#context.clock.clearTimer(this.#retryTimer);
    this.#closeCall();
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#context.runs.delete(this);
    for (const settle of this.#steers.splice(0)) settle('failed');
    this.#onEvent({ type: 'ended', end });
    this.#leaveSlot?.();
  }
}

/** The connection is gone, and nothing else is wrong. */
const isClosing = ({ end }: Failure): boolean =>
  end.kind === 'truncated' || (end.kind === 'error' && end.error.kind === 'network');

/** Milliseconds: as long as the provider asked for, else 500, doubled with each retry. */
function waitOf(failure: Failure, attempt: number): number {
  const asked = failure.end.kind === 'error' ? failure.end.error.retryAfterMs : undefined;
  return asked ?? firstWaitMs * 2 ** (attempt - 1);
}

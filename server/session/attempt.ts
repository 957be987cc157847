// One lane's try at an edit: opens the model, asks whether the document may be sent, prepares the request, calls, and reads the answer.
// Tells what it reads; changes nothing but its own state.

import { messageOf } from '../errors.ts';
import type { ModelEnd, ModelEvent } from '../models/model.ts';
import type { ParseCheck } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import { Answer, type Reading } from './answer.ts';
import type { EditDeps, EditRequest } from './edit-request.ts';
import type { AttemptEnd, Ending } from './ending.ts';
import type { LaneModel } from './lane-model.ts';
import { ModelCall, untilEnded } from './model-call.ts';
import { modelOf } from './offer.ts';
import type { Exchange, Prepare, PreparedRequest } from './prepared-request.ts';
import { ReadingQueue } from './reading-queue.ts';

/** What an attempt tells its edit, synchronously. */
export interface AttemptListener {
  /** The request is prepared, and is sent next. */
  asking(request: PreparedRequest, model: LaneModel): void;
  /** How the answer comes, for the measurements: `opened` and `usage` at any time, `text` and `thinking` until the attempt is aborted. */
  heard(event: ModelEvent): void;
  /** A part of the answer was read. */
  read(reading: Reading): void;
  /** The answer is too long: what has just come is not read. */
  tooLong(ending: Ending): void;
  /** Something was thrown, here or by the listener. */
  broke(error: unknown): void;
}

export interface AttemptOptions {
  readonly lane: string;
  readonly request: EditRequest;
  readonly deps: EditDeps;
  /** Why nothing of the document may be sent; looked up once for all attempts of an edit. Never rejects. */
  readonly forbidden: Promise<string | undefined>;
  /** The region, in offsets of the delivery's latest snapshot. */
  readonly span: () => Span;
  /** The running answer of the edit that this one corrects, once: whoever takes it owns it. */
  readonly takeOver: () => ModelCall | undefined;
  readonly listener: AttemptListener;
}

const aborted: ModelEnd = { kind: 'aborted', message: '' };

/** A request that is ready to be sent. */
interface Prepared {
  readonly model: LaneModel;
  readonly request: PreparedRequest;
  readonly answer: Answer;
}

/** Owned by one series of attempts, which closes it. */
export class Attempt {
  readonly #options: AttemptOptions;
  readonly #queue: ReadingQueue;
  #isAborted = false;
  #prepared: Prepared | undefined;
  #call: ModelCall | undefined;
  #parseCheck: ParseCheck | undefined;
  #changes = false;

  constructor(options: AttemptOptions) {
    const { deps, listener } = options;
    this.#options = options;
    this.#queue = new ReadingQueue(deps.turns, {
      read: this.#read,
      broke: (error) => listener.broke(error),
    });
  }

  /** Undefined until the request is prepared. */
  get model(): LaneModel | undefined {
    return this.#prepared?.model;
  }

  /** What the model was asked; undefined until the request is prepared. */
  get request(): PreparedRequest | undefined {
    return this.#prepared?.request;
  }

  /** What the model has said so far, and was read. */
  get text(): string {
    return this.#prepared?.answer.text ?? '';
  }

  /** Import lines that the model proposes; known once the answer is whole. */
  get imports(): readonly string[] {
    return this.#prepared?.answer.imports ?? [];
  }

  /** What had to be put right of the answer so far; see Engine. */
  get putRight(): readonly string[] {
    return this.#prepared?.answer.putRight ?? [];
  }

  /** UTF-16 units of the answer that wait for what follows; see Engine. */
  get held(): number {
    return this.#prepared?.answer.held ?? 0;
  }

  /** Whether the answer changes anything, as far as it was read. */
  get changes(): boolean {
    return this.#changes;
  }

  /** The request and the answer, for a correction to go on from. */
  exchange(isComplete: boolean): Exchange | undefined {
    if (!this.#prepared) return undefined;
    const { request, model } = this.#prepared;
    const { instruction } = this.#options.request;
    const answer = this.text;
    const shown = () => model.provider.scrub(answer);
    return { prompt: request.prompt, instruction, answer, shown, complete: isComplete };
  }

  /** Resolves with how the attempt ended, once all of the answer is read. Rejects only for a bug. */
  async run(): Promise<AttemptEnd> {
    const { deps, request, lane, listener, forbidden, span } = this.#options;
    const prepare = await deps.loadPrepare();
    let model: LaneModel;
    try {
      model = request.accepts ? modelOf(request.accepts) : await deps.openLane(lane);
    } catch (error) {
      return { kind: 'notOpened', message: messageOf(error) };
    }
    const whyNot = await forbidden;
    if (this.#isAborted) return aborted;
    const prepared = whyNot ?? this.#prepare(prepare, model, span());
    if (typeof prepared === 'string') return { kind: 'refused', message: prepared };
    this.#prepared = { model, request: prepared, answer: new Answer(prepared) };
    listener.asking(prepared, model);
    return this.#queue.whenRead(await this.#answered(this.#prepared));
  }

  /** Closes the model's socket in this turn; nothing is asked or read any more. */
  abort(): void {
    this.#isAborted = true;
    this.#call?.abort();
    this.#queue.close();
  }

  /** Gives the running answer away; undefined if none is running, or it can't be redirected: then it is closed. */
  handOver(): ModelCall | undefined {
    const call = this.#call?.handOver();
    if (call) this.#call = undefined;
    return call;
  }

  /** No text is going to be parsed any more. */
  close(): void {
    this.#parseCheck?.dispose();
    this.#parseCheck = undefined;
  }

  /** A string is the reason why nothing is asked at all. */
  #prepare(prepare: Prepare, model: LaneModel, span: Span): PreparedRequest | string {
    const { deps, request } = this.#options;
    const { accepts, instruction, directive, diagnostics, corrects } = request;
    const { snapshot } = deps.delivery;
    if (accepts && accepts.base !== snapshot.text.slice(span.from, span.to))
      return 'the code has changed since it was offered';
    this.#parseCheck = deps.parseCheck(snapshot, span);
    return prepare({
      snapshot,
      span,
      instruction,
      model,
      parseCheck: this.#parseCheck,
      directive,
      diagnostics,
      isStub: request.scope.isStub,
      isInsertion: request.scope.kind === 'insertion',
      previous: corrects?.exchange,
      leftOut: request.leftOut,
    });
  }

  /** Resolves when the model has ended; its last words may still wait to be read. */
  async #answered({ model, request: { prompt } }: Prepared): Promise<ModelEnd> {
    const { listener, ended } = untilEnded(this.#hear);
    // To redirect the answer of the edit that this one corrects is cheaper than to interrupt it and ask again.
    this.#call = this.#options.takeOver();
    if (await this.#call?.steer(prompt.input.at(-1)!.text, listener)) return ended;
    if (this.#isAborted) return aborted;
    this.#call = ModelCall.start(model, prompt, listener);
    return ended;
  }

  /** Must not throw: the reader of the socket calls it, once the request is prepared. */
  readonly #hear = (event: ModelEvent): void => {
    const { listener } = this.#options;
    try {
      if (event.type === 'opened' || event.type === 'usage') listener.heard(event);
      if (this.#isAborted) return;
      if (event.type === 'text') this.#said(event);
      else if (event.type === 'thinking') listener.heard(event);
      else if (event.type === 'ended' && event.end.kind === 'complete') this.#queue.add(this.#prepared!.answer.whole());
    } catch (error) {
      listener.broke(error);
    }
  };

  #said(event: ModelEvent & { type: 'text' }): void {
    const { listener } = this.#options;
    const { answer } = this.#prepared!;
    listener.heard(event);
    const tooLong = answer.countChunk(event.text);
    if (tooLong) listener.tooLong(tooLong);
    else this.#queue.add(answer.chunk(event.text));
  }

  readonly #read = (reading: Reading): void => {
    if (reading.hunks.length > 0) this.#changes = true;
    this.#options.listener.read({ ...reading, ...(reading.ending && { ending: this.#scrubbed(reading.ending) }) });
  };

  /** A reason may quote the model, and the model what only its endpoint may know, e.g. its key. */
  #scrubbed({ reason, ...ending }: Ending): Ending {
    return reason === undefined ? ending : { ...ending, reason: this.#prepared!.model.provider.scrub(reason) };
  }
}

/** Whether a fallback may be able to answer where this lane could not. */
export function mayFallBack({ kind }: AttemptEnd): boolean {
  return kind === 'notOpened' || kind === 'error' || kind === 'truncated';
}

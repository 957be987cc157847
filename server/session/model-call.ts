// One running answer of a model: it can be aborted, redirected, and handed over from the edit that asked to the edit that corrects it.

import type { ModelEnd, ModelEvent, ModelRequest, ModelStream } from '../models/model.ts';
import type { Prompt } from '../prompt/prompt.ts';
import { Deferred } from './deferred.ts';
import type { LaneModel } from './lane-model.ts';

/** Gets every event synchronously, the last one is `ended`. Must not throw. */
export type ModelCallListener = (event: ModelEvent) => void;

const ignore: ModelCallListener = () => undefined;

/** Owned by whoever listens; the owner aborts it. */
export class ModelCall {
  readonly #abort = new AbortController();
  #listener: ModelCallListener;
  #stream: ModelStream | undefined;

  private constructor(listener: ModelCallListener) {
    this.#listener = listener;
  }

  /** Sends the request in this turn. */
  static start(
    { provider, model, maxOutputTokens }: LaneModel,
    prompt: Prompt,
    listener: ModelCallListener,
  ): ModelCall {
    const call = new ModelCall(listener);
    const request: ModelRequest = { model, ...prompt, ...(maxOutputTokens && { maxOutputTokens }) };
    call.#stream = provider.stream(request, call.#abort.signal, (event) => call.#listener(event));
    return call;
  }

  /** Closes the model's socket in this turn. */
  abort(): void {
    this.#abort.abort();
  }

  /** The call, for another owner: the listener hears nothing more of it. Undefined, and the socket closed, if the model can't be redirected. */
  handOver(): ModelCall | undefined {
    this.#listener = ignore;
    if (this.#stream?.canSteer) return this;
    this.abort();
    return undefined;
  }

  /**
   * Redirects the answer by one more user message. True: `listener` gets the new answer from its start, and nothing of the old one. False: the old answer is
   * over or can't be redirected; `listener` was never called, and the model has to be asked anew.
   */
  async steer(text: string, listener: ModelCallListener): Promise<boolean> {
    let isSteered = false;
    this.#listener = (event) => {
      if (isSteered) listener(event);
      else if (event.type === 'steered') isSteered = true;
    };
    if ((await this.#stream?.steer(text)) === 'applied') return true;
    this.#listener = ignore;
    this.abort();
    return false;
  }
}

/** A listener that passes everything on to `onEvent`, and how the answer ends. */
export function untilEnded(onEvent: ModelCallListener): { listener: ModelCallListener; ended: Promise<ModelEnd> } {
  const end = new Deferred<ModelEnd>();
  const listener: ModelCallListener = (event) => {
    onEvent(event);
    if (event.type === 'ended') end.resolve(event.end);
  };
  return { listener, ended: end.promise };
}

// One running answer of a model. It may change hands: a correction takes it over where the model can be steered.

import type { ModelEvent, ModelRequest, ModelStream, Provider } from '../models/model.ts';

type Listener = (event: ModelEvent) => void;

/** Owned by the edit session that listens; whoever owns it aborts it. */
export class Conversation {
  readonly #abort = new AbortController();
  readonly #stream: ModelStream;
  #listener: Listener;

  /** Asks at once. `listener` gets every event, the last one is `ended`. */
  constructor(provider: Provider, request: ModelRequest, listener: Listener) {
    this.#listener = listener;
    this.#stream = provider.stream(request, this.#abort.signal, (event) => this.#listener(event));
  }

  /** Closes the model's socket in this turn. */
  abort(): void {
    this.#abort.abort();
  }

  /** What the answer still says is for nobody. Undefined, and the socket closed, if it can't be redirected. */
  release(): this | undefined {
    this.#listener = () => undefined;
    if (this.#stream.canSteer) return this;
    this.abort();
    return undefined;
  }

  /**
   * Redirects the answer. True: `listener` gets the successor from its start, and nothing of what came before. False: it is over or can't be
   * redirected; `listener` was never called, and the model has to be asked anew.
   */
  async steer(text: string, listener: Listener): Promise<boolean> {
    let isSteered = false;
    this.#listener = (event) => {
      if (isSteered) listener(event);
      else if (event.type === 'steered') isSteered = true;
    };
    const outcome = await this.#stream.steer(text);
    if (outcome === 'applied') return true;
    this.#listener = () => undefined;
    this.abort();
    return false;
  }
}

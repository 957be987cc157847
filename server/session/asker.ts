// Puts the question of one edit: which model a lane means, whether anything may be sent to it, and what it is asked. Holds the parse gate of the answer.

import { messageOf } from '../errors.ts';
import type { Gate } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { Asked, EditDeps, EditRequest, LaneModel } from './edit-request.ts';
import { modelOf } from './offer.ts';

export class Asker {
  readonly #request: EditRequest;
  readonly #deps: EditDeps;
  #forbidden: Promise<string | undefined> | undefined;
  /** What {@link #forbidden} came to. */
  #whyForbidden: string | undefined;
  #ask: Awaited<ReturnType<EditDeps['loadAsk']>> | undefined;
  #gate: Gate | undefined;

  constructor(request: EditRequest, deps: EditDeps) {
    this.#request = request;
    this.#deps = deps;
  }

  /** Begins to look up whether the document may be sent: that goes on while a model's endpoint is opened. */
  begin(): void {
    this.#forbidden = this.#deps.forbidden(this.#deps.delivery.snapshot);
  }

  /** All that takes time. A string says why this lane can't be asked. */
  async open(lane: string): Promise<LaneModel | string> {
    const { accepts } = this.#request;
    this.#ask = await this.#deps.loadAsk();
    let model: LaneModel;
    try {
      model = accepts ? modelOf(accepts) : await this.#deps.openLane(lane);
    } catch (error) {
      return messageOf(error);
    }
    this.#whyForbidden = await this.#forbidden;
    return model;
  }

  /** The question to a model that was opened, about `span` of the latest text. A string is the reason why nothing is asked at all. */
  put(model: LaneModel, span: Span): Asked | string {
    if (this.#whyForbidden !== undefined) return this.#whyForbidden;
    const { snapshot } = this.#deps.delivery;
    const { accepts, instruction, directive, diagnostics, corrects } = this.#request;
    if (accepts && accepts.base !== snapshot.text.slice(span.from, span.to))
      return 'the code has changed since it was offered';
    this.close();
    this.#gate = this.#deps.gate(snapshot, span);
    const previous = corrects?.exchange;
    return this.#ask!({ snapshot, span, instruction, model, gate: this.#gate, directive, diagnostics, previous });
  }

  /** No text is going to be parsed any more. */
  close(): void {
    this.#gate?.dispose();
    this.#gate = undefined;
  }
}

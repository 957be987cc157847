// Puts the question of one edit: which model a lane means, whether anything may be sent to it, and what it is asked. Holds the parse gate of the answer.

import { messageOf } from '../errors.ts';
import type { Gate } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { AskContext, Asked, EditDeps, EditRequest, LaneModel } from './edit-request.ts';
import { modelOf } from './offer.ts';

/** A model that can be asked now. */
export interface Opened {
  readonly model: LaneModel;
  /** The question about `span` of the latest text. A string is the reason why nothing is asked at all. */
  put(span: Span): Asked | string;
}

type Ask = (context: AskContext) => Asked | string;

export class Asker {
  readonly #request: EditRequest;
  readonly #deps: EditDeps;
  #forbidden: Promise<string | undefined> | undefined;
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
  async open(lane: string): Promise<Opened | string> {
    const { accepts } = this.#request;
    const ask = await this.#deps.loadAsk();
    let model: LaneModel;
    try {
      model = accepts ? modelOf(accepts) : await this.#deps.openLane(lane);
    } catch (error) {
      return messageOf(error);
    }
    const whyNot = await this.#forbidden;
    return { model, put: (span) => whyNot ?? this.#put(ask, model, span) };
  }

  #put(ask: Ask, model: LaneModel, span: Span): Asked | string {
    const { snapshot } = this.#deps.delivery;
    const { accepts, instruction, directive, diagnostics, corrects } = this.#request;
    if (accepts && accepts.base !== snapshot.text.slice(span.from, span.to))
      return 'the code has changed since it was offered';
    this.close();
    this.#gate = this.#deps.gate(snapshot, span);
    const previous = corrects?.exchange;
    const isStub = this.#request.scope.stub;
    return ask({ snapshot, span, instruction, model, gate: this.#gate, directive, diagnostics, isStub, previous });
  }

  /** No text is going to be parsed any more. */
  close(): void {
    this.#gate?.dispose();
    this.#gate = undefined;
  }
}

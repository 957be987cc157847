// Who answers an edit: a conversation of its own, or the running one of the edit that it corrects. Knows how to be silenced; reads nothing.

import type { ModelEnd, ModelEvent, ModelRequest } from '../models/model.ts';
import type { Prompt } from '../prompt/prompt.ts';
import { Conversation } from './conversation.ts';
import type { LaneModel } from './edit-request.ts';

/** Owned by one edit session. */
export class Speaker {
  #conversation: Conversation | undefined;
  #inherited: Conversation | undefined;
  #isSilenced = false;

  /** `inherited`: the running answer of the edit that this one corrects. */
  constructor(inherited: Conversation | undefined) {
    this.#inherited = inherited;
  }

  /** Streams the answer to `onEvent`, which must not throw. Resolves with how it ended. */
  async ask(model: LaneModel, prompt: Prompt, onEvent: (event: ModelEvent) => void): Promise<ModelEnd> {
    let resolve: (end: ModelEnd) => void = () => undefined;
    const ended = new Promise<ModelEnd>((r) => {
      resolve = r;
    });
    const listener = (event: ModelEvent) => {
      onEvent(event);
      if (event.type === 'ended') resolve(event.end);
    };
    if (await this.#takesOver(prompt, listener)) return ended;
    if (this.#isSilenced) return { kind: 'aborted', message: '' };
    const { provider, maxOutputTokens } = model;
    const request: ModelRequest = { model: model.model, ...prompt, ...(maxOutputTokens && { maxOutputTokens }) };
    this.#conversation = new Conversation(provider, request, listener);
    return ended;
  }

  /** Closes the model's socket in this turn; nothing is asked any more. */
  silence(): void {
    this.#isSilenced = true;
    this.#conversation?.abort();
    this.#inherited?.abort();
  }

  /** Gives the running answer away; undefined if none is running, or it can't be redirected: then it is closed. */
  handOver(): Conversation | undefined {
    const conversation = this.#conversation?.release();
    if (conversation) this.#conversation = undefined;
    return conversation;
  }

  /** Whether the answer of the edit that this one corrects could be redirected: cheaper than to interrupt it and ask again. */
  async #takesOver(prompt: Prompt, listener: (event: ModelEvent) => void): Promise<boolean> {
    const conversation = this.#inherited;
    this.#inherited = undefined;
    if (!conversation) return false;
    this.#conversation = conversation;
    return conversation.steer(prompt.input.at(-1)!.text, listener);
  }
}

// An answer in the chunks of the Chat Completions API.

import type { AnswerEnd, Encoder } from './encoder.ts';
import { asJson, type JsonObject } from './request.ts';
import type { ScriptUsage } from './script.ts';

const finishReasons: Partial<Record<AnswerEnd, string>> = {
  completed: 'stop',
  incomplete: 'length',
  filtered: 'content_filter',
};

export class ChatEncoder implements Encoder {
  readonly #id: string;
  readonly #body: JsonObject;
  readonly #send: (event: object) => void;
  readonly #created = Math.floor(Date.now() / 1000);

  constructor(number: number, body: JsonObject, send: (event: object) => void) {
    this.#id = `chatcmpl-rehearsal-${number}`;
    this.#body = body;
    this.#send = send;
  }

  begin(): void {
    this.#chunk({ role: 'assistant', content: '' });
  }

  delta(text: string): void {
    this.#chunk({ content: text });
  }

  finish(end: AnswerEnd, _text: string, usage: Required<ScriptUsage>): void {
    if (end === 'failed') return this.error(500, 'server_error', 'The rehearsal failed as its script says.');
    this.#chunk({}, finishReasons[end]);
    if (asJson(this.#body.stream_options).include_usage === true)
      this.#send({ ...this.#base(), choices: [], usage: usageOf(usage) });
  }

  error(_status: number, code: string, message: string): void {
    this.#send({ error: { message, type: 'server_error', param: null, code } });
  }

  /** Chunks that hold nothing for the reader. */
  alien(): void {
    this.#send({ ...this.#base(), choices: [{ delta: { content: null }, finish_reason: null }] });
    this.#send({ ...this.#base(), choices: [] });
    this.#send({ ...this.#base(), choices: [{ index: 1, delta: { content: 'ALIEN' }, finish_reason: null }] });
    this.#send({ some_future_chunk: true });
  }

  /** The completion as an object that is not streamed. */
  snapshot(end: AnswerEnd, text: string, usage: Required<ScriptUsage>): object {
    const choice = { index: 0, message: { role: 'assistant', content: text, refusal: null }, logprobs: null };
    return {
      ...this.#base(),
      object: 'chat.completion',
      choices: [{ ...choice, finish_reason: finishReasons[end] }],
      usage: usageOf(usage),
    };
  }

  #chunk(delta: object, finishReason: string | null = null): void {
    this.#send({ ...this.#base(), choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] });
  }

  #base(): object {
    return { id: this.#id, object: 'chat.completion.chunk', created: this.#created, model: this.#body.model };
  }
}

function usageOf(usage: Required<ScriptUsage>): object {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  };
}

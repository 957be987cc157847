// An answer in the events of the Responses API, in the order of the real service.

import type { AnswerEnd, Encoder } from './encoder.ts';
import type { JsonObject } from './request.ts';
import type { ScriptUsage } from './script.ts';

const statuses: Record<AnswerEnd, string> = {
  completed: 'completed',
  incomplete: 'incomplete',
  filtered: 'incomplete',
  steered: 'incomplete',
  failed: 'failed',
};
const reasons: Partial<Record<AnswerEnd, string>> = {
  incomplete: 'max_output_tokens',
  filtered: 'content_filter',
  steered: 'steered',
};

export class ResponsesEncoder implements Encoder {
  readonly id: string;
  readonly #body: JsonObject;
  readonly #send: (event: object) => void;
  readonly #itemId: string;
  readonly #createdAt = Math.floor(Date.now() / 1000);
  #sequence = 0;

  /** `number` makes the ids; `send` gets each event complete but for its `stream_id`. */
  constructor(number: number, body: JsonObject, send: (event: object) => void) {
    this.id = `resp_rehearsal_${number}`;
    this.#itemId = `msg_rehearsal_${number}`;
    this.#body = body;
    this.#send = send;
  }

  begin(): void {
    this.#open();
    this.#event('response.output_item.added', { output_index: 0, item: this.#item('in_progress') });
    this.#event('response.content_part.added', { ...this.#place(), part: part('') });
  }

  delta(text: string): void {
    this.#event('response.output_text.delta', { ...this.#place(), delta: text, logprobs: [] });
  }

  finish(end: AnswerEnd, text: string, usage: Required<ScriptUsage>): void {
    if (end !== 'failed') {
      this.#event('response.output_text.done', { ...this.#place(), text, logprobs: [] });
      this.#event('response.content_part.done', { ...this.#place(), part: part(text) });
      this.#event('response.output_item.done', { output_index: 0, item: this.#item(statuses[end], text) });
    }
    this.#event(`response.${statuses[end]}`, { response: this.snapshot(end, text, usage) });
  }

  /** A request with `generate: false`: no output, and an id to go on from. */
  warmUp(usage: Required<ScriptUsage>): void {
    this.#open();
    const response = { ...this.#response('completed', []), usage: usageOf(usage) };
    this.#event('response.completed', { response });
  }

  error(status: number, code: string, message: string): void {
    this.#send({ type: 'error', status, error: { type: 'invalid_request_error', code, message, param: null } });
  }

  alien(): void {
    const response = { ...this.#response('in_progress', []), id: 'resp_of_somebody_else' };
    this.#event('response.created', { response });
    this.#event('response.output_text.delta', { ...this.#place(), item_id: 'msg_of_somebody_else', delta: 'ALIEN' });
    this.#event('response.output_text.delta', { ...this.#place(), stream_id: 'lane-of-somebody-else', delta: 'ALIEN' });
    this.#event('response.completed', { response: { ...response, status: 'completed' } });
    this.#event('response.some_future_event', { anything: true });
    this.#event('keepalive', {});
  }

  /** The response as an object that is not streamed. */
  snapshot(end: AnswerEnd, text: string, usage: Required<ScriptUsage>): object {
    const reason = reasons[end];
    return {
      ...this.#response(statuses[end], end === 'failed' ? [] : [this.#item(statuses[end], text)]),
      incomplete_details: reason === undefined ? null : { reason },
      error: end === 'failed' ? { code: 'server_error', message: 'The rehearsal failed as its script says.' } : null,
      usage: usageOf(usage),
    };
  }

  #open(): void {
    this.#event('response.created', { response: this.#response('in_progress', []) });
    this.#event('response.in_progress', { response: this.#response('in_progress', []) });
  }

  #event(type: string, fields: object): void {
    this.#send({ type, sequence_number: this.#sequence++, ...fields });
  }

  #place(): object {
    return { item_id: this.#itemId, output_index: 0, content_index: 0 };
  }

  #item(status: string, text?: string): object {
    const content = text === undefined ? [] : [part(text)];
    return { id: this.#itemId, type: 'message', status, role: 'assistant', content };
  }

  #response(status: string, output: object[]): object {
    const { model, instructions, max_output_tokens, previous_response_id, store } = this.#body;
    return {
      id: this.id,
      object: 'response',
      created_at: this.#createdAt,
      status,
      error: null,
      incomplete_details: null,
      instructions: textOrNull(instructions),
      max_output_tokens: typeof max_output_tokens === 'number' ? max_output_tokens : null,
      metadata: {},
      model,
      output,
      parallel_tool_calls: true,
      previous_response_id: textOrNull(previous_response_id),
      reasoning: { effort: null, summary: null },
      store: store !== false,
      temperature: 1,
      text: { format: { type: 'text' } },
      tool_choice: 'auto',
      tools: [],
      top_p: 1,
      truncation: 'disabled',
      usage: null,
    };
  }
}

/** A peer may have sent anything; only a string is sent back. */
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function part(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

function usageOf(usage: Required<ScriptUsage>): object {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedTokens },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}

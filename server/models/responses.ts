// The Responses API: its request body and its events, the same over WebSocket and SSE.

import type { AnswerReader, AnswerSink, Dialect } from './dialect.ts';
import type { ProviderFailures } from './failure.ts';
import { asCount, asObject, asString, asWord, type Message, withExtra } from './message.ts';
import type { ModelEnd, ModelRequest, Usage } from './model.ts';

export interface ResponsesOptions {
  readonly failures: ProviderFailures;
  readonly extraBody: Message | undefined;
  /** Whether the host takes `stream_options.include_obfuscation`; by default it pads every delta. */
  readonly plainDeltas: boolean;
}

export function responsesDialect(options: ResponsesOptions): Dialect {
  return {
    path: '/responses',
    body: (request, transport) => responsesBody(request, transport, options),
    warmUp: (request) =>
      withExtra({ ...responsesBody({ ...request, input: [] }, 'websocket', options), generate: false }),
    reader: (request, sink) => new ResponsesReader(request, sink, options.failures),
  };
}

function responsesBody(request: ModelRequest, transport: 'websocket' | 'sse', options: ResponsesOptions): Message {
  const body = {
    model: request.model,
    // Without it the service keeps what it is sent.
    store: false,
    instructions: request.instructions,
    input: request.input.map(({ role, text }) => ({
      type: 'message',
      role,
      content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }],
    })),
    max_output_tokens: request.maxOutputTokens,
    stream_options: options.plainDeltas ? { include_obfuscation: false } : undefined,
    ...(transport === 'websocket' ? {} : { stream: true }),
  };
  const merged = withExtra(body, options.extraBody);
  return transport === 'websocket' ? { type: 'response.create', ...merged } : merged;
}

/** The phase of messages that comment on progress: their text is not part of the answer. */
const commentaryPhase = 'commentary';
/** Types of items with which a model waits for what we would have to do. */
const toolCalls: ReadonlySet<unknown> = new Set(['function_call', 'custom_tool_call', 'local_shell_call']);
/** UTF-16 units of a refusal that are kept: it is shown in one line. */
const maxRefusal = 4000;
/** Items of one answer that are remembered: a real one has a few. */
const maxItems = 1000;

class ResponsesReader implements AnswerReader {
  held: ModelEnd | undefined;
  readonly #request: ModelRequest;
  readonly #sink: AnswerSink;
  readonly #failures: ProviderFailures;
  #responseId: string | undefined;
  /** By id: whether the text of the item is not part of the answer. */
  readonly #items = new Map<string, boolean>();
  #refusal = '';
  /** The name of the tool that the model called; it may be empty. */
  #tool: string | undefined;
  /** Steers that were sent and neither applied nor refused yet. */
  #steers = 0;

  constructor(request: ModelRequest, sink: AnswerSink, failures: ProviderFailures) {
    this.#request = request;
    this.#sink = sink;
    this.#failures = failures;
  }

  read(message: Message): boolean {
    if (this.#isForeign(message)) return false;
    switch (message.type) {
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta':
        this.#sink.thinking(asString(message.delta)?.length ?? 0);
        return true;
      case 'response.created':
        return this.#created(message);
      case 'response.output_item.added':
        return this.#itemAdded(asObject(message.item));
      case 'response.output_text.delta':
        return this.#delta(message);
      case 'response.refusal.delta':
        this.#refusal = (this.#refusal + (asString(message.delta) ?? '')).slice(0, maxRefusal);
        return true;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return this.#terminal(message.type, asObject(message.response));
      case 'response.steer.failed':
        return this.#steerFailed();
      case 'error':
        this.#sink.fail(this.#failures.message(message));
        return true;
      default:
        return isProgress(message);
    }
  }

  steer(text: string): Message | undefined {
    if (this.#responseId === undefined || this.held) return undefined;
    this.#steers++;
    return { type: 'response.steer', previous_response_id: this.#responseId, input: text };
  }

  /** Of another response, or of a stream with a name (`stream_id`): we open none. */
  #isForeign(message: Message): boolean {
    if (typeof message.stream_id === 'string') return true;
    if (this.#responseId === undefined || message.type === 'response.created') return false;
    const id = asWord(message.response_id) ?? asWord(asObject(message.response).id);
    return id !== undefined && id !== this.#responseId;
  }

  /** The first response is ours; a later one is ours only where a steer was sent, which it then applies. */
  #created(message: Message): boolean {
    if (this.#responseId !== undefined && this.#steers === 0) return false;
    const successor = this.#responseId !== undefined;
    this.#responseId = asWord(asObject(message.response).id) ?? this.#responseId;
    if (!successor) return true;
    this.#steers = 0;
    this.held = undefined;
    this.#refusal = '';
    this.#tool = undefined;
    this.#items.clear();
    this.#sink.steered();
    return true;
  }

  #itemAdded(item: Message): boolean {
    const id = asWord(item.id);
    if (id !== undefined && this.#items.size < maxItems)
      this.#items.set(id, item.type !== 'message' || item.phase === commentaryPhase);
    if (toolCalls.has(item.type)) this.#tool = asWord(item.name) ?? '';
    return true;
  }

  #delta(message: Message): boolean {
    const id = asWord(message.item_id);
    const isCommentary = id === undefined ? false : this.#items.get(id);
    if (isCommentary === undefined && this.#items.size > 0) return false;
    const text = asString(message.delta);
    if (text && !isCommentary) this.#sink.text(text);
    return true;
  }

  #terminal(type: string, response: Message): boolean {
    const usage = usageOf(response.usage);
    if (usage) this.#sink.usage(usage);
    if (type === 'response.failed') {
      this.#sink.fail(this.#failures.message(response));
      return true;
    }
    const reason = asWord(asObject(response.incomplete_details).reason);
    const end = this.#endOf(type === 'response.incomplete' ? (reason ?? 'no reason') : reason, usage);
    // A steer in flight may still start another response, after a normal completion too.
    if (this.#steers > 0) this.held = end;
    else this.#sink.end(end);
    return true;
  }

  #endOf(reason: string | undefined, usage: Usage | undefined): ModelEnd {
    if (reason === 'content_filter') return { kind: 'filtered', message: 'the provider filtered the answer' };
    if (this.#refusal) return this.#failures.refused(this.#refusal);
    // llama-server says `completed` when the limit cut the answer off, so the count decides too.
    const limit = this.#request.maxOutputTokens ?? Number.POSITIVE_INFINITY;
    if (reason === 'max_output_tokens' || (usage?.outputTokens ?? 0) >= limit) {
      return { kind: 'length', message: 'the answer reached its token limit' };
    }
    if (reason !== undefined) return this.#failures.endedEarly(reason);
    return this.#tool === undefined ? { kind: 'complete' } : this.#failures.calledTool(this.#tool);
  }

  #steerFailed(): boolean {
    if (this.#steers > 0) this.#steers--;
    this.#sink.steerFailed();
    if (this.#steers === 0 && this.held) this.#sink.end(this.held);
    return true;
  }
}

/** Keep-alives show that the connection lives, not that the model works. */
function isProgress(message: Message): boolean {
  return typeof message.type === 'string' && message.type.startsWith('response.');
}

function usageOf(value: unknown): Usage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const usage = asObject(value);
  return {
    inputTokens: asCount(usage.input_tokens),
    cachedTokens: asCount(asObject(usage.input_tokens_details).cached_tokens),
    outputTokens: asCount(usage.output_tokens),
    reasoningTokens: asCount(asObject(usage.output_tokens_details).reasoning_tokens),
  };
}

// The Chat Completions API over SSE: its request body and its chunks.

import type { AnswerReader, AnswerSink, Dialect } from './dialect.ts';
import type { ProviderFailures } from './failure.ts';
import { asCount, asObject, asString, asWord, type Message, withExtra } from './message.ts';
import type { ModelEnd, ModelRequest, Usage } from './model.ts';

/** The message that stands for the `[DONE]` line. */
export const done: Message = { type: '[DONE]' };

export interface ChatOptions {
  readonly failures: ProviderFailures;
  readonly extraBody: Message | undefined;
  /** What the host calls the limit; `max_tokens` is the older name that nearly everything takes. */
  readonly limitField: 'max_tokens' | 'max_completion_tokens';
  /** Whether the host takes `stream_options.include_usage`. */
  readonly usage: boolean;
}

export function chatDialect(options: ChatOptions): Dialect {
  return {
    path: '/chat/completions',
    body: (request) => chatBody(request, options),
    reader: (_request, sink) => new ChatReader(sink, options.failures),
  };
}

function chatBody(request: ModelRequest, options: ChatOptions): Message {
  const body = {
    model: request.model,
    stream: true,
    messages: [
      { role: 'system', content: request.instructions },
      ...request.input.map(({ role, text }) => ({ role, content: text })),
    ],
    [options.limitField]: request.maxOutputTokens,
    stream_options: options.usage ? { include_usage: true } : undefined,
  };
  return withExtra(body, options.extraBody);
}

class ChatReader implements AnswerReader {
  readonly held = undefined;
  readonly #sink: AnswerSink;
  readonly #failures: ProviderFailures;
  #finishReason: string | undefined;

  constructor(sink: AnswerSink, failures: ProviderFailures) {
    this.#sink = sink;
    this.#failures = failures;
  }

  read(message: Message): boolean {
    if (message === done) this.#sink.end(this.#end());
    else if (message.error) this.#sink.fail(this.#failures.message(message));
    else this.#chunk(message);
    return true;
  }

  steer(): undefined {
    return undefined;
  }

  #chunk(message: Message): void {
    const choices = Array.isArray(message.choices) ? message.choices : [];
    for (const choice of choices.map(asObject)) {
      if (asCount(choice.index) > 0) continue;
      if (choice.error) return this.#sink.fail(this.#failures.message(choice));
      const text = asString(asObject(choice.delta).content);
      if (text) this.#sink.text(text);
      this.#finishReason = asWord(choice.finish_reason) ?? this.#finishReason;
    }
    const usage = usageOf(message.usage ?? asObject(message.x_groq).usage);
    if (usage) this.#sink.usage(usage);
  }

  #end(): ModelEnd {
    switch (this.#finishReason) {
      case 'stop':
        return { kind: 'complete' };
      case 'length':
        return { kind: 'length', message: 'the answer reached its token limit' };
      case 'content_filter':
        return { kind: 'filtered', message: 'the provider filtered the answer' };
      default:
        return this.#failures.endedEarly(this.#finishReason);
    }
  }
}

function usageOf(value: unknown): Usage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const usage = asObject(value);
  return {
    inputTokens: asCount(usage.prompt_tokens),
    cachedTokens: asCount(asObject(usage.prompt_tokens_details).cached_tokens),
    outputTokens: asCount(usage.completion_tokens),
    reasoningTokens: asCount(asObject(usage.completion_tokens_details).reasoning_tokens),
  };
}

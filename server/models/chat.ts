// The Chat Completions API over SSE: its request body.

import { ChatReader } from './chat-reader.ts';
import type { Dialect } from './dialect.ts';
import type { ProviderFailures } from './failure.ts';
import { type Message, withExtra } from './message.ts';
import type { ModelRequest } from './model.ts';

export interface ChatOptions {
  readonly failures: ProviderFailures;
  readonly extraBody: Message | undefined;
  /** What the host calls the limit; `max_tokens` is the older name that nearly everything takes. */
  readonly limitField: 'max_tokens' | 'max_completion_tokens';
  /** Whether the host takes `stream_options.include_usage`. */
  readonly usage: boolean;
  /** Whether `[DONE]` alone says that an answer is whole: some servers give no finish reason. */
  readonly trustDone: boolean;
}

export function chatDialect(options: ChatOptions): Dialect {
  return {
    path: '/chat/completions',
    body: (request) => chatBody(request, options),
    reader: (_request, sink) => new ChatReader({ ...options, sink }),
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

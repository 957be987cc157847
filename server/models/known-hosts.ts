// What known services accept beyond the common core of their API. Any other host is sent the core only.

export interface HostTraits {
  /** `response.steer` over WebSocket. */
  readonly steer?: boolean;
  /** `generate: false` over WebSocket. */
  readonly warmUp?: boolean;
  /** `stream_options.include_obfuscation`. */
  readonly plainDeltas?: boolean;
  /** `max_completion_tokens` in place of `max_tokens`. */
  readonly maxCompletionTokens?: boolean;
  /** `stream_options.include_usage`. */
  readonly streamUsage?: boolean;
}

const known: Readonly<Record<string, HostTraits>> = {
  'api.openai.com': { steer: true, warmUp: true, plainDeltas: true, maxCompletionTokens: true, streamUsage: true },
  'api.cerebras.ai': { maxCompletionTokens: true },
  'api.groq.com': { maxCompletionTokens: true, streamUsage: true },
  'openrouter.ai': { streamUsage: true },
};

export function traitsOf(url: URL): HostTraits {
  return known[url.hostname] ?? {};
}

// What a provider is configured with, and how long each thing may take.

/** Milliseconds. */
export interface ProviderTimers {
  /** Until a connection stands; a WebSocket that is slower loses to SSE. */
  readonly connectMs?: number;
  /** From the request to the first text, restarted by every sign of progress (reasoning, queue and prompt progress). */
  readonly firstByteMs?: number;
  /** Between two pieces of an answer; also how long a half-open connection can go unnoticed. */
  readonly stallMs?: number;
}

/** The defaults of `models.md` §5: measured to be clear of healthy services and short enough to notice. */
export const DEFAULT_TIMERS: Required<ProviderTimers> = { connectMs: 3000, firstByteMs: 5000, stallMs: 2000 };

/** One endpoint and how to talk to it. */
export interface ProviderConfig {
  /** As the user knows it; starts every error message. */
  readonly name: string;
  readonly api: 'responses' | 'chat';
  /** For `responses` the default is `websocket`; `chat` is always SSE. */
  readonly transport?: 'websocket' | 'sse';
  /** With its version path: `https://api.example.com/v1`. `ws:` and `wss:` are read as `http:` and `https:`. */
  readonly baseUrl: string;
  /** The environment variable that holds the key, read at each connect. Without it no key is sent. */
  readonly apiKeyEnv?: string;
  /** Prints the key; asked when the variable is not set, once until the key is refused. */
  readonly apiKeyCommand?: readonly string[];
  /** Sent with every request; they win over ours. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Merged into every request's body last; `null` takes a field out. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  readonly timers?: ProviderTimers;
  /** Whether `response.steer` may be sent. Default: only to hosts known to take it. */
  readonly steer?: boolean;
  /** Whether `generate: false` may be sent to warm a connection up. Default: only to hosts known to take it. */
  readonly warmUp?: boolean;
}

// Providers that need no configuration beyond a key in the environment, and the types of a provider.

/** Milliseconds without a sign of the model after which a request fails; the schema says what each is for. */
export interface Timers {
  readonly connectMs: number;
  readonly firstByteMs: number;
  readonly stallMs: number;
}

/** A configured endpoint, as `models/` takes it. */
export interface ProviderConfig {
  readonly name: string;
  readonly api: 'responses' | 'chat';
  readonly transport?: 'websocket' | 'sse';
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  /** Name of the environment variable that holds the key. */
  readonly apiKeyEnv?: string;
  /** Prints the key; started without a shell. `apiKeyEnv` is asked first. */
  readonly apiKeyCommand?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly extraBody?: Readonly<Record<string, unknown>>;
  readonly timers?: Partial<Timers>;
  readonly steer?: boolean;
  readonly warmUp?: boolean;
  /** For `chat`: `[DONE]` alone says that an answer is whole. */
  readonly trustDone?: boolean;
}

/** The name that a lane gives for the built-in rehearsal model. */
export const rehearsal = 'rehearsal';

/**
 * Servers of chat completions report token counts in a stream only on request, and these are known to accept it: Ollama and LM Studio
 * (0.3.18 and newer) document it, vLLM and llama-server do it. Without it tokens are estimated from characters.
 */
const countsTokens = { stream_options: { include_usage: true } };

/** Addresses and variables as the providers' own documentation gives them; llama-server moved from port 8080 to 9931. */
export const presets: readonly ProviderConfig[] = [
  {
    name: 'openai',
    api: 'responses',
    transport: 'websocket',
    baseUrl: 'https://api.openai.com/v1',
    apiKeyEnv: 'OPENAI_API_KEY',
  },
  { name: 'cerebras', api: 'chat', baseUrl: 'https://api.cerebras.ai/v1', apiKeyEnv: 'CEREBRAS_API_KEY' },
  { name: 'groq', api: 'chat', baseUrl: 'https://api.groq.com/openai/v1', apiKeyEnv: 'GROQ_API_KEY' },
  { name: 'openrouter', api: 'chat', baseUrl: 'https://openrouter.ai/api/v1', apiKeyEnv: 'OPENROUTER_API_KEY' },
  { name: 'ollama', api: 'chat', baseUrl: 'http://127.0.0.1:11434/v1', extraBody: countsTokens },
  { name: 'llama.cpp', api: 'chat', baseUrl: 'http://127.0.0.1:8080/v1', extraBody: countsTokens },
  { name: 'llama.cpp-9931', api: 'chat', baseUrl: 'http://127.0.0.1:9931/v1', extraBody: countsTokens },
  { name: 'lmstudio', api: 'chat', baseUrl: 'http://127.0.0.1:1234/v1', extraBody: countsTokens },
  { name: 'vllm', api: 'chat', baseUrl: 'http://127.0.0.1:8000/v1', extraBody: countsTokens },
];

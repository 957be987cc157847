// The error taxonomy. Expected outcomes (no scope, rejected, stale) are values, not errors; what is thrown is one of these.

/** The request itself is wrong. Becomes InvalidParams; `message` names the field and says what to do. */
export class ClientError extends Error {
  readonly code = 'client';
}

/** The user or the editor cancelled it. Becomes RequestCancelled (-32800); never logged as an error. */
export class Cancelled extends Error {
  readonly code = 'cancelled';
}

/**
 * What went wrong at a model provider.
 * auth: the key is missing or refused. rateLimit: 429/529 and the like. timeout: one of our timers fired.
 * network: no connection, or it broke. malformed: the peer does not speak the protocol. tooLarge: the request or a frame is
 * over a limit. server: the provider says it failed. request: the provider says that the request is wrong (400, unknown model).
 */
export type ProviderErrorKind =
  | 'auth'
  | 'rateLimit'
  | 'timeout'
  | 'network'
  | 'malformed'
  | 'tooLarge'
  | 'server'
  | 'request';

/** A failure at a provider. `retryable` means: the same request may succeed on a new connection. Never holds a key or a prompt. */
export class ProviderError extends Error {
  readonly code = 'provider';
  readonly kind: ProviderErrorKind;
  readonly retryable: boolean;
  /** Milliseconds that the provider asked us to wait, if it did. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: ProviderErrorKind, message: string, options: { retryable?: boolean; retryAfterMs?: number } = {}) {
    super(message);
    this.kind = kind;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** A broken invariant of ours: log it, fail that edit, keep serving. */
export class Bug extends Error {
  readonly code = 'bug';
}

/** Frames of a stack that the log gets. */
const maxFrames = 4;

/** Where an error was thrown, in one line for the log. Without its message, which may quote code or an answer, unless it is a {@link Bug}. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  const { name, message, stack = '' } = error;
  const frames = stack.slice(stack.indexOf(message) + message.length).matchAll(/^ {4}at (.+)$/gm);
  const where = [...frames].slice(0, maxFrames).map(([, frame]) => frame);
  return `${name}${error instanceof Bug ? ` (${message})` : ''} at ${where.join(' < ') || 'an unknown place'}`;
}

/** The message of anything that was thrown, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

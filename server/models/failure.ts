// How a status, an error object or a broken connection becomes an end of the answer, and what may be tried first.

import { ProviderError, type ProviderErrorKind } from '../errors.ts';
import type { ProviderKey } from './key.ts';
import { asObject, asString, type Message, parseMessage } from './message.ts';
import type { ModelEnd } from './model.ts';

/**
 * What may be tried while nothing of the answer has been seen, and how often for one answer. sse: ask over SSE, and stay there for a while.
 * sseOnce: ask over SSE this once. reconnect: ask on a new connection. wait: ask again later. full: send everything on the same socket.
 */
export const REMEDIES = { sse: 1, sseOnce: 1, reconnect: 1, full: 1, wait: 2 };
export type Remedy = keyof typeof REMEDIES;

/** Why an attempt is over without the protocol's own terminal event. `end` is the outcome if the remedy is not open. */
export interface Failure {
  readonly end: ModelEnd;
  readonly remedy?: Remedy;
}

/** Statuses with which a server says that it speaks no WebSocket here; SSE is worth a try. */
const NO_UPGRADE = new Set([200, 400, 404, 405, 426, 500, 501, 502, 503, 504]);
/** Longest piece of a provider's own words that an error carries. */
const MAX_DETAIL = 300;

/** The errors of one provider. It scrubs the key from whatever the provider says. */
export class Failures {
  private readonly name: string;
  private readonly key: ProviderKey;

  constructor(name: string, key: ProviderKey) {
    this.name = name;
    this.key = key;
  }

  error(
    kind: ProviderErrorKind,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number } = {},
  ): Failure {
    return { end: { kind: 'error', error: new ProviderError(kind, `${this.name}: ${message}`, options) } };
  }

  /** `why` comes from reading the key, and names the provider itself. */
  noKey(why: string): Failure {
    return { end: { kind: 'error', error: new ProviderError('auth', why) } };
  }

  /** The connection ended in an orderly way, but before the answer did. */
  truncated(how: string): Failure {
    return { end: { kind: 'truncated', message: `${this.name}: the answer was cut off (${how})` } };
  }

  network(how: string): Failure {
    return this.error('network', `the connection failed (${how})`, { retryable: true });
  }

  timeout(what: string, afterMs: number): Failure {
    return this.error('timeout', `${what} within ${afterMs} ms`, { retryable: true });
  }

  malformed(what: string): Failure {
    return this.error('malformed', what);
  }

  /** A refused WebSocket handshake. */
  handshake(status: number, headers: Headers): Failure {
    const failure = this.status(status, headers, '');
    return NO_UPGRADE.has(status) ? { ...failure, remedy: 'sse' } : failure;
  }

  /** An HTTP status other than success; `detail` is the provider's own words. */
  status(status: number, headers: Headers, detail: string, code = ''): Failure {
    const kind = isTooLong(code) ? 'tooLarge' : kindOfStatus(status);
    if (kind === 'auth') {
      const { origin } = this.key;
      // With a 401 some providers quote a part of the key; with a 403 their words say what to do.
      const why = status === 401 ? '' : ` ${this.clean(detail)}`;
      return this.error(
        'auth',
        `${origin ? `the key in ${origin}` : 'the request'} was refused (${status})${why}`.trimEnd(),
      );
    }
    const retryAfterMs = retryAfter(headers, detail);
    const retryable = kind === 'rateLimit' || kind === 'server' || kind === 'timeout';
    const failure = this.error(kind, `${status} ${this.clean(detail)}`.trim(), {
      retryable,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
    if (code === 'insufficient_quota') return failure;
    const waits = kind === 'rateLimit' || (status === 503 && retryAfterMs !== undefined);
    return waits ? { ...failure, remedy: 'wait' } : failure;
  }

  /** An HTTP answer other than success; `body` is JSON, text or a web page. */
  response(status: number, headers: Headers, body: string): Failure {
    const error = parseMessage(body);
    if (error) return this.message({ ...error, status, headers });
    return this.status(status, headers, /^\s*</.test(body) ? '' : body);
  }

  /** An error inside a stream: `{error: {…}}`, `{error: "…"}`, or flat, with or without a status. */
  message(message: Message): Failure {
    const body = typeof message.error === 'object' ? asObject(message.error) : message;
    const detail =
      asString(body.message) ?? asString(message.error) ?? asString(body.detail) ?? 'the provider reported an error';
    const code = String(body.code ?? body.type ?? '');
    if (code === 'previous_response_not_found') return { ...this.error('request', this.clean(detail)), remedy: 'full' };
    if (code === 'websocket_connection_limit_reached') {
      return { ...this.error('server', this.clean(detail), { retryable: true }), remedy: 'reconnect' };
    }
    const status = [message.status, message.status_code, body.status, body.code]
      .map(Number)
      .find((n) => n >= 400 && n < 600);
    return this.status(
      status ?? statusOfCode(`${code} ${body.type ?? ''}`),
      asObject(message.headers) as Headers,
      detail,
      code,
    );
  }

  private clean(detail: string): string {
    const key = this.key.value;
    const scrubbed = key ? detail.replaceAll(key, '***') : detail;
    return scrubbed.replace(/\s+/g, ' ').slice(0, MAX_DETAIL);
  }
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

function kindOfStatus(status: number): ProviderErrorKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 429 || status === 529) return 'rateLimit';
  if (status === 408) return 'timeout';
  if (status === 413) return 'tooLarge';
  if (status >= 400 && status < 500) return 'request';
  return status >= 500 ? 'server' : 'malformed';
}

/** The status that an error without one would have had, from the words that providers use. */
function statusOfCode(words: string): number {
  if (/rate_limit|too_many_requests|slow_down/.test(words)) return 429;
  if (/overloaded/.test(words)) return 529;
  if (/api_key|authentication|permission/.test(words)) return 401;
  if (isTooLong(words)) return 413;
  return /invalid|not_found|unsupported|insufficient_quota|bad_request/.test(words) ? 400 : 500;
}

/** What OpenAI, OpenRouter and llama-server say when a request is over the model's context, with a status of 400. */
const isTooLong = (words: string): boolean => /context_length|context_size|too_large|too_long/.test(words);

/** Milliseconds to wait: `retry-after-ms`, `retry-after` (seconds or a date), or "try again in 1.5s" as OpenAI words it. */
export function retryAfter(headers: Headers, detail = ''): number | undefined {
  const ms = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (ms >= 0) return ms;
  const after = headers['retry-after'];
  if (after !== undefined) {
    const seconds = Number(after);
    const wait = seconds >= 0 ? seconds * 1000 : Date.parse(String(after)) - Date.now();
    if (Number.isFinite(wait)) return Math.max(0, wait);
  }
  const [, amount, unit] = /try again in ([\d.]+) ?(ms|s)\b/i.exec(detail) ?? [];
  return amount === undefined ? undefined : Number(amount) * (unit === 'ms' ? 1 : 1000);
}

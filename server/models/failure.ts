// How a status, an error object or a broken connection becomes an end of the answer, and what may be tried first.

import { ProviderError, type ProviderErrorKind } from '../errors.ts';
import { shownLine } from '../text/shown.ts';
import type { ProviderKey } from './key.ts';
import { asNumber, asObject, asString, asWord, type Message, parseMessage } from './message.ts';
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
/** Of what a provider says, before its secrets are looked for: nobody reads more, and a search in megabytes takes time. */
const MAX_READ = 16 << 10;
/** Beyond a day nobody waits, whatever a provider says. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60_000;

/** The errors of one provider. Whatever the provider says goes through {@link clean}: no secret, nothing invisible, one line of bounded length. */
export class Failures {
  private readonly name: string;
  private readonly key: ProviderKey;
  private readonly scrub: (text: string) => string;

  /** `scrub` takes out what the endpoint is told and nobody else may read. */
  constructor(name: string, key: ProviderKey, scrub: (text: string) => string) {
    this.name = name;
    this.key = key;
    this.scrub = scrub;
  }

  error(
    kind: ProviderErrorKind,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number } = {},
  ): Failure {
    return { end: { kind: 'error', error: new ProviderError(kind, `${this.name}: ${this.clean(message)}`, options) } };
  }

  /** `why` comes from reading the key, and names the provider itself. */
  noKey(why: string): Failure {
    return { end: { kind: 'error', error: new ProviderError('auth', why) } };
  }

  /** The connection ended in an orderly way, but before the answer did. */
  truncated(how: string): Failure {
    return { end: { kind: 'truncated', message: `${this.name}: the answer was cut off (${this.clean(how)})` } };
  }

  /** The model would not answer, and said why. */
  refused(why: string): ModelEnd {
    return { kind: 'filtered', message: this.clean(why) };
  }

  /** The provider's own terminal event, with a reason that is not one of those known. */
  endedEarly(reason: string | undefined): ModelEnd {
    return { kind: 'truncated', message: `the provider ended the answer early (${this.clean(reason ?? 'no reason')})` };
  }

  network(how: string): Failure {
    return this.error('network', `the connection failed (${how})`, { retryable: true });
  }

  timeout(what: string, afterMs: number): Failure {
    return this.error('timeout', `${what} within ${afterMs} ms`, { retryable: true });
  }

  /** The peer goes on for ever. */
  tooMuch(): Failure {
    return this.error('tooLarge', 'the answer does not come to an end');
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
      const why = status === 401 ? '' : ` ${detail}`;
      return this.error(
        'auth',
        `${origin ? `the key in ${origin}` : 'the request'} was refused (${status})${why}`.trimEnd(),
      );
    }
    const retryAfterMs = retryAfter(headers, detail);
    const retryable = kind === 'rateLimit' || kind === 'server' || kind === 'timeout';
    const failure = this.error(kind, `${status} ${detail}`.trim(), {
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
    const body = typeof message.error === 'object' && message.error !== null ? asObject(message.error) : message;
    const detail =
      asString(body.message) ?? asString(message.error) ?? asString(body.detail) ?? 'the provider reported an error';
    const type = asWord(body.type) ?? '';
    const code = asWord(body.code) ?? type;
    if (code === 'previous_response_not_found') return { ...this.error('request', detail), remedy: 'full' };
    if (code === 'websocket_connection_limit_reached') {
      return { ...this.error('server', detail, { retryable: true }), remedy: 'reconnect' };
    }
    const status = [message.status, message.status_code, body.status, body.code]
      .map(asNumber)
      .find((n) => n !== undefined && Number.isInteger(n) && n >= 400 && n < 600);
    return this.status(status ?? statusOfCode(`${code} ${type}`), asObject(message.headers), detail, code);
  }

  private clean(detail: string): string {
    return shownLine(this.scrub(detail.slice(0, MAX_READ)), MAX_DETAIL);
  }
}

/** As of an HTTP answer, or as a message says that they are: then they may be anything. */
export type Headers = Readonly<Record<string, unknown>>;

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

/**
 * Milliseconds to wait: `retry-after-ms`, `retry-after` (seconds or a date), or "try again in 1.5s" as OpenAI words it. At most a day; `undefined`
 * where there is nothing that makes sense.
 */
export function retryAfter(headers: Headers, detail = ''): number | undefined {
  const after = headers['retry-after'];
  const [, amount, unit] = /try again in ([\d.]{1,20}) ?(ms|s)\b/i.exec(detail.slice(0, MAX_READ)) ?? [];
  const waits = [
    asNumber(headers['retry-after-ms']),
    msOf(asNumber(after), 's'),
    untilDate(after),
    msOf(asNumber(amount), unit),
  ];
  const wait = waits.find((ms) => ms !== undefined && ms >= 0);
  return wait === undefined ? undefined : Math.min(wait, MAX_RETRY_AFTER_MS);
}

const msOf = (amount: number | undefined, unit: string | undefined): number | undefined =>
  amount === undefined ? undefined : amount * (unit === 'ms' ? 1 : 1000);

function untilDate(value: unknown): number | undefined {
  const date = asNumber(value) === undefined ? Date.parse(asWord(value) ?? '') : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

// Turns a status, an error object or a broken connection into a failure: how the answer ends, and whether a retry may come first.

import { ProviderError, type ProviderErrorKind } from '../errors.ts';
import { printableLine } from '../text/printable.ts';
import { errorBodyOf, errorWords } from './error-words.ts';
import { asNumber, asObject, asWord, type Message, parseValue } from './message.ts';
import type { ModelEnd } from './model.ts';
import type { ProviderKey } from './provider-key.ts';
import { isWebPage, sayWebPage } from './web-page.ts';

/**
 * The kinds of retry, which are open while nothing of the answer has been seen, and how often each may be used for one answer. sse: over SSE, which is
 * kept to for a while. sseOnce: over SSE, this once. reconnect: on a new connection. wait: after a pause. full: everything on the same socket.
 */
export const maxRetries = { sse: 1, sseOnce: 1, reconnect: 1, full: 1, wait: 2 };
export type RetryKind = keyof typeof maxRetries;

/** Why an attempt is over without the protocol's own terminal event. `end` is the outcome where no retry is left. */
export interface Failure {
  readonly end: ModelEnd;
  readonly retry?: RetryKind;
}

/** Statuses with which a server refuses a WebSocket although SSE may work. */
const noUpgrade = new Set([200, 400, 404, 405, 426, 500, 501, 502, 503, 504]);
/** Longest piece of a provider's own words that an error carries. */
const maxDetail = 300;
/** UTF-16 units of an error text that are looked at: nobody reads more, and looking for secrets in megabytes takes time. */
const maxRead = 16 << 10;
/** Upper bound of any retry-after: a day. */
const maxRetryAfterMs = 24 * 60 * 60_000;

/** Makes the failures of one provider. Its own words go through {@link #clean}: no secret, nothing invisible, one line of bounded length. */
export class ProviderFailures {
  readonly #name: string;
  readonly #key: ProviderKey;
  readonly #scrub: (text: string) => string;

  /** `scrub` takes the secrets of the endpoint out of a text. */
  constructor(name: string, key: ProviderKey, scrub: (text: string) => string) {
    this.#name = name;
    this.#key = key;
    this.#scrub = scrub;
  }

  error(
    kind: ProviderErrorKind,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number } = {},
  ): Failure {
    return {
      end: { kind: 'error', error: new ProviderError(kind, `${this.#name}: ${this.#clean(message)}`, options) },
    };
  }

  /** `why` comes from reading the key, and names the provider itself. */
  noKey(why: string): Failure {
    return { end: { kind: 'error', error: new ProviderError('auth', why) } };
  }

  /** The connection ended in an orderly way, but before the answer did. */
  truncated(how: string): Failure {
    return { end: { kind: 'truncated', message: `${this.#name}: the answer was cut off (${this.#clean(how)})` } };
  }

  /** The model refused to answer; `why` is its own explanation. */
  refused(why: string): ModelEnd {
    return { kind: 'filtered', message: this.#clean(why) };
  }

  /** The model called a tool; `name` may be empty. None was offered to it. */
  calledTool(name: string): ModelEnd {
    const tool = name === '' ? 'a tool' : `a tool, ${this.#clean(name)},`;
    return { kind: 'toolCall', message: `${this.#name}: the model called ${tool} instead of answering` };
  }

  /** The provider's own terminal event, with an unknown reason. */
  endedEarly(reason: string): ModelEnd {
    return { kind: 'truncated', message: `the provider ended the answer early (${this.#clean(reason)})` };
  }

  /** The stream ended in an orderly way, and nothing in it says whether the answer is whole. */
  endedWithoutReason(): ModelEnd {
    return {
      kind: 'truncated',
      message: `${this.#name}: the answer ended without a finish reason, so it may be cut off`,
      advice: 'if this provider never gives one, set "trustDone": true for its lane',
    };
  }

  /** The model thinks, and says nothing. */
  thoughtTooLong(tokens: number): Failure {
    const message = `${this.#name}: the model thought for more than ${tokens} tokens without a word of its answer, and was stopped`;
    return { end: { kind: 'truncated', message, advice: 'let it think less, or name another model for the lane' } };
  }

  network(how: string): Failure {
    return this.error('network', `the connection failed (${how})`, { retryable: true });
  }

  timeout(what: string, afterMs: number): Failure {
    return this.error('timeout', `${what} within ${afterMs} ms`, { retryable: true });
  }

  /** The answer is longer than any model gives. */
  endless(): Failure {
    return this.error('tooLarge', 'the answer does not come to an end');
  }

  malformed(what: string): Failure {
    return this.error('malformed', what);
  }

  /** A refused WebSocket handshake. */
  handshake(status: number, headers: Headers): Failure {
    const failure = this.status(status, headers, '');
    return noUpgrade.has(status) ? { ...failure, retry: 'sse' } : failure;
  }

  /** An HTTP status other than success; `detail` is the provider's own words. */
  status(status: number, headers: Headers, detail: string, code = ''): Failure {
    const isSpent = status === 402 || noCredit.test(code);
    const kind = isTooLong(code) ? 'tooLarge' : isSpent ? 'rateLimit' : kindOfStatus(status);
    if (kind === 'auth') {
      const { origin } = this.#key;
      // With a 401 some providers quote a part of the key; with a 403 their words say what to do.
      const why = status === 401 ? '' : ` ${detail}`;
      return this.error(
        'auth',
        `${origin ? `the key in ${origin}` : 'the request'} was refused (${status})${why}`.trimEnd(),
      );
    }
    const failure = this.#refused(kind, `${status} ${detail}`.trim(), {
      status,
      retryAfterMs: retryAfter(headers, detail),
    });
    // No wait brings credit.
    return isSpent ? this.error(kind, `${status} ${detail}`.trim()) : failure;
  }

  /** An HTTP answer other than success, or one that is no answer of a model; `body` is JSON, text or a web page. */
  response(status: number, headers: Headers, body: string): Failure {
    const error = parseValue(body);
    if (typeof error === 'object' && error !== null) return this.message({ ...errorOf(error), status, headers });
    if (isWebPage(headers['content-type'], body)) return this.#webPage(status, headers, body);
    return this.status(status, headers, /^\s*</.test(body) ? '' : body);
  }

  /** Not the service has answered. A key that a page refuses with 401 may be the service's all the same. */
  #webPage(status: number, headers: Headers, body: string): Failure {
    const words = `a web page came back, as from a proxy or a sign-in page: ${sayWebPage(status, body)}`;
    const kind = kindOfStatus(status);
    const isElsewhere = kind === 'request' || status === 403;
    return this.#refused(isElsewhere ? 'malformed' : kind, words, { status, retryAfterMs: retryAfter(headers) });
  }

  /** With the retry that the kind allows. */
  #refused(
    kind: ProviderErrorKind,
    words: string,
    { status, retryAfterMs }: { status: number; retryAfterMs: number | undefined },
  ): Failure {
    const retryable = kind === 'rateLimit' || kind === 'server' || kind === 'timeout';
    const failure = this.error(kind, words, { retryable, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
    const waits = kind === 'rateLimit' || (status === 503 && retryAfterMs !== undefined);
    return waits ? { ...failure, retry: 'wait' } : failure;
  }

  /** An error inside a stream, in any of the shapes that {@link errorBodyOf} knows, with or without a status. */
  message(message: Message): Failure {
    const body = errorBodyOf(message);
    const detail = errorWords(body) ?? 'the provider reported an error';
    const type = asWord(body.type) ?? '';
    const code = asWord(body.code) ?? type;
    if (code === 'previous_response_not_found') return { ...this.error('request', detail), retry: 'full' };
    if (code === 'websocket_connection_limit_reached') {
      return { ...this.error('server', detail, { retryable: true }), retry: 'reconnect' };
    }
    const status = [message.status, message.status_code, body.status, body.code]
      .map(asNumber)
      .find((n) => n !== undefined && Number.isInteger(n) && n >= 400 && n < 600);
    const words = `${code} ${type}`.trim() || codeOfWords(detail);
    return this.status(status ?? statusOfCode(words), asObject(message.headers), detail, code);
  }

  #clean(detail: string): string {
    return printableLine(this.#scrub(detail.slice(0, maxRead)), maxDetail);
  }
}

/** Headers of an HTTP answer, or those that a message claims to have: their values may be anything. */
export type Headers = Readonly<Record<string, unknown>>;

const errorOf = (value: object): Message => (Array.isArray(value) ? { error: value } : (value as Message));

/** Codes of an account that is used up, whatever the status. */
const noCredit = /insufficient_(quota|credits?|balance|funds)|billing|quota_exceeded/;

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
  if (noCredit.test(words)) return 402;
  return /invalid|not_found|unsupported|bad_request/.test(words) ? 400 : 500;
}

/** A code for an error that has none but words: those that a retry can't mend. */
function codeOfWords(detail: string): string {
  const words = detail.slice(0, maxDetail).toLowerCase();
  if (/\bmodels?\b.*(not found|not exist|not available|not supported|unknown)/.test(words)) return 'not_found';
  if (/(unknown|no such|invalid|unsupported) model/.test(words)) return 'not_found';
  if (/unauthori[sz]ed|(invalid|incorrect|missing) api key/.test(words)) return 'authentication';
  return '';
}

/** What OpenAI, OpenRouter and llama-server say when a request is over the model's context, with a status of 400. */
const isTooLong = (words: string): boolean => /context_length|context_size|too_large|too_long/.test(words);

/**
 * Milliseconds to wait: `retry-after-ms`, `retry-after` (seconds or a date), or "try again in 1.5s" as OpenAI words it. At most a day; `undefined`
 * where there is nothing that makes sense.
 */
export function retryAfter(headers: Headers, detail = ''): number | undefined {
  const after = headers['retry-after'];
  const [, amount, unit] = /try again in ([\d.]{1,20}) ?(ms|s)\b/i.exec(detail.slice(0, maxRead)) ?? [];
  const waits = [
    asNumber(headers['retry-after-ms']),
    msOf(asNumber(after), 's'),
    untilDate(after),
    msOf(asNumber(amount), unit),
  ];
  const wait = waits.find((ms) => ms !== undefined && ms >= 0);
  return wait === undefined ? undefined : Math.min(wait, maxRetryAfterMs);
}

const msOf = (amount: number | undefined, unit: string | undefined): number | undefined =>
  amount === undefined ? undefined : amount * (unit === 'ms' ? 1 : 1000);

function untilDate(value: unknown): number | undefined {
  const date = asNumber(value) === undefined ? Date.parse(asWord(value) ?? '') : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

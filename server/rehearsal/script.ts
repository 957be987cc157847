// The scripts that control the rehearsal model: one step per request (see README.md).

import type { RehearsalRequest } from './request.ts';

/** Token counts to report in place of the estimate. */
export interface ScriptUsage {
  readonly inputTokens?: number;
  readonly cachedTokens?: number;
  readonly outputTokens?: number;
  readonly reasoningTokens?: number;
}

/**
 * How an answer goes wrong. Each applies after `afterChunks` deltas (default 0).
 * close1000, close1001, close1006, close1009: a WebSocket closes so; over SSE the body ends (1000, 1001) or the connection drops.
 * silent: not even a first event. reset: the connection is reset. eof: an SSE body ends in an orderly way with no terminal event. stall: nothing more comes, the connection stays.
 * errorEvent: an `error` in the stream. binaryFrame, badJson: as they say. failed, incomplete, filtered: that terminal event.
 * freeze: the connection stays, but nothing of it is read or answered any more, pings neither.
 * connectionLimit, previousResponseNotFound: those errors. html: a web page with status 200. alien: events of another response in between.
 */
export type ScriptedFault =
  | 'close1000'
  | 'close1001'
  | 'close1006'
  | 'close1009'
  | 'reset'
  | 'eof'
  | 'silent'
  | 'stall'
  | 'freeze'
  | 'errorEvent'
  | 'binaryFrame'
  | 'badJson'
  | 'failed'
  | 'incomplete'
  | 'filtered'
  | 'connectionLimit'
  | 'previousResponseNotFound'
  | 'html'
  | 'alien';

/** What to do with one request. Without `answer` and `chunks` the instruction is interpreted as ever. All fields are optional. */
export interface ScriptStep {
  /** The whole answer, verbatim; sent token by token. */
  readonly answer?: string;
  /** The answer's deltas, verbatim. */
  readonly chunks?: readonly string[];
  /** Tokens per second. */
  readonly rate?: number;
  /** Before the first token. */
  readonly delayMs?: number;
  /** Refuse the request with this HTTP status; over an open WebSocket an error frame with it. */
  readonly status?: number;
  /** Headers of a refusal, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly fault?: ScriptedFault;
  readonly afterChunks?: number;
  readonly usage?: ScriptUsage;
  /** Over SSE: every variation that the format allows, and writes that are cut anywhere. */
  readonly oddFraming?: boolean;
}

/** Chooses a step for a request; with `undefined` the instruction is interpreted. */
export type Answerer = (request: RehearsalRequest) => ScriptStep | undefined;

/** The steps of `script` in turn, then those of `otherwise`. */
export function followScript(script: readonly ScriptStep[], otherwise: Answerer): Answerer {
  let next = 0;
  return (request) => script[next++] ?? otherwise(request);
}

/** What to do with one WebSocket handshake. Without a field it succeeds. */
export interface HandshakeStep {
  /** Refuse it with this HTTP status. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Never answer it. */
  readonly hang?: boolean;
  readonly delayMs?: number;
  /** What goes wrong with the connection once it is open, before the first request: see {@link ScriptedFault}. */
  readonly idleFault?: 'freeze' | 'error' | 'close1006';
}

// The contract between the run of one answer and the wire protocol that it is asked in.

import type { Failure } from './failure.ts';
import type { Message } from './message.ts';
import type { ModelEnd, ModelRequest, Usage } from './model.ts';

/** What a reader finds in the messages of one answer. */
export interface Findings {
  text(text: string): void;
  usage(usage: Usage): void;
  /** The protocol's own terminal event. */
  end(end: ModelEnd): void;
  fail(failure: Failure): void;
  /** A successor has begun, with a steer in it. */
  steered(): void;
  /** A steer was refused or not used. */
  steerFailed(): void;
}

/** Reads the messages of one attempt. Unknown messages are ignored. */
export interface Reader {
  /** True if the message belongs to this answer and shows that the peer is at work on it. */
  read(message: Message): boolean;
  /** The message that steers the running answer, or `undefined` if it can't be steered now. */
  steer(text: string): Message | undefined;
  /** An end that waits for the fate of a steer. */
  readonly held: ModelEnd | undefined;
}

/** One API's bodies and messages. */
export interface Dialect {
  /** Below `baseUrl`, with its leading slash. */
  readonly path: string;
  body(request: ModelRequest, transport: 'websocket' | 'sse'): Message;
  /** What has the stable part of requests like this one read ahead, where the host takes it. */
  warmUp?(request: ModelRequest): Message;
  reader(request: ModelRequest, findings: Findings): Reader;
}

// The contract between a model run and the API that it speaks: request bodies, and how the messages of an answer are read.

import type { Failure } from './failure.ts';
import type { Message } from './message.ts';
import type { ModelEnd, ModelRequest, Usage } from './model.ts';

/** Receives what a reader finds in the messages of one answer. */
export interface AnswerSink {
  text(text: string): void;
  /** `chars`: UTF-16 units, 0 where the peer tells only that the model thinks. */
  thinking(chars: number): void;
  usage(usage: Usage): void;
  /** The protocol's own terminal event. */
  end(end: ModelEnd): void;
  fail(failure: Failure): void;
  /** A steer was applied: the service has begun a new response in the place of the one so far. */
  steered(): void;
  /** A steer was refused, or the response ended without using it. */
  steerFailed(): void;
}

/** Reads the messages of one attempt. Unknown messages are ignored. */
export interface AnswerReader {
  /** True if the message belongs to this answer and shows that the peer works on it. */
  read(message: Message): boolean;
  /** The message that steers the running answer, or `undefined` if it can't be steered now. */
  steer(text: string): Message | undefined;
  /**
   * The end of the answer, where it is known already and the peer may have something to add: a steer that was sent may start another response; after a finish
   * reason usage may follow. It counts if nothing more comes.
   */
  readonly held: ModelEnd | undefined;
}

/** One API's bodies and messages. */
export interface Dialect {
  /** Below `baseUrl`, with its leading slash. */
  readonly path: string;
  body(request: ModelRequest, transport: 'websocket' | 'sse'): Message;
  /** A request that makes the peer read the stable part of requests like this one ahead of time; absent where the API has none. */
  warmUp?(request: ModelRequest): Message;
  reader(request: ModelRequest, sink: AnswerSink): AnswerReader;
}

// The contracts of an answer on the wire: an encoder makes the events of one API, a carrier sends them over SSE or a WebSocket.

import type { ScriptUsage } from './script.ts';

export type AnswerEnd = 'completed' | 'incomplete' | 'filtered' | 'failed' | 'steered';

/** Encodes one answer as the events of one API. */
export interface Encoder {
  begin(): void;
  delta(text: string): void;
  /** The terminal event. `text` is the whole answer so far. */
  finish(end: AnswerEnd, text: string, usage: Required<ScriptUsage>): void;
  /** An error in the stream. */
  error(status: number, code: string, message: string): void;
  /** Events of another answer, which a client has to ignore. */
  alien(): void;
}

/** Sends the events of an answer. */
export interface Carrier {
  send(event: object): void;
  /** Sends something that the protocol does not allow. */
  sendRaw(data: string | Uint8Array): void;
  /** Ends the answer as the protocol says. */
  end(): void;
  /** Closes the connection with a WebSocket close code, or what comes nearest. */
  close(code: number): void;
  /** Resets the connection (RST). */
  reset(): void;
  /** Stops reading and answering, and leaves the connection open. */
  freeze(): void;
}

// The contract of a wire protocol's events: how an answer sounds, whatever carries it.

import type { ScriptUsage } from './script.ts';

export type Outcome = 'completed' | 'incomplete' | 'filtered' | 'failed' | 'steered';

/** Says one answer in the events of one API. */
export interface Voice {
  begin(): void;
  delta(text: string): void;
  /** The terminal event. `text` is all that was said. */
  finish(outcome: Outcome, text: string, usage: Required<ScriptUsage>): void;
  /** An error in the stream. */
  error(status: number, code: string, message: string): void;
  /** Events that belong to somebody else's answer. */
  alien(): void;
}

/** What carries the events of an answer. */
export interface Carrier {
  send(event: object): void;
  /** Sends something that the protocol does not allow. */
  sendRaw(data: string | Uint8Array): void;
  /** Ends the answer as a carrier does when all is well. */
  end(): void;
  /** Closes the connection with a WebSocket close code, or what comes nearest. */
  close(code: number): void;
  /** Resets the connection (RST). */
  reset(): void;
  /** Reads and answers nothing any more, but stays. */
  freeze(): void;
}

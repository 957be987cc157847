// Emits tokens at a steady rate: bursts from a coarse timer, each with as many as are due by then.

import type { Clock, Timer } from '../clock.ts';

/** Characters of a token, as a rule of thumb for code. */
const tokenChars = 4;

/** Cuts `text` into tokens; a character outside the basic plane stays whole. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + tokenChars, text.length);
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1)) && end < text.length) end++;
    tokens.push(text.slice(at, end));
    at = end;
  }
  return tokens;
}

export interface Pace {
  /** Tokens per second. */
  readonly rate: number;
  /** Before the first token. */
  readonly delayMs: number;
  readonly clock: Clock;
}

/** Calls `emit` for each chunk when it is due, then `done`. The result stops it: nothing is called afterwards. */
export function emitAtPace(
  chunks: readonly string[],
  pace: Pace,
  listener: { emit(chunk: string): void; done(): void },
): () => void {
  const { clock } = pace;
  let timer: Timer | undefined;
  let stopped = false;
  let sent = 0;
  const start = clock.now() + pace.delayMs;
  const burst = () => {
    const due = Math.floor(((clock.now() - start) * pace.rate) / 1000) + 1;
    while (!stopped && sent < Math.min(due, chunks.length)) listener.emit(chunks[sent++] ?? '');
    if (stopped) return;
    if (sent >= chunks.length) listener.done();
    else timer = clock.setTimer(burst, Math.max(1, start + (sent * 1000) / pace.rate - clock.now()));
  };
  if (pace.delayMs > 0) timer = clock.setTimer(burst, pace.delayMs);
  else burst();
  return () => {
    stopped = true;
    if (timer !== undefined) clock.clearTimer(timer);
  };
}

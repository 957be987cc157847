// Plays tokens at a steady rate: bursts from a coarse timer, each with as many as are due by then.

/** Characters of a token, as a rule of thumb for code. */
const TOKEN_CHARS = 4;

/** Cuts `text` into tokens; a character outside the basic plane stays whole. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + TOKEN_CHARS, text.length);
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1)) && end < text.length) end++;
    tokens.push(text.slice(at, end));
    at = end;
  }
  return tokens;
}

export interface Tempo {
  /** Tokens per second. */
  readonly rate: number;
  /** Before the first token. */
  readonly delayMs: number;
}

/** Calls `emit` for each chunk in time, then `done`. Returns what stops it; nothing is called after that. */
export function play(
  chunks: readonly string[],
  tempo: Tempo,
  listener: { emit(chunk: string): void; done(): void },
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let sent = 0;
  const start = performance.now() + tempo.delayMs;
  const burst = () => {
    const due = Math.floor(((performance.now() - start) * tempo.rate) / 1000) + 1;
    while (!stopped && sent < Math.min(due, chunks.length)) listener.emit(chunks[sent++] ?? '');
    if (stopped) return;
    if (sent >= chunks.length) listener.done();
    else timer = setTimeout(burst, Math.max(1, start + (sent * 1000) / tempo.rate - performance.now()));
  };
  if (tempo.delayMs > 0) timer = setTimeout(burst, tempo.delayMs);
  else burst();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

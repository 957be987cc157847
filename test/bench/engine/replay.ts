// Streams one answer through one contender, token by token, and notes what reached the buffer when.

/** Tokens are 4 characters here; what is measured in tokens is independent of any model's speed. */
export const tokenPattern = 4;

/** Edits of the current buffer (baselines) or of the base (the engine): each contender says what the buffer is. */
export interface Contender {
  /** The buffer after this token. */
  push(token: string): string;
  finish(): string;
  /** Inserted plus deleted characters so far. */
  readonly touched: number;
  /** Characters inserted and later deleted again. */
  readonly flicker: number;
  readonly rejected?: string;
}

export interface State {
  /** Tokens that had arrived; the end of the answer counts as one more. */
  readonly token: number;
  readonly text: string;
}

export interface Replay {
  /** Each different text that the buffer had, from the base on. */
  readonly states: readonly State[];
  /** Nanoseconds of each push, without the parser. */
  readonly nanos: readonly number[];
  readonly tokens: number;
}

export function replay(base: string, answer: string, contender: Contender, parserMs: () => number): Replay {
  const states: State[] = [{ token: 0, text: base }];
  const nanos: number[] = [];
  const timed = (token: number, step: () => string) => {
    const parsedBefore = parserMs();
    const started = performance.now();
    const text = step();
    nanos.push((performance.now() - started - (parserMs() - parsedBefore)) * 1e6);
    if (text !== states.at(-1)!.text) states.push({ token, text });
  };
  let token = 0;
  for (let at = 0; at < answer.length; at += tokenPattern)
    timed(++token, () => contender.push(answer.slice(at, at + tokenPattern)));
  timed(token + 1, () => contender.finish());
  return { states, nanos, tokens: token };
}

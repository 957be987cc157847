// When each line of the new text was complete in the answer, and when the buffer had it and all before it.

import { type Replay, tokenPattern } from './replay.ts';

export interface Arrivals {
  /** For each line of the new text, in tokens: with its line break, the last one with the answer. */
  readonly finished: readonly number[];
  /** The first state that begins with everything up to this line; one token after the answer's end if none does. */
  readonly seen: readonly number[];
}

export function arrivalsOf(after: string, { states, tokens }: Replay): Arrivals {
  let state = 0;
  let covered = commonStart(states[0]!.text, after);
  const seen = lineEnds(after).map((end) => {
    while (covered < end && state < states.length - 1) covered = commonStart(states[++state]!.text, after);
    return covered >= end ? states[state]!.token : tokens + 1;
  });
  return { finished: lineTokens(after), seen };
}

function lineTokens(after: string): number[] {
  const lines = after.split('\n');
  let at = 0;
  return lines.map((line, index) => {
    at += line.length + 1;
    return index === lines.length - 1 ? Math.ceil(after.length / tokenPattern) + 1 : Math.ceil(at / tokenPattern);
  });
}

/** Where each line ends with its line break. */
function lineEnds(text: string): number[] {
  let at = 0;
  const ends = text.split('\n').map((line) => (at += line.length + 1));
  ends[ends.length - 1]!--;
  return ends;
}

/** How many UTF-16 units two texts begin with alike. */
export function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

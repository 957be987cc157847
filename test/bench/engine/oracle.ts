// What an engine could do that knew the answer: whole lines in order, each as soon as it is finished and the parse gate lets it through.

import { diff } from 'fast-myers-diff';
import type { Pair } from './corpus.ts';

export interface Oracle {
  /** For each line of the new text: how many lines must be finished before it can be in the buffer. */
  readonly releasedAfter: readonly number[];
  /** Whether the line is changed or new. */
  readonly changed: readonly boolean[];
}

export function oracleOf({ before, after }: Pair, parses: (text: string) => boolean): Oracle {
  const a = before.split('\n');
  const b = after.split('\n');
  const state = (done: number, next: number) => [...b.slice(0, done), ...a.slice(next)].join('\n');
  const changed: boolean[] = b.map(() => false);
  const sound: boolean[] = [];
  let kept = 0;
  const keepUpTo = (line: number, shift: number) => {
    for (; kept < line; kept++) sound[kept] = parses(state(kept + 1, kept + 1 + shift));
  };
  for (const [fromA, toA, fromB, toB] of diff(a, b)) {
    keepUpTo(fromB, fromA - fromB);
    for (; kept < toB; kept++) {
      changed[kept] = true;
      const done = kept + 1;
      sound[kept] = [fromA, Math.min(toA, fromA + done - fromB), toA].some((next) => parses(state(done, next)));
    }
  }
  keepUpTo(b.length, a.length - b.length);
  return { releasedAfter: nextSound(sound), changed };
}

/** A line is out with the first sound state that holds it, at the latest with the whole text. */
function nextSound(sound: readonly boolean[]): number[] {
  const out: number[] = new Array(sound.length);
  let next = sound.length;
  for (let line = sound.length - 1; line >= 0; line--) {
    if (sound[line]) next = line + 1;
    out[line] = next;
  }
  return out;
}

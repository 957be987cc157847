// What an engine could do that knew the answer: the cheapest pairing of old and new lines, released line by line in order, each line as
// soon as it is finished and the parse gate lets it through.

import { LcsText } from '../../../server/text/lcs.ts';
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
  const partners = partnersOf(a, b);
  const sound = b.map((_, line) => {
    const next = partners.slice(line + 1).find((partner) => partner >= 0) ?? a.length;
    const last = Math.max(-1, ...partners.slice(0, line + 1));
    return parses(state(line + 1, last + 1)) || parses(state(line + 1, next));
  });
  return { releasedAfter: nextSound(sound), changed: b.map((line, i) => partners[i]! < 0 || a[partners[i]!] !== line) };
}

/** For each new line the old line it stands for, or -1: the pairs that leave the least to change. */
function partnersOf(a: readonly string[], b: readonly string[]): number[] {
  const partners: number[] = b.map(() => -1);
  for (const [i, j] of cheapest(a, b)) partners[j] = i;
  return partners;
}

function cheapest(a: readonly string[], b: readonly string[]): [number, number][] {
  const gain: number[][] = [new Array(b.length + 1).fill(0)];
  const pair = a.map((line) => {
    const comparable = new LcsText(`${line}\n`);
    return b.map((other) => (other === line ? line.length + 1 : comparable.lcsLength(`${other}\n`)));
  });
  a.forEach((_, i) => {
    const row = [0];
    for (let j = 0; j < b.length; j++) row.push(Math.max(gain[i]![j + 1]!, row[j]!, gain[i]![j]! + pair[i]![j]!));
    gain.push(row);
  });
  const pairs: [number, number][] = [];
  for (let i = a.length, j = b.length; i > 0 && j > 0; ) {
    if (gain[i]![j] === gain[i - 1]![j]) i--;
    else if (gain[i]![j] === gain[i]![j - 1]) j--;
    else pairs.push([--i, --j]);
  }
  return pairs.reverse();
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

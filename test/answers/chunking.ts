// Cuts an answer into chunks as models and networks do: anything from single characters to all at once.

/** A generator of numbers from 0 to below 1 that repeats with its seed (mulberry32). */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The largest chunk of each habit, in UTF-16 units, and how many of a hundred answers have it. */
const habits: readonly [most: number, share: number][] = [
  [1, 8],
  [4, 30],
  [12, 34],
  [80, 20],
  [Number.POSITIVE_INFINITY, 8],
];

/** `text` in pieces. A character outside the basic plane stays whole: JSON of a model never holds half of one. */
export function chunksOf(text: string, random: Random): string[] {
  const most = habitOf(random() * 100);
  const chunks: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(
      text.length,
      at + (most === Number.POSITIVE_INFINITY ? text.length : 1 + Math.floor(random() * most)),
    );
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1)) && end < text.length) end++;
    chunks.push(text.slice(at, end));
    at = end;
  }
  return chunks;
}

function habitOf(drawn: number): number {
  let left = drawn;
  for (const [most, share] of habits) {
    if (left < share) return most;
    left -= share;
  }
  return 1;
}

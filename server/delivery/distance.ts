// How many units two texts differ by: exact, where diffs are only short.

/** No more units are counted: the time grows with the square of the distance, and this much takes some milliseconds. */
export const maxDistance = 1000;

/**
 * The least number of UTF-16 units that have to be inserted and deleted to turn `a` into `b` (Myers' greedy algorithm). Undefined if there are more
 * than `atMost`, or too many to count.
 */
export function distance(a: string, b: string, atMost: number): number | undefined {
  const most = Math.min(atMost, maxDistance);
  // furthest[k]: how far into `a` one gets on diagonal k, which is the place in `a` less the place in `b`.
  const furthest = new Int32Array(2 * most + 3);
  const middle = most + 1;
  for (let edits = 0; edits <= most; edits++) {
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && furthest[middle + k - 1]! < furthest[middle + k + 1]!);
      let x = down ? furthest[middle + k + 1]! : furthest[middle + k - 1]! + 1;
      while (x < a.length && x - k < b.length && a.charCodeAt(x) === b.charCodeAt(x - k)) x++;
      furthest[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return edits;
    }
  }
  return undefined;
}

// "Did you mean": the known name that is nearest to a mistyped one.

/** The one of `names` that `name` was probably meant to be, or undefined if none is near. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const candidate of names) {
    const distance = nearness(wanted, candidate.toLowerCase());
    if (distance <= allowance(wanted) && (!best || distance < best.distance)) best = { name: candidate, distance };
  }
  return best?.name;
}

/** `; did you mean "x"?`, or nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const found = nearest(name, names);
  return found === undefined ? '' : `; did you mean "${found}"?`;
}

/** One typing error per three letters, two at most: with more, unrelated names would be suggested. */
const allowance = (name: string): number => Math.min(2, Math.ceil(name.length / 3));

/** A name cut short ("apiKey" for "apiKeyEnv") is nearer than one wrong letter, one drawn out ("lanesConfig") as near. */
function nearness(wanted: string, name: string): number {
  if (wanted.length >= 3 && name.startsWith(wanted)) return 0.5;
  if (name.length >= 3 && wanted.startsWith(name)) return 1;
  // Names are short; a hostile key of a megabyte must not take quadratic time.
  if (Math.abs(wanted.length - name.length) > 2) return Number.POSITIVE_INFINITY;
  return editDistance(wanted, name);
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, replace);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

// Source texts of a given size for measuring.

/** A function of about `lines` lines whose names end in `suffix`. */
export function functionOf(lines: number, suffix: string): string {
  const steps = Array.from(
    { length: lines - 4 },
    (_, i) => `  total += items[${i}]!.price * rates${suffix}.at(${i % 7});`,
  );
  return [
    `export function sum${suffix}(items: readonly Item[]): number {`,
    '  let total = 0;',
    ...steps,
    '  return total;',
    '}',
  ].join('\n');
}

/** A module of at least `lines` lines, in functions of 20. */
export function moduleOf(lines: number): string {
  return Array.from({ length: Math.ceil(lines / 21) }, (_, i) => functionOf(20, `Of${i}`)).join('\n\n');
}

// Whether what stands in a line stands in a string: a guess for all languages, by counting.

/** Whether a string is open at the end of a line's beginning. */
export function endsInString(before: string): boolean {
  return ['"', "'", '`'].some((quote) => before.split(quote).length % 2 === 0);
}

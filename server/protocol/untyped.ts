// Reads values that came from an editor, whose type nobody has checked.

/** The value if it is an object that is no array; else an empty one. */
export function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

// Texts by the line.

/** One more than the line breaks. */
export function lineCount(text: string): number {
  return text.split('\n').length;
}

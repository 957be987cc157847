// Small questions about lines that end with LF (CRLF included): how many there are, how one is indented.

/** One more than the line breaks. */
export function lineCount(text: string): number {
  return text.split('\n').length;
}

/** How many LF `text` holds. Makes no copies: it is asked for each chunk of an answer. */
export function lineBreaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** The white space that a line starts with; all of a blank one. */
export function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

/** Whether nothing but white space stands on the line of an offset. */
export function isOnBlankLine(text: string, offset: number): boolean {
  let from = offset;
  while (from > 0 && text[from - 1]!.trim() === '' && text[from - 1] !== '\n') from--;
  let to = offset;
  while (to < text.length && text[to]!.trim() === '' && text[to] !== '\n') to++;
  return (from === 0 || text[from - 1] === '\n') && (to === text.length || text[to] === '\n');
}

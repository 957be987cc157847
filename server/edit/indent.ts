// The white space a line starts with.

export function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

// The import lines of a file, found by their look alone: context for a model, not an analysis.

/** How lines that bring in names begin, in the languages that have such lines. */
const importLine =
  /^(?:import\b|from\s+\S+\s+import\b|export\s.*\bfrom\s+['"]|(?:const|let|var)\s.*=\s*require\(|use\s+\S|using\s+[\w.]+|#\s*include\b|require(?:_relative)?\s|@import\b|package\s+[\w.]+|extern\s+crate\b|\(:?require\b)/;

/** Imports stand at the head of a file; further down, looking costs more than it finds. */
const maxLines = 300;

/** Lines of `text` that look like imports, a bracketed list over several lines joined into one. At most as long as anybody would want to send. */
export function importsOf(text: string): string[] {
  const found: string[] = [];
  let open: string | undefined;
  for (const line of text.split(/\r?\n/, maxLines)) {
    if (open !== undefined) open += ` ${line.trim()}`;
    else if (importLine.test(line)) open = line.trimEnd();
    if (open === undefined) continue;
    if (isBalanced(open) || open.length > 1000) {
      found.push(open);
      open = undefined;
    }
  }
  return found;
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const c of text) depth += c === '{' || c === '(' ? 1 : c === '}' || c === ')' ? -1 : 0;
  return depth <= 0;
}

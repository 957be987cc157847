// The blocks of a style sheet, and of configuration that is written like one: told by their heads, since nothing declares them.

export interface RulePart {
  /** Lines, half-open. */
  readonly from: number;
  readonly to: number;
  /** Of a block what stands in front of its brace, of a statement what it sets. */
  readonly name: string;
}

export interface Rules {
  readonly blocks: readonly RulePart[];
  /** Statements beside the blocks. */
  readonly loose: readonly RulePart[];
}

/** What hides braces: comments, strings, addresses, interpolations. What is not closed goes to the end, so that nothing is read twice. */
const hidden =
  /\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|(?<![^\s;{}])\/\/[^\n]*|"[^"\n]*"?|'[^'\n]*'?|url\([^)\n]*\)?|#\{[^{}\n]*\}/g;

/** What stands at the outermost level of some lines; undefined if they do not close what they open, or the other way round. */
export function rulesIn(lines: readonly string[]): Rules | undefined {
  const text = lines
    .join('\n')
    .replace(hidden, (found) => (found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found.replace(/[{};]/g, '_')));
  const blocks: RulePart[] = [];
  const loose: RulePart[] = [];
  let depth = 0;
  let line = 0;
  let begin: { readonly at: number; readonly line: number } | undefined;
  let name = '';
  const end = (list: RulePart[], named: string) => {
    if (begin) list.push({ from: begin.line, to: line + 1, name: named });
    begin = undefined;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (depth === 0 && !begin && !/[\s;}]/.test(char)) begin = { at, line };
    if (char === '{' && depth++ === 0) name = text.slice(begin!.at, at).replace(/\s+/g, ' ').trim();
    else if (char === '}' && --depth < 0) return undefined;
    else if (char === '}' && depth === 0) end(blocks, name);
    else if (char === ';' && depth === 0) end(loose, setIn(text.slice(begin?.at ?? at, at)));
    else if (char === '\n') line++;
  }
  end(loose, setIn(text.slice(begin?.at)));
  return depth === 0 ? { blocks, loose } : undefined;
}

function setIn(statement: string): string {
  return /^[$@\w-]+/.exec(statement)?.[0] ?? '';
}

/** The lines inside of a scope that is one block, with braces at the ends of its lines; undefined: it is none. */
export function insideOfBlock(lines: readonly string[]): RulePart | undefined {
  const rules = rulesIn(lines);
  const [block, ...others] = rules?.blocks ?? [];
  if (!block || others.length > 0 || rules!.loose.length > 0) return undefined;
  const from = lines.findIndex((line, i) => i >= block.from && line.trimEnd().endsWith('{')) + 1;
  const isPlain = from > 0 && lines[block.to - 1]!.trim() === '}' && lines.slice(block.from, from - 1).every(isHead);
  return isPlain && from < block.to ? { from, to: block.to - 1, name: block.name } : undefined;
}

function isHead(line: string): boolean {
  return !/[{};]/.test(line);
}

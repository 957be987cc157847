// Whether code may have been moved to another block, where its indentation is all that an answer has changed of it.

import { indentOf } from '../../text/lines.ts';
import type { Surroundings } from '../surroundings.ts';
import type { IndentationBase } from './indentation-base.ts';

/** Declarations stay where they are: who answers one further out has only stripped it. */
const declares =
  /^(?:@|#\[|\/\*\*|(?:export|pub|public|private|protected|static|async|abstract|final|override|local|default)\b|(?:function|def|class|fn|func|fun|struct|interface|trait|enum|impl|type|module|namespace|sub|proc)\b)|^[#\w$]+\s*(?:<[^>]*>)?\([^;]*\)[^;]*\{$/;

/** `indent`: of the answer's first line. Only to a block that is open around the scope or just above it, and not to the start of a line, which any answer may be stripped to. */
export function mayMoveTo(base: IndentationBase, indent: string, { before }: Surroundings): boolean {
  if (indent === '' || declares.test(base.code[0]!.text)) return false;
  let outer = Number.POSITIVE_INFINITY;
  const lines = before.slice(-maxUnits).split('\n');
  for (const line of lines.reverse()) {
    if (line.trim() === '') continue;
    const own = indentOf(line);
    if (own === indent && own.length < outer) return true;
    outer = Math.min(outer, own.length);
    if (outer === 0) return false;
  }
  return false;
}

/** UTF-16 units of the document above the scope that are looked at: some hundred lines. */
const maxUnits = 8000;

// Reads the name and the parameters of a function from the first lines of a scope.

const named: readonly RegExp[] = [
  /\b(?:function\s*\*?|def|fn|func|fun|sub)\s+(?:\([^)]*\)\s*)?([\w$]+)\s*(?:<[^>()]*>)?\s*\(/,
  /\b(?:const|let|var)\s+([\w$]+)[^=\n]*=\s*(?:async\s*)?(?:function\b[^(]*)?(?:<[^>()]*>)?\(/,
  /^[\t ]*(?:(?:public|private|protected|static|async|override|readonly|get|set)\s+)*([\w$#]+)\s*(?:<[^>()]*>)?\((?=[^;]*\{)/m,
];
const plainName = /\b(?:class|interface|struct|enum|trait|type|module|namespace)\s+([\w$]+)/;
const keywords = new Set(['if', 'for', 'while', 'switch', 'return', 'catch', 'throw', 'with', 'await', 'super']);

/** `name(a, b)`, the name of a type, or `undefined` if a few patterns find no signature. */
export function describeSignature(text: string): string | undefined {
  const found = named.map((pattern) => pattern.exec(text)).filter((match) => match && !keywords.has(match[1] ?? ''));
  const first = found.sort((a, b) => (a?.index ?? 0) - (b?.index ?? 0))[0];
  const plain = plainName.exec(text);
  if (plain && (!first || plain.index < first.index)) return plain[1];
  if (!first) return undefined;
  return `${first[1]}(${parameterNames(text.slice(first.index + first[0].length)).join(', ')})`;
}

/** Names of the parameters in `text`, which starts after the opening parenthesis. */
function parameterNames(text: string): string[] {
  return splitParameters(text)
    .map((parameter) =>
      parameter.replace(/^(?:(?:public|private|protected|readonly|mut|const|final)\s+|@\w+\s+|\.{3}|[*&]+)*/, ''),
    )
    .map(
      (parameter) =>
        /^[\w$]+/.exec(parameter)?.[0] ?? (parameter.startsWith('{') ? '{…}' : parameter.startsWith('[') ? '[…]' : ''),
    )
    .filter((name) => name !== '');
}

/** UTF-16 units of a parameter list that are read. */
const maxSignature = 1000;

function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < Math.min(text.length, maxSignature); at++) {
    const char = text.charAt(at);
    if ('([{<'.includes(char)) depth++;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    } else if (char === ')' && depth === 0) return [...parts, text.slice(start, at).trim()];
    else if (')]}'.includes(char) || (char === '>' && text[at - 1] !== '=')) depth--;
  }
  return parts;
}

// Reads JSON as people write it, with comments and trailing commas, and says where a fault is. The messages never quote the text: a configuration may hold
// what nobody should see.

import { createScanner, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';

/** The value, or what is wrong and where (1-based line and column, in UTF-16 units). */
export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly line: number; readonly column: number };

/** Objects and lists within each other: the parser recurses. */
const maxDepth = 1000;

/** By the parser's names of its errors. */
const messages: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'expected a key in double quotes',
  ColonExpected: 'expected a colon',
  CommaExpected: 'expected a comma or a closing bracket',
  CloseBraceExpected: 'expected a comma or }',
  CloseBracketExpected: 'expected a comma or ]',
  EndOfFileExpected: 'expected the end of the file',
  UnexpectedEndOfComment: 'a comment that does not end',
  UnexpectedEndOfString: 'a string that does not end in its line',
  InvalidUnicode: 'a wrong escape in a string',
  InvalidEscapeCharacter: 'a wrong escape in a string',
  InvalidCharacter: 'a control character in a string',
};

export function readJson(text: string): JsonResult {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  const tooDeep = findTooDeep(json);
  if (tooDeep !== undefined) return faultAt(json, tooDeep, `nested more than ${maxDepth} deep`);
  const errors: ParseError[] = [];
  const root = parseTree(json, errors, { allowTrailingComma: true });
  if (errors[0]) return faultAt(json, errors[0].offset, messageOf(errors, json));
  return root ? { ok: true, value: toValue(root) } : faultAt(json, 0, 'expected a value');
}

function faultAt(json: string, at: number, message: string): JsonResult {
  const before = json.slice(0, at).split(/\r\n|\r|\n/);
  return { ok: false, message, line: before.length, column: before.at(-1)!.length + 1 };
}

/** The first error; what the parser does not know at all it passes over, and what it expected there is its next error. */
function messageOf([first, second]: readonly ParseError[], json: string): string {
  const { offset, error } = first!;
  if (json[offset] === "'") return 'strings take double quotes';
  if (json[offset] === '#') return 'comments begin with //';
  const [name, next] = [printParseErrorCode(error), second && printParseErrorCode(second.error)];
  const message = messages[name === 'InvalidSymbol' && next ? next : name] ?? 'expected a value';
  return json.slice(offset).trim() === '' ? `the file ends too early: ${message}` : message;
}

/** Where an object or a list begins that lies too deep, before anything recurses into it. */
function findTooDeep(json: string): number | undefined {
  const scanner = createScanner(json, true);
  const closers: string[] = [];
  for (;;) {
    scanner.scan();
    const at = scanner.getTokenOffset();
    if (at >= json.length) return undefined;
    const c = json[at]!;
    if (c === '{' || c === '[') closers.push(c === '{' ? '}' : ']');
    else if (c === closers.at(-1)) closers.pop();
    if (closers.length > maxDepth) return at;
  }
}

/** Keys become properties of the object itself, whatever they are called: the library's own value takes `__proto__` for the prototype. The last of a name counts. */
function toValue({ type, value, children = [] }: Node): unknown {
  if (type === 'array') return children.map(toValue);
  if (type !== 'object') return value;
  return Object.fromEntries(children.map(({ children: [key, member] = [] }) => [key!.value, toValue(member!)]));
}

// One form of the language becomes another one that means about the same.

import type { Node } from 'web-tree-sitter';
import type { Language } from '../languages.ts';
import type { Place } from '../place.ts';
import { type Make, replacing } from './change.ts';

function inParentheses(parameters: string): string {
  return parameters.startsWith('(') ? parameters : `(${parameters})`;
}

/** Between the keyword and the body: type parameters, parameters and the type of the result. */
function signatureOf(place: Place, node: Node): string {
  const fields = ['type_parameters', 'parameters', 'return_type'].map((name) => node.childForFieldName(name));
  const [generics, parameters, result] = fields.map((field) => (field ? place.textOf(field) : ''));
  const single = node.childForFieldName('parameter');
  return generics + inParentheses(single ? place.textOf(single) : parameters!) + result;
}

function bodyOf(place: Place, body: Node): string {
  if (body.type === 'statement_block') return place.textOf(body);
  const indent = place.indentAt(place.node.startIndex);
  return `{\n${indent}${place.unit}return ${place.textOf(body)};\n${indent}}`;
}

const arrowToFunction: Make = replacing((place) => {
  const { node } = place;
  const declared = node.namedChildren.find((child) => child?.type === 'variable_declarator');
  const value = declared?.childForFieldName('value');
  if (!declared || value?.type !== 'arrow_function') return undefined;
  const isAsync = value.firstChild!.type === 'async';
  const name = place.textOf(declared.childForFieldName('name')!);
  const head = `${isAsync ? 'async ' : ''}function ${name}${signatureOf(place, value)}`;
  return {
    from: node.startIndex,
    to: node.endIndex,
    insert: `${head} ${bodyOf(place, value.childForFieldName('body')!)}`,
  };
});

const functionToArrow: Make = replacing((place) => {
  const { node } = place;
  if (node.type !== 'function_declaration' || node.previousSibling?.type === 'default') return undefined;
  const isAsync = node.firstChild!.type === 'async';
  const name = place.textOf(node.childForFieldName('name')!);
  const head = `const ${name} = ${isAsync ? 'async ' : ''}${signatureOf(place, node)} =>`;
  return {
    from: node.startIndex,
    to: node.endIndex,
    insert: `${head} ${place.textOf(node.childForFieldName('body')!)};`,
  };
});

const expressionToBlock: Make = replacing((place) => {
  const arrows = place
    .all(['arrow_function'])
    .filter((node) => node.childForFieldName('body')!.type !== 'statement_block');
  const body = place.random.pick(arrows)?.childForFieldName('body');
  if (!body) return undefined;
  const indent = place.indentAt(body.startIndex);
  const insert = `{\n${indent}${place.unit}return ${place.textOf(body)};\n${indent}}`;
  return { from: body.startIndex, to: body.endIndex, insert };
});

const blockToExpression: Make = replacing((place) => {
  const returns = place.all(['arrow_function']).flatMap((node) => {
    const body = node.childForFieldName('body')!;
    const only = body.type === 'statement_block' && body.namedChildCount === 1 ? body.namedChild(0) : undefined;
    const value = only?.type === 'return_statement' ? only.namedChild(0) : undefined;
    return value ? [{ body, value }] : [];
  });
  const found = place.random.pick(returns);
  if (!found) return undefined;
  const { body, value } = found;
  const text = value.type === 'object' ? `(${place.textOf(value)})` : place.textOf(value);
  return { from: body.startIndex, to: body.endIndex, insert: text };
});

/** `a ? b : c` as it is returned. */
const ternaryToIf: Make = replacing((place) => {
  const node = place.random.pick(
    place.all(['return_statement']).filter((each) => each.namedChild(0)?.type === 'ternary_expression'),
  );
  if (!node) return undefined;
  const [test, yes, no] = node.namedChild(0)!.namedChildren.map((child) => place.textOf(child!));
  const lines = place.lines(
    `if (${test}) {\n\treturn ${yes};\n} else {\n\treturn ${no};\n}`,
    place.indentAt(node.startIndex),
  );
  return { from: node.startIndex, to: node.endIndex, insert: lines.trimStart() };
});

const makeAsync: Make = replacing(({ node, language }) => {
  // In Rust the order of such words matters.
  const isFree = !node.namedChildren.some((child) => child?.type === 'function_modifiers');
  const fn = isFree ? node.children.find((child) => child?.type === 'fn') : undefined;
  const at = language.family === 'rust' ? fn?.startIndex : node.startIndex;
  return at === undefined ? undefined : { from: at, to: at, insert: 'async ' };
});

const decorate: Make = replacing((place) => {
  const at = place.node.startIndex;
  return {
    from: at,
    to: at,
    insert: `@traced(\n${place.indentAt(at)}${place.unit}level=1,\n${place.indentAt(at)})\n${place.indentAt(at)}`,
  };
});

/** The statement of a list becomes a loop. */
const comprehensionToLoop: Make = replacing((place) => {
  const comprehensions = place.all(['list_comprehension']).filter((node) => node.parent?.type === 'assignment');
  const node = place.random.pick(comprehensions.filter((each) => each.namedChildCount === 2));
  if (!node) return undefined;
  const assignment = node.parent!;
  const [value, clause] = node.namedChildren.map((child) => place.textOf(child!));
  const name = place.textOf(assignment.childForFieldName('left')!);
  const lines = place.lines(`${name} = []\n${clause}:\n\t${name}.append(${value})`, place.indentAt(node.startIndex));
  return { from: assignment.startIndex, to: assignment.endIndex, insert: lines.trimStart() };
});

/** `if a := b; c {` gets a statement of its own for `a := b`. */
const splitIf: Make = replacing((place) => {
  const node = place.random.pick(place.all(['if_statement']).filter((each) => each.childForFieldName('initializer')));
  if (!node) return undefined;
  const [first, condition] = ['initializer', 'condition'].map((name) => node.childForFieldName(name)!);
  const insert = `${place.textOf(first!)}\n${place.indentAt(node.startIndex)}if `;
  return { from: node.startIndex, to: condition!.startIndex, insert };
});

const ifLetToMatch: Make = replacing((place) => {
  const node = place.random.pick(
    place
      .all(['if_expression'])
      .filter(
        (each) =>
          each.childForFieldName('condition')?.type === 'let_condition' && !each.childForFieldName('alternative'),
      ),
  );
  const condition = node?.childForFieldName('condition');
  const inside = node ? place.statements(node.childForFieldName('consequence')!) : [];
  if (!node || !condition || inside.length === 0) return undefined;
  const [pattern, value] = ['pattern', 'value'].map((name) => place.textOf(condition.childForFieldName(name)!));
  const indent = place.indentAt(node.startIndex);
  const inner = indent + place.unit;
  const body = place.indented({ from: inside[0]!.lines.from, to: inside.at(-1)!.lines.to });
  const insert = `match ${value} {\n${inner}${pattern} => {\n${body}\n${inner}}\n${inner}_ => {}\n${indent}}`;
  return { from: node.startIndex, to: node.endIndex, insert };
});

export const conversionKinds: Readonly<Record<Language['family'], Readonly<Record<string, Make>>>> = {
  script: {
    'arrow to function': arrowToFunction,
    'function to arrow': functionToArrow,
    'expression to block': expressionToBlock,
    'block to expression': blockToExpression,
    'ternary to if': ternaryToIf,
  },
  python: { 'make async': makeAsync, decorate, 'comprehension to loop': comprehensionToLoop },
  go: { 'split an if': splitIf },
  rust: { 'make async': makeAsync, 'if let to match': ifLetToMatch },
};

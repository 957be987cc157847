// Functions that are passed to calls: which of them a statement is about, and what name a string in front gives them (`it('…', () => …)`).

import { maxNameUnits } from './captures.ts';
import type { Node } from './grammar.ts';
import type { ParsedText } from './parsed-text.ts';

/** Steps that looking at a node costs. */
const nodeSteps = 5;
/** How many arguments of one call are looked at, and how many calls in one another. */
const maxArguments = 20;
const maxDepth = 40;

export interface Callback {
  readonly function: Node;
  /** Whether it is the value itself, in parentheses, called at once or given back by a call such as `memo(…)`, and not just any argument. */
  readonly isDirect: boolean;
  readonly isGivenBack?: boolean;
}

/** The first function without a name in an expression: itself, or passed to a call that is the expression's value. */
export function callbackIn(parsed: ParsedText, expression: Node | null, depth = 0): Callback | undefined {
  parsed.budget.spend(nodeSteps);
  const { nodes } = parsed.grammar.manifest;
  if (!expression || depth > maxDepth) return undefined;
  if (nodes.function?.includes(expression.type)) return { function: expression, isDirect: true };
  const isArguments = nodes.arguments?.includes(expression.type);
  if (!isArguments && !nodes.through?.includes(expression.type)) return undefined;
  let child = expression.firstNamedChild;
  for (let n = 0; child && n < maxArguments; n++, child = child.nextNamedSibling) {
    const found = callbackIn(parsed, child, depth + 1);
    if (!found) continue;
    if (givesBack(parsed, expression)) return { function: found.function, isDirect: true, isGivenBack: true };
    const isPassedOn = isArguments || (found.isGivenBack && isCallOrMember(expression));
    return { ...found, isDirect: found.isDirect && !isPassedOn };
  }
  return undefined;
}

function isCallOrMember(expression: Node): boolean {
  return (expression.childForFieldName('function') ?? expression.childForFieldName('object')) !== null;
}

/** Whether an expression is a call that is known to give back the function that it is passed. */
function givesBack({ text, grammar }: ParsedText, expression: Node): boolean {
  const { transparent } = grammar.manifest;
  const called = transparent === undefined ? null : expression.childForFieldName('function');
  if (!called || called.endIndex - called.startIndex > maxNameUnits) return false;
  return new RegExp(transparent!).test(text.slice(called.startIndex, called.endIndex));
}

export interface Label {
  /** The string without its quotes; undefined if it is very long. */
  readonly name: string | undefined;
  readonly function: Node;
}

/** What a statement is labelled with: the string in front of a function among the arguments of its call, or of one in the chain of its calls. */
export function labelOf(parsed: ParsedText, statement: Node): Label | undefined {
  const { nodes } = parsed.grammar.manifest;
  if (!nodes.statement?.includes(statement.type)) return undefined;
  let node = statement.firstNamedChild;
  for (let depth = 0; node && depth < maxDepth && nodes.through?.includes(node.type); depth++) {
    parsed.budget.spend(nodeSteps);
    const label = labelIn(parsed, node.childForFieldName('arguments'));
    if (label) return label;
    node = node.firstNamedChild;
  }
  return undefined;
}

function labelIn(parsed: ParsedText, call: Node | null): Label | undefined {
  const { nodes } = parsed.grammar.manifest;
  if (!call || !nodes.arguments?.includes(call.type)) return undefined;
  let label: Node | undefined;
  let child = call.firstNamedChild;
  for (let n = 0; child && n < maxArguments; n++, child = child.nextNamedSibling) {
    parsed.budget.spend(nodeSteps);
    if (label && nodes.function?.includes(child.type)) return { name: withoutQuotes(parsed, label), function: child };
    if (nodes.string?.includes(child.type)) label ??= child;
  }
  return undefined;
}

function withoutQuotes({ text }: ParsedText, { startIndex, endIndex }: Node): string | undefined {
  return endIndex - startIndex > maxNameUnits ? undefined : text.slice(startIndex + 1, endIndex - 1);
}

/** How many statements of a block are searched for labels. */
const maxStatements = 200;

/** Whether statements directly in a block are labelled callbacks: then it is that of a group of tests. */
export function holdsLabels(parsed: ParsedText, block: Node): boolean {
  let child = block.firstNamedChild;
  for (let n = 0; child && n < maxStatements; n++, child = child.nextNamedSibling)
    if (labelOf(parsed, child)) return true;
  return false;
}

/** Whether a function has a block of more than one line. */
export function isLong({ grammar }: ParsedText, { function: callback }: Callback): boolean {
  const body = callback.childForFieldName('body');
  return (
    body !== null && grammar.manifest.nodes.block.includes(body.type) && body.startPosition.row < body.endPosition.row
  );
}

/** Whether a function is an expression on one line: `() => 1`. */
export function isConcise({ grammar }: ParsedText, callback: Node): boolean {
  const { nodes } = grammar.manifest;
  const body = callback.childForFieldName('body');
  if (!body || !nodes.function?.includes(callback.type) || nodes.block.includes(body.type)) return false;
  return callback.startPosition.row === callback.endPosition.row;
}

// What an expression says of the functions in it: which of them has a name, which a label.

import { ts } from './compiler.mjs';

/** Calls that give back the function that they take. */
export const wrapper =
  /^([A-Za-z]+\.)?(memo|forwardRef|lazy|observer|with[A-Z]\w*|useCallback|useEvent|useEffectEvent|useEventCallback|debounce|throttle|once|memoize|memoizeOne|asyncHandler|cache)$/;
export const defaultWrapper = /^([A-Za-z]+\.)?(memo|forwardRef|lazy|observer|with[A-Z]\w*)$/;
/** Wrappers in one another. */
const maxWrapped = 3;

/** The expression without what does not change what it is: parentheses, types, `await`, `void`, `!`. */
export function bare(node) {
  for (let at = node; ; at = at.expression ?? at.operand) {
    if (!at) return undefined;
    if (ts.isParenthesizedExpression(at) || ts.isAsExpression(at) || ts.isSatisfiesExpression(at)) continue;
    if (ts.isNonNullExpression(at) || ts.isTypeAssertionExpression(at)) continue;
    if (ts.isAwaitExpression(at) || ts.isVoidExpression(at) || ts.isPrefixUnaryExpression(at)) continue;
    return at;
  }
}

export const isFunction = (node) => node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
export const isCall = (node) => node !== undefined && (ts.isCallExpression(node) || ts.isNewExpression(node));
export const hasBlock = (node) => node.body !== undefined && ts.isBlock(node.body);
export const isAssignment = (node) =>
  node !== undefined && ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
export const isMethod = (node) =>
  ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node) || ts.isGetAccessor(node) || ts.isSetAccessor(node);

const isAccess = (node) => ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
const isText = (node) => ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** The calls of a chain, the last one first: `a(x).b(y)` are two. */
function* chain(expression) {
  for (let at = bare(expression); at; at = isCall(at) || isAccess(at) ? bare(at.expression) : undefined)
    if (isCall(at)) yield at;
}

/** The function that an expression is, or gives back: called at once, or in a wrapper that is known. */
export function boundFunction(expression, wrappers, depth = 0) {
  const node = bare(expression);
  if (isFunction(node)) return node;
  if (!isCall(node) || depth > maxWrapped) return undefined;
  const callee = bare(node.expression);
  if (depth === 0 && ts.isCallExpression(node) && isFunction(callee)) return callee;
  if (!wrappers || (depth === 0 && !wrappers.test(node.expression.getText()))) return undefined;
  return first(node.arguments, (argument) => boundFunction(argument, wrappers, depth + 1));
}

/** A function that is a value under a condition only: `a ? () => {} : b`, `a ?? (() => {})`. */
export function conditionalFunction(expression) {
  const node = bare(expression);
  if (node && ts.isConditionalExpression(node)) return branchOf(node.whenTrue) ?? branchOf(node.whenFalse);
  const { BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken } = ts.SyntaxKind;
  const isChoice =
    node &&
    ts.isBinaryExpression(node) &&
    [BarBarToken, QuestionQuestionToken, AmpersandAmpersandToken].includes(node.operatorToken.kind);
  return isChoice ? (branchOf(node.left) ?? branchOf(node.right)) : undefined;
}

const branchOf = (node) => functionIn(node) ?? conditionalFunction(node);

/** A function behind a string in one call of the chain, and the string. */
export function labelled(expression) {
  for (const call of chain(expression)) {
    if (!ts.isCallExpression(call)) continue;
    const label = call.arguments.findIndex(isText);
    const definition = label < 0 ? undefined : first(call.arguments.slice(label + 1), functionIn);
    if (definition) return { definition, name: call.arguments[label].getText().slice(1, -1) };
  }
  return undefined;
}

/** Any function that a chain of calls is given, or that it calls. */
export function callback(expression) {
  for (const call of chain(expression)) {
    const callee = bare(call.expression);
    const called = functionIn(callee) ?? (callee && isAccess(callee) ? functionIn(callee.expression) : undefined);
    const found = called ?? first(call.arguments, (each) => functionIn(each) ?? callback(each));
    if (found) return found;
  }
  return undefined;
}

/** `{…}`, `[…]`, or a call that is given an object. */
export function isTable(expression) {
  const node = bare(expression);
  if (node === undefined) return false;
  const isObject = (each) => each !== undefined && ts.isObjectLiteralExpression(each);
  if (isObject(node) || ts.isArrayLiteralExpression(node)) return true;
  return isCall(node) && (node.arguments ?? []).some((each) => isObject(bare(each)));
}

function functionIn(node) {
  const found = bare(node);
  return isFunction(found) ? found : undefined;
}

function first(nodes = [], find) {
  for (const node of nodes) {
    const found = find(node);
    if (found) return found;
  }
  return undefined;
}

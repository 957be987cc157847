// What an error node of a tree is about, in words.

import { lineEnd, lineStart, skipBlanks, skipBlanksBack } from '../line-spans.ts';
import {
  type Finding,
  lineAt,
  missing,
  noMember,
  nothingBehind,
  type PlacedText,
  unexpected,
} from './problem-words.ts';
import { isTalk } from './talk-lines.ts';
import type { ErrorNode } from './tree-tokens.ts';

/** The node types of a language that hold members, and of their bodies. */
export interface MemberRoles {
  readonly holder?: readonly string[];
  readonly block: readonly string[];
}

const operatorAtEnd = /(?<=^|[\w\s)\]}"'`])(?:=>|->|:=|[-+*/%&|^<>=!?.]?=|[-+*/%&|^<>.?]|&&|\|\||\?\?|[:,])$/;
const statement =
  /^(?:const|let|var|return|if|for|while|switch|throw|try|do|await|yield|break|continue|raise|with|match|loop|defer|go)\b/;
const declaration = /^(?:function|class|def|fn|func|import|export|pub|struct|impl|enum|interface|type)\b/;
const call = /^[\w$.]+\(.*\);?$/;

/** One for each error node that has no other in it. */
export function errorFindings(errors: readonly ErrorNode[], text: PlacedText, roles: MemberRoles): Finding[] {
  const found = errors.filter(({ hasInner }) => !hasInner).map((error) => errorFinding(error, text, roles));
  return found.filter(({ at }) => at >= text.from && at <= text.to);
}

function errorFinding(error: ErrorNode, text: PlacedText, roles: MemberRoles): Finding {
  const { whole } = text;
  const at = Math.max(error.from, text.from);
  if (isTalk(lineAt(whole, at).trim())) return { at, what: unexpected(lineAt(whole, at)) };
  if (error.isMissing) return missingFinding(error, whole);
  if (error.from < text.from) return tokenFinding(error, text);
  const line = lineAt(whole, error.from);
  const trimmed = line.trim();
  if (isAmongMembers(error, roles) && (statement.test(trimmed) || call.test(trimmed)))
    return { at: error.from, what: noMember };
  return operandFinding(error, whole) ?? tokenFinding(error, text);
}

function missingFinding({ from, type, isLiteral }: ErrorNode, whole: string): Finding {
  const at = Math.max(skipBlanksBack(whole, from) - 1, 0);
  if (isLiteral && /\S/.test(type)) return { at, what: missing(type) };
  const behind = whole.slice(Math.max(at - 40, 0), at + 1);
  const [before = ''] = operatorAtEnd.exec(behind) ?? /(?:[\w$]+|[^\s\w$])$/.exec(behind) ?? [];
  return { at, what: before === '' ? 'something is missing here' : nothingBehind(before) };
}

/** An operator that a bracket, a comma, a semicolon or the next statement stands behind. */
function operandFinding({ from, to }: ErrorNode, whole: string): Finding | undefined {
  const behind = skipBlanks(whole, to);
  const ends = behind === whole.length || /[,;)\]}]/.test(whole[behind]!) || behind > lineEnd(whole, to);
  const own = ends ? to : /[,;)\]}]/.test(whole[from]!) ? skipBlanksBack(whole, from) : 0;
  const operator = operatorAtEnd.exec(whole.slice(Math.max(own - 4, 0), own))?.[0];
  return operator ? { at: own - 1, what: nothingBehind(operator) } : operatorAbove(from, whole);
}

/** An operator at the end of a line, where the line below, which holds `from`, begins a statement. */
export function operatorAbove(from: number, whole: string): Finding | undefined {
  const lineFrom = lineStart(whole, from);
  const first = skipBlanks(whole, lineFrom, from + 1);
  const above = skipBlanksBack(whole, lineFrom);
  const operator = operatorAtEnd.exec(whole.slice(Math.max(above - 4, 0), above))?.[0];
  const begins = whole.slice(first, first + 20);
  if (!operator || operator === ':' || operator === ',' || !(statement.test(begins) || declaration.test(begins)))
    return undefined;
  return { at: above - 1, what: nothingBehind(operator) };
}

/** What the parser could not take is at the end of a long node: before it stands what it had read so far. */
function tokenFinding({ from, to, lastToken }: ErrorNode, { whole, to: end }: PlacedText): Finding {
  const until = Math.min(to, end);
  const isLong = until > lineEnd(whole, from);
  const at = isLong ? Math.min(lastToken, skipBlanksBack(whole, until)) : from;
  const shown = whole.slice(at, Math.min(until, lineEnd(whole, at)));
  return { at, what: shown.trim() === '' ? 'something is missing here' : unexpected(shown) };
}

function isAmongMembers({ around }: ErrorNode, { holder = [], block }: MemberRoles): boolean {
  const body = around.findIndex((type) => block.includes(type));
  return body >= 0 && holder.includes(around[body + 1] ?? '');
}

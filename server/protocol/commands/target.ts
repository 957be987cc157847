// Where a command acts: the open document, the scope and its bounds.

import { defaults } from '../../config/config.ts';
import type { Snapshot } from '../../documents/snapshot.ts';
import { ClientError } from '../../errors.ts';
import type { Directive, Scope, ScopeBounds, Scopes } from '../../scope/scopes.ts';
import { diffTexts } from '../../text/diff.ts';
import { mapOffset } from '../../text/edit.ts';
import { indentOf, lineCount } from '../../text/lines.ts';
import type { Span } from '../../text/span.ts';
import { documentUri, type Fields } from '../arguments.ts';
import type { ServerContext } from '../server-context.ts';
import { mostLines, roomierThan } from './lane-choice.ts';

/** The latest snapshot of `textDocument`. */
export function openDocument({ documents }: ServerContext, fields: Fields): Snapshot {
  const uri = documentUri(fields);
  const snapshot = documents.get(uri);
  if (!snapshot) throw new ClientError(`textDocument.uri: ${uri} is not open in the editor`);
  return snapshot;
}

/** Moves a span of the snapshot `then` to where the user's typing has moved it while a grammar was loaded. */
export function follow(then: Snapshot, now: Snapshot): (span: Span) => Span {
  if (then === now) return (span) => span;
  const edits = diffTexts(then.text, now.text);
  return (span) => {
    const from = mapOffset(span.from, edits, 1);
    return { from, to: Math.max(from, mapOffset(span.to, edits, -1)) };
  };
}

/** UTF-16 units: git looks at 8,000 bytes to tell binary from text. */
const mostLooked = 100_000;

/** The scope, if it is within the bounds: that of all edits, and that of the lane that is to answer. */
export function checkedScope(
  context: ServerContext,
  { snapshot, scope, lane }: { snapshot: Snapshot; scope: Scope; lane: string },
): Scope {
  // Its first part tells; a text of megabytes need not be looked through.
  if (snapshot.text.slice(0, mostLooked).includes('\0'))
    throw new ClientError('textDocument: it is binary (it holds a NUL character); only text can be edited');
  checkSize(context, { scope, text: snapshot.text.slice(scope.span.from, scope.span.to), lane });
  return scope;
}

/** An empty selection in a directive, behind its indentation: the scope that it asks for is the one there. */
export function cursorIn({ span }: Directive, { text }: Snapshot): Span {
  const from = span.from + indentOf(text.slice(span.from, span.to)).length;
  return { from, to: from };
}

/** What is explained at a place: there is nothing to say of a blank line between two functions, so that the file is meant, unless it is long. */
export function scopeToExplain(context: ServerContext, scopes: Scopes, snapshot: Snapshot, chosen: Span): Scope {
  const scope = scopes.find(snapshot, chosen, 'auto', boundsOf(context));
  if (scope.kind !== 'insertion') return scope;
  const whole = scopes.find(snapshot, chosen, 'module');
  if (whole.kind === 'insertion') throw new ClientError('range: there is nothing to explain: the document is blank');
  if (scopeLineCount(snapshot, whole) <= context.config.guardrails.maxModuleLines) return whole;
  throw new ClientError('range: there is nothing to explain on a blank line; choose some code');
}

/**
 * What a scope that is not asked for by name should keep within: the limits that are set, but none below the usual ones. Who lowers a limit wants less code to be sent,
 * not another part of it to be edited: a function over it is refused by its name.
 */
export function boundsOf({ config }: Pick<ServerContext, 'config'>): ScopeBounds {
  const { maxScopeLines, maxScopeChars, maxModuleLines } = config.guardrails;
  return {
    maxLines: Math.max(maxScopeLines, defaults.guardrails.maxScopeLines),
    maxChars: Math.max(maxScopeChars, defaults.guardrails.maxScopeChars),
    maxModuleLines,
  };
}

/** Throws ClientError if a scope of this text is over the bounds: those of all edits, or that of the lane. */
export function checkSize(
  context: ServerContext,
  { scope, text, lane }: { scope: Pick<Scope, 'kind' | 'name'>; text: string; lane: string },
): void {
  const lines = lineCount(text);
  const subject = `the ${scope.kind}${scope.name ? ` ${scope.name}` : ''} has`;
  const what = `${subject} ${lines} lines`;
  const { maxScopeLines, maxScopeChars } = context.config.guardrails;
  const over = (said: string, setting: string, most: number) =>
    new ClientError(`scope: ${said}, more than guardrails.${setting} (${most}); select less, or raise the limit`);
  if (lines > maxScopeLines) throw over(what, 'maxScopeLines', maxScopeLines);
  if (text.length > maxScopeChars) throw over(`${subject} ${text.length} characters`, 'maxScopeChars', maxScopeChars);
  const most = mostLines(context, lane) ?? lines;
  if (lines <= most) return;
  const roomier = roomierThan(context, lane);
  const advice = roomier ? `, or ask for lane "${roomier}"` : '';
  throw new ClientError(`scope: ${what}, more than lanes.${lane}.maxScopeLines (${most}); select less${advice}`);
}

export function scopeLineCount({ text }: Snapshot, { span }: Scope): number {
  return lineCount(text.slice(span.from, span.to));
}

/** An instruction or a question as a title: one line, cut where menus and status lines cut. */
export function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

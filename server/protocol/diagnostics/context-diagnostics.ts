// Diagnostics of the editor on their way to a model: from a code action's context into a command's argument, and out of it again.

import { offsetAt, type Range, type Snapshot } from '../../documents/snapshot.ts';
import { ClientError } from '../../errors.ts';
import type { ScopeDiagnostic } from '../../session/prepared-request.ts';
import type { Span } from '../../text/span.ts';
import type { Fields } from '../arguments.ts';
import { object } from '../untyped.ts';

/** As much of LSP's Diagnostic as a model is told. */
export interface ContextDiagnostic {
  readonly range: Range;
  readonly message: string;
  readonly source?: string;
  readonly code?: string | number;
}

/** A command's diagnostic; `span` in offsets of the snapshot that it was read with. */
export interface LocatedDiagnostic {
  readonly span: Span;
  readonly message: string;
  readonly source?: string;
}

/** More than this many help no model; each action of a menu carries them. */
const maxDiagnostics = 20;
/** UTF-16 units; longer messages (of C++ templates, say) are cut. */
const maxMessage = 1000;

/** Those of a code action's context that overlap the scope, in the editor's order. What is no diagnostic is left out. */
export function contextDiagnostics(diagnostics: unknown, snapshot: Snapshot, scope: Span): ContextDiagnostic[] {
  if (!Array.isArray(diagnostics)) return [];
  return diagnostics
    .filter(isDiagnostic)
    .filter(({ range }) => meets(spanOf(range, snapshot), scope))
    .slice(0, maxDiagnostics)
    .map(({ range, message, source, code }) => ({
      range,
      message: message.slice(0, maxMessage),
      ...(typeof source === 'string' && { source }),
      ...((typeof code === 'string' || typeof code === 'number') && { code }),
    }));
}

export function isDiagnostic(value: unknown): value is ContextDiagnostic {
  const { message, range } = object(value);
  const { start, end } = object(range);
  return typeof message === 'string' && message.trim() !== '' && [start, end].every(isPosition);
}

/** Reads a command's `diagnostics`. They are context only: where one no longer has a place in the document, it is left out. */
export function readDiagnostics(fields: Fields, snapshot: Snapshot): LocatedDiagnostic[] {
  const { diagnostics } = fields;
  if (diagnostics === undefined || diagnostics === null) return [];
  if (!Array.isArray(diagnostics)) throw new ClientError('diagnostics: expected a list');
  return diagnostics.slice(0, maxDiagnostics).flatMap((diagnostic, i) => {
    if (!isDiagnostic(diagnostic)) throw new ClientError(`diagnostics[${i}]: expected a range and a message`);
    const { range, message, source, code } = diagnostic;
    const span = spanOf(range, snapshot);
    const by = [source, code].filter((part) => part !== undefined).join(' ');
    return span ? [{ span, message: message.slice(0, maxMessage), ...(by && { source: by }) }] : [];
  });
}

/** Those that are still about the scope; all spans in offsets of one snapshot. */
export function inScope(reported: readonly LocatedDiagnostic[], scope: Span): ScopeDiagnostic[] {
  return reported
    .filter(({ span }) => meets(span, scope))
    .map(({ span, ...said }) => ({ at: Math.max(span.from - scope.from, 0), ...said }));
}

/** Undefined where the document has no such line. An end behind the last line means the end of the document. */
function spanOf({ start, end }: Range, snapshot: Snapshot): Span | undefined {
  const lines = snapshot.lineStarts.length;
  if (start.line >= lines) return undefined;
  const from = offsetAt(snapshot, start);
  return { from, to: Math.max(from, end.line < lines ? offsetAt(snapshot, end) : snapshot.text.length) };
}

function meets(span: Span | undefined, scope: Span): boolean {
  return span !== undefined && span.from <= scope.to && span.to >= scope.from;
}

function isPosition(value: unknown): boolean {
  const { line, character } = object(value);
  return [line, character].every((number) => Number.isInteger(number) && (number as number) >= 0);
}

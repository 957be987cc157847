// Where a command acts and whom it asks: the open document, the selection, the scope around it, the lane.

import type { Snapshot } from '../../documents/snapshot.ts';
import { ClientError } from '../../errors.ts';
import type { Scope } from '../../scope/scopes.ts';
import { diffTexts } from '../../text/diff.ts';
import { mapOffset } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { documentUri, type Fields, optionalString } from '../arguments.ts';
import type { Host } from '../host.ts';

/** The latest snapshot of `textDocument`. */
export function openDocument({ documents }: Host, fields: Fields): Snapshot {
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

/** The scope, if there is one and it is within the bound. */
export function checkedScope({ config }: Host, snapshot: Snapshot, scope: Scope | undefined): Scope {
  if (!scope) throw new ClientError('range: there is no code here: the document is blank');
  const lines = snapshot.text.slice(scope.span.from, scope.span.to).split('\n').length;
  const { maxScopeLines } = config.guardrails;
  if (lines <= maxScopeLines) return scope;
  throw new ClientError(
    `scope: the ${scope.kind}${scope.name ? ` ${scope.name}` : ''} has ${lines} lines, more than guardrails.maxScopeLines (${maxScopeLines}); select less, or raise the limit`,
  );
}

/** The lane that was asked for. The two of the design always exist: unconfigured, they are the rehearsal model or say what is missing. */
export function laneOf({ config, lanes }: Host, fields: Fields, otherwise = 'fast'): string {
  const lane = optionalString(fields, 'lane') ?? otherwise;
  if (lane === 'fast' || lane === 'deep' || Object.hasOwn(config.lanes, lane)) return lane;
  throw new ClientError(`lane: there is no "${lane}"; ${lanes.describe(lane).problem ?? ''}`);
}

/** An instruction or a question as a title: one line, cut where menus and status lines cut. */
export function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

// quickhand.edit: checks the request, finds the scope, and begins the edit.

import { expandInstruction } from '../../config/actions.ts';
import type { Snapshot } from '../../documents/snapshot.ts';
import { ClientError } from '../../errors.ts';
import type { Scope, ScopeRequest, Scopes } from '../../scope/scopes.ts';
import type { NewEdit } from '../../session/edits.ts';
import { diffTexts } from '../../text/diff.ts';
import { mapOffset } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import {
  documentUri,
  type Fields,
  fieldsOf,
  fromHelix,
  optionalBoolean,
  optionalChoice,
  optionalString,
  selection,
} from '../arguments.ts';
import { actionsFor, type Command, type Host, relativePath } from '../host.ts';

const scopeRequests = ['auto', 'function', 'class', 'module', 'selection'] as const;
const deliveries = ['auto', 'stream', 'atomic'] as const;

/** `{editId}` at once; with `wait: true` the answer comes at the end and cancelling the request cancels the edit. */
export const edit: Command = async (host, args, token) => {
  const fields = fieldsOf(fromHelix(args, host.client.folders, (uri) => host.documents.get(uri)));
  const snapshot = openDocument(host, fields);
  const chosen = selection(fields, snapshot);
  const wait = optionalBoolean(fields, 'wait');
  const wish = wishOf(host, fields, snapshot);
  const scopes = await host.scopes(snapshot.languageId);
  const current = openDocument(host, fields);
  const now = moved(chosen, snapshot, current);
  const directive = wish.directive ? directiveAt(scopes, current, now) : undefined;
  const scope = checked(host, current, scopes.find(current, directive?.place ?? now, wish.scope));
  const session = host.edits.begin(current, newEdit(host, { wish, scope, snapshot: current, chosen: now, directive }));
  return wait ? host.awaitEnd(session, token) : { editId: session.editId };
};

/** What the request asks for, apart from where. */
interface Wish {
  readonly title: string;
  readonly instruction: string;
  /** The instruction is an action's and may hold templates. */
  readonly isTemplate: boolean;
  readonly scope: ScopeRequest;
  readonly lane: string;
  readonly delivery: (typeof deliveries)[number];
  /** A comment in the code says what to do; the edit removes it. */
  readonly directive: boolean;
}

interface FoundDirective {
  /** What it asks for. */
  readonly text: string;
  /** An empty selection in it, in offsets of the snapshot. */
  readonly place: Span;
}

function directiveAt(scopes: Scopes, snapshot: Snapshot, chosen: Span): FoundDirective {
  const found = scopes.directiveAt(snapshot, chosen);
  if (!found?.text)
    throw new ClientError('range: there is no directive (a comment that begins with "ai:") here any more');
  const from = found.span.from + /^\s*/.exec(snapshot.text.slice(found.span.from, found.span.to))![0].length;
  return { text: found.text, place: { from, to: from } };
}

function openDocument({ documents }: Host, fields: Fields): Snapshot {
  const uri = documentUri(fields);
  const snapshot = documents.get(uri);
  if (!snapshot) throw new ClientError(`textDocument.uri: ${uri} is not open in the editor`);
  return snapshot;
}

function wishOf({ config, lanes }: Host, fields: Fields, { languageId }: Snapshot): Wish {
  const instruction = optionalString(fields, 'instruction');
  const id = optionalString(fields, 'action');
  const isDirective = optionalBoolean(fields, 'directive');
  if (!instruction?.trim() && id === undefined && !isDirective)
    throw new ClientError('instruction: expected an instruction, or the id of an action');
  const known = actionsFor(config, languageId);
  const action = known.find((candidate) => candidate.id === id);
  if (id !== undefined && !action) {
    throw new ClientError(
      `action: there is no "${id}" for ${languageId}; choose one of ${known.map((a) => a.id).join(', ')}`,
    );
  }
  const lane = optionalString(fields, 'lane') ?? action?.lane ?? 'fast';
  if (!isLane(lane, config.lanes))
    throw new ClientError(`lane: there is no "${lane}"; ${lanes.describe(lane).problem ?? ''}`);
  return {
    title: action && !instruction ? action.title : oneLine(instruction ?? ''),
    instruction: (instruction?.trim() ? instruction : action?.instruction) ?? '',
    isTemplate: !instruction?.trim(),
    directive: isDirective,
    scope: optionalChoice(fields, 'scope', scopeRequests) ?? action?.scope ?? 'auto',
    lane,
    delivery: optionalChoice(fields, 'delivery', deliveries) ?? config.delivery,
  };
}

/** The two lanes of the design always exist: unconfigured, they are the rehearsal model or say what is missing. */
function isLane(lane: string, lanes: object): boolean {
  return lane === 'fast' || lane === 'deep' || Object.hasOwn(lanes, lane);
}

/** The selection where the user's typing has moved it while a grammar was loaded. */
function moved(chosen: Span, then: Snapshot, now: Snapshot): Span {
  if (then === now) return chosen;
  const edits = diffTexts(then.text, now.text);
  const from = mapOffset(chosen.from, edits, 1);
  return { from, to: Math.max(from, mapOffset(chosen.to, edits, -1)) };
}

function checked({ config }: Host, snapshot: Snapshot, scope: Scope | undefined): Scope {
  if (!scope) throw new ClientError('range: there is nothing to edit here: the document is blank');
  const lines = snapshot.text.slice(scope.span.from, scope.span.to).split('\n').length;
  const { maxScopeLines } = config.guardrails;
  if (lines <= maxScopeLines) return scope;
  throw new ClientError(
    `scope: the ${scope.kind}${scope.name ? ` ${scope.name}` : ''} has ${lines} lines, more than guardrails.maxScopeLines (${maxScopeLines}); select less, or raise the limit`,
  );
}

interface Found {
  readonly wish: Wish;
  readonly scope: Scope;
  readonly snapshot: Snapshot;
  readonly chosen: Span;
  readonly directive: FoundDirective | undefined;
}

function newEdit(host: Host, { wish, scope, snapshot, chosen, directive }: Found): NewEdit {
  const values = {
    selection: snapshot.text.slice(chosen.from, chosen.to),
    scope: scope.name ?? scope.kind,
    file: relativePath(snapshot, host.client.folders),
    language: snapshot.languageId,
  };
  // What a person or a comment says is no template: only an action's own words are.
  const instruction = wish.isTemplate ? expandInstruction(wish.instruction, values) : wish.instruction;
  return {
    scope,
    title: directive ? oneLine(directive.text) : wish.title,
    instruction: directive?.text ?? instruction,
    ...(directive && { directiveAt: directive.place.from - scope.span.from }),
    mode: wish.delivery === 'atomic' ? 'atomic' : 'stream',
    joinsUndo: host.client.joinsUndo || host.config.joinsUndo,
    lanes: host.lanes.withFallbacks(wish.lane),
    label: host.lanes.describe(wish.lane).label,
  };
}

function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

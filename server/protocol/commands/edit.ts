// quickhand.edit: checks the request, finds the scope, and begins the edit.

import { expandInstruction } from '../../config/actions.ts';
import type { Snapshot } from '../../documents/snapshot.ts';
import { ClientError } from '../../errors.ts';
import type { Scope, ScopeRequest, Scopes } from '../../scope/scopes.ts';
import type { ScopeDiagnostic } from '../../session/edit-request.ts';
import type { NewEdit } from '../../session/edits.ts';
import type { Span } from '../../text/span.ts';
import {
  type Fields,
  fieldsOf,
  fromHelix,
  optionalBoolean,
  optionalChoice,
  optionalString,
  selection,
} from '../arguments.ts';
import { inScope, reportedIn } from '../diagnostics.ts';
import { actionsFor, type Command, type Host } from '../host.ts';
import { relativePath } from '../paths.ts';
import { type Delivery, deliveries, laneOf, routeOf } from './route.ts';
import { checkedScope, follow, oneLine, openDocument } from './target.ts';

const scopeRequests = ['auto', 'function', 'class', 'module', 'selection'] as const;

/** `{editId}` at once; with `wait: true` the answer comes at the end and cancelling the request cancels the edit. */
export const edit: Command = async (host, args, token) => {
  const fields = fieldsOf(fromHelix(args, host.client.folders, (uri) => host.documents.get(uri)));
  const snapshot = openDocument(host, fields);
  const chosen = selection(fields, snapshot);
  const wait = optionalBoolean(fields, 'wait');
  const reported = reportedIn(fields, snapshot);
  const wish = wishOf(host, fields, snapshot);
  const scopes = await host.scopes(snapshot.languageId, snapshot.uri);
  const current = openDocument(host, fields);
  const moved = follow(snapshot, current);
  const now = moved(chosen);
  const directive = wish.directive ? directiveAt(scopes, current, now) : undefined;
  const found = scopes.find(current, directive?.place ?? now, wish.scope);
  const scope = checkedScope(host, { snapshot: current, scope: found, lane: wish.lane });
  const diagnostics = inScope(
    reported.map((one) => ({ ...one, span: moved(one.span) })),
    scope.span,
  );
  const order: Order = { wish, scope, snapshot: current, chosen: now, directive, diagnostics };
  const session = host.edits.begin(current, newEdit(host, order));
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
  readonly delivery: Delivery | undefined;
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

function wishOf(host: Host, fields: Fields, { languageId }: Snapshot): Wish {
  const { config } = host;
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
  return {
    title: action && !instruction ? action.title : oneLine(instruction ?? ''),
    instruction: (instruction?.trim() ? instruction : action?.instruction) ?? '',
    isTemplate: !instruction?.trim(),
    directive: isDirective,
    scope: optionalChoice(fields, 'scope', scopeRequests) ?? action?.scope ?? 'auto',
    lane: laneOf(host, fields, action?.lane),
    delivery: optionalChoice(fields, 'delivery', deliveries),
  };
}

interface Order {
  readonly wish: Wish;
  readonly scope: Scope;
  readonly snapshot: Snapshot;
  readonly chosen: Span;
  readonly directive: FoundDirective | undefined;
  readonly diagnostics: readonly ScopeDiagnostic[];
}

function newEdit(host: Host, { wish, scope, snapshot, chosen, directive, diagnostics }: Order): NewEdit {
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
    ...(directive && { directive: { text: directive.text, at: directive.place.from - scope.span.from } }),
    ...(diagnostics.length > 0 && { diagnostics }),
    joinsUndo: host.client.joinsUndo || host.config.joinsUndo,
    ...routeOf(host, wish.lane, wish.delivery),
  };
}

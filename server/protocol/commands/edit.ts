// quickhand.edit: checks the request, finds the scope, and begins the edit.

import type { CancellationToken } from 'vscode-languageserver-protocol';
import { expandInstruction } from '../../config/actions.ts';
import type { Snapshot } from '../../documents/snapshot.ts';
import { Cancelled, ClientError } from '../../errors.ts';
import { relativePath } from '../../files/uri-paths.ts';
import type { Scope, ScopeRequest, Scopes } from '../../scope/scopes.ts';
import type { EditSession } from '../../session/edit-session.ts';
import type { NewEdit } from '../../session/edits.ts';
import type { ScopeDiagnostic } from '../../session/prepared-request.ts';
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
import { inScope, readDiagnostics } from '../diagnostics/context-diagnostics.ts';
import type { CommandAnswers, EditEnded } from '../quickhand-messages.ts';
import { actionsFor, type Command, type ServerContext } from '../server-context.ts';
import { type Delivery, deliveries, laneOf, routeOf } from './lane-choice.ts';
import { boundsOf, checkedScope, cursorIn, follow, oneLine, openDocument } from './target.ts';
import { untilCancelled } from './until-cancelled.ts';

const scopeRequests = ['auto', 'function', 'class', 'module', 'selection'] as const;

/** `{editId}` at once; with `wait: true` the answer comes at the end and cancelling the request cancels the edit. */
export const edit: Command<CommandAnswers['quickhand.edit']> = async (context, args, token) => {
  const fields = fieldsOf(fromHelix(args, context.client.folders, (uri) => context.documents.get(uri)));
  const snapshot = openDocument(context, fields);
  const chosen = selection(fields, snapshot);
  const wait = optionalBoolean(fields, 'wait');
  const reported = readDiagnostics(fields, snapshot);
  const wish = wishOf(context, fields, snapshot);
  const scopes = await context.scopes.load(snapshot.languageId, snapshot.uri);
  const current = openDocument(context, fields);
  const moved = follow(snapshot, current);
  const now = moved(chosen);
  const directive = wish.directive ? directiveAt(scopes, current, now) : undefined;
  const found = scopes.find(current, directive?.place ?? now, wish.scope, boundsOf(context));
  const scope = checkedScope(context, { snapshot: current, scope: found, lane: wish.lane });
  const diagnostics = inScope(
    reported.map((one) => ({ ...one, span: moved(one.span) })),
    scope.span,
  );
  const order: EditOrder = { wish, scope, snapshot: current, chosen: now, directive, diagnostics };
  const session = context.edits.begin(current, newEdit(context, order));
  return wait ? endOf(session, token) : { editId: session.editId };
};

async function endOf(session: EditSession, token: CancellationToken): Promise<EditEnded> {
  const stop = () => void session.stop('cancelled', 'you cancelled it');
  const wasCancelled = await untilCancelled(token, session.ended, stop);
  const { editId, outcome, reason, timing } = session;
  const { putRight } = session.measured;
  if (wasCancelled && outcome === 'cancelled') throw new Cancelled(`${editId} was cancelled`);
  return { editId, outcome: outcome!, ...(reason && { reason }), timing, ...(putRight.length > 0 && { putRight }) };
}

/** What the request asks for, apart from where. */
interface EditArguments {
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
  return { text: found.text, place: cursorIn(found, snapshot) };
}

function wishOf(context: ServerContext, fields: Fields, { languageId }: Snapshot): EditArguments {
  const { config } = context;
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
    lane: laneOf(context, fields, action?.lane),
    delivery: optionalChoice(fields, 'delivery', deliveries),
  };
}

interface EditOrder {
  readonly wish: EditArguments;
  readonly scope: Scope;
  readonly snapshot: Snapshot;
  readonly chosen: Span;
  readonly directive: FoundDirective | undefined;
  readonly diagnostics: readonly ScopeDiagnostic[];
}

function newEdit(
  context: ServerContext,
  { wish, scope, snapshot, chosen, directive, diagnostics }: EditOrder,
): NewEdit {
  const values = {
    selection: snapshot.text.slice(chosen.from, chosen.to),
    scope: scope.name ?? scope.kind,
    file: relativePath(snapshot, context.client.folders),
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
    joinsUndo: context.client.joinsUndo || context.config.joinsUndo,
    ...routeOf(context, wish.lane, wish.delivery),
  };
}

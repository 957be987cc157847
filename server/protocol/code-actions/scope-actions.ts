// Code actions for the code at the cursor: its directive, fixes of its diagnostics, and the configured actions that suit it.

import type { Action } from '../../config/config.ts';
import { rangeOf, type Snapshot } from '../../documents/snapshot.ts';
import type { Scope, Scopes } from '../../scope/scopes.ts';
import type { Span } from '../../text/span.ts';
import { mostLines, roomierThan } from '../commands/lane-choice.ts';
import { boundsOf, cursorIn, scopeLineCount } from '../commands/target.ts';
import { contextDiagnostics, isDiagnostic } from '../diagnostics/context-diagnostics.ts';
import { actionsFor, type ServerContext } from '../server-context.ts';
import { type codeActionKinds, createCodeAction, type KindedAction } from './create-action.ts';
import { Refusals } from './refusals.ts';
import { situationOf } from './situation.ts';

/** The lane that answers where none is named. */
const fastLane = 'fast';

/** So many diagnostics are looked at, one by one: finding a scope takes some tenths of a millisecond. */
const maxChecked = 50;

/** What the editor asks about. */
export interface ActionRequest {
  readonly snapshot: Snapshot;
  /** The selection, in offsets of `snapshot`. */
  readonly chosen: Span;
  /** The same as it came. */
  readonly range: unknown;
  /** Those of the editor's context, as they came. */
  readonly diagnostics: unknown;
}

/** What the actions of one menu are made with. */
interface Menu {
  readonly context: ServerContext;
  readonly scopes: Scopes;
  readonly place: ActionRequest;
  readonly scope: Scope;
  /** Of every action's argument. */
  readonly common: Argument;
  readonly refusals: Refusals;
}

/** None that would be refused. */
export function scopeActions(context: ServerContext, scopes: Scopes, place: ActionRequest): KindedAction[] {
  const { snapshot, chosen, range } = place;
  const scope = scopes.find(snapshot, chosen, 'auto', boundsOf(context));
  const { uri, languageId, text } = snapshot;
  const diagnostics = contextDiagnostics(place.diagnostics, snapshot, scope.span);
  const common = { textDocument: { uri }, range, ...(diagnostics.length > 0 && { diagnostics }) };
  const refusals = new Refusals(context, scopes, snapshot);
  const menu: Menu = { context, scopes, place, scope, common, refusals };
  const explain = refusals.scopeOfExplanation({ range, lane: fastLane })
    ? [createCodeAction('refactor.rewrite', 'Explain', 'quickhand.explain', common)]
    : [];
  if (!context.takesEdits) return explain;
  const situation = situationOf(scope, text.slice(scope.span.from, scope.span.to), diagnostics.length);
  const suiting = actionsFor(context.config, languageId).filter(({ suits }) => suits?.(situation) ?? true);
  return [
    ...directives(menu),
    ...fixes(menu),
    ...suiting.filter(({ isFix }) => isFix).flatMap((action) => configured(menu, action)),
    ...suiting.filter(({ isFix }) => !isFix).flatMap((action) => configured(menu, action)),
    ...explain,
  ];
}

/** Of `quickhand.edit`. */
interface Argument {
  readonly lane?: string;
  readonly [name: string]: unknown;
}

/** Where the scope is over the bound of the lane that would answer, the one with more room: offered, and named in the title. */
function inRoomier({ context, place, scope }: Menu, lane = fastLane): { lane?: string } {
  const most = mostLines(context, lane);
  if (most === undefined || scopeLineCount(place.snapshot, scope) <= most) return {};
  const roomier = roomierThan(context, lane);
  return roomier === undefined ? {} : { lane: roomier };
}

function configured(menu: Menu, action: Action): KindedAction[] {
  const elsewhere = inRoomier(menu, action.lane);
  const lane = elsewhere.lane ?? action.lane ?? fastLane;
  if (!menu.refusals.scopeOfEdit({ range: menu.place.range, request: action.scope, lane })) return [];
  const argument = { ...menu.common, action: action.id, ...elsewhere };
  return [editAction(action.isFix ? 'quickfix' : 'refactor.rewrite', titleOf(action), argument)];
}

function editAction(kind: (typeof codeActionKinds)[number], title: string, argument: Argument): KindedAction {
  const where = argument.lane === undefined ? '' : ` (${argument.lane} lane)`;
  return createCodeAction(kind, `${title}${where}`, 'quickhand.edit', argument);
}

function titleOf({ title, fromWorkspace }: Action): string {
  return fromWorkspace ? `${title} (from .quickhand.json)` : title;
}

function directives(menu: Menu): KindedAction[] {
  const { scopes, place, common, refusals } = menu;
  const { snapshot } = place;
  const directive = scopes.directiveAt(snapshot, place.chosen);
  if (!directive?.text) return [];
  const elsewhere = inRoomier(menu);
  const range = rangeOf(snapshot, cursorIn(directive, snapshot));
  if (!refusals.scopeOfEdit({ range, lane: elsewhere.lane ?? fastLane })) return [];
  const argument = { ...common, ...elsewhere, range: rangeOf(snapshot, directive.span), directive: true };
  return [editAction('quickfix', `Do: ${directive.text}`, argument)];
}

/** New code is no answer to a problem of a blank line. */
function fixes(menu: Menu): KindedAction[] {
  const { place, common, refusals } = menu;
  if (!Array.isArray(place.diagnostics)) return [];
  const elsewhere = inRoomier(menu);
  const lane = elsewhere.lane ?? fastLane;
  const isOffered = ({ range }: { range: unknown }, at: number) => {
    const scope = at < maxChecked ? refusals.scopeOfEdit({ range, lane }) : menu.scope;
    return scope !== undefined && scope.kind !== 'insertion';
  };
  return place.diagnostics
    .filter(isDiagnostic)
    .filter(isOffered)
    .map((diagnostic) => {
      const { message, range } = diagnostic;
      const argument = { ...common, ...elsewhere, range, instruction: `Fix this problem: ${message}` };
      return { ...editAction('quickfix', `Fix: ${message}`, argument), diagnostics: [diagnostic] };
    });
}

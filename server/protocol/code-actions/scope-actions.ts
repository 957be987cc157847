// Code actions for the code at the cursor: its directive, fixes of its diagnostics, and the configured actions that suit it.

import type { Action } from '../../config/config.ts';
import { rangeOf, type Snapshot } from '../../documents/snapshot.ts';
import type { Scope, Scopes } from '../../scope/scopes.ts';
import type { Span } from '../../text/span.ts';
import { mostLines, roomierThan } from '../commands/lane-choice.ts';
import { boundsOf, scopeLineCount } from '../commands/target.ts';
import { contextDiagnostics, isDiagnostic } from '../diagnostics/context-diagnostics.ts';
import { actionsFor, type ServerContext } from '../server-context.ts';
import { type codeActionKinds, createCodeAction, type KindedAction } from './create-action.ts';
import { situationOf } from './situation.ts';

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

export function scopeActions(context: ServerContext, scopes: Scopes, place: ActionRequest): KindedAction[] {
  const { snapshot, chosen, range } = place;
  const scope = scopes.find(snapshot, chosen, 'auto', boundsOf(context));
  if (!scope) return [];
  const { uri, languageId, text } = snapshot;
  const diagnostics = contextDiagnostics(place.diagnostics, snapshot, scope.span);
  const common = { textDocument: { uri }, range, ...(diagnostics.length > 0 && { diagnostics }) };
  const explain = createCodeAction('refactor.rewrite', 'Explain', 'quickhand.explain', common);
  if (!context.takesEdits) return [explain];
  const situation = situationOf(scope, text.slice(scope.span.from, scope.span.to), diagnostics.length);
  const suiting = actionsFor(context.config, languageId).filter(({ suits }) => suits?.(situation) ?? true);
  const offer = (action: Action) =>
    editAction(action.isFix ? 'quickfix' : 'refactor.rewrite', titleOf(action), {
      ...common,
      action: action.id,
      ...inRoomier(context, place, scope, action.lane),
    });
  const wish = { ...common, ...inRoomier(context, place, scope) };
  return [
    ...directives(scopes, place, wish),
    ...fixes(place, wish),
    ...suiting.filter(({ isFix }) => isFix).map(offer),
    ...suiting.filter(({ isFix }) => !isFix).map(offer),
    explain,
  ];
}

/** Of `quickhand.edit`. */
interface Argument {
  readonly lane?: string;
  readonly [name: string]: unknown;
}

/** Where the scope is over the bound of the lane that would answer, the one with more room: offered, and named in the title. */
function inRoomier(
  context: ServerContext,
  { snapshot }: ActionRequest,
  scope: Scope,
  lane = 'fast',
): { lane?: string } {
  const most = mostLines(context, lane);
  if (most === undefined || scopeLineCount(snapshot, scope) <= most) return {};
  const roomier = roomierThan(context, lane);
  return roomier === undefined ? {} : { lane: roomier };
}

function editAction(kind: (typeof codeActionKinds)[number], title: string, argument: Argument): KindedAction {
  const where = argument.lane === undefined ? '' : ` (${argument.lane} lane)`;
  return createCodeAction(kind, `${title}${where}`, 'quickhand.edit', argument);
}

function titleOf({ title, fromWorkspace }: Action): string {
  return fromWorkspace ? `${title} (from .quickhand.json)` : title;
}

function directives(scopes: Scopes, { snapshot, chosen }: ActionRequest, common: Argument): KindedAction[] {
  const directive = scopes.directiveAt(snapshot, chosen);
  if (!directive?.text) return [];
  const argument = { ...common, range: rangeOf(snapshot, directive.span), directive: true };
  return [editAction('quickfix', `Do: ${directive.text}`, argument)];
}

function fixes({ diagnostics }: ActionRequest, common: Argument): KindedAction[] {
  if (!Array.isArray(diagnostics)) return [];
  return diagnostics.filter(isDiagnostic).map((diagnostic) => {
    const { message, range } = diagnostic;
    const argument = { ...common, range, instruction: `Fix this problem: ${message}` };
    return { ...editAction('quickfix', `Fix: ${message}`, argument), diagnostics: [diagnostic] };
  });
}

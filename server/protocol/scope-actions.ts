// Code actions for the code at the cursor: its directive, fixes of its diagnostics, and the configured actions that suit it.

import type { Action } from '../config/config.ts';
import { rangeOf, type Snapshot } from '../documents/snapshot.ts';
import type { Scopes } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import { type CodeAction, codeAction } from './code-action.ts';
import { carriedDiagnostics, isDiagnostic } from './diagnostics.ts';
import { actionsFor, type Host } from './host.ts';
import { situationOf } from './situation.ts';

/** What the editor asks about. */
export interface Place {
  readonly snapshot: Snapshot;
  /** The selection, in offsets of `snapshot`. */
  readonly chosen: Span;
  /** The same as it came. */
  readonly range: unknown;
  /** Those of the editor's context, as they came. */
  readonly diagnostics: unknown;
}

export function scopeActions({ config }: Host, scopes: Scopes, place: Place): CodeAction[] {
  const { snapshot, chosen, range } = place;
  const scope = scopes.find(snapshot, chosen, 'auto');
  if (!scope) return [];
  const { uri, languageId, text } = snapshot;
  const diagnostics = carriedDiagnostics(place.diagnostics, snapshot, scope.span);
  const common = { textDocument: { uri }, range, ...(diagnostics.length > 0 && { diagnostics }) };
  const situation = situationOf(scope, text.slice(scope.span.from, scope.span.to), diagnostics.length);
  const suiting = actionsFor(config, languageId).filter(({ suits }) => suits?.(situation) ?? true);
  const offer = (action: Action) =>
    codeAction(action.isFix ? 'quickfix' : 'refactor.rewrite', titleOf(action), 'quickhand.edit', {
      ...common,
      action: action.id,
    });
  return [
    ...directives(scopes, place, common),
    ...fixes(place, common),
    ...suiting.filter(({ isFix }) => isFix).map(offer),
    ...suiting.filter(({ isFix }) => !isFix).map(offer),
    codeAction('refactor.rewrite', 'Explain', 'quickhand.explain', common),
  ];
}

function titleOf({ title, fromWorkspace }: Action): string {
  return fromWorkspace ? `${title} (from .quickhand.json)` : title;
}

function directives(scopes: Scopes, { snapshot, chosen }: Place, common: object): CodeAction[] {
  const directive = scopes.directiveAt(snapshot, chosen);
  if (!directive?.text) return [];
  const argument = { ...common, range: rangeOf(snapshot, directive.span), directive: true };
  return [codeAction('quickfix', `Do: ${directive.text}`, 'quickhand.edit', argument)];
}

function fixes({ diagnostics }: Place, common: object): CodeAction[] {
  if (!Array.isArray(diagnostics)) return [];
  return diagnostics.filter(isDiagnostic).map((diagnostic) => {
    const { message, range } = diagnostic;
    const argument = { ...common, range, instruction: `Fix this problem: ${message}` };
    return { ...codeAction('quickfix', `Fix: ${message}`, 'quickhand.edit', argument), diagnostics: [diagnostic] };
  });
}

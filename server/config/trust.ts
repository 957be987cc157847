// What a workspace file may do: add actions, tighten guardrails, ignore more files. Anything else in it is refused.

import type { Action } from './actions.ts';
import type { Guardrails } from './types.ts';
import { memberPath, type ReportProblem } from './validate.ts';

const allowed = ['$schema', 'actions', 'guardrails', 'ignore'];

/** `value` without the keys that a workspace may not set, before anything else looks at it. `known`: all keys of the schema. */
export function withoutForbidden(value: unknown, known: readonly string[], report: ReportProblem): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const forbiddenKeys = new Set(known.filter((key) => !allowed.includes(key)));
  const forbidden = (key: string): boolean => forbiddenKeys.has(key);
  for (const key of Object.keys(value).filter(forbidden)) report(key, 'a workspace may not set this');
  return Object.fromEntries(Object.entries(value).filter(([key]) => !forbidden(key)));
}

/** The actions of a workspace that are new; one that would replace another is refused. */
export function addedActions(existing: readonly Action[], added: readonly Action[], report: ReportProblem): Action[] {
  const ids = new Set(existing.map(({ id }) => id));
  return added.flatMap((action, index) => {
    const taken = ids.has(action.id);
    if (taken) report(memberPath('actions', index), `a workspace may only add actions; "${action.id}" exists`);
    ids.add(action.id);
    return taken ? [] : [{ ...action, fromWorkspace: true }];
  });
}

/** Values from loose to strict. A bound is stricter the lower it is. */
const strictness: { readonly [K in keyof Guardrails]: 'bound' | readonly Guardrails[K][] } = {
  maxChangedLines: 'bound',
  maxScopeLines: 'bound',
  maxScopeChars: 'bound',
  maxModuleLines: 'bound',
  requireParse: [false, true],
  imports: ['ask', 'never'],
  placeholders: ['allow', 'reject'],
  invisibleCharacters: ['allow', 'reject'],
  secrets: ['allow', 'reject'],
};

/** The guardrails of a workspace that are at least as strict as the present ones; the others are refused. */
export function tightened(
  present: Guardrails,
  wanted: Partial<Guardrails>,
  report: ReportProblem,
): Partial<Guardrails> {
  const kept = Object.entries(wanted).filter(([key, value]) => {
    const isStricter = atLeastAsStrict(key as keyof Guardrails, present, value);
    const stays = JSON.stringify(present[key as keyof Guardrails]);
    if (!isStricter) report(memberPath('guardrails', key), `a workspace may only tighten this; ${stays} stays`);
    return isStricter;
  });
  return Object.fromEntries(kept);
}

function atLeastAsStrict(key: keyof Guardrails, present: Guardrails, value: unknown): boolean {
  const order: 'bound' | readonly unknown[] = strictness[key];
  if (order === 'bound') return Number(value) <= Number(present[key]);
  return order.indexOf(value) >= order.indexOf(present[key]);
}

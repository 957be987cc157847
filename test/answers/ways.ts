// The ways that a case's answer takes to the editor: the format that the lane asks for, the form of the answer, and the wire.

import type { AnswerCase, AnswerParts } from './answer-case.ts';

/** `rewrite`: as asked. `block`: as asked, one search/replace block around the code. `whole`: a plain text although blocks were asked for. */
export type Form = 'rewrite' | 'block' | 'whole';
/** Responses over a WebSocket, or chat completions over server-sent events. */
export type WireKind = 'websocket' | 'sse';

export interface Way {
  readonly form: Form;
  readonly wire: WireKind;
}

export const forms: readonly Form[] = ['rewrite', 'block', 'whole'];
export const wires: readonly WireKind[] = ['websocket', 'sse'];

/** All ways that make sense for a case. Events are a chat endpoint's, as they are; what a lane did not ask for is read alike from any wire. */
export function waysOf({ answer, rewriteOnly }: AnswerCase): Way[] {
  if ('events' in answer) return [{ form: 'rewrite', wire: 'sse' }];
  const possible = rewriteOnly ? forms.filter((form) => form === 'rewrite') : forms;
  const all = possible.flatMap((form) => wires.map((wire) => ({ form, wire })));
  return all.filter(({ form, wire }) => form !== 'whole' || wire === 'sse');
}

export function formatOf(form: Form): 'rewrite' | 'search-replace' {
  return form === 'rewrite' ? 'rewrite' : 'search-replace';
}

/** The whole answer. `scope`: as the request has it; undefined where the request asked for a rewrite after all, as for a place for new code. */
export function answerText({ before, code, after }: AnswerParts, form: Form, scope: string | undefined): string {
  if (form !== 'block' || scope === undefined || scope.trim() === '') return before + code + after;
  const lines = ['<<<<<<< SEARCH', scope, '=======', ...(code === '' ? [] : [code]), '>>>>>>> REPLACE'];
  return before + lines.join('\n') + after;
}

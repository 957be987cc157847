// Whether what became of a case is what a careful user would want.

import type { AnswerCase } from './answer-case.ts';
import type { Played } from './stage.ts';

/** right: as wanted. refused: nothing has changed, and a reason says why. wrong: anything else. */
export type Verdict = 'right' | 'refused' | 'wrong';

export function verdictOf({ base, wanted }: AnswerCase, { outcome, text, reason = '' }: Played): Verdict {
  if (outcome === 'completed') return wanted.includes(text) ? 'right' : 'wrong';
  const isRefused = outcome === 'rejected' || outcome === 'failed';
  return isRefused && text === base && reason !== '' ? 'refused' : 'wrong';
}

/** Whether a refusal is what was wanted, and its reason says what it should. */
export function isRefusalFine({ refused }: AnswerCase, { reason = '' }: Played): boolean {
  const has = (words: string) => reason.toLowerCase().includes(words.toLowerCase());
  return refused !== undefined && (refused.length === 0 || refused.some(has));
}

/** Why the case is not as it should be; undefined if it is. */
export function faultOf(one: AnswerCase, played: Played): string | undefined {
  const verdict = verdictOf(one, played);
  const strayed = strayOf(one, played);
  if (strayed !== undefined) return `outside the scope the buffer read ${JSON.stringify(strayed)}`;
  if (verdict === 'right' || (verdict === 'refused' && isRefusalFine(one, played))) return undefined;
  const end = `${played.outcome}${played.reason === undefined ? '' : `: ${played.reason}`}`;
  return verdict === 'refused' ? end : `${end}\n${played.text}`;
}

/** A state of the buffer in which what is outside of the scope reads otherwise than in the base. */
function strayOf({ base }: AnswerCase, { states, scope }: Played): string | undefined {
  if (!scope) return undefined;
  const [before, after] = [base.slice(0, scope.from), base.slice(scope.to)];
  const isKept = (text: string) =>
    text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
  return states.find((text) => !isKept(text));
}

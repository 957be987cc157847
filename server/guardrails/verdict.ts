// The result of a guardrail.

import { truncateTo } from '../text/printable.ts';
import type { LeftOut } from './left-out.ts';

/** `reason` is one phrase for the user: it says what was found and where, and quotes no code but a comment that stands for some. */
export type Verdict = { readonly ok: true } | ({ readonly ok: false } & Refusal);

export interface Refusal {
  readonly reason: string;
  /** The code that the answer leaves out, where that is the reason. */
  readonly leftOut?: LeftOut;
}

export const pass: Verdict = { ok: true };

export function refuse(reason: string): Verdict {
  return { ok: false, reason };
}

export function refusalOf(verdict: Verdict): Refusal | undefined {
  return verdict.ok ? undefined : verdict;
}

/** UTF-16 units of a quoted line. */
const maxQuote = 120;

/** The answer leaves code out. */
export function refuseLeftOut(leftOut: LeftOut): Verdict {
  const { line, lost } = leftOut;
  const where = lost.length === 0 ? '' : ` (in place of ${lost.length} lines)`;
  return { ok: false, reason: `${leavesOut}${truncateTo(line, maxQuote)}${where}`, leftOut };
}

const leavesOut = 'the answer leaves code out: ';

/** What an answer leaves out, by the reason for which it was refused before it came to the guardrails. */
export function leftOutIn(reason: string): LeftOut | undefined {
  return reason.startsWith(leavesOut) ? { line: reason.slice(leavesOut.length), lost: [] } : undefined;
}

/** The first verdict that is not a pass; later checks are not run. */
export function firstRefusal(checks: Iterable<() => Verdict>): Verdict {
  for (const check of checks) {
    const verdict = check();
    if (!verdict.ok) return verdict;
  }
  return pass;
}

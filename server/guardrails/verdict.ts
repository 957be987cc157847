// The result of a guardrail.

/** `reason` is one phrase for the user: it says what was found and where, and never quotes code. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export const pass: Verdict = { ok: true };

export function refuse(reason: string): Verdict {
  return { ok: false, reason };
}

/** The first verdict that is not a pass; later checks are not run. */
export function firstRefusal(checks: Iterable<() => Verdict>): Verdict {
  for (const check of checks) {
    const verdict = check();
    if (!verdict.ok) return verdict;
  }
  return pass;
}

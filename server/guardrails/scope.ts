// What is checked before a scope is sent.

import { linesOf } from './lines.ts';
import { findSecrets } from './secrets.ts';
import { pass, refuse, type Verdict } from './verdict.ts';

export interface ScopeRules {
  readonly maxScopeLines: number;
  readonly secrets: 'reject' | 'allow';
}

/** The bound alone, for refusing a request at once. */
export function checkScopeSize(text: string, { maxScopeLines }: Pick<ScopeRules, 'maxScopeLines'>): Verdict {
  const lines = linesOf(text).length;
  if (lines <= maxScopeLines) return pass;
  return refuse(`the scope has ${lines} lines, more than ${maxScopeLines} (guardrails.maxScopeLines)`);
}

/** Whether the scope's text may be sent to a model. `firstLine`: the 1-based line of the document that it begins in. */
export function checkScope(text: string, rules: ScopeRules, firstLine = 1): Verdict {
  const size = checkScopeSize(text, rules);
  if (!size.ok || rules.secrets === 'allow') return size;
  const [secret] = findSecrets(text);
  if (!secret) return pass;
  const line = firstLine + linesOf(text.slice(0, secret.from)).length - 1;
  return refuse(`line ${line} holds what looks like ${secret.kind}; nothing was sent (guardrails.secrets)`);
}

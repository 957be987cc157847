// Checks a scope before it is sent: its size, and whether it holds a secret.

import { splitForCompare } from './changed-lines.ts';
import { findSecrets } from './secrets.ts';
import { pass, refuse, type Verdict } from './verdict.ts';

export interface ScopeRules {
  readonly maxScopeLines: number;
  /** UTF-16 units. */
  readonly maxScopeChars: number;
  readonly secrets: 'reject' | 'allow';
}

function checkScopeSize(text: string, { maxScopeLines, maxScopeChars }: ScopeRules): Verdict {
  const lines = splitForCompare(text).length;
  if (lines > maxScopeLines)
    return refuse(`the scope has ${lines} lines, more than ${maxScopeLines} (guardrails.maxScopeLines)`);
  if (text.length <= maxScopeChars) return pass;
  return refuse(`the scope has ${text.length} characters, more than ${maxScopeChars} (guardrails.maxScopeChars)`);
}

/** Whether the scope's text may be sent to a model. `firstLine`: the 1-based line of the document in which it begins. */
export function checkScope(text: string, rules: ScopeRules, firstLine = 1): Verdict {
  const size = checkScopeSize(text, rules);
  if (!size.ok || rules.secrets === 'allow') return size;
  const [secret] = findSecrets(text);
  if (!secret) return pass;
  const line = firstLine + splitForCompare(text.slice(0, secret.from)).length - 1;
  return refuse(`line ${line} holds what looks like ${secret.kind}; nothing was sent (guardrails.secrets)`);
}

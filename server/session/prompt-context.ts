// The context that a prompt shows beside the scope: imports, signatures, diagnostics. What looks like a key in them is redacted.

import type { Guardrails } from '../config/config.ts';
import { positionAt, type Snapshot } from '../documents/snapshot.ts';
import { redactSecrets } from '../guardrails/secrets.ts';
import { type ContextInput, type DiagnosticInput, identifiersIn, isNamed } from '../prompt/context-block.ts';
import type { Scopes } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { ScopeDiagnostic } from './prepared-request.ts';

/** UTF-16 units of one import, signature or message that are searched for keys: far more than a prompt shows of it, so that no key is cut in two. */
const maxScanned = 8000;

export interface PromptContextInput {
  readonly scopes: Scopes | undefined;
  readonly snapshot: Snapshot;
  /** The scope, in offsets of `snapshot`. */
  readonly span: Span;
  readonly rules: Pick<Guardrails, 'secrets'>;
  readonly diagnostics: readonly DiagnosticInput[];
}

export function promptContext({ scopes, snapshot, span, rules, diagnostics }: PromptContextInput): ContextInput {
  const names = identifiersIn(snapshot.text.slice(span.from, span.to));
  const clean = (whole: string) => {
    const text = whole.slice(0, maxScanned);
    return rules.secrets === 'reject' ? redactSecrets(text) : text;
  };
  return {
    imports: (scopes?.imports(snapshot) ?? []).map((text) => ({
      text: clean(text),
      isUsed: isNamed(text.slice(0, maxScanned), names),
    })),
    signatures: (scopes?.signatures(snapshot, span) ?? []).map(({ text, isUsed }) => ({ text: clean(text), isUsed })),
    diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic, message: clean(diagnostic.message) })),
  };
}

/** Diagnostics by the line of the document that the model is told. */
export function diagnosticsByLine(
  diagnostics: readonly ScopeDiagnostic[] = [],
  { snapshot, span }: { readonly snapshot: Snapshot; readonly span: Span },
): DiagnosticInput[] {
  return diagnostics.map(({ at, ...said }) => ({
    line: positionAt(snapshot, Math.min(span.from + at, span.to)).line + 1,
    ...said,
  }));
}

// What a model is told beside the scope: imports, signatures, reported problems. What looks like a key in them is blotted out.

import type { Guardrails } from '../config/config.ts';
import { positionAt, type Snapshot } from '../documents/snapshot.ts';
import { redactSecrets } from '../guardrails/secrets.ts';
import { type ContextInput, type DiagnosticInput, isNamed, namesIn } from '../prompt/context.ts';
import type { Scopes } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { ScopeDiagnostic } from './edit-request.ts';

/** UTF-16 units of one import, signature or message: far more than is told of it, and no key is cut in two within what is. */
const maxLookedAt = 8000;

export interface SurroundingsInput {
  readonly scopes: Scopes | undefined;
  readonly snapshot: Snapshot;
  /** The scope, in offsets of `snapshot`. */
  readonly span: Span;
  readonly rules: Pick<Guardrails, 'secrets'>;
  readonly diagnostics: readonly DiagnosticInput[];
}

export function surroundings({ scopes, snapshot, span, rules, diagnostics }: SurroundingsInput): ContextInput {
  const names = namesIn(snapshot.text.slice(span.from, span.to));
  const clean = (whole: string) => {
    const text = whole.slice(0, maxLookedAt);
    return rules.secrets === 'reject' ? redactSecrets(text) : text;
  };
  return {
    imports: (scopes?.imports(snapshot) ?? []).map((text) => ({
      text: clean(text),
      isUsed: isNamed(text.slice(0, maxLookedAt), names),
    })),
    signatures: (scopes?.signatures(snapshot, span) ?? []).map(({ text, isUsed }) => ({ text: clean(text), isUsed })),
    diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic, message: clean(diagnostic.message) })),
  };
}

/** Diagnostics by the line of the document that the model is told. */
export function byLine(
  diagnostics: readonly ScopeDiagnostic[] = [],
  { snapshot, span }: { readonly snapshot: Snapshot; readonly span: Span },
): DiagnosticInput[] {
  return diagnostics.map(({ at, ...said }) => ({
    line: positionAt(snapshot, Math.min(span.from + at, span.to)).line + 1,
    ...said,
  }));
}

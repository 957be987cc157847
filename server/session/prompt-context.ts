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

/** How many lines on each side of a place for new code are shown, and UTF-16 units of them: enough to tell the place and the style. */
const maxBeside = 15;
const maxBesideUnits = 1200;

export interface PromptContextInput {
  readonly scopes: Scopes | undefined;
  readonly snapshot: Snapshot;
  /** The scope, in offsets of `snapshot`. */
  readonly span: Span;
  /** Whether it is a place for new code: a blank line, or the comment that asks for the code. */
  readonly isPlace?: boolean;
  readonly rules: Pick<Guardrails, 'secrets'>;
  readonly diagnostics: readonly DiagnosticInput[];
}

export function promptContext({
  scopes,
  snapshot,
  span,
  isPlace = false,
  rules,
  diagnostics,
}: PromptContextInput): ContextInput {
  const clean = (whole: string) => {
    const text = whole.slice(0, maxScanned);
    return rules.secrets === 'reject' ? redactSecrets(text) : text;
  };
  const beside = isPlace ? linesBeside(snapshot.text, span, clean) : undefined;
  // A place for new code names nothing itself: what stands beside it is likely to need the same.
  const names = identifiersIn(
    beside ? [...beside.above, ...beside.below].join('\n') : snapshot.text.slice(span.from, span.to),
  );
  return {
    ...beside,
    imports: (scopes?.imports(snapshot) ?? []).map((text) => ({
      text: clean(text),
      isUsed: isNamed(text.slice(0, maxScanned), names),
    })),
    signatures: (scopes?.signatures(snapshot, span) ?? []).map(({ text, isUsed }) => ({ text: clean(text), isUsed })),
    diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic, message: clean(diagnostic.message) })),
  };
}

/** The lines above and below that are nearest, from the first to the last that is not blank. */
function linesBeside(text: string, { from, to }: Span, clean: (text: string) => string) {
  const before = clean(text.slice(Math.max(0, from - maxScanned), from)).trimEnd();
  const after = clean(text.slice(to, to + maxScanned))
    .replace(/^\s*\n/, '')
    .trimEnd();
  return {
    above: nearest(before.split(/\r?\n/).reverse()).reverse(),
    below: nearest(after.split(/\r?\n/)),
  };
}

/** The first lines, as many as are shown. */
function nearest(lines: readonly string[]): string[] {
  const shown: string[] = [];
  let units = 0;
  for (const line of lines.slice(0, maxBeside)) {
    units += line.length + 1;
    if (units > maxBesideUnits) break;
    shown.push(line);
  }
  return shown.every((line) => line.trim() === '') ? [] : shown;
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

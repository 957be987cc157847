// Puts the question to the model together: prompt, engine and guardrails for the scope as it reads now.

import type { Config } from '../config/config.ts';
import { eolOf, type Snapshot } from '../documents/snapshot.ts';
import { createEngine } from '../edit/create-engine.ts';
import { createGuard } from '../guardrails/guard.ts';
import { buildPrompt, chooseFormat, lineCount } from '../prompt/prompt.ts';
import type { Scopes } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { AskContext, Asked } from './edit-session.ts';

export interface AskOptions {
  readonly config: () => Config;
  readonly scopes: () => Scopes | undefined;
  /** The path that the model is told. */
  readonly pathOf: (snapshot: Snapshot) => string;
}

/** A string is the reason why nothing is asked at all. */
export function createAsk({ config, scopes, pathOf }: AskOptions): (context: AskContext) => Asked | string {
  return ({ snapshot, span, instruction, model, gate }) => {
    const { guardrails } = config();
    const base = snapshot.text.slice(span.from, span.to);
    const guard = createGuard({ base, guardrails });
    const refusal = guard.refuses();
    if (refusal !== undefined) return refusal;
    const format = chooseFormat(lineCount(base), model.format);
    const path = pathOf(snapshot);
    const request = buildPrompt({ snapshot, span, path, format, instruction, ...contextOf(scopes(), snapshot, span) });
    const engine = createEngine({
      base,
      eol: eolOf(snapshot.text),
      format,
      ...(gate && { parses: (text) => gate.parses(text) }),
    });
    return { format, request, engine, check: (hunk) => guard.check(hunk.edits) };
  };
}

function contextOf(scopes: Scopes | undefined, snapshot: Snapshot, span: Span) {
  if (!scopes) return {};
  return { imports: [scopes.imports(snapshot)], signatures: scopes.signatures(snapshot, span) };
}

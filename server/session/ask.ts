// Puts the question to the model together: prompt, engine and guardrails for the scope as it reads now.

import type { Config } from '../config/config.ts';
import { createSnapshot, eolOf, positionAt, type Snapshot } from '../documents/snapshot.ts';
import { createSteppedEngine } from '../edit/create-engine.ts';
import { beginHunks, checkHeld, checkHunk } from '../guardrails/hunks.ts';
import { boundOf } from '../guardrails/length.ts';
import { checkScope } from '../guardrails/scope.ts';
import { buildFollowUp, buildPrompt, chooseFormat, type PromptInput } from '../prompt/prompt.ts';
import type { Directive, Scopes } from '../scope/scopes.ts';
import { mapOffset } from '../text/edit.ts';
import { lineCount } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import type { AskContext, Asked, ScopeDiagnostic } from './edit-request.ts';
import { byLine, surroundings } from './surroundings.ts';
import { engineWithoutDirective } from './without-directive.ts';

export interface AskOptions {
  readonly config: () => Config;
  readonly scopes: () => Scopes | undefined;
  /** The path that the model is told. */
  readonly pathOf: (snapshot: Snapshot) => string;
}

/** A string is the reason why nothing is asked at all. */
export function createAsk({ config, scopes, pathOf }: AskOptions): (context: AskContext) => Asked | string {
  return (context) => {
    const { snapshot, span, instruction, model, gate } = context;
    const rules = config().guardrails;
    const base = snapshot.text.slice(span.from, span.to);
    const allowed = checkScope(base, rules, positionAt(snapshot, span.from).line + 1);
    if (!allowed.ok) return allowed.reason;
    const directive = directiveIn(scopes(), context);
    const told = withoutSpan(snapshot, span, directive);
    const diagnostics = byLine(without(directive, context.diagnostics), told);
    const format = chooseFormat(lineCount(told.text), model.format);
    const input: PromptInput = {
      ...told,
      path: pathOf(snapshot),
      format,
      instruction,
      ...surroundings({ scopes: scopes(), snapshot, span, rules, diagnostics }),
    };
    const options = {
      base,
      eol: eolOf(snapshot.text),
      format,
      ...(gate && { parses: (text: string) => gate.judge(text) }),
    };
    const hunks = beginHunks({ base, languageId: snapshot.languageId, rules });
    return {
      format,
      prompt: context.previous ? buildFollowUp({ ...input, previous: context.previous }) : buildPrompt(input),
      engine: directive
        ? engineWithoutDirective(createSteppedEngine, options, directive)
        : createSteppedEngine(options),
      bound: boundOf({
        text: told.text,
        isStub: context.isStub === true,
        maxOutputTokens: model.maxOutputTokens,
        rules,
      }),
      check(hunk) {
        const verdict = checkHunk(hunks, hunk);
        return verdict.ok ? undefined : verdict.reason;
      },
      checkHeld(lines) {
        const verdict = checkHeld(hunks, lines);
        return verdict.ok ? undefined : verdict.reason;
      },
    };
  };
}

/** Where the directive that asked for the edit stands in the scope's text; undefined if there is none, or none any more. */
function directiveIn(scopes: Scopes | undefined, context: AskContext): Span | undefined {
  const { snapshot, span, directive, previous } = context;
  if (!scopes || !directive) return undefined;
  const at = Math.min(span.from + directive.at, span.to);
  const there = scopes.directiveAt(snapshot, { from: at, to: at });
  const all = [...(there ? [there] : []), ...directivesIn(scopes, snapshot, span)];
  // Where the edit is asked for again, what stands above it may be longer now, or shorter, and the user may have gone on writing it.
  const itself = all.find(({ text }) => text === directive.text);
  // Where an edit before this one may have taken it out, another that stands there is not meant: only its own words are.
  const found = itself ?? (previous ? undefined : there);
  if (!found) return undefined;
  const from = Math.max(found.span.from, span.from) - span.from;
  return { from, to: Math.min(found.span.to, span.to) - span.from };
}

function* directivesIn(scopes: Scopes, snapshot: Snapshot, { from, to }: Span): Generator<Directive> {
  for (let at = from; at < to; ) {
    const found = scopes.directiveAt(snapshot, { from: at, to });
    if (!found) return;
    yield found;
    at = snapshot.text.indexOf('\n', Math.max(found.span.to - 1, at)) + 1 || to;
  }
}

/** What the model is told of the document: the directive is not a part of it. `text` is the scope's. */
function withoutSpan(
  snapshot: Snapshot,
  span: Span,
  gone: Span | undefined,
): { snapshot: Snapshot; span: Span; text: string } {
  const { uri, version, languageId, text } = snapshot;
  if (!gone) return { snapshot, span, text: text.slice(span.from, span.to) };
  const rest = text.slice(0, span.from + gone.from) + text.slice(span.from + gone.to);
  const to = span.to - (gone.to - gone.from);
  return {
    snapshot: createSnapshot(uri, version, languageId, rest),
    span: { from: span.from, to },
    text: rest.slice(span.from, to),
  };
}

/** Diagnostics by offsets into the scope's text without the directive. */
function without(gone: Span | undefined, diagnostics: readonly ScopeDiagnostic[] = []): readonly ScopeDiagnostic[] {
  if (!gone) return diagnostics;
  return diagnostics.map((one) => ({ ...one, at: mapOffset(one.at, [{ ...gone, insert: '' }], 1) }));
}

// Prepares a request: prompt, engine and guardrails for the scope as it reads now.

import type { Surroundings } from '../answer/surroundings.ts';
import type { Config } from '../config/config.ts';
import { createSnapshot, eolOf, positionAt, type Snapshot } from '../documents/snapshot.ts';
import { createSteppedEngine } from '../edit/create-engine.ts';
import { doesNotPair, doesNotParse, type SteppedOptions } from '../edit/engine.ts';
import { answerBoundFor } from '../guardrails/answer-length.ts';
import { beginHunkChecks, checkHeld, checkHunk, checkWhole } from '../guardrails/check-hunk.ts';
import { checkScope } from '../guardrails/check-scope.ts';
import { writeInFull } from '../guardrails/left-out.ts';
import { refusalOf } from '../guardrails/verdict.ts';
import { buildFollowUp, buildPrompt, chooseFormat, type PromptInput } from '../prompt/prompt.ts';
import type { Directive, Scopes } from '../scope/scopes.ts';
import { mapOffset } from '../text/edit.ts';
import { lineCount } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { insertionPlace, paddingAround, unitOf } from './insertion-place.ts';
import type { PrepareContext, PreparedRequest, ScopeDiagnostic } from './prepared-request.ts';
import { diagnosticsByLine, promptContext } from './prompt-context.ts';
import { engineWithPadding } from './with-padding.ts';
import { type Blank, engineWithoutDirective } from './without-directive.ts';

export interface PrepareOptions {
  readonly config: () => Config;
  readonly scopes: () => Scopes | undefined;
  /** The path by which the prompt names the document. */
  readonly pathOf: (snapshot: Snapshot) => string;
}

/** A string is the reason why nothing is asked at all. */
export function createPrepare({
  config,
  scopes,
  pathOf,
}: PrepareOptions): (context: PrepareContext) => PreparedRequest | string {
  return (context) => {
    const { snapshot, span, instruction, model, parseCheck, leftOut } = context;
    const rules = config().guardrails;
    const base = snapshot.text.slice(span.from, span.to);
    const allowed = checkScope(base, rules, positionAt(snapshot, span.from).line + 1);
    if (!allowed.ok) return allowed.reason;
    const directive = blankIn(base) ?? directiveIn(scopes(), context);
    const shown = withoutSpan(snapshot, span, directive);
    const diagnostics = diagnosticsByLine(without(directive, context.diagnostics), shown);
    const isPlace = shown.text === '';
    const format = isPlace ? 'rewrite' : chooseFormat(lineCount(shown.text), model.format);
    const input: PromptInput = {
      ...shown,
      path: pathOf(snapshot),
      format,
      instruction: leftOut ? `${instruction}\n\n${writeInFull(leftOut)}` : instruction,
      ...promptContext({ scopes: scopes(), snapshot, span, isPlace, rules, diagnostics }),
    };
    const padding = isPlace || context.isInsertion ? paddingAround(shown.snapshot.text, shown.span) : undefined;
    const eol = eolOf(snapshot.text);
    const options = {
      base,
      eol,
      format,
      surroundings: surroundingsOf(snapshot, span, {
        path: input.path,
        instruction,
        placeholders: rules.placeholders === 'allow' ? 'all' : leftOut ? [leftOut.line] : [],
      }),
      ...(isPlace && {
        place: { ...insertionPlace(scopes(), snapshot, span), endsLine: padding?.after === 0 },
      }),
      ...(parseCheck && {
        parses: (text: string) => parseCheck.parsesInTurns(text),
        faultIn: (text: string) => parseCheck.problemIn(text),
        unsound: parseCheck.basis === 'tree' ? doesNotParse : doesNotPair,
      }),
    };
    const create = (options: SteppedOptions) => {
      const engine = createSteppedEngine(options);
      if (!padding) return engine;
      const { before, after } = padding;
      const { length: end } = options.base;
      return engineWithPadding(engine, { before: eol.repeat(before), after: eol.repeat(after), end });
    };
    const hunks = beginHunkChecks({ base, languageId: snapshot.languageId, rules, accepted: leftOut });
    return {
      format,
      prompt: context.previous ? buildFollowUp({ ...input, previous: context.previous }) : buildPrompt(input),
      engine: directive ? engineWithoutDirective(create, options, directive) : create(options),
      bound: answerBoundFor({
        text: shown.text,
        isStub: context.isStub,
        maxOutputTokens: model.maxOutputTokens,
        rules,
      }),
      check: (hunk) => refusalOf(checkHunk(hunks, hunk)),
      checkWhole: () => refusalOf(checkWhole(hunks)),
      checkHeld: (lines) => refusalOf(checkHeld(hunks, lines))?.reason,
    };
  };
}

function surroundingsOf(
  { text, languageId }: Snapshot,
  { from, to }: Span,
  asked: Pick<Surroundings, 'path' | 'instruction' | 'placeholders'>,
): Surroundings {
  const unit = unitOf(text.slice(from, to)) ?? unitOf(text);
  return {
    before: text.slice(0, from),
    after: text.slice(to),
    languageId,
    ...asked,
    ...(unit !== undefined && { unit }),
  };
}

/** All of a scope that is blank lines: in a document of nothing else new code takes their place. */
function blankIn(base: string): Blank | undefined {
  return base !== '' && base.trim() === '' ? { from: 0, to: base.length, isBlank: true } : undefined;
}

/** Where the directive that asked for the edit stands in the scope's text; undefined if there is none, or none any more. */
function directiveIn(scopes: Scopes | undefined, context: PrepareContext): Span | undefined {
  const { snapshot, span, directive, previous } = context;
  if (!scopes || !directive) return undefined;
  const at = Math.min(span.from + directive.at, span.to);
  const there = scopes.directiveAt(snapshot, { from: at, to: at });
  const all = [...(there ? [there] : []), ...directivesIn(scopes, snapshot, span)];
  // On a retry the code above it may have grown or shrunk, and the user may have edited the directive itself: it is found by its text.
  const itself = all.find(({ text }) => text === directive.text);
  // A corrected edit may have removed the directive already: another one that stands in its place now is not meant.
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

/** The document as the prompt shows it: without the directive. `text` is the scope's. */
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

// A request to a model, ready to be sent, and what it is prepared from.

import type { Snapshot } from '../documents/snapshot.ts';
import type { AnswerFormat, Hunk, SteppedEngine } from '../edit/engine.ts';
import type { AnswerBound } from '../guardrails/answer-length.ts';
import type { LeftOut } from '../guardrails/left-out.ts';
import type { Refusal } from '../guardrails/verdict.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { ParseCheck } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { LaneModel } from './lane-model.ts';

/** A request for the scope as it reads when the edit begins, and all that its answer is read with. */
export interface PreparedRequest {
  readonly format: AnswerFormat;
  readonly prompt: Prompt;
  /** Stages of the answer, over the scope's text as it is now. */
  readonly engine: SteppedEngine;
  /** How long the answer may get. */
  readonly bound: AnswerBound;
  /** The guardrails: a reason why this hunk must not be sent, if there is one. Called with each hunk once, in order. */
  check(hunk: Hunk): Refusal | undefined;
  /** The same of all hunks together, once the answer is whole. */
  checkWhole(): Refusal | undefined;
  /** The same for the number of lines that are certain but held back. */
  checkHeld(lines: number): string | undefined;
}

/** What a request is prepared from. `span` in offsets of `snapshot`. */
export interface PrepareContext {
  readonly snapshot: Snapshot;
  readonly span: Span;
  readonly instruction: string;
  readonly model: LaneModel;
  readonly parseCheck: ParseCheck | undefined;
  /** The directive that asked for the edit. */
  readonly directive: DirectiveRequest | undefined;
  readonly diagnostics: readonly ScopeDiagnostic[] | undefined;
  /** Whether the scope's body is still to be written. */
  readonly isStub: boolean;
  /** Whether the scope was a place for new code when it was asked for. It may hold some by now. */
  readonly isInsertion: boolean;
  /** The edit that this one corrects. */
  readonly previous: Exchange | undefined;
  /** What an earlier answer left out, and was refused for: an answer that does the same is taken. */
  readonly leftOut: LeftOut | undefined;
}

/** A string is the reason why nothing is asked at all. */
export type Prepare = (context: PrepareContext) => PreparedRequest | string;

/** A comment in the scope that asks for an edit. */
export interface DirectiveRequest {
  /** What it says. */
  readonly text: string;
  /** Where it stood when the edit was asked for, as an offset into the scope's text. */
  readonly at: number;
}

/** What the editor reports of the scope, by an offset into the scope's text. */
export interface ScopeDiagnostic {
  readonly at: number;
  readonly message: string;
  /** Who says so, e.g. `ts 2322`. */
  readonly source?: string;
}

/** A request and its answer: what a correction goes on from. */
export interface Exchange {
  readonly prompt: Prompt;
  readonly instruction: string;
  readonly answer: string;
  /** The answer without what only its endpoint may know. */
  readonly shown: () => string;
  readonly complete: boolean;
}

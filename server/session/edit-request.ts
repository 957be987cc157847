// What an edit is asked for and what it needs: the words between a session and those who start it.

import type { Clock } from '../clock.ts';
import type { DocumentDelivery } from '../delivery/document-delivery.ts';
import type { DeliveryMode } from '../delivery/pacing.ts';
import type { Region } from '../delivery/region.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { AnswerFormat, Hunk, SteppedEngine } from '../edit/engine.ts';
import type { AnswerBound } from '../guardrails/length.ts';
import type { Provider } from '../models/model.ts';
import type { Prompt } from '../prompt/prompt.ts';
import type { Gate, Scope } from '../scope/scopes.ts';
import type { Span } from '../text/span.ts';
import type { Turns } from '../turns.ts';
import type { Conversation } from './conversation.ts';
import type { EditListener } from './edit-events.ts';

/** A model that an edit may ask, as the configuration names it. */
export interface LaneModel {
  readonly lane: string;
  readonly label: string;
  readonly model: string;
  readonly provider: Provider;
  readonly format?: AnswerFormat;
  readonly maxOutputTokens?: number;
}

/** What an edit is asked with, once it is known what the scope reads when it begins. */
export interface Asked {
  readonly format: AnswerFormat;
  readonly prompt: Prompt;
  /** Stages of the answer, over the scope's text as it is now. */
  readonly engine: SteppedEngine;
  /** How long the answer may get. */
  readonly bound: AnswerBound;
  /** The guardrails: a reason why this hunk must not be sent, if there is one. Called with each hunk once, in order. */
  check(hunk: Hunk): string | undefined;
  /** The same for so many lines that are certain, and wait. */
  checkHeld(lines: number): string | undefined;
}

/** What a question is put together from. `span` in offsets of `snapshot`. */
export interface AskContext {
  readonly snapshot: Snapshot;
  readonly span: Span;
  readonly instruction: string;
  readonly model: LaneModel;
  readonly gate: Gate | undefined;
  /** The directive that asked for the edit. */
  readonly directive: AskedByDirective | undefined;
  readonly diagnostics: readonly ScopeDiagnostic[] | undefined;
  /** Whether the scope's body is still to be written. */
  readonly isStub?: boolean;
  /** The edit that this one corrects. */
  readonly previous: Exchange | undefined;
}

/** A comment in the scope that asks for an edit. */
export interface AskedByDirective {
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

/** A question and what came of it: what a correction goes on from. */
export interface Exchange {
  readonly prompt: Prompt;
  readonly instruction: string;
  readonly answer: string;
  readonly complete: boolean;
}

/** What a correction needs of the edit that it corrects. */
export interface Corrected {
  readonly region: Region;
  /** Undefined if its model was never asked. */
  readonly exchange: Exchange | undefined;
  readonly hasLanded: boolean;
  readonly running: boolean;
  /** Its running answer, which is redirected where the model can be steered. */
  handOver(): Conversation | undefined;
}

export interface EditRequest {
  readonly editId: string;
  readonly scope: Scope;
  readonly title: string;
  readonly instruction: string;
  readonly mode: DeliveryMode;
  readonly joinsUndo: boolean;
  /** Models to try in order; a later one only if the one before failed without a hunk. */
  readonly lanes: readonly string[];
  /** What the user is told that the first of them is. */
  readonly label: string;
  /** The directive that asked for it. */
  readonly directive?: AskedByDirective;
  readonly diagnostics?: readonly ScopeDiagnostic[];
  /** The edit that this one corrects; `revert` takes back both. */
  readonly corrects?: Corrected;
  /** The edit that this one takes the place of; whoever names that one means this one. */
  readonly retries?: object;
  /** The answer is not applied but offered: the user accepts it, or not. */
  readonly isOffer?: boolean;
  /** The offer that is applied, in place of an answer of a model. */
  readonly accepts?: Offer;
  /** The lane that could answer where this one's model has no room for so much; undefined if there is none. */
  readonly roomier?: string | undefined;
}

/** A whole answer that waits for the user's word. */
export interface Offer {
  readonly model: LaneModel;
  readonly answer: string;
  /** The scope's text that it is an answer to: it can't be applied to another. */
  readonly base: string;
}

export interface EditDeps {
  readonly clock: Clock;
  readonly delivery: DocumentDelivery;
  readonly listener: EditListener;
  /** Rejects with an Error whose message tells the user what is missing. */
  readonly openLane: (lane: string) => Promise<LaneModel>;
  /** Prepares prompt, engine and guardrails; loaded when first needed. A string is the reason why the edit is rejected. */
  readonly loadAsk: () => Promise<(context: AskContext) => Asked | string>;
  readonly gate: (snapshot: Snapshot, span: Span) => Gate | undefined;
  /** Why nothing of the document may be sent to a model; undefined if it may. Never rejects. */
  readonly forbidden: (snapshot: Snapshot) => Promise<string | undefined>;
  readonly onBug: (error: unknown) => void;
  readonly turns: Turns;
}

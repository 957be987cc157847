// The messages of our own: the `$/quickhand/…` notifications, and what each command answers. Only additions are compatible: clients read them.

import { type Diagnostic, NotificationType, type Range, type TextEdit } from 'vscode-languageserver-protocol';
import type { Outcome, Phase, Timing } from '../session/edit-events.ts';
import type { Review } from '../session/review.ts';

/** The life of an edit: begin, any number of hunk and report, end. For clients that opted in (`events`). */
export const editEvent = new NotificationType<EditEvent>('$/quickhand/edit');

export type EditEvent = EditBegun | EditHunk | EditReport | EditEnd;

interface EditBegun {
  readonly kind: 'begin';
  readonly editId: string;
  readonly uri: string;
  readonly version: number;
  /** The scope. */
  readonly range: Range;
  readonly instruction: string;
  readonly lane: string;
  readonly model: string;
}

/** Edits that the editor's text shows; `version`: of the text that shows them; their ranges are in the text before them. */
interface EditHunk {
  readonly kind: 'hunk';
  readonly editId: string;
  readonly version: number;
  readonly edits: readonly TextEdit[];
}

interface EditReport {
  readonly kind: 'report';
  readonly editId: string;
  readonly phase: Phase;
  /** There while the model thinks. */
  readonly isThinking?: true;
  /** UTF-16 units of the answer so far. */
  readonly chars: number;
  readonly hunks: number;
  readonly elapsedMs: number;
}

interface EditEnd {
  readonly kind: 'end';
  readonly editId: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly timing: Timing;
  readonly state: Review;
  /** What had to be put right of the answer, as nouns for people: `a <think> block`. Absent: nothing. */
  readonly putRight?: readonly string[];
}

/** The life of an explanation: begin, any number of text, end. For clients that opted in (`events`). */
export const explainEvent = new NotificationType<ExplainEvent>('$/quickhand/explain');

export type ExplainEvent = { readonly explainId: string } & (ExplainBegun | ExplainText | ExplainEnd);

interface ExplainBegun {
  readonly kind: 'begin';
  readonly uri: string;
  readonly version: number;
  readonly range: Range;
  readonly question?: string | undefined;
  readonly lane: string;
  readonly model: string;
}

interface ExplainText {
  readonly kind: 'text';
  readonly text: string;
}

interface ExplainEnd {
  readonly kind: 'end';
  readonly outcome: Outcome;
  readonly reason?: string;
  /** Uri of the file that holds the explanation. */
  readonly file?: string;
  readonly timing: Timing;
}

export interface EditStarted {
  readonly editId: string;
}

/** The answer to `quickhand.edit` with `wait: true`. */
export interface EditEnded extends EditStarted {
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly timing: Timing;
  /** What had to be put right of the answer, as nouns for people: `a <think> block`. Absent: nothing. */
  readonly putRight?: readonly string[];
}

/** `editId` is that of an explanation or a check where that was cancelled. */
interface EditReviewed<Result extends string> extends EditStarted {
  readonly outcome: Result;
}

export interface VerifyStarted {
  readonly verifyId: string;
}

/** `ok`: every check passed. `reason`: why there is no verdict. */
export interface VerifyEnded extends VerifyStarted {
  readonly ok: boolean;
  /** Of the last check that ran. */
  readonly exitCode?: number;
  readonly reason?: string;
  readonly problems: readonly FileDiagnostic[];
  /** The end of what the last check said. */
  readonly output: string;
  readonly totalMs: number;
}

/** A diagnostic and the file that it is in. */
export interface FileDiagnostic extends Diagnostic {
  readonly uri: string;
}

interface EditSummary extends EditStarted {
  readonly uri: string;
  readonly lane: string | undefined;
  readonly model: string;
  readonly state: Review;
}

export type LaneStatus =
  | { readonly label: string; readonly model: string; readonly rehearsal: boolean }
  | { readonly problem: string };

export interface ServerStatus {
  readonly version: string;
  readonly models: readonly string[];
  readonly lanes: Readonly<Record<string, LaneStatus>>;
  readonly running: readonly (EditSummary & { readonly phase: Phase | undefined })[];
  readonly last?: EditSummary & {
    readonly outcome: Outcome | undefined;
    readonly reason?: string;
    readonly timing: Timing;
  };
}

/** What each command answers. */
export interface CommandAnswers {
  readonly 'quickhand.edit': EditStarted | EditEnded;
  readonly 'quickhand.cancel': EditReviewed<Outcome>;
  readonly 'quickhand.keep': EditReviewed<'kept'>;
  readonly 'quickhand.revert': EditReviewed<'reverted' | 'unchanged'>;
  readonly 'quickhand.steer': EditStarted;
  readonly 'quickhand.retry': EditStarted;
  readonly 'quickhand.explain': { readonly explainId: string };
  readonly 'quickhand.verify': VerifyStarted | VerifyEnded;
  readonly 'quickhand.approve': EditReviewed<'approved' | 'unchanged'>;
  readonly 'quickhand.answer': { readonly uri: string };
  readonly 'quickhand.status': ServerStatus;
}

// Builds the requests that are sent to models: a first edit, a correction, an explanation. Pure functions; nothing here is logged.

import type { Snapshot } from '../documents/snapshot.ts';
import type { AnswerFormat } from '../edit/engine.ts';
import type { Span } from '../text/span.ts';
import { scopeAndInstruction } from './blocks.ts';
import { type ContextInput, contextBlock } from './context.ts';
import { editInstructions, explainInstructions } from './instructions.ts';

/** One part of a conversation. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** What a model is asked, without its name. The last turn says everything: it can be answered without the others. */
export interface Prompt {
  readonly instructions: string;
  readonly input: readonly Turn[];
}

/** Where the edit happens and what is known of it. `span` (the scope) in offsets of `snapshot`. */
export interface PromptInput extends ContextInput {
  readonly snapshot: Snapshot;
  readonly span: Span;
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly format: AnswerFormat;
  readonly instruction: string;
}

/** Above this many lines a whole rewrite costs more time than its simplicity is worth (models.md §3: 2 to 4 times the tokens). */
export const maxRewriteLines = 24;

/** The answer format for a scope of so many lines; a lane's own format wins. */
export function chooseFormat(scopeLines: number, laneFormat?: AnswerFormat): AnswerFormat {
  return laneFormat ?? (scopeLines <= maxRewriteLines ? 'rewrite' : 'search-replace');
}

/** A first edit: one user message. */
export function buildPrompt(input: PromptInput): Prompt {
  return { instructions: editInstructions(input.format), input: [{ role: 'user', text: userMessage(input) }] };
}

/** An edit that goes on with an earlier one; `instruction` is the user's correction, `span` the scope as it is now. */
export interface FollowUpInput extends PromptInput {
  readonly previous: {
    readonly prompt: Prompt;
    readonly instruction: string;
    /** What the model said to it, as far as it came. */
    readonly answer: string;
    /** Whether that answer came to its own end. */
    readonly complete: boolean;
  };
}

/** An earlier conversation is sent along up to so many UTF-16 units, 4 times the default context: providers have its beginning in their cache. */
export const maxHistoryChars = 16_000;

/**
 * A correction. A whole answer stays in the conversation, as the model said it. Half an answer would teach the model to stop half-way, and a long one
 * costs time: then the earlier instruction is only named in the context, and the scope shows what has come of it.
 */
export function buildFollowUp({ previous, ...input }: FollowUpInput): Prompt {
  const turns: Turn[] = [...previous.prompt.input, { role: 'assistant', text: previous.answer }];
  const size = turns.reduce((sum, turn) => sum + turn.text.length, 0);
  const keeps = previous.complete && previous.answer !== '' && size <= maxHistoryChars;
  const earlier = [...(input.earlier ?? []), previous.instruction];
  const last: Turn = { role: 'user', text: userMessage(keeps ? input : { ...input, earlier }) };
  return { instructions: editInstructions(input.format), input: keeps ? [...turns, last] : [last] };
}

/** A question about code; the answer is Markdown. */
export function buildExplain(
  input: Omit<PromptInput, 'format' | 'instruction'> & { readonly question?: string },
): Prompt {
  const instruction = input.question ?? 'Explain this code.';
  const text = contextBlock(input) + scopeAndInstruction({ ...input, format: 'markdown' }, instruction);
  return { instructions: explainInstructions, input: [{ role: 'user', text }] };
}

function userMessage(input: PromptInput): string {
  return contextBlock(input) + scopeAndInstruction(input, input.instruction);
}

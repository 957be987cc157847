// Builds the requests that are sent to models: a first edit, a correction, an explanation. Pure functions; nothing here is logged.

import type { Snapshot } from '../documents/snapshot.ts';
import type { AnswerFormat } from '../edit/engine.ts';
import type { Span } from '../text/span.ts';
import { type ContextInput, contextBlock } from './context-block.ts';
import { editInstructions, explainInstructions } from './instructions.ts';
import { scopeAndInstructionBlocks } from './message-blocks.ts';

/** One message of a conversation with a model. */
export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** A request without the model's name. The last message is complete: it can be answered without the others. */
export interface Prompt {
  /** The system message. */
  readonly instructions: string;
  readonly input: readonly PromptMessage[];
}

/** Where the edit happens and what is known of it. `span` (the scope) is in UTF-16 offsets of `snapshot`. */
export interface PromptInput extends ContextInput {
  readonly snapshot: Snapshot;
  readonly span: Span;
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly format: AnswerFormat;
  readonly instruction: string;
}

/** Above this many lines a rewrite of the whole scope costs more time than its simplicity is worth (models/PROTOCOLS.md §3: 2 to 4 times the tokens). */
const maxRewriteLines = 24;

/** The answer format for a scope of so many lines; a lane's own format wins. */
export function chooseFormat(scopeLines: number, laneFormat?: AnswerFormat): AnswerFormat {
  return laneFormat ?? (scopeLines <= maxRewriteLines ? 'rewrite' : 'search-replace');
}

/** A first edit: one user message. */
export function buildPrompt(input: PromptInput): Prompt {
  return { instructions: instructionsFor(input), input: [{ role: 'user', text: userMessage(input) }] };
}

/** An edit that corrects an earlier one: `instruction` is the user's correction, `span` the scope as it is now. */
export interface FollowUpInput extends PromptInput {
  readonly previous: {
    readonly prompt: Prompt;
    readonly instruction: string;
    /** The model's answer to it, as far as it came. */
    readonly answer: string;
    /** Whether that answer was complete. */
    readonly complete: boolean;
  };
}

/** UTF-16 units up to which an earlier conversation is sent again, 4 times the default context: providers have its beginning in their cache. */
const maxHistoryChars = 16_000;

/**
 * The request of a correction. A complete answer stays in the conversation as it was. Half an answer would teach the model to stop half-way, and a long one
 * costs time: then the earlier instruction is only named in the context, and the scope shows what has come of it.
 */
export function buildFollowUp({ previous, ...input }: FollowUpInput): Prompt {
  const history: PromptMessage[] = [...previous.prompt.input, { role: 'assistant', text: previous.answer }];
  const size = history.reduce((sum, message) => sum + message.text.length, 0);
  const keepsHistory = previous.complete && previous.answer !== '' && size <= maxHistoryChars;
  const earlier = [...(input.earlier ?? []), previous.instruction];
  const last: PromptMessage = { role: 'user', text: userMessage(keepsHistory ? input : { ...input, earlier }) };
  return { instructions: instructionsFor(input), input: keepsHistory ? [...history, last] : [last] };
}

/** A question about code; the answer is Markdown. */
export function buildExplain(
  input: Omit<PromptInput, 'format' | 'instruction'> & { readonly question?: string },
): Prompt {
  const instruction = input.question ?? 'Explain this code.';
  const text = contextBlock(input) + scopeAndInstructionBlocks({ ...input, format: 'markdown' }, instruction);
  return { instructions: explainInstructions, input: [{ role: 'user', text }] };
}

function instructionsFor({ format, span }: PromptInput): string {
  return editInstructions(format, span.from === span.to);
}

function userMessage(input: PromptInput): string {
  return contextBlock(input) + scopeAndInstructionBlocks(input, input.instruction);
}

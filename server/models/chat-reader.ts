// Reads the chunks of one answer of the Chat Completions API, or its one object where the service does not stream.

import { type ChatFindings, readChatMessage } from './chat-content.ts';
import type { AnswerReader, AnswerSink } from './dialect.ts';
import { isErrorObject } from './error-words.ts';
import type { ProviderFailures } from './failure.ts';
import { meaningOfReason } from './finish-reasons.ts';
import { asCount, asObject, asString, asWord, done, type Message } from './message.ts';
import type { ModelEnd, Usage } from './model.ts';

/** UTF-16 units of a refusal that are kept: it is shown in one line. */
const maxRefusal = 4000;

export interface ChatReaderOptions {
  readonly sink: AnswerSink;
  readonly failures: ProviderFailures;
  /** `[DONE]` alone says that the answer is whole. */
  readonly trustDone: boolean;
}

export class ChatReader implements AnswerReader {
  readonly #options: ChatReaderOptions;
  readonly #findings: ChatFindings;
  #finishReason: string | undefined;
  #refusal = '';
  /** The name of the tool that the model called; it may be empty. */
  #tool: string | undefined;
  /** Where the text comes from: some services send all of it once more, in a message at the end. */
  #source: 'nowhere' | 'deltas' | 'message' = 'nowhere';

  constructor(options: ChatReaderOptions) {
    const { sink } = options;
    this.#options = options;
    this.#findings = {
      text: (text) => sink.text(text),
      thinking: (chars) => sink.thinking(chars),
      refusal: (text) => {
        this.#refusal = (this.#refusal + text).slice(0, maxRefusal);
      },
      toolCall: (name) => {
        this.#tool ||= name;
      },
    };
  }

  /** A reason has been given, so the answer is over; usage and `[DONE]` may follow, or the connection closes. */
  get held(): ModelEnd | undefined {
    return this.#finishReason === undefined ? undefined : this.#end();
  }

  read(message: Message): boolean {
    const { sink, failures } = this.#options;
    if (message === done) sink.end(this.#end());
    else if (Array.isArray(message.choices) && !message.error) this.#chunk(message, message.choices);
    else if (message.error || isErrorObject(message)) sink.fail(failures.message(message));
    else this.#usage(message);
    return true;
  }

  steer(): undefined {
    return undefined;
  }

  #chunk(message: Message, choices: readonly unknown[]): void {
    const { sink, failures } = this.#options;
    for (const choice of choices.map(asObject)) {
      if (asCount(choice.index) > 0) continue;
      if (choice.error) return sink.fail(failures.message(choice));
      this.#choice(choice);
      // An empty one after the last chunk takes nothing back.
      this.#finishReason = asWord(choice.finish_reason) || this.#finishReason;
    }
    this.#usage(message);
  }

  #choice({ delta, message, text }: Message): void {
    if (typeof delta === 'object' && delta !== null) {
      const said = asObject(delta);
      if (said.content) this.#source = 'deltas';
      readChatMessage(said, this.#findings);
    } else if (typeof message === 'object' && message !== null) this.#message(asObject(message));
    // As the older completions have it.
    else readChatMessage({ content: asString(text) }, this.#findings);
  }

  #message(message: Message): void {
    const { content, ...others } = message;
    readChatMessage(this.#source === 'deltas' ? others : message, this.#findings);
    if (content && this.#source === 'nowhere') this.#source = 'message';
  }

  #usage(message: Message): void {
    const usage = usageOf(message.usage ?? asObject(message.x_groq).usage);
    if (usage) this.#options.sink.usage(usage);
  }

  #end(): ModelEnd {
    const { failures, trustDone } = this.#options;
    if (this.#refusal) return failures.refused(this.#refusal);
    const meaning = this.#finishReason === undefined ? undefined : meaningOfReason(this.#finishReason);
    if (this.#tool !== undefined || meaning === 'toolCall') return failures.calledTool(this.#tool ?? '');
    if (meaning === 'complete') return { kind: 'complete' };
    if (meaning === 'length') return { kind: 'length', message: 'the answer reached its token limit' };
    if (meaning === 'filtered') return { kind: 'filtered', message: 'the provider filtered the answer' };
    if (this.#finishReason !== undefined) return failures.endedEarly(this.#finishReason);
    return trustDone ? { kind: 'complete' } : failures.endedWithoutReason();
  }
}

function usageOf(value: unknown): Usage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const usage = asObject(value);
  return {
    inputTokens: asCount(usage.prompt_tokens),
    cachedTokens: asCount(asObject(usage.prompt_tokens_details).cached_tokens),
    outputTokens: asCount(usage.completion_tokens),
    reasoningTokens: asCount(asObject(usage.completion_tokens_details).reasoning_tokens),
  };
}

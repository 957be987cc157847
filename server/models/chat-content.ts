// What a message or a delta of the Chat Completions API says: text, thinking, a refusal, a call of a tool. Services differ in how they write it.

import { asObject, asString, asWord, type Message } from './message.ts';

/** Receives what a message says, in its order. */
export interface ChatFindings {
  text(text: string): void;
  /** `chars`: UTF-16 units, 0 where the service tells only that the model thinks. */
  thinking(chars: number): void;
  refusal(text: string): void;
  /** `name` is that of the tool, or empty. */
  toolCall(name: string): void;
}

/** Where thinking stands beside the content: DeepSeek, vLLM and llama-server; OpenRouter and Groq; Ollama; others. One of them counts: some send two. */
const thinkingFields = ['reasoning_content', 'reasoning', 'thinking', 'reasoning_text', 'reasoning_details'] as const;
/** Types of parts that are thinking: Mistral's, Anthropic's behind gateways, those of the Responses API. */
const thinkingTypes: ReadonlySet<unknown> = new Set([
  'thinking',
  'redacted_thinking',
  'reasoning',
  'reasoning_text',
  'summary_text',
]);
/** Levels of lists and objects that thinking may have: Mistral's has two. */
const maxDepth = 4;

/** Reads a delta, or the message of an answer that is not streamed. */
export function readChatMessage(message: Message, findings: ChatFindings): void {
  for (const field of thinkingFields) {
    if (!message[field]) continue;
    findings.thinking(charsOf(message[field], maxDepth));
    break;
  }
  readContent(message.content, findings);
  if (message.refusal) findings.refusal(asString(message.refusal) ?? '');
  const { tool_calls: calls, function_call: call } = message;
  if (Array.isArray(calls) && calls.length > 0) findings.toolCall(toolOf(calls[0]));
  else if (call) findings.toolCall(toolOf({ function: call }));
}

/** `content` is a text, a list of parts, or nothing. */
function readContent(content: unknown, findings: ChatFindings): void {
  if (typeof content === 'string') {
    if (content !== '') findings.text(content);
  } else if (Array.isArray(content)) for (const part of content) readPart(part, findings);
  else if (content) readPart(content, findings);
}

function readPart(part: unknown, findings: ChatFindings): void {
  if (typeof part === 'string') return readContent(part, findings);
  const { type = 'text', text, refusal, thinking, thought, ...rest } = asObject(part);
  if (thinkingTypes.has(type) || thought === true)
    findings.thinking(charsOf(thinking ?? text ?? rest.reasoning ?? rest.summary ?? rest.content, maxDepth));
  else if (type === 'refusal') findings.refusal(asString(refusal) ?? '');
  else if (type === 'text' || type === 'output_text') readContent(asString(text) ?? asObject(text).value, findings);
}

/** UTF-16 units of a text, of all texts in a list, or of the text of an object. */
function charsOf(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (depth === 0) return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + charsOf(each, depth - 1), 0);
  const { text, thinking, summary, content } = asObject(value);
  return charsOf(text ?? thinking ?? summary ?? content ?? '', depth - 1);
}

const toolOf = (call: unknown): string => asWord(asObject(asObject(call).function).name) ?? '';

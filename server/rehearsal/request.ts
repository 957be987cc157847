// Reads a request: Responses and chat bodies, the scope block and the instruction. Nothing else is known of an edit here.

/** A decoded JSON object; the peer may send anything. */
export type JsonObject = Readonly<Record<string, unknown>>;

export interface RehearsalRequest {
  readonly api: 'responses' | 'chat';
  readonly model: string;
  readonly instructions: string;
  /** The last message of the user. */
  readonly text: string;
  /** Tokens; `Infinity` without a limit. */
  readonly maxOutputTokens: number;
  /** The parameters as they came. */
  readonly body: JsonObject;
}

/** What the last user message says to change, and how to answer. */
export interface RehearsalTask {
  readonly path: string;
  readonly language: string;
  readonly format: 'rewrite' | 'search-replace';
  readonly scope: string;
  readonly instruction: string;
}

export function asJson(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

/** The JSON object in `text`; `undefined` if it is anything else. */
export function parseJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a body of `/responses` or `/chat/completions`. A string says what is wrong with it. */
export function readRequest(api: 'responses' | 'chat', body: JsonObject): RehearsalRequest | string {
  if (typeof body.model !== 'string') return "Missing required parameter: 'model'.";
  const messages = api === 'chat' ? body.messages : body.input;
  if (typeof messages !== 'string' && !Array.isArray(messages)) {
    return `Missing required parameter: '${api === 'chat' ? 'messages' : 'input'}'.`;
  }
  const list = typeof messages === 'string' ? [{ role: 'user', content: messages }] : messages.map(asJson);
  const limit = body.max_output_tokens ?? body.max_completion_tokens ?? body.max_tokens;
  return {
    api,
    model: body.model,
    instructions: typeof body.instructions === 'string' ? body.instructions : textOf(list.find(isSystem)?.content),
    text: textOf(list.findLast((message) => message.role === 'user')?.content),
    maxOutputTokens: typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY,
    body,
  };
}

function isSystem(message: JsonObject): boolean {
  return message.role === 'system' || message.role === 'developer';
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => asJson(part).text)
    .map((text) => (typeof text === 'string' ? text : ''))
    .join('');
}

/** The last scope block of `text` with its instruction. The tag is numbered where the scope's own text contains `</scope>`. */
export function readTask(text: string): RehearsalTask | undefined {
  const instruction = /<instruction>((?:(?!<instruction>)[\s\S])*?)<\/instruction>\s*$/.exec(text);
  const closing = /(?:^|\n)<\/(scope(?:-\d+)?)>\s*$/.exec(text.slice(0, instruction?.index));
  if (!instruction || !closing) return undefined;
  const [, tag] = closing;
  const before = text.slice(0, closing.index);
  const opening = [...before.matchAll(new RegExp(`^<${tag} ([^\\n]*)>$`, 'gm'))].at(-1);
  if (!opening) return undefined;
  const attributes = opening[1] ?? '';
  return {
    path: attribute(attributes, 'path'),
    language: attribute(attributes, 'language'),
    format: attribute(attributes, 'format') === 'search-replace' ? 'search-replace' : 'rewrite',
    scope: before.slice(opening.index + opening[0].length + 1),
    instruction: (instruction[1] ?? '').trim(),
  };
}

/** `text` with another instruction for the same scope; an instruction that is a complete request takes its place as it is. */
export function withInstruction(text: string, instruction: string): string {
  if (readTask(instruction)) return instruction;
  const at = text.lastIndexOf('<instruction>');
  return `${at < 0 ? text : text.slice(0, at)}<instruction>${instruction}</instruction>`;
}

function attribute(attributes: string, name: string): string {
  return new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
}

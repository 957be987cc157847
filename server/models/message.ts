// One decoded message of a wire protocol, and validators to read its fields. A peer may send anything: a field is only read through one of these,
// because `String(x)` and `Number(x)` of an object that a peer sent can throw or exhaust the stack.

export type Message = Readonly<Record<string, unknown>>;

const nothing: Message = {};

/** UTF-16 units of a code, a status, an id, a name: those of real services are under 100. */
const maxWord = 200;
/** Upper bound of token counts: far above any model's, far below where numbers become inexact. */
const maxCount = 1e12;

/** The value as an object; an empty one if it is not. */
export function asObject(value: unknown): Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Message) : nothing;
}

/** A text of the answer itself. Its size is bounded by the frame that it came in. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A code, a type, an id: a short string, or a number written as one; `undefined` for anything longer. */
export function asWord(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.length <= maxWord ? value : undefined;
}

export function asCount(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value <= maxCount ? value : 0;
}

/** A finite number, also where it is written as a short string; `undefined` for anything else, the empty string included. */
export function asNumber(value: unknown): number | undefined {
  const word = asWord(value)?.trim();
  const number = word === undefined || word === '' ? Number.NaN : Number(word);
  return Number.isFinite(number) ? number : undefined;
}

/** The message that stands for the `[DONE]` line. */
export const done: Message = { type: '[DONE]' };

/** Real messages have under 10 levels, and some hundred strings, lists and objects. */
const maxDepth = 100;
const maxParts = 100_000;
/** UTF-16 units that are parsed within 2 ms, whatever they are. */
const harmless = 16 << 10;

/** The JSON object in `text`; `undefined` if it is anything else, or deeper nested or of more parts than any real message. */
export function parseMessage(text: string): Message | undefined {
  const value = parseValue(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Message) : undefined;
}

/** Any value of JSON, within the same bounds; `undefined` if it is none. */
export function parseValue(text: string): unknown {
  if (text.length > harmless && isIntricate(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 2 MiB of brackets take JSON.parse 150 ms and more, in one turn of the event loop; this gives up after 10. */
function isIntricate(text: string): boolean {
  let depth = 0;
  let parts = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]+|\\[\s\S])*"?|[[{]|[\]}]/g)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > maxDepth || ++parts > maxParts) return true;
  }
  return false;
}

/** `body` with `extra` merged in last; a `null` in `extra` takes a field out. */
export function withExtra(body: Message, extra?: Message): Message {
  const merged = { ...body, ...extra };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined));
}

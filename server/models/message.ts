// One decoded message of a wire protocol, and safe ways to look into it. A peer may send anything: a field is only ever read through one of these,
// because `String(x)` and `Number(x)` of an object that was sent run out of stack or throw.

export type Message = Readonly<Record<string, unknown>>;

const NOTHING: Message = {};

/** UTF-16 units of a code, a status, an id, a name: those of real services are under 100. */
const MAX_WORD = 200;
/** Tokens in a usage, and whatever else is counted: far above any model's, far below where numbers grow inexact. */
const MAX_COUNT = 1e12;

/** The value as an object; an empty one if it is not. */
export function asObject(value: unknown): Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Message) : NOTHING;
}

/** A text of the answer itself. Its size is bounded by the frame that it came in. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A code, a type, an id: a short string, or a number as one. Anything longer is none. */
export function asWord(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.length <= MAX_WORD ? value : undefined;
}

export function asCount(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value <= MAX_COUNT ? value : 0;
}

/** A finite number, also where it is written as a short string; `undefined` for anything else, the empty string included. */
export function asNumber(value: unknown): number | undefined {
  const word = asWord(value)?.trim();
  const number = word === undefined || word === '' ? Number.NaN : Number(word);
  return Number.isFinite(number) ? number : undefined;
}

/** Real messages have under 10 levels, and some hundred strings, lists and objects. */
const MAX_DEPTH = 100;
const MAX_PARTS = 100_000;
/** UTF-16 units that are parsed within 2 ms, whatever they are. */
const HARMLESS = 16 << 10;

/** The JSON object in `text`; `undefined` if it is anything else, or nested deeper or of more parts than anybody means. */
export function parseMessage(text: string): Message | undefined {
  if (text.length > HARMLESS && isIntricate(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Message) : undefined;
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
    if (depth > MAX_DEPTH || ++parts > MAX_PARTS) return true;
  }
  return false;
}

/** `body` with `extra` merged in last; a `null` in `extra` takes a field out. */
export function withExtra(body: Message, extra?: Message): Message {
  const merged = { ...body, ...extra };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined));
}

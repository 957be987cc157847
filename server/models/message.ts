// One decoded message of a wire protocol, and safe ways to look into it: a peer may send anything.

export type Message = Readonly<Record<string, unknown>>;

const NOTHING: Message = {};

/** The value as an object; an empty one if it is not. */
export function asObject(value: unknown): Message {
  return typeof value === 'object' && value !== null ? (value as Message) : NOTHING;
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asCount(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? value : 0;
}

/** The JSON object in `text`; `undefined` if it is anything else. */
export function parseMessage(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}

/** `body` with `extra` merged in last; a `null` in `extra` takes a field out. */
export function withExtra(body: Message, extra?: Message): Message {
  const merged = { ...body, ...extra };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined));
}

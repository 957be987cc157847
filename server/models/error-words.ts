// Where the words of an error stand in what a service sends: there are as many shapes as frameworks.

import { asObject, asString, asWord, type Message } from './message.ts';

/** Objects and lists around the error itself. */
const maxDepth = 4;
/** Faults of a request that are named: one explains, further ones seldom do. */
const maxFaults = 3;

/** The object that tells of the error: `value` itself, or what stands in it as `error`, in `errors` or as the first of a list. */
export function errorBodyOf(value: unknown): Message {
  let body = value;
  for (let depth = 0; depth < maxDepth; depth++) {
    const inner = innerOf(body);
    if (inner === undefined) break;
    body = inner;
  }
  return typeof body === 'string' ? { message: body } : asObject(body);
}

function innerOf(value: unknown): unknown {
  if (Array.isArray(value)) return value[0];
  const { error, errors, message } = asObject(value);
  if (typeof error === 'object' && error !== null) return error;
  return Array.isArray(errors) && typeof message !== 'string' ? errors[0] : undefined;
}

/** The words of {@link errorBodyOf}; undefined if there are none. */
export function errorWords(body: Message): string | undefined {
  const { message, error, detail, msg, title } = body;
  const found = [message, error, detail, msg, title].map(wordsOf).find((words) => words !== undefined);
  return found ?? asString(body.error_description);
}

/** A text; the text of an object; or the faults in a list, as FastAPI has them, with their places: `body.model: field required`. */
function wordsOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value || undefined;
  if (!Array.isArray(value)) return asString(asObject(value).message) ?? asString(asObject(value).msg);
  const faults = value.slice(0, maxFaults).map(faultOf).filter(Boolean);
  return faults.length === 0 ? undefined : faults.join('; ');
}

function faultOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { loc, msg, message } = asObject(value);
  const words = asString(msg) ?? asString(message) ?? '';
  const place = Array.isArray(loc) ? loc.slice(0, maxDepth).map(asWord).filter(Boolean).join('.') : '';
  return place === '' || words === '' ? words : `${place}: ${words}`;
}

/** Whether an object in place of a chunk is an error that stands in no `error`: `{"object": "error", …}`, `{"errors": […]}`, `{"message": "…"}`. */
export function isErrorObject({ object, type, errors, detail, message }: Message): boolean {
  if (object === 'error' || type === 'error') return true;
  return Array.isArray(errors) || Boolean(detail) || (typeof message === 'string' && message !== '');
}

// Cleans the words that people read (messages, progress, titles, reasons, answers) before they leave: nothing in them is invisible, obeyed by a terminal, or endless.

import { ApplyWorkspaceEditRequest } from 'vscode-languageserver-protocol';
import { printable, printableLine } from '../../text/printable.ts';
import type { Wire } from './wire.ts';

/** UTF-16 units of what stands in one line of a menu or a status, and of what is said in a message. */
const maxLine = 300;
const maxMessage = 2000;
/** The end of what a check printed. */
const maxOutput = 4000;

type Clean = (text: string) => string;

/** VS Code makes `[text](command:…)` in a message a link that runs the command. */
const linkless: Clean = (text) => text.replaceAll('](', '] (');
const line: Clean = (text) => linkless(printableLine(text, maxLine));
const prose: Clean = (text) => linkless(printable(text, maxMessage));

/** The members that are words for people, wherever they stand. Everything else (positions, code, names that are sent back) goes out as it is. */
const words: Readonly<Record<string, Clean>> = {
  title: line,
  label: line,
  model: line,
  models: line,
  lane: line,
  source: line,
  code: line,
  reason: prose,
  problem: prose,
  message: prose,
  instruction: prose,
  question: prose,
  output: (text) => printable(text, maxOutput),
};

/** `value` with its words fit to be shown. */
export function sanitize<T>(value: T): T {
  return cleaned(value, undefined) as T;
}

/** The words of an error answer. */
export function sanitizeMessage(message: string): string {
  return prose(message);
}

function cleaned(value: unknown, clean: Clean | undefined): unknown {
  if (typeof value === 'string') return clean ? clean(value) : value;
  if (Array.isArray(value)) return value.map((member) => cleaned(member, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cleaned(member, cleanOf(name))]));
}

const cleanOf = (name: string): Clean | undefined => (Object.hasOwn(words, name) ? words[name] : undefined);

/** The same wire, for all that is told of the server's own accord. Edits are code, and pass untouched. */
export function sanitizingWire(wire: Wire): Wire {
  return {
    onRequest: wire.onRequest.bind(wire),
    onUnknownRequest: wire.onUnknownRequest.bind(wire),
    onNotification: wire.onNotification.bind(wire),
    sendRequest: (type, params) =>
      wire.sendRequest(type, type.method === ApplyWorkspaceEditRequest.method ? params : sanitize(params)),
    sendNotification: (type, params) => wire.sendNotification(type, sanitize(params)),
    hasMoreChanges: wire.hasMoreChanges.bind(wire),
  };
}

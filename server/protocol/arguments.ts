// Reads the arguments of commands. Everything wrong is a ClientError that names the field; nothing is ever clamped or guessed.

import { offsetAt, type Position, type Snapshot } from '../documents/snapshot.ts';
import { ClientError } from '../errors.ts';
import { filePath, fileUri } from '../files/uri-paths.ts';
import type { Span } from '../text/span.ts';
import { object } from './untyped.ts';

export type Fields = Record<string, unknown>;

/** The one object that a command takes; absent means empty. */
export function fieldsOf(args: unknown): Fields {
  if (args === undefined || args === null) return {};
  if (!Array.isArray(args)) throw new ClientError('arguments: expected a list with one object');
  const [first = {}] = args;
  if (first === null) return {};
  if (typeof first !== 'object' || Array.isArray(first))
    throw new ClientError(`arguments[0]: expected an object, got ${kindOf(first)}`);
  return first as Fields;
}

export function optionalString(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new ClientError(`${name}: expected a string, got ${kindOf(value)}`);
  return value;
}

export function optionalBoolean(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw new ClientError(`${name}: expected true or false, got ${kindOf(value)}`);
  return value;
}

export function optionalChoice<T extends string>(fields: Fields, name: string, choices: readonly T[]): T | undefined {
  const value = optionalString(fields, name);
  if (value === undefined || choices.includes(value as T)) return value as T | undefined;
  throw new ClientError(
    `${name}: there is no "${value}"; choose one of ${choices.join(', ') || 'none (nothing is configured)'}`,
  );
}

/** The uri of `textDocument: {uri}`. */
export function documentUri(fields: Fields): string {
  const { uri } = object(fields.textDocument);
  if (typeof uri !== 'string') throw new ClientError('textDocument.uri: expected the uri of an open document');
  return uri;
}

/** The selection of `range` or `position`, in offsets of the snapshot; a position is an empty span. */
export function selection(fields: Fields, snapshot: Snapshot): Span {
  if (fields.range !== undefined && fields.range !== null) {
    const range = object(fields.range);
    const start = position(range.start, 'range.start', snapshot);
    const end = position(range.end, 'range.end', snapshot);
    if (end.line < start.line || (end.line === start.line && end.character < start.character)) {
      throw new ClientError('range: its end is before its start');
    }
    return { from: offsetAt(snapshot, start), to: offsetAt(snapshot, end) };
  }
  if (fields.position === undefined || fields.position === null)
    throw new ClientError('range: expected a range or a position');
  const offset = offsetAt(snapshot, position(fields.position, 'position', snapshot));
  return { from: offset, to: offset };
}

function position(value: unknown, name: string, snapshot: Snapshot): Position {
  const { line, character } = object(value);
  for (const [key, number] of [['line', line] as const, ['character', character] as const]) {
    if (typeof number !== 'number' || !Number.isInteger(number))
      throw new ClientError(`${name}.${key}: expected a whole number, got ${kindOf(number)}`);
    if (number < 0) throw new ClientError(`${name}.${key}: must not be negative`);
  }
  const lines = snapshot.lineStarts.length;
  if ((line as number) >= lines)
    throw new ClientError(`${name}.line: ${line} is past the last line (the document has ${lines})`);
  return { line: line as number, character: character as number };
}

/**
 * Helix's form `[{"path", "line", "sel": [from, to]}, "instruction"]`, made into that of everybody else. Lines are 1-based there, `path` is relative
 * to a workspace folder. Anything else is returned as it came.
 */
export function fromHelix(
  args: unknown,
  folders: readonly string[],
  find: (uri: string) => Snapshot | undefined,
): unknown {
  if (!Array.isArray(args) || typeof object(args[0]).path !== 'string') return args;
  const { path, line, sel, ...rest } = object(args[0]);
  const uris = urisOf(path as string, folders);
  const snapshot = uris.map(find).find((found) => found !== undefined);
  if (!snapshot) throw new ClientError(`path: ${path} is not open`);
  const [from, to] = sel === undefined || sel === null ? [line, line] : Array.isArray(sel) ? sel : [sel, sel];
  const first = lineNumber(from, sel === undefined ? 'line' : 'sel[0]', snapshot);
  const last = lineNumber(to, 'sel[1]', snapshot);
  if (last < first) throw new ClientError('sel: its end is before its start');
  const start = { line: first, character: indentOf(snapshot, first) };
  // Helix has a selection always: one line is a cursor, unless the selection is asked for.
  const where =
    first === last && rest.scope !== 'selection'
      ? { position: start }
      : { range: { start, end: { line: last, character: lengthOf(snapshot, last) } } };
  const instruction = typeof args[1] === 'string' ? { instruction: args[1] } : {};
  return [{ ...rest, ...instruction, textDocument: { uri: snapshot.uri }, ...where }];
}

function lineNumber(value: unknown, name: string, snapshot: Snapshot): number {
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new ClientError(`${name}: expected a line number, got ${kindOf(value)}`);
  const lines = snapshot.lineStarts.length;
  if (value < 1 || value > lines)
    throw new ClientError(`${name}: there is no line ${value} (the document has ${lines}, counted from 1)`);
  return value - 1;
}

function lengthOf(snapshot: Snapshot, line: number): number {
  return offsetAt(snapshot, { line, character: Number.MAX_SAFE_INTEGER }) - snapshot.lineStarts[line]!;
}

function indentOf(snapshot: Snapshot, line: number): number {
  const from = snapshot.lineStarts[line]!;
  return /^[ \t]*/.exec(snapshot.text.slice(from, from + lengthOf(snapshot, line)))![0].length;
}

function urisOf(path: string, folders: readonly string[]): string[] {
  const bases = folders.map(filePath).filter((folder) => folder !== undefined);
  const paths = path.startsWith('/') ? [path] : bases.map((base) => `${base}/${path}`);
  return paths.map((full) => fileUri(full));
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a${typeof value === 'object' ? 'n' : ''} ${typeof value}`;
}

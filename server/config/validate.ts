// Validates a value against a JSON Schema (the subset that schema.json uses), and keeps what is valid of it.

import { type LazyText, maxReported } from './problems.ts';
import { didYouMean } from './suggest.ts';

/**
 * The keywords understood, with JSON Schema's meaning; a test holds schema.json to them. `x-whole` is our own: an object with a wrong member, or
 * a list with a wrong item, is dropped as a whole, because the rest would mean something else (a provider without its address).
 */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly 'x-whole'?: boolean;
}

/**
 * Called for each fault: its path (`lanes.fast.model`, empty for the value itself) and what is wrong, without any string of the value. `more`: the number of
 * further faults of the same kind that are not reported one by one.
 */
export type ReportProblem = (path: string, message: LazyText, more?: number) => void;

/** Reports what is wrong with `value` and returns a copy of what is valid; undefined if nothing is. */
export type Validator = (value: unknown, report: ReportProblem) => unknown;

export function createValidator(root: Schema): Validator {
  return (value, report) => new Validation(root, report).value(root, value, '');
}

/** Follows one `$ref`; keywords beside it are annotations, as in draft 7. */
function resolveRef(root: Schema, schema: Schema): Schema {
  const name = schema.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : root.definitions![name]!;
}

/** The path of a member, with names that are not plain quoted. */
export function memberPath(path: string, name: string | number): string {
  if (typeof name === 'number') return `${path}[${name}]`;
  if (!/^[\w$.*-]{1,64}$/.test(name)) return `${path}[${quoted(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

/** In quotes, at most 64 UTF-16 units, with invisible and bidirectional characters escaped. */
export function quoted(name: string): string {
  const escaped = (c: string): string => `\\u{${c.codePointAt(0)!.toString(16)}}`;
  return `"${name.slice(0, 64).replace(/["\\\p{C}\p{Zl}\p{Zp}]/gu, escaped)}"`;
}

const kinds: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

/** Real configurations are less deep, and what is valid is later walked by recursion. */
const maxDepth = 100;

class Validation {
  readonly #root: Schema;
  readonly #report: ReportProblem;

  constructor(root: Schema, report: ReportProblem) {
    this.#root = root;
    this.#report = report;
  }

  value(reference: Schema, value: unknown, path: string, depth = 0): unknown {
    if (depth > maxDepth) {
      this.#report(path, `nested more than ${maxDepth} deep`);
      return undefined;
    }
    const schema = resolveRef(this.#root, reference);
    const kind = kindOf(value, schema);
    const expected = schema.type === undefined ? [kind] : [schema.type].flat();
    const fault = expected.includes(kind) ? faultOf(schema, value) : wrongType(expected, kind, value);
    if (fault !== undefined) {
      this.#report(path, fault);
      return undefined;
    }
    if (kind === 'object') return this.#object(schema, value as object, path, depth + 1);
    return kind === 'array' ? this.#array(schema, value as unknown[], path, depth + 1) : value;
  }

  #array(schema: Schema, value: unknown[], path: string, depth: number): unknown[] | undefined {
    const { items = {} } = schema;
    const kept = value
      .map((item, i) => this.value(items, item, memberPath(path, i), depth))
      .filter((item) => item !== undefined);
    return kept.length < value.length && schema['x-whole'] ? undefined : kept;
  }

  #object(schema: Schema, value: object, path: string, depth: number): object | undefined {
    const kept: [string, unknown][] = [];
    let wrong = false;
    let unknown = 0;
    for (const [name, member] of Object.entries(value)) {
      if (isUnknown(schema, name)) {
        // Only the first few one by one: an object can have any number of them.
        if (++unknown <= maxReported) this.#reportUnknown(schema, name, path);
        continue;
      }
      const known = this.#memberSchema(schema, name, path);
      if (!known) continue;
      const clean = this.value(known, member, memberPath(path, name), depth);
      if (clean !== undefined) kept.push([name, clean]);
      else wrong = true;
    }
    if (unknown > maxReported) this.#report(path, 'unknown keys', unknown - maxReported - 1);
    const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
    for (const name of missing) this.#report(path, `"${name}" is missing`);
    const incomplete = (schema.required ?? []).some((name) => !kept.some(([have]) => have === name));
    return incomplete || (wrong && schema['x-whole']) ? undefined : Object.fromEntries(kept);
  }

  #reportUnknown({ properties = {} }: Schema, name: string, path: string): void {
    this.#report(memberPath(path, name), () => `unknown key${didYouMean(name, Object.keys(properties))}`);
  }

  /** The schema of a member that may be there, or undefined (and reported) if there is none by that name. */
  #memberSchema(schema: Schema, name: string, path: string): Schema | undefined {
    const { properties = {}, additionalProperties = true, propertyNames } = schema;
    if (Object.hasOwn(properties, name)) return properties[name];
    const fault = propertyNames && faultOf(resolveRef(this.#root, propertyNames), name);
    if (fault) this.#report(memberPath(path, name), fault);
    if (fault) return undefined;
    return typeof additionalProperties === 'object' ? additionalProperties : {};
  }
}

function isUnknown({ properties = {}, additionalProperties }: Schema, name: string): boolean {
  return additionalProperties === false && !Object.hasOwn(properties, name);
}

function kindOf(value: unknown, schema: Schema): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    // Lua has one kind of table: an empty one arrives as a list wherever an object is meant.
    return value.length === 0 && schema.type === 'object' ? 'object' : 'array';
  }
  if (typeof value === 'number' && Number.isInteger(value) && [schema.type].flat().includes('integer'))
    return 'integer';
  return typeof value;
}

function wrongType(expected: readonly string[], kind: string, value: unknown): string {
  const plain = typeof value === 'boolean' || (typeof value === 'number' && expected.includes('integer'));
  return `expected ${oneOf(expected.map((name) => kinds[name] ?? name))}, got ${plain ? value : (kinds[kind] ?? kind)}`;
}

/** `a`, `a or b`, `a, b or c`. */
const oneOf = (choices: readonly string[]): string =>
  [choices.slice(0, -1).join(', '), ...choices.slice(-1)].filter((part) => part !== '').join(' or ');

/** What is wrong with a value of the right type, its members aside. */
function faultOf(schema: Schema, value: unknown): string | undefined {
  if (schema.enum && !schema.enum.includes(value)) {
    return `expected ${oneOf(schema.enum.map((one) => JSON.stringify(one)))}${got(value)}`;
  }
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? value)) return `expected at least ${schema.minimum}, got ${value}`;
    if (value > (schema.maximum ?? value)) return `expected at most ${schema.maximum}, got ${value}`;
  }
  if (typeof value === 'string') return faultOfString(schema, value);
  return Array.isArray(value) ? faultOfList(schema, value) : undefined;
}

function faultOfString(schema: Schema, value: string): string | undefined {
  if (value.length < (schema.minLength ?? 0)) return 'must not be empty';
  if (value.length > (schema.maxLength ?? value.length)) return `longer than ${schema.maxLength} characters`;
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
    return schema.patternErrorMessage ?? 'has the wrong form';
  }
  return undefined;
}

function faultOfList(schema: Schema, value: readonly unknown[]): string | undefined {
  if (value.length < (schema.minItems ?? 0)) return 'must not be empty';
  if (value.length > (schema.maxItems ?? value.length)) return `more than ${schema.maxItems} items`;
  return undefined;
}

/** Only a plain word is quoted: a value in the wrong place may be a key. */
const got = (value: unknown): string =>
  typeof value === 'string' && !/^[a-z][a-z -]{0,19}$/i.test(value) ? '' : `, got ${JSON.stringify(value)}`;

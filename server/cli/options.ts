// Reads the options of a command; what is unknown, doubled or out of place is a usage error that says so.

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { messageOf } from '../errors.ts';
import { usageError } from './io.ts';

/** Options and the rest of `args`. `usage` is the line shown as the hint. */
export function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [message = ''] = messageOf(error).split('. To specify');
    throw usageError(message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, ''), usage);
  }
}

/** A whole number within bounds, or undefined where the option is absent. */
export function wholeNumber(
  value: string | undefined,
  { name, min, max, usage }: { name: string; min: number; max: number; usage: string },
): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw usageError(`--${name}: expected a whole number from ${min} to ${max}, got "${value}"`, usage);
}

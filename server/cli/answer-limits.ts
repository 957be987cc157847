// What the commands that try models allow one answer: a weak model that does not come to an end must not cost minutes.

import { wholeNumber } from './options.ts';

/** Tokens. The longest right answer has some 300; the rest is for a model that thinks first. */
export const maxTriedTokens = 2048;

const defaultTimeoutS = 20;

/** How long an answer may take as `--timeout` says, ms. */
export function readTimeoutMs(seconds: string | undefined, usage: string): number {
  return 1000 * (wholeNumber(seconds, { name: 'timeout', min: 1, max: 3600, usage }) ?? defaultTimeoutS);
}

/** In words: `20 s (--timeout)`. */
export const sayTimeout = (timeoutMs: number): string => `${timeoutMs / 1000} s (--timeout)`;

/** The lane's own limit, if that is lower. */
export const triedTokens = ({ maxOutputTokens = maxTriedTokens }: { readonly maxOutputTokens?: number }): number =>
  Math.min(maxOutputTokens, maxTriedTokens);

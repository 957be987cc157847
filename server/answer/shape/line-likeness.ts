// Whether lines that a model gives alone are the new text of lines that are there, or come beside them.

import { LcsText } from '../../text/lcs.ts';
import { isWeighty } from './line-kinds.ts';

/** A line may be paired with another only if so much of both is the same. */
const minPairLikeness = 0.5;

/** Pairs equal and similar lines of both texts in order, for the most that is the same. For each line of `fragment` one of `lines`, or -1. */
export function pairLines(fragment: readonly string[], lines: readonly string[]): number[] {
  const keys = lines.map((line) => line.trim());
  const gains = fragment.map((line) => {
    const text = new LcsText(line.trim());
    return keys.map((key) => gainOf(text, key));
  });
  const best = Array.from({ length: fragment.length + 1 }, () => new Float64Array(lines.length + 1));
  for (let i = fragment.length - 1; i >= 0; i--)
    for (let j = lines.length - 1; j >= 0; j--)
      best[i]![j] = Math.max(best[i + 1]![j]!, best[i]![j + 1]!, gains[i]![j]! + best[i + 1]![j + 1]!);
  const pairs: number[] = [];
  for (let i = 0, j = 0; i < fragment.length; i++) {
    while (j < lines.length && best[i]![j] === best[i]![j + 1]) j++;
    const isPair = j < lines.length && best[i]![j] !== best[i + 1]![j];
    pairs.push(isPair ? j++ : -1);
  }
  return pairs;
}

function gainOf(text: LcsText, key: string): number {
  if (key === text.text) return key.length + 1;
  const likeness = text.similarity(key);
  return likeness < minPairLikeness ? 0 : likeness * Math.min(key.length, text.text.length);
}

/**
 * Whether a line can only be the new text of `old`: it declares the same constant, is the result of the same function, or says all that `old` says and more. Two
 * lines that differ in a word are as often neighbours, such as two cases of a switch: of 658 stretches of lines that real edits changed, given without a line of
 * context, a looser rule put 11 into a wrong place. `lines`: all of the scope. Lines are trimmed.
 */
export function mayBecome(old: string, fresh: string, lines: readonly string[]): boolean {
  if (old === fresh) return true;
  if (!isWeighty(old) || ending(old) !== ending(fresh)) return false;
  // An attribute and the tag that holds it are two lines.
  if (/^\w/.test(old) !== /^\w/.test(fresh)) return false;
  const a = tokensOf(old);
  const b = tokensOf(fresh);
  if (b.some((token) => branching.test(token) && !a.includes(token))) return false;
  return isWithin(a, b) || (isSameStatement(old, fresh) && isOnly(old, lines));
}

const branching = /^(?:if|unless|case|when|for|foreach|while|until|catch|except|rescue|elif|elsif|match|switch)$/;
const beginning = /^(?:return\b|(?:const|let|var|val|final|auto)\s+[\w$]+\b)/;

function isSameStatement(old: string, fresh: string): boolean {
  const begins = beginning.exec(old)?.[0];
  return begins !== undefined && begins === beginning.exec(fresh)?.[0];
}

/** Whether no other line of the scope begins in the same way. */
function isOnly(old: string, lines: readonly string[]): boolean {
  const begins = beginning.exec(old)?.[0];
  return lines.filter((line) => beginning.exec(line.trim())?.[0] === begins).length === 1;
}

function ending(line: string): string {
  return /[;,]?$/.exec(line)![0];
}

function tokensOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? [];
}

function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const token of whole) if (token === part[at]) at++;
  return at === part.length;
}

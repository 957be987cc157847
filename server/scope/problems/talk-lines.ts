// Lines in a text of code that are none: sentences, and what frames an answer.

import type { Span } from '../../text/span.ts';
import { nextLine } from '../line-spans.ts';
import { type Finding, lineAt, type PlacedText, unexpected } from './problem-words.ts';

const codeWord =
  /^(?:for|if|elif|else|while|return|import|from|class|def|with|not|except|assert|raise|del|global|async|await|yield|lambda|print|export|public|private|protected|static|abstract|const|let|var|type|function|fn|func|pub|impl|struct|enum|use|unsafe|mod|interface|declare|throw|new|case|match|go|defer|range|package|var)$/;

/** A fence, or a tag alone on its line. */
const wrapping = /^(?:```|~~~)|^<\/?([a-z_|]+)>$/;

/** What a model's template puts between messages: `<|im_end|>`. */
const templateToken = /<\|\w{1,30}\|>/;

/** UTF-16 units of a line that tell whether it is a sentence. */
const maxProse = 300;

/** Scripts that have no blanks between words, and hardly any names in code. */
const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{3,}/u;

/** Whether a line, without the blanks at its ends, is no code where the parser stumbles over it. */
export function isTalk(line: string): boolean {
  return wrapping.test(line) || isProse(line.slice(0, maxProse));
}

/** The name of a tag alone on its line; empty if it is none. */
export function loneTag(line: string): string {
  return wrapping.exec(line)?.[1] ?? '';
}

/** Four words and their punctuation; the first one is captured. */
const sentence = /^[\s*#>-]*([\p{L}\p{M}'’-]+)(?:[,:)"”`]* [("“`]*[\p{L}\p{M}'’-]+){3}(?![\p{N}_$.(])/u;

/** At least four words with blanks between them, or a few letters in a row of a script that has none. */
function isProse(line: string): boolean {
  if (/[=;{}[\]<>]|\w\(/.test(line)) return false;
  if (withoutBlanks.test(line)) return true;
  const first = sentence.exec(line)?.[1];
  return first !== undefined && !codeWord.test(first);
}

/** Lines that are no code wherever they stand, outside of `literals`: they may be wrong without an error at their place, and make what is below them wrong. */
export function talkFindings({ whole, from, to }: PlacedText, literals: readonly Span[]): Finding[] {
  const found: Finding[] = [];
  for (let at = from; at < to; at = nextLine(whole, at)) {
    const text = lineAt(whole, at);
    const line = text.trim().slice(0, maxProse);
    const token = templateToken.exec(text);
    const isInside = literals.some((one) => one.from < at && at < one.to);
    if (!isInside && token) found.push({ at: at + token.index, what: unexpected(token[0]) });
    else if (!isInside && isCertain(line)) found.push({ at, what: unexpected(line) });
    if (nextLine(whole, at) === at) break;
  }
  return found;
}

function isCertain(line: string): boolean {
  return (
    /^(?:```|~~~)[\w+-]*$/.test(line) ||
    loneTag(line) !== '' ||
    (/^\p{L}.*[.:!?。:！？]$/u.test(line) && !/^[a-z]/.test(line) && isProse(line))
  );
}

// Tells the sentences that a model writes around its code from the code, in any human language. Errs on the side of code: a line of code must never be taken for prose.

const openers =
  /^(?:sure|certainly|okay|ok|of course|absolutely|here(?:'s| is| are)|i(?:'ve| have| will|'ll|'m)|the (?:updated|following|new|above|revised|code|function|change)|this (?:change|version|code|function|is|will)|below is|note|explanation|changes?|let me|now|done|hope)\b/i;
const codeMarks = /[{}=<>[\]$\\|]|;|\w\(|\)\s*[{:]|=>|^\s*(?:\/\/|\/\*|\*|#|--|@|import\b|from\b|return\b)/;
const sentence =
  /^(?:\*\*)?\p{Lu}[\p{L}\p{M}\w'’"*-]*,?(?: +[\p{L}\p{M}\w'’"“”«»(),:/*.&–—-]+){2,}(?:[.:!?…]|\.["”»]| :)(?:\*\*)?$/u;
const shortSentence = /^[A-Za-z'’ ,]+[.:!]$/;
/** A sentence in a script that has no capitals, or no blanks between words: mostly letters of it, and an end. */
const otherScript =
  /^(?=.*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Bengali}\p{Script=Tamil}]{2})[\p{L}\p{M}\p{N}\p{Zs}\p{Cf}，、。：！？；…,.:!?؛،؟।()（）「」“”"'’/*+-]+[:：。.!！?？؟।]$/u;
/** What is said to hand over, in a few words: `Natürlich, hier:`, `Voilà !`; and a clause of Chinese or Japanese that its comma tells from a name. */
const handingOver =
  /^(?:\p{Lu}[\p{L}\p{M}'’]+[,!.]?(?: +[\p{L}\p{M}'’]+[,!.]?)+ ?[:：]|\p{Lu}[\p{L}\p{M}]+ ?[!！]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+[，、][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，、]+)$/u;
/** What a note behind the code begins with, whatever follows. */
const note =
  /^(?:\*\*|_)?(?:note|notes|explanation|explanations|changes|changes made|key changes|what changed|summary)(?:\*\*|_)?:(?:\*\*)?(?:\s|$)/i;
const listItem = /^(?:[-*•+]|\d{1,2}[.)])\s+\S/;
const heading = /^(?:#{1,6}\s+\S|\*\*[^*]+\*\*:?$)/;

/** UTF-16 units of a line that is looked at: nobody says more in one, and the time of the patterns is bounded by it. */
const maxSentence = 1000;

/** Whether `line` reads as a sentence of prose without indentation. What stands in backticks does not count. */
export function isProse(line: string): boolean {
  if (line.length > maxSentence || line !== line.trimStart()) return false;
  const words = line.trim().replace(/`[^`]*`/g, 'code');
  if (words === '') return false;
  if (note.test(words)) return true;
  if (codeMarks.test(words)) return false;
  return sentence.test(words) || otherScript.test(words) || handingOver.test(words) || isChat(words);
}

/** Whether `line` begins as the sentences of a chat do: in text that is prose itself only these are suspicious. */
export function isChat(line: string): boolean {
  const words = line.trim();
  if (words.length > maxSentence) return false;
  return openers.test(words) && !codeMarks.test(words) && (shortSentence.test(words) || words.split(/\s+/).length >= 4);
}

/** Whether `line`, behind a sentence, goes on with what is said: an item of a list, a heading. */
export function goesOnWithProse(line: string): boolean {
  return line.length <= maxSentence && (listItem.test(line) || heading.test(line));
}

const refusal =
  /^(?:(?:i am|i['’]m) (?:sorry|afraid|unable)|sorry,? (?:but )?i\b|i (?:can ?not|can['’]t|won['’]t|am not able to|am unable to) (?:help|assist|do|comply|provide|fulfil|edit|change|make)|as an ai\b|unfortunately,? i (?:can|am|['’]m))/i;

/** Whether the model says that it does not do it, in words instead of by a tag. */
export function isRefusal(line: string): boolean {
  return refusal.test(line.trim());
}

/** Any sentence, whatever code stands in it: only of an answer that can't be placed. */
export function isSentence(line: string): boolean {
  const words = line.trim().split(/\s+/);
  return (
    words.length >= 4 && /^["“(*]*\p{Lu}\p{Ll}*['’,]?\p{L}*$/u.test(words[0]!) && /[.!?…:][)"”*]*$/.test(words.at(-1)!)
  );
}

/** UTF-16 units of a line that a reason quotes. */
const maxQuote = 120;

/** The reason for rejecting an answer that is said to the user, and has no code. */
export function proseInstead(line: string): string {
  const text = line.trim();
  return `the answer is prose, not code: “${text.length > maxQuote ? `${text.slice(0, maxQuote)}…` : text}”`;
}

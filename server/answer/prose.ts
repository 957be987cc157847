// Tells the sentences that a model writes around its code from the code. Errs on the side of code: a line of code must never be taken for prose.

const openers =
  /^(?:sure|certainly|okay|ok|of course|absolutely|here(?:'s| is| are)|i(?:'ve| have| will|'ll|'m)|the (?:updated|following|new|above|revised|code|function|change)|this (?:change|version|code|function|is|will)|below is|note|explanation|changes?|let me|now|done|hope)\b/i;
const codeMarks = /[{}=<>[\]$\\|]|;|\w\(|\)\s*[{:]|=>|^\s*(?:\/\/|\/\*|\*|#|--|@|import\b|from\b|return\b)/;
const sentence = /^(?:\*\*)?[A-Z][\w'’"*-]*,?(?: +[\w'’"“”(),:/*.&–—-]+){2,}[.:!?](?:\*\*)?$/;
const shortSentence = /^[A-Za-z'’ ,]+[.:!]$/;

/** Whether `line` reads as a sentence of prose without indentation. What stands in backticks does not count. */
export function isProse(line: string): boolean {
  if (line !== line.trimStart()) return false;
  const words = line.trim().replace(/`[^`]*`/g, 'code');
  if (words === '' || codeMarks.test(words)) return false;
  return sentence.test(words) || (openers.test(words) && (shortSentence.test(words) || words.split(/\s+/).length >= 4));
}

// Tells sentences that a model says around its code from code. Cautious: it must never call a line of code prose.

const OPENERS =
  /^(?:sure|certainly|okay|ok|of course|absolutely|here(?:'s| is| are)|i(?:'ve| have| will|'ll|'m)|the (?:updated|following|new|above|revised|code|function|change)|this (?:change|version|code|function|is|will)|below is|note|explanation|changes?|let me|now|done|hope)\b/i;
const CODE_MARKS = /[{}=<>[\]$\\|]|;|\w\(|\)\s*[{:]|=>|^\s*(?:\/\/|\/\*|\*|#|--|@|import\b|from\b|return\b)/;
const SENTENCE = /^(?:\*\*)?[A-Z][\w'’"*-]*,?(?: +[\w'’"“”(),:/*.&–—-]+){2,}[.:!?](?:\*\*)?$/;
const SHORT = /^[A-Za-z'’ ,]+[.:!]$/;

/** Whether `line` reads as a sentence of prose that stands at the margin. Words in backticks may be anything. */
export function isProse(line: string): boolean {
  if (line !== line.trimStart()) return false;
  const words = line.trim().replace(/`[^`]*`/g, 'code');
  if (words === '' || CODE_MARKS.test(words)) return false;
  return SENTENCE.test(words) || (OPENERS.test(words) && (SHORT.test(words) || words.split(/\s+/).length >= 4));
}

// Names that lines which are gone have set, and that the lines in their place still use: without a tree, by what assignments look like in most languages.

/** UTF-16 units of a line that are looked at. */
const maxLine = 400;

const assignment = /^([\p{L}\p{N}_$\s,:&*<>(){}[\]?]{1,120}?)\s*(?::=|<-|=(?![=>~]))/u;
const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;
const word = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** What brings a name in without an assignment. */
const binding =
  /\b(?:for|foreach|as|catch|except|rescue|lambda|with|case|when|let|var|val|const|fn|func|function|def|in|into)\b|=>|->|\||\\/;

/** One of the names that `gone` set, which `after` uses and neither sets nor brings in. Both are lines of code. `after`: all of it, in order. */
export function orphanIn(gone: readonly string[], after: readonly string[]): string | undefined {
  const lines = after.map((line) => line.slice(0, maxLine).replace(quoted, '""'));
  return gone.flatMap(namesSet).find((name) => {
    const first = lines.find((line) => new Set(line.match(word)).has(name));
    return first !== undefined && isUse(first, name);
  });
}

/** The last word of each part on the left, in front of its type: `const a`, `int a`, `a, b`, `let (a, b)`. */
function namesSet(line: string): string[] {
  const left = assignment.exec(line.trim().slice(0, maxLine))?.[1];
  if (left === undefined || /\w\s*[[(]/.test(left.replace(/^(?:let|const|var|val)\b/, ''))) return [];
  return left.split(',').flatMap((part) => part.split(':', 1)[0]!.match(word)?.at(-1) ?? []);
}

function isUse(line: string, name: string): boolean {
  if (binding.test(line.replace(/\|\||->\s*\w+\s*[{:]/g, '')) || namesSet(line).includes(name)) return false;
  const escaped = name.replace(/\$/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_$.@:?>-]\\s*)${escaped}(?![\\p{L}\\p{N}_$]|\\s*(?::|=(?!=)|\\())`, 'u').test(
    line.replace(/^\s*(?:return|yield|await|puts|print|not)\b/, ''),
  );
}

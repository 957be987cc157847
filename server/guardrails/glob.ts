// Glob patterns with the meaning that .gitignore gives them, matched in time linear in the length of the path for any pattern.

/** Whether a path, relative to the workspace folder and with slashes, matches the pattern, or lies in a folder that does. */
export type PathMatcher = (path: string) => boolean;

/** Braces multiply. A pattern that expands to more alternatives than this matches every file: better one file too many is not sent. */
const maxAlternatives = 128;
/** Opening braces in one pattern. With more it would expand to more alternatives anyway, or the braces are empty. */
const maxBraces = 20;
const everything = ['**'];

/** Estimates what matching a path against the pattern costs, in comparisons of characters: 20 for each alternative, and one for each of its characters. */
export function matchCost(pattern: string): number {
  return expandBraces(pattern).reduce((sum, { length }) => sum + 20 + length, 0);
}

/** Case-insensitive: where files differ in case only, better one too many is not sent. `onStep` is called for each comparison, for tests that count them. */
export function createMatcher(pattern: string, onStep: () => void = () => {}): PathMatcher {
  const matchers = expandBraces(pattern.toLowerCase()).map((one) => matcherOf(one, onStep));
  return (path) => {
    const segments = path
      .toLowerCase()
      .split('/')
      .filter((segment) => segment !== '' && segment !== '.');
    return matchers.some((matches) => matches(segments));
  };
}

/** One segment of a pattern: `**` for any number of path segments, or the tokens of a name. */
type Part = '**' | { readonly tokens: readonly string[] };

function matcherOf(pattern: string, onStep: () => void): (segments: readonly string[]) => boolean {
  const folderOnly = pattern.endsWith('/');
  const trimmed = pattern.replace(/^\/+|\/+$/g, '');
  const anchored = pattern.slice(0, -1).includes('/');
  const words = [...(anchored ? [] : ['**']), ...trimmed.split('/')];
  // Several `**` in a row mean the same as one, except for one at the end, which needs something to match.
  const needed = words.filter((word, i) => word !== '**' || words[i + 1] !== '**' || i + 2 === words.length);
  const parts = needed.map((word): Part => (word === '**' ? word : { tokens: tokensOf(word) }));
  return (segments) => matchesFolderOrFile(parts, folderOnly ? segments.slice(0, -1) : segments, onStep);
}

/** A nondeterministic automaton whose states are indices into `parts`. The final state before the path ends means that a folder above matches. */
function matchesFolderOrFile(parts: readonly Part[], segments: readonly string[], onStep: () => void): boolean {
  let states = withEmptyMatches(parts, new Set([0]));
  for (const segment of segments) {
    const next = new Set<number>();
    for (const state of states) {
      const part = parts[state];
      if (part === undefined) continue;
      if (part === '**') next.add(state);
      const isMet = part === '**' ? state === parts.length - 1 : matchesSegment(part.tokens, segment, onStep);
      if (isMet) next.add(state + 1);
    }
    states = withEmptyMatches(parts, next);
    if (states.has(parts.length)) return true;
  }
  return false;
}

/** `**` may match no segment at all, except at the end: there it means what lies inside a folder. */
function withEmptyMatches(parts: readonly Part[], states: Set<number>): Set<number> {
  for (const state of states) if (parts[state] === '**' && state < parts.length - 1) states.add(state + 1);
  return states;
}

/** `*`, `?` and `[…]` within one name. Backtracks to the last star only, so that the time is bounded by the product of both lengths. */
function matchesSegment(tokens: readonly string[], name: string, onStep: () => void): boolean {
  let [t, n, star, resume] = [0, 0, -1, 0];
  while (n < name.length) {
    onStep();
    const token = tokens[t];
    if (token === '*') [star, resume, t] = [t, n, t + 1];
    else if (token !== undefined && matchesOne(token, name[n]!)) [t, n] = [t + 1, n + 1];
    else if (star >= 0) [t, n, resume] = [star + 1, resume + 1, resume + 1];
    else return false;
  }
  while (tokens[t] === '*') t++;
  return t === tokens.length;
}

/** Stars in a row become one. A bracket that is never closed is an ordinary character; its end is looked for only once, not for each bracket. */
function tokensOf(part: string): string[] {
  const closed = part.lastIndexOf(']') + 1;
  const tokens = part.slice(0, closed).match(/\\.|\[[!^]?\]?[^\]]*\]|./gs) ?? [];
  const rest = part.slice(closed).match(/\\.|./gs) ?? [];
  return [...tokens, ...rest].filter((token, i, all) => token !== '*' || all[i - 1] !== '*');
}

function matchesOne(token: string, c: string): boolean {
  if (token === '?') return true;
  if (token.startsWith('\\')) return c === token[1];
  if (token.length < 3 || !token.startsWith('[')) return token === c;
  const negated = token[1] === '!' || token[1] === '^';
  return inClass(token.slice(negated ? 2 : 1, -1), c) !== negated;
}

function inClass(members: string, c: string): boolean {
  for (let i = 0; i < members.length; i++) {
    const isRange = members[i + 1] === '-' && i + 2 < members.length;
    if (isRange ? members[i]! <= c && c <= members[i + 2]! : members[i] === c) return true;
    if (isRange) i += 2;
  }
  return false;
}

/** Expands braces: `a.{b,c}` becomes `a.b` and `a.c`. */
function expandBraces(pattern: string): string[] {
  if (pattern.split('{').length - 1 > maxBraces) return everything;
  const done: string[] = [];
  const open = [pattern];
  while (open.length > 0) {
    const next = open.pop()!;
    const [all, inner] = /\{([^{}]*)\}/.exec(next) ?? [];
    if (all === undefined || inner === undefined) done.push(next);
    else open.push(...inner.split(',').map((one) => next.replace(all, () => one)));
    if (done.length + open.length > maxAlternatives) return everything;
  }
  return done;
}

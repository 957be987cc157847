// Glob patterns with the meaning that .gitignore gives them, matched in time linear in the path for any pattern.

/** Whether a path, relative to the workspace folder and with slashes, is meant by the pattern, or lies in a folder that is. */
export type PathMatcher = (path: string) => boolean;

/** Braces multiply. A pattern that unfolds into more than this is taken for all files: one file too many stays unsent. */
const maxAlternatives = 128;
/** Opening braces in one pattern: more would unfold into more anyway, or say nothing. */
const maxBraces = 20;
const everything = ['**'];

/** What matching a path against the pattern costs, in comparisons of letters: some for each alternative, and one for each of its letters. */
export function costOf(pattern: string): number {
  return unfold(pattern).reduce((sum, { length }) => sum + 20 + length, 0);
}

/** Letter case never counts: where files are told apart by it, one file too many stays unsent. `onStep`: told of each comparison, for who counts them. */
export function createMatcher(pattern: string, onStep: () => void = () => {}): PathMatcher {
  const matchers = unfold(pattern.toLowerCase()).map((one) => matcherOf(one, onStep));
  return (path) => {
    const segments = path
      .toLowerCase()
      .split('/')
      .filter((segment) => segment !== '' && segment !== '.');
    return matchers.some((matches) => matches(segments));
  };
}

/** What one segment of a pattern says: any number of segments, or a name. */
type Part = '**' | { readonly tokens: readonly string[] };

function matcherOf(pattern: string, onStep: () => void): (segments: readonly string[]) => boolean {
  const folderOnly = pattern.endsWith('/');
  const trimmed = pattern.replace(/^\/+|\/+$/g, '');
  const anchored = pattern.slice(0, -1).includes('/');
  const words = [...(anchored ? [] : ['**']), ...trimmed.split('/')];
  // Several in a row say no more than one, but for one at the end, which stands for something.
  const needed = words.filter((word, i) => word !== '**' || words[i + 1] !== '**' || i + 2 === words.length);
  const parts = needed.map((word): Part => (word === '**' ? word : { tokens: tokensOf(word) }));
  return (segments) => matchesFolderOrFile(parts, folderOnly ? segments.slice(0, -1) : segments, onStep);
}

/** Walks all places in the pattern that the path may have reached; the end reached early means a folder above. */
function matchesFolderOrFile(parts: readonly Part[], segments: readonly string[], onStep: () => void): boolean {
  let places = reach(parts, new Set([0]));
  for (const segment of segments) {
    const next = new Set<number>();
    for (const place of places) {
      const part = parts[place];
      if (part === undefined) continue;
      if (part === '**') next.add(place);
      const isMet = part === '**' ? place === parts.length - 1 : matchesSegment(part.tokens, segment, onStep);
      if (isMet) next.add(place + 1);
    }
    places = reach(parts, next);
    if (places.has(parts.length)) return true;
  }
  return false;
}

/** `**` may stand for nothing, except at the end: there it is what lies inside. */
function reach(parts: readonly Part[], places: Set<number>): Set<number> {
  for (const place of places) if (parts[place] === '**' && place < parts.length - 1) places.add(place + 1);
  return places;
}

/** `*`, `?` and `[…]` within one name; going back to the last star only. */
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

/** Stars in a row say no more than one. A bracket that is never closed is a letter, and nobody looks for its end. */
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

/** `a.{b,c}` becomes `a.b` and `a.c`. */
function unfold(pattern: string): string[] {
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

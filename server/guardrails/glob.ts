// Glob patterns with the meaning that .gitignore gives them, matched in time linear in the path for any pattern.

/** Whether a path, relative to the workspace folder and with slashes, is meant by the pattern, or lies in a folder that is. */
export type PathMatcher = (path: string) => boolean;

/** Braces multiply; a pattern that unfolds into more is cut off here. */
const maxAlternatives = 64;

/** Letter case never counts: where files are told apart by it, one file too many stays unsent. */
export function createMatcher(pattern: string): PathMatcher {
  const matchers = unfold(pattern.toLowerCase()).map(matcherOf);
  return (path) => {
    const segments = path
      .toLowerCase()
      .split('/')
      .filter((segment) => segment !== '' && segment !== '.');
    return matchers.some((matches) => matches(segments));
  };
}

function matcherOf(pattern: string): (segments: readonly string[]) => boolean {
  const folderOnly = pattern.endsWith('/');
  const trimmed = pattern.replace(/^\/+|\/+$/g, '');
  const anchored = pattern.slice(0, -1).includes('/');
  const parts = [...(anchored ? [] : ['**']), ...trimmed.split('/')];
  return (segments) => matchesFolderOrFile(parts, folderOnly ? segments.slice(0, -1) : segments);
}

/** Walks all places in the pattern that the path may have reached; the end reached early means a folder above. */
function matchesFolderOrFile(parts: readonly string[], segments: readonly string[]): boolean {
  let places = reach(parts, new Set([0]));
  for (const segment of segments) {
    const next = new Set<number>();
    for (const place of places) {
      const part = parts[place];
      if (part === undefined) continue;
      if (part === '**') next.add(place);
      if (part === '**' ? place === parts.length - 1 : matchesSegment(part, segment)) next.add(place + 1);
    }
    places = reach(parts, next);
    if (places.has(parts.length)) return true;
  }
  return false;
}

/** `**` may stand for nothing, except at the end: there it is what lies inside. */
function reach(parts: readonly string[], places: Set<number>): Set<number> {
  for (const place of places) if (parts[place] === '**' && place < parts.length - 1) places.add(place + 1);
  return places;
}

/** `*`, `?` and `[…]` within one name; going back to the last star only. */
function matchesSegment(part: string, name: string): boolean {
  const tokens = tokensOf(part);
  let [t, n, star, resume] = [0, 0, -1, 0];
  while (n < name.length) {
    const token = tokens[t];
    if (token === '*') [star, resume, t] = [t, n, t + 1];
    else if (token !== undefined && matchesOne(token, name[n]!)) [t, n] = [t + 1, n + 1];
    else if (star >= 0) [t, n, resume] = [star + 1, resume + 1, resume + 1];
    else return false;
  }
  while (tokens[t] === '*') t++;
  return t === tokens.length;
}

const tokensOf = (part: string): string[] => part.match(/\\.|\[[!^]?\]?[^\]]*\]|./gs) ?? [];

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
  const done: string[] = [];
  const open = [pattern];
  while (open.length > 0 && done.length + open.length <= maxAlternatives) {
    const next = open.pop()!;
    const braces = /\{([^{}]*)\}/.exec(next);
    if (!braces) done.push(next);
    else
      for (const one of braces[1]!.split(','))
        open.push(next.slice(0, braces.index) + one + next.slice(braces.index + braces[0].length));
  }
  return open.length === 0 ? done : [pattern];
}

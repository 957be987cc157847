// Files that are never sent: by the user's patterns, and by git's own rules, which somebody else looks up.

import { costOf, createMatcher } from './glob.ts';
import { pass, refuse, type Verdict } from './verdict.ts';

export interface IgnoreOptions {
  /** The configuration's `ignore`. */
  readonly patterns: readonly string[];
  /** Whether git ignores the path; resolves to false where there is no git or no repository. If it rejects, the file is not sent. */
  readonly gitIgnored: (path: string) => Promise<boolean>;
}

/** Of all patterns together: a path of usual length is held against them in some ms. */
const maxCost = 100_000;

/** Says whether a file may be sent; `path` is relative to its workspace folder, with slashes. Outside of any folder: the absolute path. */
export function createIgnore({ patterns, gitIgnored }: IgnoreOptions): (path: string) => Promise<Verdict> {
  if (patterns.reduce((sum, pattern) => sum + costOf(pattern), 0) > maxCost)
    return async () => refuse('the patterns in `ignore` are too many to be looked at; nothing was sent');
  const matchers = patterns.map((pattern) => ({ pattern, matches: createMatcher(pattern) }));
  return async (path) => {
    const found = matchers.find(({ matches }) => matches(path));
    if (found) return refuse(`files like ${found.pattern} are never sent (ignore)`);
    const isIgnored = await gitIgnored(path).catch(() => undefined);
    if (isIgnored === undefined) return refuse('could not find out whether git ignores this file; nothing was sent');
    return isIgnored ? refuse('git ignores this file; nothing was sent') : pass;
  };
}

// Files that are never sent: those that match the user's patterns, and those that git ignores (the caller asks git).

import { createMatcher, matchCost } from './glob.ts';
import { pass, refuse, type Verdict } from './verdict.ts';

export interface IgnoreOptions {
  /** The configuration's `ignore`. */
  readonly patterns: readonly string[];
  /** Whether git ignores the path; resolves to false where there is no git or no repository. If it rejects, the file is not sent. */
  readonly gitIgnored: (path: string) => Promise<boolean>;
}

/** Of all patterns together, in comparisons: a path of usual length is matched against them in some milliseconds. */
const maxCost = 100_000;

/** The result tells whether a file may be sent. `path` is relative to its workspace folder, with slashes; the absolute path outside of any folder. */
export function createIgnore({ patterns, gitIgnored }: IgnoreOptions): (path: string) => Promise<Verdict> {
  if (patterns.reduce((sum, pattern) => sum + matchCost(pattern), 0) > maxCost)
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

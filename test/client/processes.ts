// Processes of a test that nobody sends messages about: what runs, and waiting until it does not.

import { readFileSync } from 'node:fs';

/** Looks again until there is something; for what lies outside of what anybody is told of: a file, a process. */
export async function poll<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 6000; i++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** A process that nobody has waited for yet is no process any more. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')')).startsWith(') Z');
  } catch {
    return false;
  }
}

export async function gone(pids: readonly number[]): Promise<void> {
  await poll(`the end of ${pids.join(', ')}`, () => pids.every((pid) => !isRunning(pid)) || undefined);
}

/** Numbers that a script has written into a file, once there are `count` of them. */
export function pidsIn(file: string, count: number): Promise<number[]> {
  return poll(`${count} process ids in ${file}`, () => {
    try {
      const pids = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
      return pids.length >= count ? pids : undefined;
    } catch {
      return undefined;
    }
  });
}

/**
 * A shell script that runs for ever: it, a child and a grandchild ignore every signal that can be ignored. All write their process ids into `$1`.
 * `detached`: one more child leads a session of its own, as a browser does that a test has started.
 */
export function stubborn({ detached = false } = {}): string[] {
  const script = [
    "trap '' TERM HUP INT",
    'echo $$ >> "$1"',
    '(sleep 1000 & echo $! >> "$1"; wait) & echo $! >> "$1"',
    ...(detached ? ['setsid sleep 1000 & echo $! >> "$1"'] : []),
    'while :; do sleep 1000; done',
  ];
  return ['-c', script.join('\n'), 'stubborn'];
}

// Ends what we started when we are gone, even by kill -9 or a crash, where nothing of ours runs any more.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

export interface Guard {
  /** What the program must have in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The program leads this process group. */
  watch(group: number): void;
  /** The group is gone: there is nothing left to guard. */
  release(): void;
}

const MARK = 'QUICKHAND_GUARD';

/**
 * `read` returns when its input ends: the system closes our end of the pipe. Then the group ends; and on Linux whatever has the mark, which finds what
 * has left the group, and a program that started in the very moment in which we ended. It looks again, because what it looks at may be starting.
 */
const SCRIPT = `
read -r group
read -r _
[ -z "$group" ] || kill -s KILL -- "-$group"
for round in 1 2 3; do
  for file in $(grep -lsxz "${MARK}=$1" /proc/[0-9]*/environ); do
    file=\${file#/proc/}
    kill -s KILL "\${file%/environ}"
  done
  sleep 0.2
done 2>/dev/null`;

/**
 * Node can't ask Linux to end a child with its parent (PR_SET_PDEATHSIG), so a shell of some 100 KB waits beside it; it is not of the group, and does
 * nothing but that. Started before the program, so that there is no moment without it. Undefined on Windows.
 */
export function startGuard(): Guard | undefined {
  if (process.platform === 'win32') return undefined;
  const mark = randomUUID();
  const { PATH = '/usr/bin:/bin' } = process.env;
  const args = ['-c', SCRIPT, 'quickhand-guard', mark];
  const shell = spawn('/bin/sh', args, {
    cwd: '/',
    env: { PATH },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => undefined); // no shell, no guard
  shell.stdin.on('error', () => undefined);
  shell.unref();
  return {
    env: { [MARK]: mark },
    watch: (group) => void shell.stdin.write(`${group}\n`),
    release() {
      // First, so that it does not see its input end.
      shell.kill('SIGKILL');
      shell.stdin.destroy();
    },
  };
}

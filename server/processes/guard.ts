// A watchdog that kills a child process after we have ended, even by kill -9 or a crash, when nothing of ours can run.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';

export interface Guard {
  /** Must be in the environment of the program. */
  readonly env: Readonly<Record<string, string>>;
  /** The program leads this process group. */
  watch(group: number): void;
  /** The group is gone: there is nothing left to guard. */
  release(): void;
}

const markName = 'QUICKHAND_GUARD';

/**
 * `read` returns when its input ends, because the system closes our end of the pipe. Then the group is killed; and on Linux every process that has the mark
 * in its environment: those that have left the group, and a program that started in the moment in which we ended. Three rounds, because one may be starting.
 */
const script = `
read -r group
read -r _
[ -z "$group" ] || kill -s KILL -- "-$group"
for round in 1 2 3; do
  for file in $(grep -lsxz "${markName}=$1" /proc/[0-9]*/environ); do
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
  const args = ['-c', script, 'quickhand-guard', mark];
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
    env: { [markName]: mark },
    watch: (group) => void shell.stdin.write(`${group}\n`),
    release() {
      // First, so that it does not see its input end.
      shell.kill('SIGKILL');
      shell.stdin.destroy();
    },
  };
}

// Ends a process group when we are gone, even by kill -9 or a crash, where nothing of ours runs any more.

import { spawn } from 'node:child_process';

export interface Guard {
  /** The group is gone: there is nothing left to guard. */
  release(): void;
}

/** `read` returns when its input ends: when we call it off, or when the system closes our end of the pipe. POSIX only; the words are fixed. */
const SCRIPT = 'read -r _; kill -s KILL -- "-$1"';

/**
 * Node can't ask Linux to end a child with its parent (PR_SET_PDEATHSIG), so a shell of some 100 KB waits beside the group; it is not of the group, and
 * does nothing but that. Undefined on Windows. What has left the group is not reached.
 */
export function guardGroup(group: number): Guard | undefined {
  if (process.platform === 'win32') return undefined;
  const args = ['-c', SCRIPT, 'quickhand-guard', String(group)];
  const shell = spawn('/bin/sh', args, { cwd: '/', env: {}, detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.on('error', () => undefined); // no shell, no guard
  shell.stdin.on('error', () => undefined);
  shell.unref();
  return {
    release() {
      // First, so that it does not see its input end.
      shell.kill('SIGKILL');
      shell.stdin.destroy();
    },
  };
}

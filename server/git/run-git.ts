// The only place that starts git: so that it starts no program, fetches nothing, prompts for nothing and ends soon.

import { delimiter, dirname, isAbsolute } from 'node:path';
import { type Environment, homeFolder } from '../files/homes.ts';
import { startChild } from '../processes/child.ts';

/** git answers in a few milliseconds, on a busy machine in a second; a disk that hangs must not hold an edit up for ever. */
const timeoutMs = 5000;
/** UTF-16 units of each output that are kept: more than any answer to what is asked here. */
const maxOutput = 1_000_000;

/** The GIT_* variables of the environment that are kept. All others are dropped, above all those of a git that started the editor. */
const kept = new Set(['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM', 'GIT_EXEC_PATH']);
/** Variables that hold a path; a relative path could be in the repository. */
const places = new Set(['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_EXEC_PATH', 'XDG_CONFIG_HOME']);

/**
 * Override whatever a repository's configuration says. They should not be needed, because no configuration of a repository is read (`stand-in.ts`):
 * they are a second line of defence.
 */
const settings = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.editor=false',
  'core.askPass=',
  'core.sshCommand=false',
  'core.untrackedCache=false',
  'credential.helper=',
  'diff.external=',
  'fetch.bundleURI=',
  'gc.auto=0',
  'maintenance.auto=false',
  'protocol.allow=never',
  'safe.bareRepository=explicit',
].flatMap((setting) => ['-c', setting]);

/** GIT_ALLOW_PROTOCOL outweighs every setting, in every git since 2.3; lazy fetching can be forbidden outright only in newer ones. */
const guards = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: 'false',
  SSH_ASKPASS: 'false',
  GIT_SSH_COMMAND: 'false',
  GIT_PROXY_COMMAND: 'false',
  GIT_PAGER: 'cat',
  GIT_EDITOR: 'false',
  GIT_NO_REPLACE_OBJECTS: '1',
  LC_ALL: 'C',
};

export interface GitCall {
  readonly args: readonly string[];
  readonly input: string;
  readonly env: Environment;
  /** GIT_* variables of this call. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface GitAnswer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Undefined if there is no git. Rejects if it can't be started or does not end in time. */
export function runGit({ args, input, env, variables }: GitCall): Promise<GitAnswer | undefined> {
  const child = startChild('git', ['--no-pager', ...settings, ...args], {
    // Not started in the repository: Windows would look for git.exe there first.
    cwd: dirname(process.execPath),
    env: { ...cleaned(env), ...guards, ...variables },
    hasInput: true,
  });
  const { process: git } = child;
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    git[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] = (said[name] + text).slice(0, maxOutput);
    });
  git.stdin?.on('error', () => undefined);
  git.stdin?.end(input);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`git: no answer within ${timeoutMs} ms`));
    }, timeoutMs);
    git.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (error.code === 'ENOENT') resolve(undefined);
      else reject(error);
    });
    git.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status, ...said });
    });
  });
}

/** The environment without what could redirect git: its own variables, and programs and settings at relative paths. */
function cleaned(env: Environment): NodeJS.ProcessEnv {
  const { HOME: _home, ...rest } = env;
  const usable = Object.entries(rest).filter(
    ([name, value]) => (!name.startsWith('GIT_') || kept.has(name)) && (!places.has(name) || isAbsolute(value ?? '')),
  );
  const home = homeFolder(env);
  const path = env.PATH?.split(delimiter).filter(isAbsolute).join(delimiter);
  return {
    ...Object.fromEntries(usable),
    ...(home !== undefined && { HOME: home }),
    ...(path !== undefined && { PATH: path }),
  };
}

// The user's folders: home, configuration, state. Relative paths do not count: they would lead into the repository that the editor was started in.

import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The message where a file in the home folder is needed and there is no home folder. */
export const noHomeFolder = 'there is no home folder: HOME is not an absolute path, and the system names none';

/** `$HOME` if that is absolute, else what the system names; undefined if that is no absolute path either. */
export function homeFolder({ HOME }: Environment, named = homeOfUser()): string | undefined {
  return absolute(HOME) ?? absolute(named);
}

/** `$XDG_CONFIG_HOME` or `~/.config`; as the XDG specification says, a relative directory does not count. */
export function configFolder(env: Environment): string | undefined {
  return absolute(env.XDG_CONFIG_HOME) ?? below(homeFolder(env), '.config');
}

/** `$XDG_STATE_HOME` or `~/.local/state`. */
export function stateFolder(env: Environment): string | undefined {
  return absolute(env.XDG_STATE_HOME) ?? below(homeFolder(env), '.local', 'state');
}

/** `$XDG_CACHE_HOME` or `~/.cache`. */
export function cacheFolder(env: Environment): string | undefined {
  return absolute(env.XDG_CACHE_HOME) ?? below(homeFolder(env), '.cache');
}

const absolute = (path: string | undefined): string | undefined =>
  path !== undefined && isAbsolute(path) ? path : undefined;

const below = (folder: string | undefined, ...names: string[]): string | undefined => folder && join(folder, ...names);

/** Not `homedir()`, which believes HOME. A user id without an entry has none. */
function homeOfUser(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    return undefined;
  }
}

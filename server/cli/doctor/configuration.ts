// What is configured, where it is written, and what is wrong with it. Keys by their names only.

import { join } from 'node:path';
import { environmentLayer } from '../../config/choose-model.ts';
import { type Config, parseConfig } from '../../config/config.ts';
import { loadUserFile, loadWorkspaceFile, userFilePath } from '../../config/load.ts';
import { pathExists } from '../../files/look.ts';
import type { CliIo } from '../io.ts';

export interface ConfigurationState {
  readonly files: readonly { readonly path: string; readonly exists: boolean }[];
  /** Whether QUICKHAND_MODEL is set. */
  readonly isInEnvironment: boolean;
  /** Each with its path within the configuration and its source. */
  readonly problems: readonly string[];
  readonly config: Config;
  /** The lanes that somebody configured, the wrong ones included; empty if nobody did. */
  readonly lanes: readonly string[];
}

/** The layers that a server started here would have; what an editor passes along is only known to that editor. */
export async function inspectConfiguration({ env, cwd }: CliIo): Promise<ConfigurationState> {
  const paths = [userFilePath(env), join(cwd, '.quickhand.json')].filter((path) => path !== undefined);
  const layers = [...(await Promise.all([loadUserFile(env), loadWorkspaceFile(cwd)])), environmentLayer(env)];
  const { config, problems } = parseConfig(layers);
  const exist = await Promise.all(paths.map(pathExists));
  return {
    files: paths.map((path, i) => ({ path, exists: exist[i]! })),
    isInEnvironment: Boolean(env.QUICKHAND_MODEL),
    problems,
    config,
    lanes: lanesOf(config),
  };
}

/** If `lanes` as a whole can't be used, nobody knows their names: the one that an edit would take stands for them. */
function lanesOf({ lanes, unusable }: Config): string[] {
  const wrong = Object.keys(unusable).filter((at) => at.startsWith('lanes.'));
  const names = [...new Set([...Object.keys(lanes), ...wrong.map((at) => at.slice('lanes.'.length))])];
  return names.length === 0 && 'lanes' in unusable ? ['fast'] : names;
}

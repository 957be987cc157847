// The settings for the server: only those that are set, so that VS Code's defaults don't override the user's configuration file.
import { workspace } from 'vscode';

/** Prefix of the settings that are not for the server. */
const own = 'client.';

/** `keys`: all settings of the section, without its name. */
export function settingsThatAreSet(keys: readonly string[]): object {
  const config = workspace.getConfiguration('quickhand');
  const settings: Record<string, unknown> = {};
  for (const key of keys.filter((name) => !name.startsWith(own))) {
    const found = config.inspect(key);
    const set = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
    if (set.some((value) => value !== undefined)) put(settings, key.split('.'), config.get(key));
  }
  return settings;
}

/** Every setting that the manifest contributes, without the section's name. */
export function contributedKeys(manifest: {
  contributes: { configuration: { properties: Record<string, unknown> } };
}): string[] {
  return Object.keys(manifest.contributes.configuration.properties).map((key) => key.replace(/^quickhand\./, ''));
}

/** A command that the user wants started in place of the server that comes with the extension. */
export function ownServer(): readonly string[] {
  return workspace.getConfiguration('quickhand').get<string[]>(`${own}command`) ?? [];
}

function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) into[first] = value;
  else {
    into[first] ??= {};
    put(into[first] as Record<string, unknown>, rest, value);
  }
}

// Checks that need more than one entry of the configuration: providers completed by presets, and names that refer to lanes and providers.

import type { Action } from './actions.ts';
import { faultOfProvider } from './endpoint.ts';
import { type ProviderConfig, presets, rehearsal } from './presets.ts';
import { didYouMean } from './suggest.ts';
import type { Lane } from './types.ts';
import { memberPath, quoted } from './validate.ts';

/** What is wrong at `path` of `entry` (`lanes.fast`, `providers.x`, `actions.id`); `fatal`: the entry can't be used. */
export interface ConfigFault {
  readonly entry: string;
  readonly path: string;
  readonly message: string;
  readonly fatal: boolean;
}

/** The lanes that can be named without having been configured. */
export const laneNames: readonly string[] = ['fast', 'deep'];

/** The presets, merged with the user's entries, and what is wrong with some of them. */
export function completeProviders(own: Readonly<Record<string, Partial<ProviderConfig>>>): {
  providers: Record<string, ProviderConfig>;
  faults: ConfigFault[];
} {
  const byName = new Map<string, Partial<ProviderConfig>>(presets.map((preset) => [preset.name, preset]));
  for (const [name, provider] of Object.entries(own)) byName.set(name, over(byName.get(name), provider));
  const faults: ConfigFault[] = [];
  for (const [name, provider] of byName) {
    const fault = faultOfProvider(provider);
    if (!fault) continue;
    const entry = memberPath('providers', name);
    const path = fault.key === '' ? entry : memberPath(entry, fault.key);
    faults.push({ entry, path, message: fault.message, fatal: true });
  }
  return { providers: Object.fromEntries(byName) as Record<string, ProviderConfig>, faults };
}

/** The user's fields over a preset's. The `extraBody` of a preset belongs to its API: it is left out if the user sets another API. */
function over(preset: Partial<ProviderConfig> = {}, own: Partial<ProviderConfig>): Partial<ProviderConfig> {
  const { extraBody, ...core } = preset;
  const sameApi = own.api === undefined || own.api === preset.api;
  return { ...core, ...(sameApi && extraBody && { extraBody }), ...own };
}

/** Lanes whose provider does not exist, fallbacks and actions whose lane does not. */
export function missingNames(config: {
  readonly lanes: Readonly<Record<string, Lane>>;
  readonly actions: readonly Action[];
  /** Names of all providers, the unusable ones included, which are reported already. */
  readonly providers: readonly string[];
  /** Names of all lanes, the unusable ones included. */
  readonly laneNames: readonly string[];
}): ConfigFault[] {
  const suggest = suggestions();
  const providers = { names: new Set([...config.providers, rehearsal]), suggest };
  const known = { names: new Set(config.laneNames), suggest };
  const lanes = Object.entries(config.lanes).map(([name, lane]) => ({ entry: memberPath('lanes', name), lane }));
  return [
    ...lanes.flatMap(({ entry, lane }) => missingProvider(entry, lane.provider, providers)),
    ...lanes.flatMap(({ entry, lane: { fallback = [] } }) =>
      fallback.flatMap((name, i) => missingLane(entry, memberPath(memberPath(entry, 'fallback'), i), name, known)),
    ),
    ...config.actions.flatMap(({ id, lane }) => {
      const entry = memberPath('actions', id);
      return lane === undefined ? [] : missingLane(entry, memberPath(entry, 'lane'), lane, known);
    }),
  ];
}

interface Known {
  readonly names: ReadonlySet<string>;
  readonly suggest: (name: string, names: ReadonlySet<string>) => string;
}

/** Comparing a name with all others costs time; a file with that many wrong names does not suffer from typing errors. */
const maxSuggestions = 20;

function suggestions(): Known['suggest'] {
  let left = maxSuggestions;
  return (name, names) => (left-- > 0 ? didYouMean(name, [...names]) : '');
}

function missingProvider(entry: string, name: string, { names, suggest }: Known): ConfigFault[] {
  if (names.has(name)) return [];
  const message = `no provider is called ${quoted(name)}${suggest(name, names)}`;
  return [{ entry, path: memberPath(entry, 'provider'), message, fatal: true }];
}

function missingLane(entry: string, path: string, name: string, { names, suggest }: Known): ConfigFault[] {
  if (names.has(name)) return [];
  return [{ entry, path, message: `no lane is called ${quoted(name)}${suggest(name, names)}`, fatal: false }];
}

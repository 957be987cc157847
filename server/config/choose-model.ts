// Resolves a lane to a model and its provider.

import { laneNames } from './cross-checks.ts';
import { type ProviderConfig, rehearsal } from './presets.ts';
import { didYouMean } from './suggest.ts';
import type { Config, Lane, Layer } from './types.ts';
import { memberPath } from './validate.ts';

/** A lane with everything needed to send a request to its model. `rehearsal`: the built-in one, which has no endpoint before it is started. */
export type ResolvedLane = RehearsalLane | ModelLane;

export interface RehearsalLane {
  readonly kind: 'rehearsal';
  readonly lane: string;
  readonly model: string;
  readonly format?: Lane['format'];
  readonly maxOutputTokens?: number;
  readonly fallback: readonly ResolvedLane[];
}

export interface ModelLane {
  readonly kind: 'model';
  readonly lane: string;
  readonly provider: ProviderConfig;
  readonly model: string;
  /** Absent: by the size of the scope. */
  readonly format?: Lane['format'];
  readonly maxOutputTokens?: number;
  /** Tried in this order before the first hunk; those that can't be used are left out. */
  readonly fallback: readonly ResolvedLane[];
}

/** The layer of the environment: `QUICKHAND_MODEL=provider/model` sets the fast lane. It goes last, as what the user set most recently. */
export function environmentLayer(env: Readonly<Record<string, string | undefined>>): Layer {
  const model = env.QUICKHAND_MODEL;
  return { source: 'QUICKHAND_MODEL', trusted: true, value: model ? { lanes: { fast: model } } : undefined };
}

/** The model behind a lane, or why there is none. With no lane configured at all, `fast` and `deep` are the rehearsal model. */
export function resolveLane(config: Config, name: string): ResolvedLane | { readonly problem: string } {
  const lane = resolveAlone(config, name);
  if ('problem' in lane) return lane;
  const fallback = laneOf(config, name)?.fallback ?? [];
  const others = fallback.filter((other) => other !== name).map((other) => resolveAlone(config, other));
  return { ...lane, fallback: others.filter((other) => !('problem' in other)) as ResolvedLane[] };
}

const laneOf = ({ lanes }: Config, name: string): Lane | undefined =>
  Object.hasOwn(lanes, name) ? lanes[name] : undefined;

function resolveAlone(config: Config, name: string): ResolvedLane | { readonly problem: string } {
  const wrong = faultOf(config, 'lanes', name);
  if (wrong !== undefined) return { problem: wrong };
  const lane = laneOf(config, name);
  if (!lane) return unconfigured(config, name);
  const { provider: providerName, model, format = config.format, maxOutputTokens } = lane;
  const common = {
    lane: name,
    model,
    fallback: [],
    ...(format !== 'auto' && { format }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  };
  if (providerName === rehearsal) return { ...common, kind: 'rehearsal' };
  const provider = Object.hasOwn(config.providers, providerName) ? config.providers[providerName] : undefined;
  if (!provider)
    return { problem: faultOf(config, 'providers', providerName) ?? `no provider is called "${providerName}"` };
  const timers = { ...config.timers, ...lane.timers };
  const trust = lane.trustDone === undefined ? {} : { trustDone: lane.trustDone };
  return { ...common, kind: 'model', provider: { ...provider, ...trust, timers } };
}

function unconfigured(config: Config, name: string): ResolvedLane | { readonly problem: string } {
  const known = [...laneNames, ...Object.keys(config.lanes)];
  if (!known.includes(name)) return { problem: `no lane is called "${name}"${didYouMean(name, known)}` };
  const anything =
    Object.keys(config.lanes).length > 0 || Object.keys(config.unusable).some((at) => at.startsWith('lanes'));
  if (anything) return { problem: `lanes.${name} is not configured; add "${name}": "provider/model" to "lanes"` };
  const { format } = config;
  return { kind: 'rehearsal', lane: name, model: rehearsal, fallback: [], ...(format !== 'auto' && { format }) };
}

/** Why a configured entry can't be used. A lane that a stronger layer sets is fine, although its group could not be read in a weaker one. */
function faultOf({ unusable, lanes }: Config, group: 'lanes' | 'providers', name: string): string | undefined {
  const entry = memberPath(group, name);
  if (Object.hasOwn(unusable, entry)) return unusable[entry];
  return group === 'lanes' && Object.hasOwn(lanes, name) ? undefined : unusable[group];
}

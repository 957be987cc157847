// The models behind the lanes: opens each endpoint when it is first needed.

import { type ResolvedLane, resolveLane } from '../config/choose-model.ts';
import type { Config } from '../config/config.ts';
import type { ProviderConfig } from '../config/presets.ts';
import type { Provider } from '../models/model.ts';
import type { Trace } from '../models/trace.ts';
import type { LaneModel } from './lane-model.ts';

export interface LanesOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: () => Config;
  /** Loaded when first needed, so that start-up does not pay for them. */
  readonly createProvider: (config: ProviderConfig) => Promise<Provider>;
  /** Starts the rehearsal model; its base URL. Called once. */
  readonly startRehearsal: () => Promise<string>;
  /** Opens the trace file that the settings name; absent: nothing is traced. */
  readonly openTrace?: (name: string) => Promise<Trace>;
}

/** How the rehearsal model is named wherever it answers. */
const rehearsalLabel = 'rehearsal model (not an AI)';

export class Lanes {
  readonly #options: LanesOptions;
  /** By the whole configuration of the endpoint: a changed one is another endpoint. */
  readonly #providers = new Map<string, Promise<Provider>>();
  #rehearsalUrl: Promise<string> | undefined;
  #trace: { readonly name: string; readonly opened: Promise<Trace> } | undefined;

  constructor(options: LanesOptions) {
    this.#options = options;
  }

  /** What a lane stands for, for status and events, without opening anything. */
  describe(lane: string): { label: string; model: string; rehearsal: boolean; problem?: string } {
    const resolved = resolveLane(this.#options.config(), lane);
    if ('problem' in resolved) return { label: lane, model: '', rehearsal: false, problem: resolved.problem };
    const rehearsal = resolved.kind === 'rehearsal';
    return { label: labelOf(resolved), model: resolved.model, rehearsal };
  }

  /** The lane and its fallbacks, in the order in which they are tried. */
  withFallbacks(lane: string): string[] {
    const resolved = resolveLane(this.#options.config(), lane);
    return 'problem' in resolved ? [lane] : [lane, ...resolved.fallback.map((other) => other.lane)];
  }

  /** The model of a lane, its endpoint opened. Rejects with an Error that says what to do. */
  async open(lane: string): Promise<LaneModel> {
    const resolved = resolveLane(this.#options.config(), lane);
    if ('problem' in resolved) throw new Error(resolved.problem);
    const { model, format, maxOutputTokens } = resolved;
    const endpoint = await this.#provider(await this.#endpoint(resolved));
    const trace = await this.#traceNow();
    const provider = trace?.around(endpoint, labelOf(resolved)) ?? endpoint;
    return {
      lane,
      label: labelOf(resolved),
      model,
      provider,
      ...(format && { format }),
      ...(maxOutputTokens && { maxOutputTokens }),
    };
  }

  async dispose(): Promise<void> {
    const providers = await Promise.allSettled(this.#providers.values());
    for (const provider of providers) if (provider.status === 'fulfilled') provider.value.dispose();
    await (await this.#trace?.opened)?.flush();
  }

  /** The file that the settings name now. */
  #traceNow(): Promise<Trace> | undefined {
    const { config, openTrace } = this.#options;
    const { trace: name } = config();
    if (name === undefined || openTrace === undefined) return undefined;
    if (this.#trace?.name !== name) this.#trace = { name, opened: openTrace(name) };
    return this.#trace.opened;
  }

  async #endpoint(resolved: ResolvedLane): Promise<ProviderConfig> {
    if (resolved.kind === 'model') return resolved.provider;
    this.#rehearsalUrl ??= this.#options.startRehearsal();
    const baseUrl = await this.#rehearsalUrl;
    return { name: 'rehearsal', api: 'responses', transport: 'websocket', baseUrl, steer: true, warmUp: true };
  }

  #provider(config: ProviderConfig): Promise<Provider> {
    const key = JSON.stringify(config);
    const known = this.#providers.get(key);
    if (known) return known;
    const created = this.#options.createProvider(config);
    this.#providers.set(key, created);
    return created;
  }
}

function labelOf(resolved: ResolvedLane): string {
  return resolved.kind === 'rehearsal' ? rehearsalLabel : `${resolved.provider.name}/${resolved.model}`;
}

// Finds models that could answer: keys in the environment, servers on this machine. It only looks; nothing that it finds is used by it.

import { isLoopback } from '../config/endpoint.ts';
import type { ProviderConfig } from '../config/presets.ts';
import type { FoundKey, FoundModel, FoundServer } from './found.ts';
import { modelsAt } from './probe.ts';

export interface DiscoveryOptions {
  /** The presets and the user's own. */
  readonly providers: Readonly<Record<string, ProviderConfig>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For each server. */
  readonly timeoutMs: number;
}

/** A model of each service to begin with; they have others, and names change. */
const examples: Readonly<Record<string, string>> = {
  openai: 'gpt-4.1-mini',
  cerebras: 'gpt-oss-120b',
  groq: 'openai/gpt-oss-20b',
  openrouter: 'openai/gpt-oss-120b',
};

/** Stands where the user has to put a name. */
const someModel = 'MODEL';

/** Keys first. Never rejects. */
export async function discoverModels(options: DiscoveryOptions): Promise<FoundModel[]> {
  return [...findKeys(options), ...(await findServers(options))];
}

export function findKeys({ providers, env }: Pick<DiscoveryOptions, 'providers' | 'env'>): FoundKey[] {
  return Object.entries(providers).flatMap(([provider, { apiKeyEnv: name }]) =>
    name === undefined || (env[name] ?? '').trim() === ''
      ? []
      : [{ kind: 'key', provider, name, model: examples[provider] ?? someModel }],
  );
}

/** Looks on this machine only, and only where no key would be needed. */
export async function findServers({
  providers,
  timeoutMs,
}: Pick<DiscoveryOptions, 'providers' | 'timeoutMs'>): Promise<FoundServer[]> {
  const local = Object.entries(providers).filter(([, provider]) => isLocal(provider));
  const found = await Promise.all(
    local.map(async ([provider, { baseUrl }]): Promise<FoundServer[]> => {
      const models = await modelsAt(baseUrl, { timeoutMs });
      return models ? [{ kind: 'server', provider, baseUrl, models, model: models[0] ?? someModel }] : [];
    }),
  );
  return found.flat();
}

function isLocal({ baseUrl, apiKeyEnv, apiKeyCommand }: ProviderConfig): boolean {
  const keyless = apiKeyEnv === undefined && apiKeyCommand === undefined;
  return keyless && URL.canParse(baseUrl) && isLoopback(new URL(baseUrl).hostname);
}

// Whether an endpoint may be used at all: its address, and that no key is sent in clear text.

import type { ProviderConfig } from './presets.ts';

/** What is wrong with a provider, and with which of its keys; undefined if nothing is. */
export function faultOfProvider(provider: Partial<ProviderConfig>): { key: string; message: string } | undefined {
  for (const key of ['api', 'baseUrl'] as const) {
    if (provider[key] === undefined) return { key: '', message: `"${key}" is missing` };
  }
  const message = faultOfAddress(provider);
  return message === undefined ? undefined : { key: 'baseUrl', message };
}

function faultOfAddress(provider: Partial<ProviderConfig>): string | undefined {
  if (!URL.canParse(provider.baseUrl!)) return 'not an address';
  const url = new URL(provider.baseUrl!);
  if (url.username !== '' || url.password !== '') return 'must not hold a name or a password';
  if (url.search !== '' || url.hash !== '') return 'must not hold a ? or a #';
  const clear = url.protocol === 'http:' || url.protocol === 'ws:';
  if (clear && sendsSecret(provider) && !isLoopback(url.hostname)) {
    return `the key would be sent in clear text to ${url.hostname}; use ${url.protocol === 'ws:' ? 'wss' : 'https'}://`;
  }
  return undefined;
}

const sendsSecret = ({ apiKeyEnv, apiKeyCommand, headers }: Partial<ProviderConfig>): boolean =>
  apiKeyEnv !== undefined ||
  apiKeyCommand !== undefined ||
  Object.keys(headers ?? {}).some((name) => /auth|key|token|secret|cookie/i.test(name));

/** Whether a host name, as `URL` spells it, can only mean this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

// What only the endpoint may read is in nothing that is shown of it, however it is quoted back.

import { afterEach, describe, expect, it } from 'vitest';
import type { ProviderConfig } from '../../server/config/presets.ts';
import { createProvider } from '../../server/models/create-provider.ts';
import { scrub, secretsOf } from '../../server/models/endpoint-secrets.ts';
import { allWays, ask, timers } from './ask.ts';
import { HandClock } from './hand-clock.ts';
import { startHostile } from './hostile.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const secret = 'tok "7/ä+9z"';
const config: Partial<ProviderConfig> = {
  apiKeyEnv: 'TEST_KEY',
  headers: {
    authorization: 'Bearer hd-0123456789',
    'x-api-key': 'short1',
    cookie: 'id=42; sid=session-abcdef',
    'x-gateway': 'gateway-password',
    'proxy-authorization': `Basic ${Buffer.from('user:open-sesame').toString('base64')}`,
  },
  extraBody: { metadata: { access_token: secret }, service_tier: 'priority', license: 'LIC-0123456789-0123456789' },
};
const key = 'sk-the-key-of-the-test';

/** How a peer may quote what it was told. */
const quoted: Readonly<Record<string, string>> = {
  'the key': key,
  'the key, in base64': Buffer.from(key).toString('base64'),
  'a header': 'Bearer hd-0123456789',
  'the rest of a header': 'hd-0123456789',
  'a short value of a name that says what it is': 'short1',
  'one cookie': 'session-abcdef',
  'a header of any name': 'gateway-password',
  'the password in Basic': 'open-sesame',
  'a field of the body': secret,
  'a field of the body, in JSON': JSON.stringify(secret).slice(1, -1),
  'a field of the body, in a URL': encodeURIComponent(secret),
  'a long field of the body': 'LIC-0123456789-0123456789',
};

describe.each(allWays)('$name', (way) => {
  it('in an error', async () => {
    const texts = Object.values(quoted);
    const errors = texts.map((text) => JSON.stringify({ type: 'error', error: { message: `you sent (${text})` } }));
    const replies =
      way.transport === 'websocket' ? errors.map((text) => [text]) : errors.map((body) => ({ status: 400, body }));
    const peer = await startHostile(replies);
    const { api, transport } = way;
    const whole = { name: 'test', api, transport, baseUrl: peer.url, timers, ...config };
    const { headers = {} } = whole;
    const provider = createProvider({ ...whole, headers }, { clock: new HandClock(), env: { TEST_KEY: key } });
    closing.push(peer.close, () => provider.dispose());
    for (const text of texts) {
      const { end } = await ask(provider, 'go');
      const said = end.kind === 'error' ? end.error.message : end.kind;
      expect(said).toContain('you sent (***)');
      expect(said).not.toContain(text);
      expect(provider.scrub(`It said: ${text}.`)).toBe('It said: ***.');
    }
  });
});

it('what is no secret stays', () => {
  const secrets = secretsOf(config, key);
  for (const text of ['the service_tier priority is unknown', 'a Bearer token is missing', 'model gpt-oss-120b'])
    expect(scrub(text, secrets)).toBe(text);
});

it('the beginning of one where the text was cut', () => {
  expect(scrub(`you sent ${key.slice(0, 12)}`, secretsOf({}, key))).toBe('you sent ***');
  expect(scrub('you sent sk-the', secretsOf({}, key))).toBe('you sent sk-the');
});

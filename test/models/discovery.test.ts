// What is found of models that could answer, and that finding them uses none.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../server/config/config.ts';
import type { ProviderConfig } from '../../server/config/presets.ts';
import { discoverModels, findKeys, findServers } from '../../server/models/discovery.ts';
import { configLineFor, describeFound } from '../../server/models/found.ts';
import { withModelList } from '../client/model-list.ts';

const { providers } = parseConfig([]).config;
/** Only bounds a test that hangs. */
const timeoutMs = 60_000;

describe('keys', () => {
  it('are found by their names', () => {
    const found = findKeys({ providers, env: { CEREBRAS_API_KEY: 'secret', GROQ_API_KEY: ' ', OTHER_API_KEY: 'x' } });
    expect(found.map(describeFound)).toEqual(['CEREBRAS_API_KEY is set']);
    expect(found.map(configLineFor)).toEqual(['"lanes": {"fast": "cerebras/gpt-oss-120b"}']);
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it('of the user their own providers too', () => {
    const mine: ProviderConfig = { name: 'mine', api: 'chat', baseUrl: 'https://example.com/v1', apiKeyEnv: 'MY_KEY' };
    expect(findKeys({ providers: { mine }, env: { MY_KEY: 'x' } }).map(configLineFor)).toEqual([
      '"lanes": {"fast": "mine/MODEL"}',
    ]);
  });

  it('every preset that needs one has a model to begin with, and a line that is right', () => {
    const env = Object.fromEntries(Object.values(providers).map(({ apiKeyEnv = '' }) => [apiKeyEnv, 'x']));
    const found = findKeys({ providers, env });
    expect(found.length).toBeGreaterThanOrEqual(4);
    for (const one of found) {
      expect(one.model).not.toBe('MODEL');
      expect(
        parseConfig([{ source: 's', trusted: true, value: JSON.parse(`{${configLineFor(one)}}`) }]).problems,
      ).toEqual([]);
    }
  });
});

describe('servers on this machine', () => {
  it('are found with their models; they get one question, without a key', () =>
    withModelList({ data: [{ id: 'small' }, { id: 'large' }] }, async ({ baseUrl, origin, requests }) => {
      const found = await findServers({ providers: { ollama: { ...providers.ollama!, baseUrl } }, timeoutMs });
      expect(found).toMatchObject([{ provider: 'ollama', models: ['small', 'large'], model: 'small' }]);
      expect(found.map(describeFound)).toEqual([`ollama is at ${origin}`]);
      expect(requests).toEqual(['GET /v1/models without a key']);
    }));

  it.each([
    ['something else that answers', { hello: 'world' }],
    ['a list of nothing in particular', [1, 2]],
  ])('%s is none', (_name, body) =>
    withModelList(body, async ({ baseUrl }) => {
      expect(await findServers({ providers: { x: { ...providers.vllm!, baseUrl } }, timeoutMs })).toEqual([]);
    }),
  );

  it('one without models yet needs a name', () =>
    withModelList({ data: [] }, async ({ baseUrl }) => {
      const found = await findServers({ providers: { vllm: { ...providers.vllm!, baseUrl } }, timeoutMs });
      expect(found.map(configLineFor)).toEqual(['"lanes": {"fast": "vllm/MODEL"}']);
    }));

  it('one that never answers costs no more than the time that it was given', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    expect(await findServers({ providers: { x: { ...providers.vllm!, baseUrl } }, timeoutMs: 50 })).toEqual([]);
    server.closeAllConnections();
    server.close();
  });

  it('nothing is asked that is elsewhere, or that needs a key', () =>
    withModelList({ data: [] }, async ({ baseUrl, requests }) => {
      const keyed = { ...providers.vllm!, baseUrl, apiKeyEnv: 'KEY' };
      const away = { ...providers.vllm!, baseUrl: baseUrl.replace('127.0.0.1', 'example.com') };
      const found = await discoverModels({ providers: { keyed, away }, env: { KEY: 'x' }, timeoutMs });
      expect(found.map(describeFound)).toEqual(['KEY is set']);
      expect(requests).toEqual([]);
    }));
});

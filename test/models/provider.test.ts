// What a provider sends and keeps open when all is well.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../server/clock.ts';
import { createProvider } from '../../server/models/create-provider.ts';
import type { ModelEvent, Provider } from '../../server/models/model.ts';
import { probe } from '../../server/models/probe.ts';
import type { ProviderConfig } from '../../server/models/provider-config.ts';
import { allWays, ask, chat, endOf, overSse, overWebSocket, pairOf, request, shortTimers, type Way } from './ask.ts';
import { startLink } from './link.ts';
import { startWire, type Wire } from './wire.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function wire(): Promise<Wire> {
  const peer = await startWire();
  closing.push(peer.close);
  return peer;
}

interface Setting {
  readonly env?: Record<string, string | undefined>;
  readonly clock?: Clock;
  readonly config?: Partial<ProviderConfig>;
}

function providerFor(way: Way, baseUrl: string, setting: Setting = {}): Provider {
  const { api, transport } = way;
  const config = { name: 'test', api, transport, baseUrl, timers: shortTimers, ...setting.config };
  const provider = createProvider(config, { clock: setting.clock ?? systemClock, env: setting.env ?? {} });
  closing.push(() => provider.dispose());
  return provider;
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
}

describe('a request on the wire', () => {
  const wanted = request('Edit.', { maxOutputTokens: 99, instructions: 'Be brief.' });

  it('Responses over WebSocket', async () => {
    const peer = await wire();
    expect(endOf(await ask(providerFor(overWebSocket, peer.url), wanted))).toBe('complete');
    expect(peer.sent.map(({ body }) => body)).toEqual([
      {
        type: 'response.create',
        model: 'rehearsal',
        store: false,
        instructions: 'Be brief.',
        input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Edit.' }] }],
        max_output_tokens: 99,
      },
    ]);
  });

  it('Responses over SSE', async () => {
    const peer = await wire();
    await ask(providerFor(overSse, peer.url), wanted);
    expect(peer.sent[0]?.path).toBe('/v1/responses');
    expect(peer.sent[0]?.body).toMatchObject({ model: 'rehearsal', store: false, stream: true, max_output_tokens: 99 });
    expect(Object.keys(peer.sent[0]?.body ?? {})).not.toContain('type');
  });

  it('chat, with what went before', async () => {
    const peer = await wire();
    const input = [
      { role: 'user', text: 'Edit.' },
      { role: 'assistant', text: 'Done.' },
      { role: 'user', text: 'More.' },
    ] as const;
    await ask(providerFor(chat, peer.url), { ...wanted, input });
    expect(peer.sent[0]?.path).toBe('/v1/chat/completions');
    expect(peer.sent[0]?.body).toEqual({
      model: 'rehearsal',
      stream: true,
      max_tokens: 99,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Edit.' },
        { role: 'assistant', content: 'Done.' },
        { role: 'user', content: 'More.' },
      ],
    });
  });

  it.each(allWays)('extra headers and parameters, $name', async (way) => {
    const peer = await wire();
    const extraBody = { service_tier: 'flex', model: 'other', store: null };
    const config = { extraBody, headers: { 'x-title': 'quickhand' } };
    await ask(providerFor(way, peer.url, { config }), wanted);
    expect(peer.sent[0]?.body).toMatchObject({ service_tier: 'flex', model: 'other' });
    expect(Object.keys(peer.sent[0]?.body ?? {})).not.toContain('store');
    expect(peer.sent[0]?.headers['x-title']).toBe('quickhand');
  });

  it.each(['ws', 'http'])('takes a base URL that starts with %s', async (scheme) => {
    const peer = await wire();
    const url = `${peer.url.replace('http', scheme)}/`;
    for (const way of allWays) expect(endOf(await ask(providerFor(way, url), wanted))).toBe('complete');
  });
});

describe('keys', () => {
  const config = { apiKeyEnv: 'TEST_KEY' };

  it.each(allWays)('a missing one is an auth error that names the variable, $name', async (way) => {
    const peer = await wire();
    const answer = await ask(providerFor(way, peer.url, { config }), 'x');
    expect(endOf(answer)).toBe('error auth');
    expect(JSON.stringify(answer.end)).not.toContain('undefined');
    expect(answer.end.kind === 'error' && answer.end.error.message).toContain('TEST_KEY');
    expect([peer.sent.length, peer.handshakes.length]).toEqual([0, 0]);
  });

  it.each(allWays)('a rotated one is used by the next request, $name', async (way) => {
    const peer = await wire();
    const env: Record<string, string> = { TEST_KEY: 'old' };
    const provider = providerFor(way, peer.url, { config, env });
    await ask(provider, 'x');
    env.TEST_KEY = 'new';
    expect(endOf(await ask(provider, 'x'))).toBe('complete');
    expect(peer.sent.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });

  it('a command is asked once, and again after its key was refused', async () => {
    const refuse = { status: 401 };
    const pair = await pairOf(
      chat,
      { script: [{ answer: 'ok' }, refuse, { answer: 'ok' }] },
      {
        apiKeyCommand: [process.execPath, '-e', 'console.log("key-" + process.pid)'],
      },
    );
    closing.push(pair.close);
    const ends = [];
    for (let i = 0; i < 3; i++) ends.push(endOf(await ask(pair.provider, 'x')));
    expect(ends).toEqual(['complete', 'error auth', 'complete']);
  });

  it('is never in an error, whatever the provider says', async () => {
    const server = createServer((socket) => {
      socket.once('data', () =>
        socket.end('HTTP/1.1 400 Bad\r\ncontent-type: text/plain\r\n\r\nwhy send sekrit-1 twice'),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => server.close());
    const { port } = server.address() as { port: number };
    const provider = providerFor(chat, `http://127.0.0.1:${port}/v1`, { config, env: { TEST_KEY: 'sekrit-1' } });
    const { end } = await ask(provider, 'x');
    expect(end.kind === 'error' && end.error.message).toBe('test: 400 why send *** twice');
  });
});

describe('connections', () => {
  it('a warm one is there before the first request', async () => {
    const peer = await wire();
    const provider = providerFor(overWebSocket, peer.url);
    provider.warm();
    await until(() => peer.handshakes.length === 1);
    await new Promise((resolve) => setImmediate(resolve));
    const answer = await ask(provider, 'x');
    expect([answer.transport, answer.reused]).toEqual(['websocket', true]);
  });

  it.each([overSse, chat])('a warm one is there before the first request, $name', async (way) => {
    const peer = await wire();
    const provider = providerFor(way, peer.url);
    provider.warm();
    await until(() => peer.connections() === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const answer = await ask(provider, 'x');
    expect([answer.reused, peer.connections()]).toEqual([true, 1]);
  });

  it.each(allWays)('is used again, $name', async (way) => {
    const peer = await wire();
    const provider = providerFor(way, peer.url);
    const first = await ask(provider, 'x');
    await new Promise((resolve) => setTimeout(resolve, 20));
    const next = await ask(provider, 'x');
    expect([first.reused, next.reused]).toEqual([false, true]);
  });

  it.each(allWays)('are all closed by dispose, $name', async (way) => {
    const peer = await wire();
    const provider = providerFor(way, peer.url);
    await Promise.all([ask(provider, 'x'), ask(provider, 'y'), ask(provider, 'z')]);
    provider.warm();
    provider.dispose();
    await until(() => peer.connections() === 0);
  });

  it.each(allWays)('of a cancelled answer closes at once, $name', async (way) => {
    const pair = await pairOf(way, { answer: () => ({ answer: 'x'.repeat(4000), rate: 50 }) });
    const link = await startLink(Number(new URL(pair.rehearsal.url).port), 0);
    closing.push(pair.close, link.close);
    const provider = providerFor(way, `http://127.0.0.1:${link.port}/v1`);
    const cancel = new AbortController();
    let cancelledAt = 0;
    const onEvent = (event: ModelEvent) => {
      if (event.type !== 'text') return;
      cancelledAt = performance.now();
      cancel.abort();
    };
    expect(endOf(await ask(provider, 'x', { signal: cancel.signal, onEvent }))).toBe('aborted');
    await until(() => link.closings.length > 0);
    expect((link.closings[0] ?? 0) - cancelledAt).toBeLessThan(50);
  });

  it('is replaced before it is an hour old', async () => {
    const peer = await wire();
    let skew = 0;
    const clock: Clock = { ...systemClock, now: () => systemClock.now() + skew };
    const provider = providerFor(overWebSocket, peer.url, { clock });
    await ask(provider, 'x');
    await until(() => peer.handshakes.length === 2);
    skew = 56 * 60_000;
    expect((await ask(provider, 'x')).reused).toBe(false);
  });

  it('after a sleep, is opened anew', async () => {
    const peer = await wire();
    let slept = 0;
    const clock: Clock = { ...systemClock, now: () => systemClock.now() - slept };
    for (const way of allWays) {
      const provider = providerFor(way, peer.url, { clock });
      await ask(provider, 'x');
      await new Promise((resolve) => setTimeout(resolve, 20));
      slept += 60_000;
      const next = await ask(provider, 'x');
      expect([way.name, endOf(next), next.reused]).toEqual([way.name, 'complete', false]);
    }
  });

  it('a dead socket that does not know it is replaced within the stall time', async () => {
    const pair = await pairOf(overWebSocket, {
      script: [{ chunks: ['a'], rate: 1000 }],
      handshakes: [{ idleFault: 'freeze' }],
    });
    closing.push(pair.close);
    pair.provider.warm();
    await new Promise((resolve) => setTimeout(resolve, 60));
    const started = performance.now();
    expect(endOf(await ask(pair.provider, 'x'))).toBe('complete');
    expect(performance.now() - started).toBeLessThan(shortTimers.stallMs + 200);
  });
});

describe('SSE in place of a WebSocket that fails', () => {
  it('lasts 30 s, and then the WebSocket gets its chance in the background', async () => {
    let skew = 0;
    const clock: Clock = { ...systemClock, now: () => systemClock.now() + skew };
    const peer = await pairOf(overWebSocket, { handshakes: [{ status: 426 }], answer: () => ({ answer: 'ok' }) });
    closing.push(peer.close);
    const provider = providerFor(overWebSocket, peer.rehearsal.url, { clock });
    const transports = [];
    for (const wait of [0, 0, 29_000, 2000]) {
      skew += wait;
      transports.push((await ask(provider, 'x')).transport);
    }
    expect(transports).toEqual(['sse', 'sse', 'sse', 'sse']);
    let last: string | undefined;
    for (let i = 0; i < 50 && last !== 'websocket'; i++) last = (await ask(provider, 'x')).transport;
    expect(last).toBe('websocket');
  });

  it('a slow handshake costs the connect time and no more, and the socket is used later', async () => {
    const pair = await pairOf(overWebSocket, { handshakes: [{ delayMs: 600 }], answer: () => ({ answer: 'ok' }) });
    closing.push(pair.close);
    const started = performance.now();
    const answer = await ask(pair.provider, 'x');
    expect([endOf(answer), answer.transport]).toEqual(['complete', 'sse']);
    expect(performance.now() - started).toBeLessThan(shortTimers.connectMs + 250);
  });
});

describe('warming up', () => {
  it('a spare reads the instructions ahead, and the request goes on from there', async () => {
    const peer = await wire();
    const provider = providerFor(overWebSocket, peer.url, { config: { warmUp: true } });
    await ask(provider, 'first');
    await until(() => peer.sent.some(({ body }) => body.generate === false));
    const chained = () => peer.sent.filter(({ body }) => body.previous_response_id !== undefined);
    // Two at once, so that the spare is taken too; one that has not read ahead by then goes on from there the next time.
    for (let i = 0; i < 50 && chained().length === 0; i++)
      await Promise.all([ask(provider, 'second'), ask(provider, 'third')]);
    const warmUp = peer.sent.find(({ body }) => body.generate === false)?.body;
    expect(warmUp).toMatchObject({ instructions: 'Rules.', input: [], store: false });
    expect(chained().map(({ body }) => body.instructions)).toEqual(['Rules.']);
  });

  it('is not done where the host is not known to take it', async () => {
    const peer = await wire();
    const provider = providerFor(overWebSocket, peer.url);
    await ask(provider, 'first');
    await until(() => peer.handshakes.length === 2);
    await ask(provider, 'second');
    expect(peer.sent.filter(({ body }) => 'generate' in body || 'previous_response_id' in body)).toEqual([]);
  });
});

describe('what an answer reports', () => {
  const usage = { inputTokens: 100, cachedTokens: 64, outputTokens: 7, reasoningTokens: 3 };

  it.each(allWays)('usage, $name', async (way) => {
    const config = way === chat ? { extraBody: { stream_options: { include_usage: true } } } : {};
    const pair = await pairOf(way, { answer: () => ({ answer: 'ok', usage }) }, config);
    closing.push(pair.close);
    expect((await ask(pair.provider, 'x')).usage).toEqual(usage);
  });

  it.each(allWays)('a limit that cuts it off, $name', async (way) => {
    const pair = await pairOf(way, { answer: () => ({ answer: 'a'.repeat(100) }) });
    closing.push(pair.close);
    const answer = await ask(pair.provider, request('x', { maxOutputTokens: 5 }));
    expect([endOf(answer), answer.text]).toEqual(['length', 'a'.repeat(20)]);
  });

  it('a limit that cuts it off though the peer calls it completed', async () => {
    const pair = await pairOf(overSse, { answer: () => ({ chunks: ['a', 'b'], usage: { outputTokens: 5 } }) });
    closing.push(pair.close);
    expect(endOf(await ask(pair.provider, request('x', { maxOutputTokens: 5 })))).toBe('length');
  });
});

describe('looking for a server', () => {
  it('finds one, and nothing else', async () => {
    const pair = await pairOf(chat);
    const { url } = pair.rehearsal;
    expect(await probe(url, { timeoutMs: 1000 })).toBe(true);
    expect(await probe(url.replace('/v1', '/v2/none'), { timeoutMs: 1000 })).toBe(false);
    await pair.close();
    expect(await probe(url, { timeoutMs: 1000 })).toBe(false);
    expect(await probe('nonsense', { timeoutMs: 1000 })).toBe(false);
  });

  it('gives up in time', async () => {
    const server = createServer(() => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const started = performance.now();
    expect(await probe(`http://127.0.0.1:${(server.address() as { port: number }).port}/v1`, { timeoutMs: 50 })).toBe(
      false,
    );
    expect(performance.now() - started).toBeLessThan(300);
    server.close();
  });
});

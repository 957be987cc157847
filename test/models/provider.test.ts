// What a provider sends and keeps open when all is well.

import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ProviderConfig } from '../../server/config/presets.ts';
import { createProvider } from '../../server/models/create-provider.ts';
import type { ModelEvent, Provider } from '../../server/models/model.ts';
import { modelsAt } from '../../server/models/probe.ts';
import {
  allWays,
  ask,
  chat,
  endOf,
  overSse,
  overWebSocket,
  pairOf,
  request,
  timers,
  untilFree,
  type Way,
} from './ask.ts';
import { HandClock, turn, until } from './hand-clock.ts';
import { startLink } from './link.ts';
import { startWire, type Wire } from './wire.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

// A machine that was held up for seconds has not slept: the wall clock stands as still as the other.
beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterAll(() => void vi.useRealTimers());

async function wire(): Promise<Wire> {
  const peer = await startWire();
  closing.push(peer.close);
  return peer;
}

interface Setting {
  readonly env?: Record<string, string | undefined>;
  readonly clock?: HandClock;
  readonly config?: Partial<ProviderConfig>;
}

function providerFor(way: Way, baseUrl: string, setting: Setting = {}): Provider {
  const { api, transport } = way;
  const config = { name: 'test', api, transport, baseUrl, timers, ...setting.config };
  const provider = createProvider(config, { clock: setting.clock ?? new HandClock(), env: setting.env ?? {} });
  closing.push(() => provider.dispose());
  return provider;
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
    const clock = new HandClock();
    const provider = providerFor(overWebSocket, peer.url, { clock });
    provider.preconnect();
    await until(() => clock.had(timers.stallMs)); // it is open, and pinged
    const answer = await ask(provider, 'x');
    expect([answer.transport, answer.reused]).toEqual(['websocket', true]);
  });

  it.each([overSse, chat])('a warm one is there before the first request, $name', async (way) => {
    const peer = await wire();
    const provider = providerFor(way, peer.url);
    provider.preconnect();
    await until(() => peer.connections() === 1);
    for (let i = 0; i < 3; i++) await turn();
    const answer = await ask(provider, 'x');
    expect([answer.reused, peer.connections()]).toEqual([true, 1]);
  });

  it.each(allWays)('is used again, $name', async (way) => {
    const peer = await wire();
    const clock = new HandClock();
    const provider = providerFor(way, peer.url, { clock });
    const first = await ask(provider, 'x');
    await untilFree(clock);
    const next = await ask(provider, 'x');
    expect([first.reused, next.reused]).toEqual([false, true]);
  });

  it.each(allWays)('are all closed by dispose, $name', async (way) => {
    const peer = await wire();
    const provider = providerFor(way, peer.url);
    await Promise.all([ask(provider, 'x'), ask(provider, 'y'), ask(provider, 'z')]);
    provider.preconnect();
    provider.dispose();
    await until(() => peer.connections() === 0);
  });

  it.each(allWays)('of a cancelled answer closes at once, $name', async (way) => {
    const pair = await pairOf(way, { answer: () => ({ chunks: ['x'], fault: 'stall', afterChunks: 1 }) });
    const link = await startLink(Number(new URL(pair.rehearsal.url).port), 0);
    closing.push(pair.close, link.close);
    const provider = providerFor(way, `http://127.0.0.1:${link.port}/v1`);
    const cancel = new AbortController();
    const onEvent = (event: ModelEvent) => {
      if (event.type === 'text') cancel.abort();
    };
    expect(endOf(await ask(provider, 'x', { signal: cancel.signal, onEvent }))).toBe('aborted');
    await until(() => link.closings.length > 0);
    // It was not the model that ended it, nor a timer: none has fired.
    expect(link.closings).toHaveLength(1);
  });

  it('is replaced before it is an hour old', async () => {
    const peer = await wire();
    const clock = new HandClock();
    const provider = providerFor(overWebSocket, peer.url, { clock });
    await ask(provider, 'x');
    await until(() => peer.handshakes.length === 2);
    clock.skip(56 * 60_000);
    expect((await ask(provider, 'x')).reused).toBe(false);
  });

  it('after a sleep, is opened anew', async () => {
    const peer = await wire();
    for (const way of allWays) {
      const clock = new HandClock();
      const provider = providerFor(way, peer.url, { clock });
      await ask(provider, 'x');
      await untilFree(clock);
      vi.setSystemTime(Date.now() + 60_000); // the wall clock has gone on, the monotonic one has not
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
    const { clock, provider } = pair;
    provider.preconnect();
    await until(() => clock.had(timers.stallMs));
    await until(() => !clock.has(timers.stallMs));
    const asking = ask(provider, 'x');
    await until(() => clock.has(timers.stallMs));
    clock.advance(timers.stallMs);
    expect(endOf(await asking)).toBe('complete');
  });
});

describe('SSE in place of a WebSocket that fails', () => {
  it('lasts 30 s, and then the WebSocket gets its chance in the background', async () => {
    const clock = new HandClock();
    const peer = await pairOf(overWebSocket, { handshakes: [{ status: 426 }], answer: () => ({ answer: 'ok' }) });
    closing.push(peer.close);
    const provider = providerFor(overWebSocket, peer.rehearsal.url, { clock });
    const transports = [];
    for (const wait of [0, 0, 29_000, 2000]) {
      clock.skip(wait);
      transports.push((await ask(provider, 'x')).transport);
    }
    expect(transports).toEqual(['sse', 'sse', 'sse', 'sse']);
    let last: string | undefined;
    while (last !== 'websocket') last = (await ask(provider, 'x')).transport;
    expect(last).toBe('websocket'); // while it opens, SSE serves
  });

  it('a slow handshake costs the connect time and no more', async () => {
    const pair = await pairOf(overWebSocket, { handshakes: [{ hang: true }], answer: () => ({ answer: 'ok' }) });
    closing.push(pair.close);
    const asking = ask(pair.provider, 'x');
    pair.clock.advance(timers.connectMs);
    const answer = await asking;
    expect([endOf(answer), answer.transport]).toEqual(['complete', 'sse']);
  });
});

describe('warming up', () => {
  it('a spare reads the instructions ahead, and the request goes on from there', async () => {
    const peer = await wire();
    const chained = () => peer.sent.filter(({ body }) => body.previous_response_id !== undefined);
    // A spare that is taken before it has heard that it has read ahead does without: then once more with another.
    for (let spares = 1; chained().length === 0; spares++) {
      const provider = providerFor(overWebSocket, peer.url, { config: { warmUp: true } });
      await ask(provider, 'first');
      await until(() => peer.sent.filter(({ body }) => body.generate === false).length === spares);
      for (let i = 0; i < 5; i++) await turn();
      // Two at once, so that the spare is taken too.
      await Promise.all([ask(provider, 'second'), ask(provider, 'third')]);
    }
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
    expect(await modelsAt(url, { timeoutMs: 60_000 })).toEqual(['rehearsal']);
    expect(await modelsAt(url.replace('/v1', '/v2/none'), { timeoutMs: 60_000 })).toBeUndefined();
    await pair.close();
    expect(await modelsAt(url, { timeoutMs: 60_000 })).toBeUndefined();
    expect(await modelsAt('nonsense', { timeoutMs: 60_000 })).toBeUndefined();
  });

  it('gives up in time', async () => {
    const server = createServer(() => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    expect(
      await modelsAt(`http://127.0.0.1:${(server.address() as { port: number }).port}/v1`, { timeoutMs: 50 }),
    ).toBeUndefined();
    server.close();
  });
});

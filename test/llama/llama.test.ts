// A real model server: what it streams arrives to the last byte, and what is cancelled stops there at once.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../server/clock.ts';
import { parseConfig } from '../../server/config/config.ts';
import { createProvider } from '../../server/models/create-provider.ts';
import type { Provider } from '../../server/models/model.ts';
import { ask, chat, endOf, overSse, overWebSocket, request, type Way } from '../models/ask.ts';
import { fewestMs, idleWithinMs, type LlamaServer, literally, startLlamaServer } from './llama-server.ts';

const edit =
  'export function grüße(name: string): string {\n  if (!name) return "";\n\treturn `👋 $name \\\\ "you"`;\n}';
/** With it the server goes on until the context is full. */
const endless = { grammar: 'root ::= [a-z]+', ignore_eos: true };

let server: LlamaServer;
let provider: Provider | undefined;
beforeAll(async () => {
  server = await startLlamaServer();
});
afterAll(() => server?.stop());
afterEach(() => provider?.dispose());

/** A provider whose every answer follows a grammar (GBNF). */
function follow({ api, transport }: Way, extraBody: { grammar: string; ignore_eos?: boolean }): Provider {
  const config = { name: 'llama.cpp', api, transport, baseUrl: server.url, extraBody };
  provider = createProvider(config, { clock: systemClock, env: {} });
  return provider;
}

/** How many ms after the cancel of an endless answer its slot is idle. */
async function cancelInTheMiddle(way: Way): Promise<number> {
  const cancel = new AbortController();
  let pieces = 0;
  const asking = ask(follow(way, endless), request('edit'), {
    signal: cancel.signal,
    onEvent: ({ type }) => {
      if (type === 'text') pieces++;
    },
  });
  while (pieces < 20) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await server.busy()).toBe(1);
  const cancelledAt = performance.now();
  cancel.abort();
  expect(endOf(await asking)).toBe('aborted');
  await server.untilIdle();
  const idleAfterMs = performance.now() - cancelledAt;
  provider?.dispose();
  return idleAfterMs;
}

describe.each([chat, overSse])('$name', (way) => {
  it('streams an edit verbatim', async () => {
    const answer = await ask(follow(way, literally(edit)), request('edit'));
    expect([endOf(answer), answer.text]).toEqual(['complete', edit]);
    expect(answer.events.filter(({ type }) => type === 'text').length).toBeGreaterThan(50);
  });

  it('reports a limit that cut the answer off', async () => {
    const answer = await ask(follow(way, literally(edit)), request('edit', { maxOutputTokens: 10 }));
    expect([endOf(answer), answer.text]).toEqual(['length', edit.slice(0, 10)]);
  });

  it('a cancelled answer leaves its slot idle within 250 ms', async () => {
    const idleAfterMs = await fewestMs(() => cancelInTheMiddle(way));
    console.log(`${way.name}: slot idle ${idleAfterMs.toFixed(0)} ms after the cancel`);
    expect(idleAfterMs).toBeLessThan(idleWithinMs);
    const next = await ask(follow(way, literally(edit)), request('edit'));
    expect(next.text).toBe(edit);
  });

  it('refuses what it cannot follow with a typed error', async () => {
    expect(endOf(await ask(follow(way, { grammar: 'root ::= nowhere' }), request('edit')))).toBe('error request');
  });
});

it('goes over SSE by itself where there is no WebSocket', async () => {
  const answer = await ask(follow(overWebSocket, literally(edit)), request('edit'));
  expect([endOf(answer), answer.text, answer.transport]).toEqual(['complete', edit, 'sse']);
});

it('counts tokens for a request like those of the preset', async () => {
  const { extraBody } = parseConfig([]).config.providers['llama.cpp']!;
  const answer = await ask(follow(chat, { ...extraBody, ...literally(edit) }), request('edit'));
  expect(answer.usage?.outputTokens).toBeGreaterThanOrEqual(Buffer.byteLength(edit)); // its tokens are bytes
});

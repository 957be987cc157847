// The same over TLS, as every real endpoint is reached.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProvider } from '../../server/models/create-provider.ts';
import type { Provider } from '../../server/models/model.ts';
import { type Rehearsal, startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import { allWays, ask, endOf, timers, untilFree, type Way } from './ask.ts';
import { HandClock, turn, until } from './hand-clock.ts';
import { startTls, type TlsLink } from './link.ts';

let rehearsal: Rehearsal;
let front: TlsLink;
let provider: Provider;
let clock: HandClock;

beforeAll(async () => {
  rehearsal = await startRehearsal({ rate: 20_000, answer: () => ({ answer: 'const a = 1;' }) });
  front = await startTls(Number(new URL(rehearsal.url).port));
});
afterAll(async () => {
  await front.close();
  await rehearsal.close();
});
afterEach(() => provider.dispose());

function open({ api, transport }: Way): Provider {
  clock = new HandClock();
  const baseUrl = `https://127.0.0.1:${front.port}/v1`;
  provider = createProvider({ name: 'test', api, transport, baseUrl, timers }, { clock, env: {} });
  provider.preconnect();
  return provider;
}

it.each(allWays)('a certificate that nobody vouches for is a network error, $name', async (way) => {
  expect(endOf(await ask(open(way), 'x'))).toBe('error network');
});

describe('with a certificate that is taken', () => {
  beforeAll(() => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  });
  afterAll(() => {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  });

  it.each(allWays)('a warm connection answers, and again, $name', async (way) => {
    const before = front.handshakes();
    const asked = open(way);
    // A WebSocket is pinged once it is open.
    await until(() => front.handshakes() > before && (way.transport === 'sse' || clock.had(timers.stallMs)));
    for (let i = 0; i < 3; i++) await turn();
    for (let i = 0; i < 2; i++) {
      const answer = await ask(asked, 'x');
      expect([endOf(answer), answer.text, answer.reused]).toEqual(['complete', 'const a = 1;', true]);
      await untilFree(clock);
    }
  });
});

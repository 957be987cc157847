// Every fault of the wire, in every API it can happen in: a typed end, and the next request works.

import { afterEach, describe, expect, it } from 'vitest';
import type { ModelEvent } from '../../server/models/model.ts';
import type { RehearsalOptions } from '../../server/rehearsal/rehearsal.ts';
import type { ScriptStep } from '../../server/rehearsal/script.ts';
import {
  type Answer,
  allWays,
  ask,
  chat,
  endOf,
  overSse,
  overWebSocket,
  type Pair,
  pairOf,
  timers,
  type Way,
} from './ask.ts';
import { HandClock, turn, until } from './hand-clock.ts';

const answerChunks = ['const ', 'answer', ' = ', '42;\n'];
const whole = answerChunks.join('');
const some = answerChunks.slice(0, 2).join('');
const good: ScriptStep = { chunks: answerChunks };
const bad = (step: ScriptStep): ScriptStep => ({ ...good, afterChunks: 2, ...step });

let pair: Pair | undefined;
afterEach(() => pair?.close());

/** Time that has to pass by the provider's clock before the answer ends: as soon as all of this is so. */
interface Silence {
  readonly ms: number;
  /** The model was asked. */
  readonly asked?: true;
  /** So much of the answer has come. */
  readonly text?: string;
  /** A timer of that length is set. */
  readonly isSet?: true;
}

/** Asks twice: the answer with the fault in it, and the next one, which must be as if nothing had happened. */
async function askTwice(way: Way, options: RehearsalOptions, silences: readonly Silence[]): Promise<Answer> {
  let asked = 0;
  const { script = [], ...rest } = options;
  pair = await pairOf(way, { ...rest, answer: () => script[asked++] ?? good });
  const { clock } = pair;
  let said = '';
  const onEvent = (event: ModelEvent) => {
    if (event.type === 'text') said += event.text;
  };
  const asking = ask(pair.provider, 'first', { onEvent });
  for (const silence of silences) {
    const { ms, text = '' } = silence;
    await until(() => said === text && (!silence.asked || asked > 0) && (!silence.isSet || clock.has(ms)));
    clock.advance(ms);
  }
  const first = await asking;
  const next = await ask(pair.provider, 'next');
  expect(endOf(next)).toBe('complete');
  expect(next.text).toBe(whole);
  return first;
}

interface Expected {
  readonly end: string;
  readonly text?: string;
  readonly transport?: 'websocket' | 'sse';
  /** One after the other, before it ends. */
  readonly silences?: readonly Silence[];
}

/** One fault in each of `ways`. */
function fault(title: string, ways: readonly Way[], options: RehearsalOptions, expected: Expected): void {
  it.each(ways)(`${title}, $name`, async (way) => {
    const answer = await askTwice(way, options, expected.silences ?? []);
    expect(endOf(answer)).toBe(expected.end);
    expect(answer.text).toBe(expected.text ?? (expected.end === 'complete' ? whole : ''));
    if (expected.transport) expect(answer.transport).toBe(expected.transport);
  });
}

const sse = [overSse, chat];

describe('1: the handshake or the request is refused', () => {
  for (const status of [401, 403]) {
    fault(`${status} is an auth error`, [overWebSocket], { handshakes: [{ status }] }, { end: 'error auth' });
    fault(`${status} is an auth error`, sse, { script: [{ status }] }, { end: 'error auth' });
  }
  fault('426 goes over SSE', [overWebSocket], { handshakes: [{ status: 426 }] }, { end: 'complete', transport: 'sse' });
  fault('503 goes over SSE', [overWebSocket], { handshakes: [{ status: 503 }] }, { end: 'complete', transport: 'sse' });
  fault('503', sse, { script: [{ status: 503 }] }, { end: 'error server' });
  fault('400', allWays, { script: [{ status: 400 }] }, { end: 'error request' });
  fault(
    'a handshake that hangs goes over SSE',
    [overWebSocket],
    { handshakes: [{ hang: true }] },
    { end: 'complete', transport: 'sse', silences: [{ ms: timers.connectMs }] },
  );
  fault(
    '500 at both',
    [overWebSocket],
    { handshakes: [{ status: 500 }], script: [{ status: 500 }] },
    { end: 'error server' },
  );

  it('asks once with a key that is refused', async () => {
    let asked = 0;
    const answer = () => (asked++ === 0 ? { status: 401 } : good);
    pair = await pairOf(chat, { answer });
    expect(endOf(await ask(pair.provider, 'first'))).toBe('error auth');
    expect(asked).toBe(1);
  });
});

describe('2: closing while it connects', () => {
  it('ends the answer, and nothing is thrown', async () => {
    pair = await pairOf(overWebSocket, { handshakes: [{ hang: true }, { hang: true }] });
    pair.provider.preconnect();
    const asking = ask(pair.provider, 'first');
    pair.provider.dispose();
    expect(endOf(await asking)).toBe('aborted');
  });
});

describe('3: an error on an idle socket', () => {
  for (const idleFault of ['error', 'close1006', 'freeze'] as const) {
    it(`${idleFault}: the socket is replaced unseen`, async () => {
      const handshakes = [{ idleFault }, {}];
      pair = await pairOf(overWebSocket, { handshakes, answer: () => good });
      const { clock, provider } = pair;
      provider.preconnect();
      // An open socket is pinged, and it has answered or is gone when nothing waits for the answer any more.
      await until(() => clock.had(timers.stallMs));
      await until(() => !clock.has(timers.stallMs));
      const asking = ask(provider, 'first');
      if (idleFault === 'freeze') {
        await until(() => clock.has(timers.stallMs));
        clock.advance(timers.stallMs);
      }
      const answer = await asking;
      expect([endOf(answer), answer.text]).toEqual(['complete', whole]);
    });
  }
});

describe('4 and 5: the connection is too old', () => {
  const limit = (afterChunks: number) => ({ script: [bad({ fault: 'connectionLimit', afterChunks })] });
  fault('before output: once more on a new socket', [overWebSocket], limit(0), {
    end: 'complete',
    transport: 'websocket',
  });
  fault('after output: the answer fails', [overWebSocket], limit(2), { end: 'error server', text: some });
  fault(
    'twice: the answer fails',
    [overWebSocket],
    { script: [bad({ fault: 'connectionLimit', afterChunks: 0 }), bad({ fault: 'connectionLimit', afterChunks: 0 })] },
    { end: 'error server' },
  );
});

describe('6: previous_response_not_found', () => {
  fault(
    'is asked again in full on the same socket',
    [overWebSocket],
    { script: [bad({ fault: 'previousResponseNotFound', afterChunks: 0 })], handshakes: [{}, {}, { status: 401 }] },
    { end: 'complete', transport: 'websocket' },
  );
});

describe('7: cancelled in the middle', () => {
  it.each(allWays)('nothing of it is seen again and the next does not wait, $name', async (way) => {
    const endless: ScriptStep = { chunks: ['OLD ', 'OLD ', 'OLD '], fault: 'stall', afterChunks: 3 };
    pair = await pairOf(way, { script: [endless], answer: () => good });
    const cancel = new AbortController();
    let turns = 0;
    const cancelled = ask(pair.provider, 'first', {
      signal: cancel.signal,
      onEvent: (event) => {
        if (event.type === 'text' && ++turns === 3) cancel.abort();
      },
    });
    expect(endOf(await cancelled)).toBe('aborted');
    const next = await ask(pair.provider, 'next');
    expect([endOf(next), next.text]).toEqual(['complete', whole]);
  });

  it.each(allWays)('ends in the same turn, $name', async (way) => {
    pair = await pairOf(way, { script: [{ answer: 'x'.repeat(4000), rate: 100 }] });
    const cancel = new AbortController();
    const kinds: string[] = [];
    await new Promise<void>((resolve) => {
      pair?.provider.stream(
        { model: 'm', instructions: '', input: [{ role: 'user', text: '' }] },
        cancel.signal,
        (event) => {
          kinds.push(event.type === 'ended' ? event.end.kind : event.type);
          if (event.type === 'text') resolve();
        },
      );
    });
    const before = kinds.length;
    cancel.abort();
    expect(kinds.slice(before)).toEqual(['aborted']);
  });

  it.each(allWays)('an answer cancelled before it is asked for sends nothing, $name', async (way) => {
    let asked = 0;
    pair = await pairOf(way, { answer: () => (asked++ < 0 ? undefined : good) });
    expect(endOf(await ask(pair.provider, 'first', { signal: AbortSignal.abort() }))).toBe('aborted');
    expect(asked).toBe(0);
  });
});

describe('8: events of somebody else', () => {
  fault('are ignored', allWays, { script: [bad({ fault: 'alien' })] }, { end: 'complete' });
});

describe('9: more at once than there are sockets for', () => {
  it.each(allWays)('none is starved, $name', async (way) => {
    let running = 0;
    let most = 0;
    const answer = () => {
      most = Math.max(most, ++running);
      return { answer: 'x'.repeat(80), delayMs: 1000 };
    };
    // Answers are paced by a clock of their own: none begins before as many as may have been asked for, however slow the machine.
    const pace = new HandClock();
    pair = await pairOf(way, { answer, clock: pace });
    const { provider } = pair;
    let ended = 0;
    const onEvent = (event: { type: string }) => {
      if (event.type !== 'ended') return;
      running--;
      ended++;
    };
    const asking = Promise.all(Array.from({ length: 40 }, (_, i) => ask(provider, `edit ${i}`, { onEvent })));
    await until(() => running === 16);
    while (ended < 40) {
      pace.advance(1000);
      await turn();
    }
    const answers = await asking;
    expect(answers.map(endOf)).toEqual(Array.from({ length: 40 }, () => 'complete'));
    expect(most).toBe(16);
  });
});

describe('10 and 14: the connection closes before the answer is over', () => {
  for (const code of ['close1000', 'close1001', 'close1006', 'close1009'] as const) {
    fault(`${code} is truncated`, allWays, { script: [bad({ fault: code })] }, { end: 'truncated', text: some });
  }
  fault(
    '1009 before output goes over SSE',
    [overWebSocket],
    { script: [bad({ fault: 'close1009', afterChunks: 0 })] },
    { end: 'complete', transport: 'sse' },
  );
  fault(
    'an SSE body that just ends is truncated',
    sse,
    { script: [bad({ fault: 'eof' })] },
    { end: 'truncated', text: some },
  );
});

describe('11, 12 and 21: silence', () => {
  fault(
    'after text: the stall timer',
    allWays,
    { script: [bad({ fault: 'stall' })] },
    { end: 'error timeout', text: some, silences: [{ ms: timers.stallMs, text: some }] },
  );
  fault(
    'half-open after text: the stall timer',
    allWays,
    { script: [bad({ fault: 'freeze' })] },
    { end: 'error timeout', text: some, silences: [{ ms: timers.stallMs, text: some }] },
  );
  fault(
    'no event at all: the first-byte timer',
    allWays,
    { script: [{ fault: 'silent' }] },
    { end: 'error timeout', silences: [{ ms: timers.firstByteMs, asked: true }] },
  );
  fault(
    'no text: the first-byte timer',
    allWays,
    { script: [bad({ fault: 'stall', afterChunks: 0 })] },
    { end: 'error timeout', silences: [{ ms: timers.firstByteMs, asked: true }] },
  );
});

describe('13: what is not of the protocol', () => {
  fault(
    'a binary frame',
    [overWebSocket],
    { script: [bad({ fault: 'binaryFrame' })] },
    { end: 'error malformed', text: some },
  );
  fault('bad JSON', allWays, { script: [bad({ fault: 'badJson' })] }, { end: 'error malformed', text: some });
});

describe('15: a web page with status 200', () => {
  fault('is told by its type', sse, { script: [{ fault: 'html' }] }, { end: 'error malformed' });
});

describe('16: an error inside the stream', () => {
  fault(
    'is an error and no text',
    allWays,
    { script: [bad({ fault: 'errorEvent' })] },
    { end: 'error server', text: some },
  );
  fault('a failed response', allWays, { script: [bad({ fault: 'failed' })] }, { end: 'error server', text: some });
});

describe('17 and 22: bytes cut anywhere, many events at once', () => {
  const text = 'const naïve = "日本語 👩‍💻";\r\n// data: not an event\n'.repeat(20);
  fault('odd framing', sse, { script: [{ answer: text, oddFraming: true }] }, { end: 'complete', text });
  fault(
    'all at once',
    allWays,
    { script: [{ answer: text, rate: Number.POSITIVE_INFINITY }] },
    { end: 'complete', text },
  );
  fault('one delta', allWays, { script: [{ chunks: [text] }] }, { end: 'complete', text });
});

describe('18: null contents and missing indexes', () => {
  fault('are no text', [chat], { script: [bad({ fault: 'alien' })] }, { end: 'complete' });
});

describe('19: rate limits', () => {
  const soon = { 'retry-after': '0.05' };
  const waited: Silence = { ms: 50, isSet: true };
  fault(
    '429 waits as told',
    allWays,
    { script: [{ status: 429, headers: soon }] },
    { end: 'complete', silences: [waited] },
  );
  fault(
    '529 waits as told',
    allWays,
    { script: [{ status: 529, headers: soon }] },
    { end: 'complete', silences: [waited] },
  );
  fault(
    '429 at the handshake',
    [overWebSocket],
    { handshakes: [{ status: 429, headers: soon }] },
    { end: 'complete', silences: [waited] },
  );
  fault(
    'too long a wait',
    allWays,
    { script: [{ status: 429, headers: { 'retry-after': '60' } }] },
    { end: 'error rateLimit' },
  );
  const limited = { status: 429, headers: soon };
  fault(
    'again and again',
    allWays,
    { script: [limited, limited, limited] },
    { end: 'error rateLimit', silences: [waited, waited] },
  );

  it.each(allWays)('the wait can be cancelled, $name', async (way) => {
    let asked = 0;
    pair = await pairOf(way, {
      answer: () => (asked++ === 0 ? { status: 429, headers: { 'retry-after': '5' } } : good),
    });
    const cancel = new AbortController();
    const asking = ask(pair.provider, 'first', { signal: cancel.signal });
    const { clock } = pair;
    await until(() => clock.has(5000));
    cancel.abort();
    expect(endOf(await asking)).toBe('aborted');
    expect(endOf(await ask(pair.provider, 'next'))).toBe('complete');
    expect(asked).toBe(2);
  });
});

describe('20: the connection is reset', () => {
  fault('is an error', allWays, { script: [bad({ fault: 'reset' })] }, { end: 'error network', text: some });
});

describe('24: half an answer', () => {
  fault('incomplete is a length', allWays, { script: [bad({ fault: 'incomplete' })] }, { end: 'length', text: some });
  fault('filtered', allWays, { script: [bad({ fault: 'filtered' })] }, { end: 'filtered', text: some });
});

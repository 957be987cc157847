// A model that thinks before it answers: it is alive meanwhile, what it thinks is no text, and it may not think for ever.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createProvider } from '../../server/models/create-provider.ts';
import type { ModelEvent } from '../../server/models/model.ts';
import { sayFailure } from '../../server/session/ending.ts';
import { allWays, ask, chat, endOf, timers, type Way } from './ask.ts';
import { HandClock, until } from './hand-clock.ts';
import { startHostile } from './hostile.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function providerAt(baseUrl: string, { api, transport }: Way) {
  const clock = new HandClock();
  const provider = createProvider({ name: 'mine', api, transport, baseUrl, timers }, { clock, env: {} });
  closing.push(() => provider.dispose());
  return { clock, provider };
}

/** The messages of an answer that thinks `thoughts` and says `text`. */
function messages({ api }: Way, thoughts: readonly string[], text: string): string[] {
  const chunk = (delta: object, finish_reason: string | null = null) => ({
    choices: [{ index: 0, delta, finish_reason }],
  });
  const all: object[] =
    api === 'chat'
      ? [...thoughts.map((reasoning) => chunk({ reasoning })), chunk({ content: text }), chunk({}, 'stop')]
      : [
          { type: 'response.created', response: { id: 'r' } },
          { type: 'response.output_item.added', item: { id: 'i', type: 'reasoning' } },
          ...thoughts.map((delta, i) => ({
            type: i % 2 === 0 ? 'response.reasoning_text.delta' : 'response.reasoning_summary_text.delta',
            item_id: 'i',
            delta,
          })),
          { type: 'response.output_item.added', item: { id: 'm', type: 'message' } },
          { type: 'response.output_text.delta', item_id: 'm', delta: text },
          { type: 'response.completed', response: { id: 'r' } },
        ];
  return all.map((each) => JSON.stringify(each));
}

const thinkingOf = (events: readonly ModelEvent[]) =>
  events.flatMap((event) => (event.type === 'thinking' ? [event.chars] : []));

describe.each(allWays)('$name', (way) => {
  it('how much it thinks is told, and nothing of what', async () => {
    const peer = await startHostile([messages(way, ['Hm.', ' So', ' be it.'], 'x = 1')]);
    closing.push(peer.close);
    const answer = await ask(providerAt(peer.url, way).provider, 'go');
    expect([endOf(answer), answer.text, thinkingOf(answer.events)]).toEqual(['complete', 'x = 1', [3, 3, 7]]);
    expect(JSON.stringify(answer.events)).not.toContain('be it');
  });

  it('who thinks without end is stopped, and that is said', async () => {
    const thoughts = Array.from({ length: 14 }, () => 'x'.repeat(10_000));
    const peer = await startHostile([messages(way, thoughts, 'x = 1')]);
    closing.push(peer.close);
    const answer = await ask(providerAt(peer.url, way).provider, 'go');
    expect([endOf(answer), answer.text, thinkingOf(answer.events).length]).toEqual(['truncated', '', 13]);
    const { end } = answer;
    expect(end.kind !== 'complete' && sayFailure(end)).toMatch(
      /^mine: the model thought for more than 32768 tokens .* stopped; let it think less, or name another model/,
    );
  });
});

it('who thinks is alive, and who has fallen silent is not', async () => {
  let response: ServerResponse | undefined;
  const server = createServer((request, reply) => {
    response = reply.writeHead(200, { 'content-type': 'text/event-stream' });
    request.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const { clock, provider } = providerAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, chat);
  const events: ModelEvent[] = [];
  const asking = ask(provider, 'go', { onEvent: (event) => events.push(event) });
  await until(() => response !== undefined);
  for (let thoughts = 1; thoughts <= 3; thoughts++) {
    response?.write('data: {"choices":[{"delta":{"thinking":"Hm."}}]}\n\n');
    await until(() => thinkingOf(events).length === thoughts);
    clock.advance(timers.firstByteMs - 1);
  }
  expect(events.map(({ type }) => type)).toEqual(['thinking', 'thinking', 'thinking']);
  clock.advance(1);
  expect(endOf(await asking)).toBe('error timeout');
});

it.each(allWays.filter(({ api }) => api === 'responses'))('a function call is no answer, $name', async (way) => {
  const said = [
    { type: 'response.created', response: { id: 'r' } },
    { type: 'response.output_item.added', item: { id: 'f', type: 'function_call', name: 'read_file' } },
    { type: 'response.completed', response: { id: 'r' } },
  ];
  const peer = await startHostile([said.map((each) => JSON.stringify(each))]);
  closing.push(peer.close);
  const answer = await ask(providerAt(peer.url, way).provider, 'go');
  expect(answer.end).toEqual({
    kind: 'toolCall',
    message: 'mine: the model called a tool, read_file, instead of answering',
  });
});

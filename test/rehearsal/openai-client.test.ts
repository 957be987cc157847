// The rehearsal model as the `openai` package sees it: a client that nobody here wrote.

import OpenAI from 'openai';
import type { ResponsesServerEvent } from 'openai/resources/responses/responses';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { afterEach, describe, expect, it } from 'vitest';
import { type Rehearsal, type RehearsalOptions, startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import { HandClock } from '../models/hand-clock.ts';

const text =
  '<scope path="a.ts" language="typescript" lines="1-1" format="rewrite">\nconst one = 1;\n</scope>\n<instruction>rename one to two</instruction>';
const answerText = 'const two = 1;';

let rehearsal: Rehearsal;
let socket: ResponsesWS | undefined;
afterEach(async () => {
  socket?.close();
  socket = undefined;
  await rehearsal.close();
});

async function client(options: RehearsalOptions = {}): Promise<OpenAI> {
  rehearsal = await startRehearsal({ rate: 20_000, ...options });
  return new OpenAI({ apiKey: 'none', baseURL: rehearsal.url, maxRetries: 0 });
}

/** A socket with the queue of what it received. */
async function openSocket(options: RehearsalOptions = {}) {
  socket = new ResponsesWS(await client(options));
  const seen: ResponsesServerEvent[] = [];
  const waiting: (() => void)[] = [];
  socket.on('event', (event) => {
    seen.push(event);
    for (const wake of waiting.splice(0)) wake();
  });
  socket.on('error', () => {});
  /** The next event of `type` (with `of`: of that response), and all that came before it since the last call. */
  const until = async (type: string): Promise<{ event: ResponsesServerEvent; before: ResponsesServerEvent[] }> => {
    for (;;) {
      const at = seen.findIndex((event) => event.type === type);
      if (at >= 0) {
        const before = seen.splice(0, at + 1);
        return { event: before.pop()!, before };
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return { ws: socket, until };
}

const create = { type: 'response.create', model: 'rehearsal', store: false, input: text } as const;

/** This version's types do not know the event yet. */
function steer(previous_response_id: string, input: string): string {
  return JSON.stringify({ type: 'response.steer', previous_response_id, input });
}

function textOf(events: readonly ResponsesServerEvent[]): string {
  return events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('');
}

describe('over HTTP', () => {
  it('chat, streamed and whole', async () => {
    const openai = await client();
    const body = { model: 'rehearsal', messages: [{ role: 'user' as const, content: text }] };
    const stream = openai.chat.completions.stream({ ...body, stream_options: { include_usage: true } });
    const streamed = await stream.finalChatCompletion();
    const whole = await openai.chat.completions.create(body);
    for (const completion of [streamed, whole]) {
      expect(completion.choices[0]?.message.content).toBe(answerText);
      expect(completion.choices[0]?.finish_reason).toBe('stop');
      expect(completion.usage?.completion_tokens).toBe(4);
    }
  });

  it('Responses, streamed and whole', async () => {
    const openai = await client();
    const body = { model: 'rehearsal', input: text };
    const streamed = await openai.responses.stream(body).finalResponse();
    const whole = await openai.responses.create(body);
    for (const response of [streamed, whole]) {
      expect([response.status, response.output_text]).toEqual(['completed', answerText]);
      expect(response.usage?.output_tokens).toBe(4);
    }
  });

  it('a limit', async () => {
    const openai = await client();
    const response = await openai.responses
      .stream({ model: 'rehearsal', input: text, max_output_tokens: 2 })
      .finalResponse();
    expect([response.status, response.incomplete_details?.reason]).toEqual(['incomplete', 'max_output_tokens']);
    expect(response.output_text).toBe(answerText.slice(0, 8));
  });

  it('errors, and the list of models', async () => {
    const openai = await client({ script: [{ status: 429, headers: { 'retry-after': '7' } }, { status: 401 }] });
    const ask = () => openai.responses.create({ model: 'rehearsal', input: text });
    await expect(ask()).rejects.toMatchObject({ status: 429, headers: expect.anything() });
    await expect(ask()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    await expect(openai.responses.create({ model: 'rehearsal' })).rejects.toBeInstanceOf(OpenAI.BadRequestError);
    expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(['rehearsal']);
  });
});

describe('over WebSocket', () => {
  it('an answer, in the order of the real service', async () => {
    const { ws, until } = await openSocket();
    ws.send(create);
    const { event, before } = await until('response.completed');
    expect(textOf(before)).toBe(answerText);
    expect([...new Set(before.map(({ type }) => type))]).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
    ]);
    const numbers = [...before, event].map((each) => ('sequence_number' in each ? each.sequence_number : -1));
    expect(numbers).toEqual(numbers.map((_, at) => at));
  });

  it('a warm-up gives an id to go on from, and only the latest', async () => {
    const { ws, until } = await openSocket();
    ws.send({ ...create, input: [], generate: false } as never);
    const { event, before } = await until('response.completed');
    expect(textOf(before)).toBe('');
    const id = event.type === 'response.completed' ? event.response.id : '';
    ws.send({ ...create, previous_response_id: id });
    expect(textOf((await until('response.completed')).before)).toBe(answerText);
    ws.send({ ...create, previous_response_id: id });
    const refused = (await until('error')).event;
    expect(refused).toMatchObject({ status: 400, error: { code: 'previous_response_not_found' } });
  });

  it('lanes: one is first in, first out, others run beside it', async () => {
    const pace = new HandClock();
    const { ws, until } = await openSocket({ script: [{ answer: 'slow', delayMs: 1000 }], clock: pace });
    ws.send({ ...create, stream_id: 'slow' } as never);
    ws.send({ ...create, stream_id: 'slow' } as never);
    ws.send({ ...create, stream_id: 'quick' } as never);
    await until('response.created');
    const lanes = [];
    // Each time the answer that was created last is given a moment, and then the first of the slow lane its whole time.
    for (const ms of [100, 1000, 100]) {
      if (ms === 100) await until('response.created');
      pace.advance(ms);
      lanes.push(((await until('response.completed')).event as { stream_id?: string }).stream_id);
    }
    expect(lanes).toEqual(['quick', 'slow', 'slow']);
  });

  it('is as fast as it is asked to be: each token when it is due', async () => {
    const pace = new HandClock();
    const script = [{ answer: 'x'.repeat(1200), rate: 1000 }];
    const { ws, until } = await openSocket({ script, clock: pace });
    ws.send(create);
    await until('response.created');
    const tokens = [];
    for (const ms of [0, 100, 1, 150]) {
      pace.advance(ms);
      // The answer to this comes behind all that was sent before: what has not come by then was not sent.
      ws.sendRaw(steer('resp_none', 'x'));
      tokens.push(textOf((await until('response.steer.failed')).before).length / 4);
    }
    expect(tokens).toEqual([1, 100, 1, 150]);
    pace.advance(1000);
    expect(textOf((await until('response.completed')).before)).toHaveLength(4 * 48);
  });

  it('limits', async () => {
    const { ws, until } = await openSocket({ answer: () => ({ answer: 'slow', delayMs: 60_000 }) });
    for (let i = 0; i < 17; i++) ws.send({ ...create, stream_id: `lane-${i}` } as never);
    expect((await until('error')).event).toMatchObject({
      stream_id: 'lane-16',
      error: { code: 'websocket_stream_limit_reached' },
    });
    ws.send({ ...create, stream_id: '' } as never);
    expect((await until('error')).event).toMatchObject({ error: { code: 'invalid_stream_id' } });
  });

  it('steering: accepted, then a successor', async () => {
    const { ws, until } = await openSocket({ script: [{ answer: 'x'.repeat(4000), rate: 100 }] });
    ws.send(create);
    const { event } = await until('response.created');
    const id = event.type === 'response.created' ? event.response.id : '';
    await until('response.output_text.delta');
    ws.sendRaw(steer(id, 'rename one to three'));
    expect((await until('response.steer.accepted')).event).toMatchObject({ steer: { previous_response_id: id } });
    expect((await until('response.incomplete')).event).toMatchObject({
      response: { id, incomplete_details: { reason: 'steered' } },
    });
    const { before } = await until('response.completed');
    expect(textOf(before)).toBe('const three = 1;');
    expect(before.find(({ type }) => type === 'response.created')).toMatchObject({
      response: { previous_response_id: id },
    });
  });

  it('steering that comes to nothing', async () => {
    const { ws, until } = await openSocket();
    ws.sendRaw(steer('resp_none', 'x'));
    expect((await until('response.steer.failed')).event).toMatchObject({ error: { code: 'response_not_found' } });
    ws.send(create);
    const done = (await until('response.completed')).event;
    ws.sendRaw(steer(done.type === 'response.completed' ? done.response.id : '', 'x'));
    expect((await until('response.steer.failed')).event).toMatchObject({
      error: { code: 'response_already_completed' },
    });
  });
});

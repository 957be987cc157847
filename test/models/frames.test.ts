// Whatever stands in a message: a typed end, in words that are short and hold nothing invisible, and the process goes on. A failure prints its seed;
// QUICKHAND_SEED repeats it.

import { afterEach, describe, expect, it } from 'vitest';
import { chatDialect } from '../../server/models/chat.ts';
import { createProvider } from '../../server/models/create-provider.ts';
import type { AnswerSink } from '../../server/models/dialect.ts';
import { ProviderFailures, retryAfter } from '../../server/models/failure.ts';
import { parseMessage } from '../../server/models/message.ts';
import type { ModelEnd } from '../../server/models/model.ts';
import { ProviderKey } from '../../server/models/provider-key.ts';
import { responsesDialect } from '../../server/models/responses.ts';
import { findInvisible } from '../../server/text/invisible.ts';
import { Random } from '../simulation/random.ts';
import { type Answer, allWays, ask, endOf, request, timers, type Way } from './ask.ts';
import { HandClock } from './hand-clock.ts';
import { type Reply, startHostile } from './hostile.ts';

const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** As JSON text: objects of this depth can't be written by `JSON.stringify`. */
const deepList = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
const deepObject = `${'{"toString":'.repeat(100_000)}1${'}'.repeat(100_000)}`;

/** Values that no field of a message should hold. */
const values: Readonly<Record<string, string>> = {
  'an object with its own toString': '{"toString":1,"valueOf":2}',
  'a list 100,000 deep': deepList,
  'an object 100,000 deep': deepObject,
  __proto__: '{"__proto__":{"message":"polluted","status":401},"constructor":null}',
  'half a megabyte': JSON.stringify('x'.repeat(500_000)),
  'controls and bidi': JSON.stringify('\u001b]0;owned\u0007\u202e\u200b\u009b31m'),
  'a list of nulls': '[null,null]',
  'a number beyond all': '1e400',
  'a negative number': '-429',
  null: 'null',
};

/** Where a value may stand; `@` is the value. */
const frames: Readonly<Record<string, string>> = {
  code: '{"type":"error","error":{"code":@,"message":"m"}}',
  'code of a flat error': '{"type":"error","code":@,"error":"m"}',
  type: '{"type":"error","error":{"type":@,"message":"m"}}',
  message: '{"type":"error","error":{"message":@}}',
  status: '{"type":"error","status":@,"error":{"message":"m"}}',
  status_code: '{"type":"error","status_code":@,"error":{"status":@,"message":"m"}}',
  'retry-after':
    '{"type":"error","status":429,"headers":{"retry-after":@,"retry-after-ms":@},"error":{"code":"insufficient_quota"}}',
  headers: '{"type":"error","status":429,"headers":@,"error":{"code":"insufficient_quota"}}',
  error: '{"type":"error","error":@}',
  'the type of the message': '{"type":@}',
  'a failed response': '{"type":"response.failed","response":{"error":{"code":@,"message":@}}}',
  'an incomplete response': '{"type":"response.incomplete","response":{"incomplete_details":{"reason":@}}}',
  usage:
    '{"type":"response.incomplete","response":{"usage":{"input_tokens":@,"output_tokens":@,"input_tokens_details":@}}}',
  ids: '{"type":"response.created","response":{"id":@},"stream_id":@}',
  items: '{"type":"response.output_item.added","item":{"id":@,"type":@,"phase":@}}',
  delta: '{"type":"response.output_text.delta","item_id":@,"response_id":@,"delta":@}',
  refusal: '{"type":"response.refusal.delta","delta":@}',
  choices: '{"choices":[{"index":@,"delta":{"content":@},"finish_reason":@}],"usage":@}',
  'the error of a choice': '{"choices":[{"error":{"code":@,"message":@}}]}',
  'choices as such': '{"choices":@,"x_groq":@}',
};

/** Asks once for each reply, over a provider of its own. */
async function askHostile(way: Way, replies: readonly Reply[]): Promise<Answer[]> {
  const peer = await startHostile(replies);
  closing.push(peer.close);
  const { api, transport } = way;
  const config = { name: 'test', api, transport, baseUrl: peer.url, timers };
  const provider = createProvider(config, { clock: new HandClock(), env: {} });
  closing.push(() => provider.dispose());
  const answers: Answer[] = [];
  for (const _ of replies) answers.push(await ask(provider, 'go'));
  return answers;
}

function sayEnd(end: ModelEnd): string {
  if (end.kind === 'complete') return '';
  return end.kind === 'error' ? end.error.message : end.message;
}

/** What every end keeps to. */
function checkEnd(end: ModelEnd): void {
  const said = sayEnd(end);
  expect(said.length).toBeLessThan(400);
  expect(findInvisible(said)).toEqual([]);
  expect(said).not.toMatch(/undefined|\[object|TypeError|polluted|\n/);
  if (end.kind !== 'error') return;
  const wait = end.error.retryAfterMs ?? 0;
  expect(wait >= 0 && wait <= 24 * 3_600_000).toBe(true);
}

describe.each(allWays)('one field, $name', (way) => {
  it.each(Object.entries(frames))('%s', async (_, frame) => {
    const replies = Object.values(values).map((value) => [frame.replaceAll('@', () => value)]);
    for (const answer of await askHostile(way, replies)) {
      checkEnd(answer.end);
      expect(endOf(answer)).not.toBe('complete');
    }
  });

  it('as the body of a refusal', async () => {
    const bodies = [frames.code!, frames.status!, frames.message!].flatMap((frame) =>
      Object.values(values).map((value) => frame.replaceAll('@', () => value)),
    );
    const replies = [400, 500].flatMap((status) => bodies.map((body) => ({ status, body })));
    for (const { end } of await askHostile(way, replies)) checkEnd(end);
  });
});

it('random messages, in all dialects', () => {
  const failures = new ProviderFailures('test', new ProviderKey({ name: 'test' }, {}), (text) => text);
  const dialects = [
    responsesDialect({ failures, extraBody: undefined, plainDeltas: false }),
    chatDialect({ failures, extraBody: undefined, limitField: 'max_tokens', usage: false, trustDone: false }),
  ];
  const findings: AnswerSink = {
    text: (text) => check(typeof text === 'string'),
    thinking: (chars) => check(Number.isInteger(chars) && chars >= 0),
    usage: (usage) => check(Object.values(usage).every(Number.isFinite)),
    end: checkEnd,
    fail: ({ end }) => checkEnd(end),
    steered() {},
    steerFailed() {},
  };
  const check = (holds: boolean) => expect(holds, `QUICKHAND_SEED=${seed}`).toBe(true);
  const random = new Random(seed);
  for (let run = 0; run < 1000; run++) {
    const reader = random.pick(dialects).reader(request('go'), findings);
    try {
      for (let i = random.int(6); i >= 0; i--) {
        const text = randomMessage(random);
        reader.read(JSON.parse(text));
        checkEnd(failures.response(400, {}, text).end);
      }
    } catch (error) {
      throw new Error(`QUICKHAND_SEED=${seed}, run ${run}`, { cause: error });
    }
  }
});

const fields =
  'type response id error code status message headers retry-after retry-after-ms choices delta content usage item item_id finish_reason incomplete_details reason index stream_id toString __proto__'.split(
    ' ',
  );
const types = 'error created failed completed incomplete output_item.added output_text.delta refusal.delta steer.failed'
  .split(' ')
  .map((name) => (name === 'error' ? name : `response.${name}`));
const scalars = [
  'null',
  'true',
  '0',
  '-1',
  '429',
  '401',
  '1e400',
  '1e-9',
  '""',
  '"429"',
  '"completed"',
  '"\\u0000\\u001b[2J"',
  '"\\ud800"',
  '"\\u202e"',
];

/** As JSON text, so that it may hold what `JSON.stringify` can't write. */
function randomMessage(random: Random): string {
  const own = Array.from({ length: random.int(7) }, () => `"${random.pick(fields)}":${randomValue(random, 4)}`);
  return `{${[`"type":"${random.pick(types)}"`, ...own].join(',')}}`;
}

function randomValue(random: Random, depth: number): string {
  const kind = random.int(depth > 0 ? 10 : 6);
  if (kind < 5) return random.pick(scalars);
  if (kind === 5) return random.pick(Object.values(values).filter((text) => text.length < 1000));
  if (kind === 6) return `[${Array.from({ length: random.int(3) }, () => randomValue(random, depth - 1)).join(',')}]`;
  return `{${Array.from({ length: random.int(5) }, () => `"${random.pick(fields)}":${randomValue(random, depth - 1)}`).join(',')}}`;
}

it.each([
  ['lists in lists', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ['very many lists', `{"a":[${'[],'.repeat(200_000)}1]}`],
  ['very many strings', `{"a":[${'"\\"",'.repeat(200_000)}1]}`],
])('a message that would hold up the event loop is not read: %s', (_, text) => {
  expect(parseMessage(text)).toBe(undefined);
});

it('brackets within a text are no parts of a message', () => {
  const message = { delta: '[{"\\'.repeat(100_000) };
  expect(parseMessage(JSON.stringify(message))).toEqual(message);
});

describe('how long to wait', () => {
  const second = 1000;
  it.each<[unknown, number | undefined]>([
    ['7', 7 * second],
    [7, 7 * second],
    ['-5', undefined],
    ['', undefined],
    ['NaN', undefined],
    ['1e300', 86_400 * second],
    ['Infinity', undefined],
    [{ toString: 1 }, undefined],
    [['7'], undefined],
    ['Fri, 01 Jan 2100 00:00:00 GMT', 86_400 * second],
    ['Fri, 01 Jan 1999 00:00:00 GMT', 0],
  ])('%j', (value, expected) => {
    expect(retryAfter({ 'retry-after': value })).toBe(expected);
  });

  it('in words', () => {
    expect(retryAfter({}, 'Please try again in 1.5s.')).toBe(1500);
    expect(retryAfter({}, 'Please try again in 1.2.3s.')).toBe(undefined);
    expect(retryAfter({ 'retry-after': '-1' }, 'try again in 20ms')).toBe(20);
  });
});

describe('an answer that does not come to an end', () => {
  it.each(allWays)('$name', async (way) => {
    const delta = JSON.stringify('x'.repeat(1_000_000));
    const frame =
      way.api === 'chat'
        ? `{"choices":[{"delta":{"content":${delta}}}]}`
        : `{"type":"response.output_text.delta","delta":${delta}}`;
    const [answer] = await askHostile(way, [Array.from({ length: 6 }, () => frame)]);
    expect(endOf(answer!)).toBe('error tooLarge');
    expect(answer!.text.length).toBeLessThanOrEqual(4 << 20);
  });

  it.each(allWays)('in one message, $name', async (way) => {
    const [answer] = await askHostile(way, [[JSON.stringify({ type: 'x', y: 'x'.repeat(3_000_000) })]]);
    // Too long for a WebSocket, it is asked for over SSE, where it is too long as well.
    expect(endOf(answer!)).toBe('error malformed');
  });
});

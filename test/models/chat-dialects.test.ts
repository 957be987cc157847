// Chat completions as services really stream them: what is said, what is thought, and how it ends, cut into any pieces. A failure prints its seed;
// QUICKHAND_SEED repeats it.

import { afterEach, describe, expect, it } from 'vitest';
import type { ProviderConfig } from '../../server/config/presets.ts';
import { createProvider } from '../../server/models/create-provider.ts';
import { sayFailure } from '../../server/session/ending.ts';
import { Random } from '../simulation/random.ts';
import { type Answer, ask, endOf, timers } from './ask.ts';
import { HandClock, until } from './hand-clock.ts';
import { type RawReply, startRawPeer } from './raw-peer.ts';

const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);
/** Ways to cut each answer. */
const runs = 4;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Config = Partial<ProviderConfig>;

/** The answers to one reply that comes in `runs` different ways. `silenceMs`: passes once all of it has come. */
async function answersTo(reply: RawReply, config: Config = {}, silenceMs?: number): Promise<Answer[]> {
  const peer = await startRawPeer(reply, new Random(seed));
  closing.push(peer.close);
  const answers: Answer[] = [];
  for (let run = 0; run < runs; run++) {
    const clock = new HandClock();
    const provider = createProvider(
      { name: 'mine', api: 'chat', baseUrl: peer.url, timers, ...config },
      { clock, env: {} },
    );
    let last = '';
    const asking = ask(provider, 'go', { onEvent: ({ type }) => (last = type) });
    if (silenceMs !== undefined) {
      await until(() => last === 'usage');
      clock.advance(silenceMs);
    }
    answers.push(await asking);
    provider.dispose();
  }
  return answers;
}

interface Expected {
  readonly end: string;
  readonly text?: string;
  /** UTF-16 units. */
  readonly thinking?: number;
  /** What a user is told, if it is not complete. */
  readonly said?: RegExp;
}

async function expectAnswer(reply: RawReply, expected: Expected, config: Config = {}): Promise<void> {
  for (const answer of await answersTo(reply, config)) check(answer, expected);
}

function check(answer: Answer, { end, text = '', thinking = 0, said }: Expected): void {
  const seeded = `QUICKHAND_SEED=${seed}`;
  const thought = answer.events.reduce((sum, event) => sum + (event.type === 'thinking' ? event.chars : 0), 0);
  expect([endOf(answer), answer.text, thought], seeded).toEqual([end, text, thinking]);
  if (said) expect(sayOf(answer), seeded).toMatch(said);
}

function sayOf({ end }: Answer): string {
  return end.kind === 'complete' ? '' : sayFailure(end);
}

/** As an event stream; a string is an event as it is. */
const stream = (...events: readonly unknown[]): RawReply => ({
  body: events.map((event) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`).join(''),
});
const choice = (members: object) => ({ object: 'chat.completion.chunk', choices: [{ index: 0, ...members }] });
const delta = (members: object, reason: unknown = null) => choice({ delta: members, finish_reason: reason });
const stop = delta({}, 'stop');
const usage = { choices: [], usage: { prompt_tokens: 3, completion_tokens: 4 } };
const done = '[DONE]';

const code = "const café = '✓ 🚀';\n";
const hello = delta({ content: code });

describe('what is said and what is thought', () => {
  const complete = { end: 'complete', text: code };
  it.each<[string, RawReply, Expected]>([
    ['deltas', stream(delta({ role: 'assistant', content: '' }), hello, stop, done), complete],
    [
      'parts',
      stream(
        delta({
          content: [
            { type: 'text', text: code.slice(0, 5) },
            { type: 'text', text: code.slice(5) },
          ],
        }),
        stop,
        done,
      ),
      complete,
    ],
    [
      'a part that is a string, and one alone',
      stream(
        delta({ content: [code.slice(0, 5)] }),
        delta({ content: { type: 'text', text: code.slice(5) } }),
        stop,
        done,
      ),
      complete,
    ],
    [
      'Mistral: thinking in a part with parts of its own',
      stream(
        delta({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Let me' }] }] }),
        delta({
          content: [
            { type: 'thinking', thinking: [{ type: 'text', text: ' see.' }], closed: true },
            { type: 'text', text: code },
          ],
        }),
        stop,
        done,
      ),
      { ...complete, thinking: 11 },
    ],
    [
      'DeepSeek: reasoning_content',
      stream(delta({ content: null, reasoning_content: 'Hm. ' }), hello, stop, done),
      { ...complete, thinking: 4 },
    ],
    [
      'OpenRouter: reasoning, told twice',
      stream(
        delta({ content: '', reasoning: 'Hm. ', reasoning_details: [{ type: 'reasoning.text', text: 'Hm. ' }] }),
        hello,
        stop,
        done,
      ),
      { ...complete, thinking: 4 },
    ],
    ['Ollama: thinking', stream(delta({ thinking: 'Hm.' }), hello, stop, done), { ...complete, thinking: 3 }],
    [
      'thinking and text in one delta',
      stream(delta({ reasoning: 'Hm.', content: code }), stop, done),
      { ...complete, thinking: 3 },
    ],
    [
      'an empty list of tool calls, and no refusal',
      stream(delta({ content: code, tool_calls: [], refusal: null }), stop, done),
      complete,
    ],
    [
      'the older completions',
      stream(choice({ text: code, finish_reason: null }), choice({ text: '', finish_reason: 'stop' }), done),
      complete,
    ],
    [
      'all of it once more at the end',
      stream(hello, choice({ message: { role: 'assistant', content: code }, finish_reason: 'stop' }), done),
      complete,
    ],
    [
      'only at the end',
      stream(choice({ message: { role: 'assistant', content: code }, finish_reason: 'stop' }), done),
      complete,
    ],
    [
      'one object that is not streamed',
      {
        contentType: 'application/json',
        body: JSON.stringify({
          object: 'chat.completion',
          choices: [{ message: { content: code, reasoning_content: 'Hm.' }, finish_reason: 'stop' }],
        }),
      },
      { ...complete, thinking: 3 },
    ],
    [
      'one object that is not streamed, cut at the limit',
      {
        contentType: 'application/json',
        body: JSON.stringify({ choices: [{ message: { content: code }, finish_reason: 'length' }] }),
      },
      { end: 'length', text: code },
    ],
  ])('%s', (_, reply, expected) => expectAnswer(reply, expected));
});

describe('how it ends', () => {
  it.each(['stop', 'STOP', 'eos', 'eos_token', 'end_turn', 'stop_sequence', 'COMPLETE', 'FINISH_REASON_STOP'])(
    '%s is a natural end',
    (reason) => expectAnswer(stream(hello, delta({}, reason), usage, done), { end: 'complete', text: code }),
  );

  it.each(['length', 'max_tokens', 'MAX_TOKENS', 'model_length'])('%s is a length', (reason) =>
    expectAnswer(stream(hello, delta({}, reason), done), {
      end: 'length',
      text: code,
      said: /token limit; select less/,
    }),
  );

  it.each(['content_filter', 'SAFETY', 'RECITATION'])('%s is a filter', (reason) =>
    expectAnswer(stream(hello, delta({}, reason), done), {
      end: 'filtered',
      text: code,
      said: /filtered the answer; rephrase/,
    }),
  );

  it.each(['', null, undefined])('a later %j takes nothing back', (reason) =>
    expectAnswer(stream(hello, stop, delta({ content: '' }, reason), usage, done), { end: 'complete', text: code }),
  );

  it('an unknown reason is no end of a whole answer', () =>
    expectAnswer(stream(hello, delta({}, 'abort'), done), {
      end: 'truncated',
      text: code,
      said: /early \(abort\); retry/,
    }));

  it.each([undefined, 'reset'] as const)('a reason and then a close without [DONE] is whole (%s)', (after) =>
    expectAnswer({ ...stream(hello, stop, usage), ...(after && { after }) }, { end: 'complete', text: code }),
  );

  it('the last event may lack its blank line, or its line break', async () => {
    for (const body of [stream(hello, stop).body, stream(hello, usage, done).body].flatMap((text) => [
      text.slice(0, -1),
      text.slice(0, -2),
    ]))
      await expectAnswer({ body }, { end: 'complete', text: code }, { trustDone: true });
    await expectAnswer({ body: stream(hello, stop).body.slice(0, -6) }, { end: 'truncated', text: code });
  });

  it('a limit and then a close is a length', () =>
    expectAnswer(stream(hello, delta({}, 'length')), { end: 'length', text: code }));

  it('a reason and then silence is whole', async () => {
    for (const answer of await answersTo({ ...stream(hello, stop, usage), after: 'silence' }, {}, timers.stallMs))
      check(answer, { end: 'complete', text: code });
  });

  it('a close without a reason is cut off', () =>
    expectAnswer(stream(hello), { end: 'truncated', text: code, said: /cut off.*; retry/ }));

  it('an error after the reason is an error', () =>
    expectAnswer(stream(hello, stop, { error: { message: 'lost' } }), { end: 'error server', text: code }));

  const unsaid = stream(hello, usage, done);

  it('[DONE] without a reason may be cut off, and what to set is said', () =>
    expectAnswer(unsaid, { end: 'truncated', text: code, said: /without a finish reason.*; if .* "trustDone": true/ }));

  it('[DONE] without a reason is whole where that is trusted', () =>
    expectAnswer(unsaid, { end: 'complete', text: code }, { trustDone: true }));

  it('what is trusted is [DONE], not a close, and no other reason', async () => {
    await expectAnswer(stream(hello, usage), { end: 'truncated', text: code }, { trustDone: true });
    await expectAnswer(stream(hello, delta({}, 'length'), done), { end: 'length', text: code }, { trustDone: true });
  });
});

describe('what is no answer', () => {
  it.each<[string, RawReply]>([
    ['in deltas', stream(delta({ refusal: 'I can’t ' }), delta({ refusal: 'do that.' }), stop, done)],
    [
      'in a message',
      stream(choice({ message: { content: null, refusal: 'I can’t do that.' }, finish_reason: 'stop' }), done),
    ],
    ['in a part', stream(delta({ content: [{ type: 'refusal', refusal: 'I can’t do that.' }] }), stop, done)],
  ])('a refusal %s', (_, reply) =>
    expectAnswer(reply, { end: 'filtered', said: /^I can’t do that\.; rephrase the instruction$/ }),
  );

  const call = [{ index: 0, id: 'c1', function: { name: 'read_file', arguments: '' } }];
  const more = [{ index: 0, function: { arguments: '{"path"' } }];
  const said = /^mine: the model called a tool, read_file, instead of answering; (?!.*retry)/;
  it.each<[string, RawReply]>([
    [
      'with its own reason',
      stream(delta({ tool_calls: call }), delta({ tool_calls: more }), delta({}, 'tool_calls'), done),
    ],
    ['with a natural end', stream(delta({ tool_calls: call }), stop, done)],
    [
      'of the older kind',
      stream(
        delta({ function_call: { name: 'read_file' } }),
        delta({ function_call: { arguments: '{' } }),
        delta({}, 'function_call'),
        done,
      ),
    ],
  ])('a tool call %s', (_, reply) => expectAnswer(reply, { end: 'toolCall', said }));

  it('a tool call without a name', () =>
    expectAnswer(stream(delta({}, 'tool_use'), done), { end: 'toolCall', said: /called a tool instead of answering/ }));
});

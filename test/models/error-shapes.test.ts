// What services and proxies say in place of an answer: their words reach the user, and "retry" is only advised where it can help.

import { afterEach, describe, expect, it } from 'vitest';
import { createProvider } from '../../server/models/create-provider.ts';
import { sayFailure } from '../../server/session/ending.ts';
import { Random } from '../simulation/random.ts';
import { ask, endOf, timers } from './ask.ts';
import { HandClock } from './hand-clock.ts';
import { type RawReply, startRawPeer } from './raw-peer.ts';

const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** The kind of end, and what a user is told. */
async function failureOf(reply: RawReply): Promise<[end: string, said: string]> {
  const peer = await startRawPeer(reply, new Random(seed));
  closing.push(peer.close);
  const config = { name: 'mine', api: 'chat', baseUrl: peer.url, timers } as const;
  const provider = createProvider(config, { clock: new HandClock(), env: {} });
  closing.push(() => provider.dispose());
  const answer = await ask(provider, 'go');
  if (answer.end.kind === 'complete') throw new Error('it is complete');
  return [endOf(answer), sayFailure(answer.end)];
}

const json = (status: number, value: unknown): RawReply => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
});
const page = (status: number, body: string, contentType = 'text/html; charset=utf-8'): RawReply => ({
  status,
  contentType,
  body,
});
const event = (value: unknown, name = ''): RawReply => ({ body: `${name}data: ${JSON.stringify(value)}\n\n` });

/** What no advice may be. */
const noRetry = /^(?!.*\bretry\b)/i;

describe('errors in JSON', () => {
  it.each<[string, RawReply, string, RegExp]>([
    ['an object', json(400, { error: { message: 'no such field' } }), 'error request', /^mine: 400 no such field;/],
    ['a list', json(400, [{ error: { code: 400, message: 'no such field' } }]), 'error request', /400 no such field;/],
    ['errors', json(400, { errors: [{ message: 'no such field' }] }), 'error request', /400 no such field;/],
    ['errors that are words', json(400, { errors: ['no such field'] }), 'error request', /400 no such field;/],
    [
      'an error that is a list',
      json(400, { error: [{ message: 'no such field' }] }),
      'error request',
      /no such field;/,
    ],
    [
      'a message',
      json(404, { message: 'no such model' }),
      'error request',
      /404 no such model; check the lane's model/,
    ],
    ['a message with a code', json(404, { object: 'error', message: 'gone', code: 404 }), 'error request', /404 gone;/],
    [
      'FastAPI',
      json(422, { detail: [{ loc: ['body', 'model'], msg: 'field required', type: 'missing' }] }),
      'error request',
      /422 body\.model: field required;/,
    ],
    ['a detail', json(404, { detail: 'Not Found' }), 'error request', /404 Not Found;/],
    ['a problem', json(400, { title: 'Bad', detail: 'no such field', status: 400 }), 'error request', /no such field;/],
    [
      'with status 200',
      json(200, { error: { message: 'no such model', code: 404 } }),
      'error request',
      /no such model;/,
    ],
    ['a list with status 200', json(200, [{ error: { message: 'model x not found' } }]), 'error request', /not found;/],
  ])('%s', async (_, reply, kind, words) => {
    const [end, said] = await failureOf(reply);
    expect(end).toBe(kind);
    expect(said).toMatch(words);
    expect(said).toMatch(noRetry);
  });

  it.each<[string, RawReply, RegExp]>([
    ['a list', event([{ error: { message: 'it broke' } }]), /it broke; retry$/],
    ['flat', event({ object: 'error', message: 'it broke', code: 500 }), /500 it broke; retry$/],
    ['a message alone', event({ message: 'it broke' }), /it broke; retry$/],
    ['a detail', event({ detail: 'it broke' }), /it broke; retry$/],
    ['of a named event', event({ type: 'internal', message: 'it broke' }, 'event: error\n'), /it broke; retry$/],
    ['words of a named event', { body: 'event: error\ndata: it broke\n\n' }, /it broke; retry$/],
  ])('in a stream, %s', async (_, reply, words) => {
    expect(await failureOf(reply)).toEqual(['error server', expect.stringMatching(words)]);
  });
});

describe('a web page', () => {
  const signIn = '<!DOCTYPE html>\n<html><head><title>Sign in\n to Corp</title></head><body>…</body></html>';
  const from = 'mine: a web page came back, as from a proxy or a sign-in page:';
  it.each<[string, RawReply, string, string]>([
    ['with status 200', page(200, signIn), 'error malformed', `${from} 200 OK (Sign in to Corp); check its baseUrl`],
    ['that does not say so', page(200, signIn, 'text/plain'), 'error malformed', `${from} 200 OK (Sign in to Corp);`],
    [
      'of a server that is down',
      page(502, '<html><title>502 Bad Gateway</title>'),
      'error server',
      `${from} 502 Bad Gateway; retry`,
    ],
    ['with words of its own', page(502, '<title>Squid</title>'), 'error server', `${from} 502 Bad Gateway (Squid);`],
    [
      'with a heading only',
      page(504, '<body><h1>Try later</h1>'),
      'error server',
      `${from} 504 Gateway Timeout (Try later)`,
    ],
    [
      'that forbids',
      page(403, '<title>Blocked</title>'),
      'error malformed',
      `${from} 403 Forbidden (Blocked); check its`,
    ],
    [
      'at a wrong address',
      page(404, '<h1>Not Found</h1>'),
      'error malformed',
      `${from} 404 Not Found; check its baseUrl`,
    ],
    ['without a word', page(404, ''), 'error malformed', `${from} 404 Not Found;`],
  ])('%s', async (_, reply, kind, words) => {
    const [end, said] = await failureOf(reply);
    expect([end, said]).toEqual([kind, expect.stringContaining(words)]);
  });
});

describe('where a retry can not help, none is advised', () => {
  it.each<[string, RawReply, RegExp]>([
    ['a refused key', json(401, { error: { message: 'bad key' } }), /check its key/],
    ['a forbidden model', json(403, { error: { message: 'not for you' } }), /not for you; check its key/],
    ['an unknown model', json(404, { error: { message: 'no such model' } }), /check the lane's model/],
    ['an unknown model, told in a stream', event({ error: "model 'x' not found" }), /check the lane's model/],
    ['no credit', json(402, { error: { message: 'Insufficient Balance' } }), /Insufficient Balance; check the account/],
    [
      'a spent quota',
      json(429, { error: { code: 'insufficient_quota', message: 'over quota' } }),
      /over quota; check the acc/,
    ],
    [
      'a spent quota, in a stream',
      event({ error: { code: 'insufficient_quota', message: 'm' } }),
      /m; check the account/,
    ],
    ['no room', json(400, { error: { code: 'context_length_exceeded', message: 'm' } }), /m; select less/],
  ])('%s', async (_, reply, words) => {
    const [, said] = await failureOf(reply);
    expect(said).toMatch(words);
    expect(said).toMatch(noRetry);
  });
});

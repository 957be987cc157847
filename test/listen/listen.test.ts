// Who may talk to a port of ours, and what a request can do to the process: nothing.

import http from 'node:http';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type ListenOptions, listen, readBody } from '../../server/listen/listen.ts';
import { startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import { Random } from '../simulation/random.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: Partial<ListenOptions> = {}): Promise<URL> {
  const onRequest: ListenOptions['onRequest'] = (_, response, path) => void response.end(path);
  const { origin, close } = await listen({ port: 0, onRequest, ...options });
  closing.push(close);
  return new URL(origin);
}

async function rehearsal(hidden = false): Promise<URL> {
  const { url, close } = await startRehearsal({ hidden, rate: 1e6 });
  closing.push(close);
  return new URL(url);
}

/** The status of one request, with just these headers. `path` as it is. */
function get({ port }: URL, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
  });
}

/** What is said to a request that is no HTTP of a usual client. */
function raw({ port }: URL, text: string): Promise<string> {
  return new Promise((resolve) => {
    let said = '';
    const socket = net.connect(Number(port), '127.0.0.1', () => socket.end(text));
    socket.setEncoding('utf8').on('data', (piece) => {
      said += piece;
    });
    socket.on('error', () => {}).on('close', () => resolve(said));
  });
}

/** The status of a handshake; 101 if it opens. */
function shake(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const ws = new WebSocket(url.replace('http', 'ws'), { headers });
    ws.on('error', () => {});
    ws.on('open', () => resolve(101));
    ws.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    closing.push(() => ws.terminate());
  });
}

describe('a request from elsewhere is refused', () => {
  it.each([
    ['a page', { origin: 'https://evil.example' }],
    ['a page that has no origin', { origin: 'null' }],
    ['an origin that begins like ours', { origin: 'http://127.0.0.1.evil.example' }],
    ['an origin with a name in it', { origin: 'http://localhost@evil.example' }],
    ['an extension', { origin: 'moz-extension://abcdef' }],
    ['DNS rebinding', { host: 'evil.example' }],
    ['a host that begins like ours', { host: 'localhost.evil.example:80' }],
    ['a host that is none', { host: 'a b' }],
  ])('%s', async (_, headers) => {
    expect(await get(await open(), '/', headers)).toBe(403);
    const { port, origin } = await rehearsal();
    expect(await get(new URL(origin), '/v1/models', headers)).toBe(403);
    expect(await shake(`${origin}/v1/responses`, { host: `127.0.0.1:${port}`, ...headers })).toBe(403);
  });

  it.each<Record<string, string>>([
    {},
    { origin: 'http://localhost:3000' },
    { origin: 'http://[::1]:3000' },
    { host: 'localhost' },
  ])('one from here is not: %j', async (headers) => {
    expect(await get(await open(), '/', headers)).toBe(200);
    const { origin } = await rehearsal();
    expect(await get(new URL(origin), '/v1/models', headers)).toBe(200);
    expect(await shake(`${origin}/v1/responses`, headers)).toBe(101);
  });
});

describe('whatever a request is', () => {
  const paths = [
    '//',
    '///',
    '/%',
    '/%zz',
    '/..//..',
    '/v1//models',
    '//evil.example/v1/models',
    '/?',
    '/#',
    '*',
    `/${'x'.repeat(10_000)}`,
  ];

  it.each(paths)('GET %s', async (path) => {
    const url = await rehearsal();
    expect(await get(url, path)).toBeGreaterThanOrEqual(400);
    expect(await get(url, '/v1/models')).toBe(200);
  });

  it.each([
    'GET // HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET // HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'GET /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 99\r\n\r\n',
    'GET /v1/responses HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    'CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET / HTTP/1.0\r\n\r\n',
    'POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{"mod',
    'POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    '\u0000\u0001\u0002\r\n\r\n',
    '',
  ])('%j', async (text) => {
    const url = await rehearsal();
    expect(await raw(url, text)).not.toMatch(/ (200|101) /);
    expect(await get(url, '/v1/models')).toBe(200);
  });

  it('a handler that throws or rejects, before its answer or within it', async () => {
    const url = await open({
      onRequest(_, response, path) {
        if (path === '/within') response.write('half');
        if (path === '/later') return Promise.reject(new Error('later'));
        throw new Error('now');
      },
      onUpgrade() {
        throw new Error('upgrade');
      },
    });
    expect(await get(url, '/')).toBe(500);
    expect(await get(url, '/later')).toBe(500);
    await expect(get(url, '/within')).rejects.toThrow();
    expect(
      await raw(url, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    ).toBe('');
    expect(await get(url, '/')).toBe(500);
  });

  it('a body is read up to a bound', async () => {
    const url = await open({
      async onRequest(request, response) {
        const body = await readBody(request, 1000);
        response.writeHead(body === undefined ? 413 : 200).end();
      },
    });
    const post = (length: number) =>
      fetch(url, { method: 'POST', body: 'x'.repeat(length) }).then(({ status }) => status);
    expect(await post(1000)).toBe(200);
    expect(await post(1001)).toBe(413);
  });
});

describe('the rehearsal inside the language server', () => {
  it('is found under its own address alone', async () => {
    const url = await rehearsal(true);
    expect(url.pathname).toMatch(/^\/[0-9a-f]{32}\/v1$/);
    expect(await get(url, `${url.pathname}/models`)).toBe(200);
    for (const path of ['/v1/models', '/models', '/', `${url.pathname}x/models`, `/${'0'.repeat(32)}/v1/models`])
      expect(await get(url, path)).toBe(404);
    expect(await shake(`${url.origin}/v1/responses`)).toBe(404);
    expect(await shake(`${url.href}/responses`)).toBe(101);
  });
});

describe('whatever a frame or a body is', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const odd = [
    deep,
    '{"toString":1}',
    '{"__proto__":{"stream":true}}',
    'null',
    '-1',
    '1e400',
    '"\\ud800"',
    '[null]',
    `"${'x'.repeat(100_000)}"`,
  ];
  const frames = [
    '{"type":@}',
    '{"type":"response.create","model":@,"input":@}',
    '{"type":"response.create","model":"m","input":[@],"instructions":@,"max_output_tokens":@,"store":@,"previous_response_id":@}',
    '{"type":"response.create","model":"m","input":"x","stream_id":@,"generate":@}',
    '{"type":"response.create","model":"m","input":[{"role":"user","content":[{"text":@},@]}],"stream":@}',
    '{"type":"response.steer","previous_response_id":@,"input":@}',
    '@',
    '{"model":"m","messages":[{"role":"user","content":@}],"stream":true,"stream_options":@,"max_tokens":@}',
  ];
  const all = frames.flatMap((frame) => odd.map((value) => frame.replaceAll('@', () => value)));

  it('over a WebSocket', async () => {
    const url = await rehearsal();
    const ws = new WebSocket(`${url.href.replace('http', 'ws')}/responses`);
    closing.push(() => ws.terminate());
    await new Promise((resolve) => ws.once('open', resolve));
    for (const frame of all) ws.send(frame);
    ws.send('{"type":"response.create","model":"last","input":"x","stream_id":"last"}');
    const ended = new Promise<void>((resolve) => {
      ws.on('message', (data) => {
        const text = data.toString();
        if (text.includes('"stream_id":"last"') && /response.completed|limit_reached/.test(text)) resolve();
      });
    });
    await ended;
  });

  it.each(['/responses', '/chat/completions'])('posted to %s', async (path) => {
    const url = await rehearsal();
    for (const body of all) await fetch(url.href + path, { method: 'POST', body }).then((response) => response.text());
    expect(await get(url, '/v1/models')).toBe(200);
  });

  it('of random bytes', async () => {
    const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);
    const random = new Random(seed);
    const url = await rehearsal();
    for (let run = 0; run < 100; run++) {
      const text = Array.from({ length: random.int(60) }, () =>
        random.pick(['G', '/', ':', '\r\n', ' ', '\u0000', '%', 'GET ', 'HTTP/1.1', 'Host: localhost']),
      ).join('');
      await raw(url, text);
    }
    expect(await get(url, '/v1/models'), `QUICKHAND_SEED=${seed}`).toBe(200);
  });
});

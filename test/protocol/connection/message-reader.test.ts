// Frames as editors may write them, and as no editor should: what is legal is read without a word, and after anything else the next message is.

import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Message } from 'vscode-languageserver-protocol/node';
import { LenientMessageReader } from '../../../server/protocol/connection/message-reader.ts';

const last = { jsonrpc: '2.0', method: 'last' } as Message;
const hello = { jsonrpc: '2.0', method: 'hello', params: { text: 'a é 🙂' } };
const body = JSON.stringify(hello);
const length = Buffer.byteLength(body);
const json = 'application/vscode-jsonrpc';

/** What is read of these bytes, in chunks of `size`; and what is wrong with them. */
async function read(bytes: string | Buffer, size = Number.POSITIVE_INFINITY) {
  const input = new PassThrough();
  const reader = new LenientMessageReader(input, last);
  const messages: unknown[] = [];
  const problems: string[] = [];
  reader.onError((error) => problems.push(error.message));
  const ended = new Promise<void>((resolve) => {
    reader.listen((message) => {
      if (message === last) resolve();
      else messages.push(message);
    });
  });
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += size) input.write(all.subarray(at, at + size));
  input.end();
  await ended;
  return { messages, problems };
}

const headers: [string, string][] = [
  ['the length alone', `Content-Length: ${length}`],
  ['the type after the length', `Content-Length: ${length}\r\nContent-Type: ${json}; charset=utf-8`],
  ['the type before the length', `Content-Type: ${json}; charset=utf-8\r\nContent-Length: ${length}`],
  ['the charset as utf8', `Content-Type: ${json}; charset=utf8\r\nContent-Length: ${length}`],
  ['the charset in capitals and quotes', `Content-Type: ${json}; charset="UTF-8"\r\nContent-Length: ${length}`],
  ['small letters', `content-type: ${json}\r\ncontent-length: ${length}`],
  ['capitals', `CONTENT-LENGTH: ${length}`],
  ['no space', `Content-Length:${length}`],
  ['spaces and tabs around the value', `Content-Length: \t ${length} \t`],
  ['a field that nobody knows', `X-Trace: 1\r\nContent-Length: ${length}\r\nX-Other: a: b`],
  ['a length with zeros before it', `Content-Length: 000${length}`],
];

describe('a legal header', () => {
  test.each(headers)('%s', async (_name, header) => {
    const frame = `${header}\r\n\r\n${body}`;
    for (const size of [1, 7, Number.POSITIVE_INFINITY]) {
      expect(await read(frame + frame, size)).toEqual({ messages: [hello, hello], problems: [] });
    }
  });

  test('a field that is not ASCII', async () => {
    const frame = Buffer.from(`X-Name: é\r\nContent-Length: ${length}\r\n\r\n${body}`);
    expect(await read(frame, 1)).toEqual({ messages: [hello], problems: [] });
  });
});

const good = `Content-Length: ${length}\r\n\r\n${body}`;
const malformed: [string, string][] = [
  ['no length', 'X-Nothing: 1\r\n\r\n'],
  ['a length that is no number', 'Content-Length: abc\r\n\r\n'],
  ['a negative length', 'Content-Length: -5\r\n\r\n'],
  ['an empty length', 'Content-Length: \r\n\r\n'],
  ['a length with something behind it', 'Content-Length: 5 bytes\r\n\r\n'],
  ['a length that is too large', 'Content-Length: 99999999999\r\n\r\n'],
  ['a line without a colon', 'hello, is this a shell?\r\n\r\n'],
  ['no header, right before a message', 'hello\n'],
  ['no header and no line end', 'hello'],
  ['an empty header', '\r\n\r\n'],
  ['line ends without a carriage return', `Content-Length: ${length}\n\n`],
  ['a body that is no JSON', 'Content-Length: 5\r\n\r\n{abc}'],
  ['a body that is a list', 'Content-Length: 2\r\n\r\n[]'],
  ['a charset that is not UTF-8', `Content-Type: ${json}; charset=utf-16le\r\nContent-Length: 2\r\n\r\n{}`],
  ['a header without an end', `X-Long: ${'a'.repeat(10_000)}`],
];

describe('a malformed message', () => {
  test.each(malformed)('%s: said once, and what follows is read', async (_name, bytes) => {
    for (const size of [1, 7, Number.POSITIVE_INFINITY]) {
      const { messages, problems } = await read(bytes + good + good, size);
      expect(messages).toEqual([hello, hello]);
      expect(problems).toHaveLength(1);
    }
  });

  test('a charset that is not UTF-8: its body is not taken for garbage', async () => {
    const other = `Content-Type: ${json}; charset=utf-16le\r\nContent-Length: ${length}\r\n\r\n${body}`;
    const { messages, problems } = await read(other + good);
    expect(messages).toEqual([hello]);
    expect(problems).toEqual(['the charset utf-16le is not supported: a message must be UTF-8']);
  });

  test('a body of megabytes whose header is malformed: said once', async () => {
    const { messages, problems } = await read(`Content-Size: 3000000\r\n\r\n${'x'.repeat(3_000_000)}${good}`);
    expect(messages).toEqual([hello]);
    expect(problems).toHaveLength(1);
  });

  test('a body that is shorter than its header says takes what follows with it, and no more', async () => {
    const { messages } = await read(
      `Content-Length: ${length + Buffer.byteLength(good) + 10}\r\n\r\n${body}${good.repeat(4)}`,
    );
    expect(messages).toEqual([hello, hello]);
  });
});

// A model for measuring: Responses over WebSocket, an answer made from the scope, and the moments at which things were read and sent.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface BenchModel {
  readonly url: string;
  /** On the clock of `performance.now`: when the last request was read, and when its last chunk was sent. */
  askedMs: number;
  lastChunkMs: number;
  /** Chunks sent so far. */
  chunks: number;
  /** Resolves with the moment at which the next connection is gone. */
  closed(): Promise<number>;
  close(): Promise<void>;
}

export interface BenchModelOptions {
  /** The new scope from the old one. */
  readonly answer: (scope: string) => string;
  /** Chunks of 4 characters per second; absent: the whole answer in one chunk at once. */
  readonly rate?: () => number | undefined;
}

export async function startBenchModel({ answer, rate }: BenchModelOptions): Promise<BenchModel> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const waiting: ((atMs: number) => void)[] = [];
  const model: BenchModel = {
    url: `http://127.0.0.1:${port}/v1`,
    askedMs: 0,
    lastChunkMs: 0,
    chunks: 0,
    closed: () => new Promise((resolve) => waiting.push(resolve)),
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('close', () => waiting.shift()?.(performance.now()));
    socket.on('message', (data) => {
      model.askedMs = performance.now();
      void stream(socket, model, answer(scopeOf(String(data))), rate?.());
    });
  });
  return model;
}

async function stream(socket: WebSocket, model: BenchModel, text: string, rate: number | undefined): Promise<void> {
  const send = (event: object) => socket.send(JSON.stringify(event));
  const response = { id: `resp_${model.chunks}`, object: 'response', status: 'in_progress', output: [] };
  send({ type: 'response.created', response });
  const chunks = rate === undefined ? [text] : (text.match(/[\s\S]{1,4}/g) ?? []);
  const startedMs = performance.now();
  for (const [index, delta] of chunks.entries()) {
    const dueMs = rate === undefined ? 0 : startedMs + (index * 1000) / rate;
    if (dueMs > performance.now()) await new Promise((resolve) => setTimeout(resolve, dueMs - performance.now()));
    if (socket.readyState !== socket.OPEN) return;
    send({ type: 'response.output_text.delta', delta, item_id: 'i', output_index: 0, content_index: 0 });
    model.chunks++;
  }
  model.lastChunkMs = performance.now();
  const usage = { input_tokens: 1, output_tokens: chunks.length, total_tokens: chunks.length + 1 };
  send({ type: 'response.completed', response: { ...response, status: 'completed', usage } });
}

/** The text between the last pair of scope tags of the request's last message. */
function scopeOf(data: string): string {
  const { input } = JSON.parse(data) as { input?: { content: { text: string }[] }[] };
  const message = input?.at(-1)?.content.at(-1)?.text ?? '';
  return /<scope(-\d+)? [^>]*>\n([\s\S]*)\n<\/scope\1>\n<instruction>/.exec(message)?.[2] ?? '';
}

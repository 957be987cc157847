// A peer that answers each request with the messages that a test gives it, as they are: over WebSocket, as server-sent events, or as the body of an HTTP answer.

import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';

/** What is sent for one request: texts of JSON (or of anything else), or an HTTP answer. */
export type Reply =
  | readonly string[]
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body: string };

export interface Hostile {
  readonly url: string;
  close(): Promise<void>;
}

/** Replies are taken in turn; the last one serves for all that follow. A WebSocket gets a refusal's body as its only frame. */
export async function startHostile(replies: readonly Reply[]): Promise<Hostile> {
  let next = 0;
  const reply = () => replies[Math.min(next++, replies.length - 1)] ?? [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const said = reply();
      if ('status' in said) {
        response.writeHead(said.status, { 'content-type': 'application/json', ...said.headers }).end(said.body);
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const text of said) response.write(`data: ${text}\n\n`);
      response.end();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  const webSockets = new WebSocketServer({ server });
  webSockets.on('connection', (ws) => {
    ws.on('error', () => {});
    ws.on('message', () => {
      const said = reply();
      for (const text of 'status' in said ? [said.body] : said) ws.send(text);
      ws.close(1000);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const ws of webSockets.clients) ws.terminate();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

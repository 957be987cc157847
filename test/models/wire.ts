// A peer that only notes what it is sent and answers one small text, to look at requests as they are on the wire.

import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

export interface Sent {
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

export interface Wire {
  readonly url: string;
  readonly sent: readonly Sent[];
  /** Headers of each WebSocket handshake. */
  readonly handshakes: readonly IncomingHttpHeaders[];
  /** Connections that are open now. */
  connections(): number;
  close(): Promise<void>;
}

const response = (id: string, status: string) => ({
  id,
  object: 'response',
  status,
  output: [],
  incomplete_details: null,
});

export async function startWire(): Promise<Wire> {
  const sent: Sent[] = [];
  const handshakes: IncomingHttpHeaders[] = [];
  const sockets = new Set<{ destroy(): void }>();
  let number = 0;
  const server = createServer((request, reply) => {
    let text = '';
    request.setEncoding('utf8').on('data', (piece) => {
      text += piece;
    });
    request.on('end', () => {
      sent.push({ headers: request.headers, path: request.url ?? '', body: JSON.parse(text) });
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      if (request.url?.endsWith('/responses')) {
        const id = `resp_${++number}`;
        for (const event of events(id)) reply.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
        reply.end();
      } else {
        reply.write('data: {"choices":[{"index":0,"delta":{"content":"ok"}}]}\n\n');
        reply.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
      }
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const webSockets = new WebSocketServer({ server });
  webSockets.on('connection', (ws, request) => {
    handshakes.push(request.headers);
    ws.on('message', (data) => {
      const body = JSON.parse(data.toString());
      sent.push({ headers: request.headers, path: request.url ?? '', body });
      const id = `resp_${++number}`;
      const all = events(id);
      for (const event of body.generate === false ? [all[0], all.at(-1)] : all) ws.send(JSON.stringify(event));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    sent,
    handshakes,
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        webSockets.close();
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function events(id: string) {
  return [
    { type: 'response.created', response: response(id, 'in_progress') },
    { type: 'response.output_text.delta', delta: 'ok' },
    { type: 'response.completed', response: response(id, 'completed') },
  ];
}

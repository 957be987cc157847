// The rehearsal model's server: loopback only, Responses over WebSocket and SSE and chat over SSE.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { serveHttp } from './http-face.ts';
import { type Answerer, followScript, type HandshakeStep, type ScriptStep } from './script.ts';
import type { Stage } from './stage.ts';
import { WebSocketFace } from './websocket-face.ts';

const DEFAULT_RATE = 1000;
/** As services do; Node's own 5 s would close a connection between one edit and the next. */
const KEEP_ALIVE_MS = 75_000;

export interface RehearsalOptions {
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** Tokens per second, 1,000 by default; `Infinity` sends an answer at once. */
  readonly rate?: number;
  /** One step for each request, in the order that they arrive; after them, and with none, instructions are obeyed. */
  readonly script?: readonly ScriptStep[];
  /** One for each WebSocket handshake; after them, and with none, handshakes succeed. */
  readonly handshakes?: readonly HandshakeStep[];
  /** Asked when the script is over. */
  readonly answer?: Answerer;
}

export interface Rehearsal {
  /** `http://127.0.0.1:PORT/v1`, to be used as a provider's `baseUrl`. */
  readonly url: string;
  /** Closes every connection and the port. */
  close(): Promise<void>;
}

/** Starts a rehearsal model on 127.0.0.1. Rejects if the port is taken. */
export async function startRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  let number = 0;
  const stage: Stage = {
    answerer: followScript(options.script ?? [], options.answer ?? (() => undefined)),
    rate: options.rate ?? DEFAULT_RATE,
    nextNumber: () => ++number,
  };
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => serveHttp(stage, request, response));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', upgrader(stage, options.handshakes ?? []));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function upgrader(stage: Stage, handshakes: readonly HandshakeStep[]) {
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  let next = 0;
  return (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const step = handshakes[next++] ?? {};
    if (step.hang) return;
    const path = (request.url ?? '').split('?')[0] ?? '';
    const status = step.status ?? (path === '/v1/responses' ? undefined : 404);
    if (status !== undefined) return refuse(socket, status, step.headers ?? {});
    const open = () =>
      webSockets.handleUpgrade(request, socket, head, (ws) => {
        new WebSocketFace(stage, ws, socket).misbehave(step.idleFault);
      });
    if (step.delayMs === undefined) open();
    else setTimeout(open, step.delayMs);
  };
}

function refuse(socket: Socket, status: number, headers: Readonly<Record<string, string>>): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}connection: close\r\ncontent-length: 0\r\n\r\n`);
}

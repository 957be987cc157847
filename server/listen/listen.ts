// Every HTTP listener that Quickhand opens: on this machine only, for programs and pages of this machine only, and no request can bring the process down.

import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** As services do; Node's own 5 s would close a connection between one edit and the next. */
const keepAliveMs = 75_000;
/** For the head of a request, and for all of it: on loopback both take a few ms. */
const headMs = 10_000;
const requestMs = 30_000;
/** How often those two are checked. */
const checkMs = 5_000;
/** Sockets at once: a provider has 16 at most, a browser's callback one. */
const maxSockets = 256;

export interface ListenOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** Answers a request. `path` begins with `/` and is not decoded: compare it as a whole. What it throws or rejects with is a 500. */
  readonly onRequest: (request: IncomingMessage, response: ServerResponse, path: string) => void | Promise<void>;
  /** Answers an upgrade; what it throws closes the socket. Absent: there are none. */
  readonly onUpgrade?: (request: IncomingMessage, upgrade: Upgrade, path: string) => void;
}

export interface Upgrade {
  readonly socket: Socket;
  readonly head: Buffer;
}

export interface Listening {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** Closes every connection and the port. */
  close(): Promise<void>;
}

/** Opens a listener on 127.0.0.1. Rejects if the port is taken. Pages of other origins, and names that only DNS leads here, get a 403. */
export async function listen({ port, onRequest, onUpgrade }: ListenOptions): Promise<Listening> {
  const server = createServer({ connectionsCheckingInterval: checkMs }, (request, response) => {
    const broken = () => (response.headersSent ? response.destroy() : refuse(response, 500));
    response.on('error', () => {});
    if (!isFromHere(request.headers)) return refuse(response, 403);
    contain(() => onRequest(request, response, pathOf(request)), broken);
  });
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = headMs;
  server.requestTimeout = requestMs;
  server.maxConnections = maxSockets;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket: Socket, head) => {
    if (!isFromHere(request.headers)) return refuseUpgrade(socket, 403);
    if (!onUpgrade) return refuseUpgrade(socket, 404);
    contain(
      () => onUpgrade(request, { socket, head }, pathOf(request)),
      () => socket.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  server.on('error', () => {}); // of a single connection: out of file descriptors
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Calls `broken`, which must not throw, if `action` throws or rejects: nothing that a handler throws may reach the process. */
export function contain(action: () => void | Promise<void>, broken: () => void): void {
  try {
    action()?.catch(broken);
  } catch {
    broken();
  }
}

/** The whole body as text; `undefined` if it is longer than `maxBytes`: the rest is not read then. Rejects if the connection breaks. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Ends a handshake with a status. */
export function refuseUpgrade(socket: Socket, status: number, headers: Readonly<Record<string, string>> = {}): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}connection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** What stands before a `?` or `#`, as it came: `//` and broken escapes too, which a URL's parser throws at. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split(/[?#]/, 1)[0]!;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close', 'content-length': 0 }).end();
}

/**
 * Whether a request comes from this machine: from its own programs, or from pages that are served here. Any page on the web can send one to a port of
 * ours. A browser names the page in `Origin`; `Host` is another name where somebody's DNS was made to lead here (rebinding).
 */
function isFromHere({ host, origin }: Pick<IncomingHttpHeaders, 'host' | 'origin'>): boolean {
  if (host === undefined || !isLoopback(`http://${host}`)) return false;
  return origin === undefined || isLoopback(origin);
}

/** The origins `null`, of a file and of an extension are not of this machine. */
function isLoopback(address: string): boolean {
  if (!/^https?:\/\/[^/?#@]+$/.test(address) || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '127.0.0.1';
}

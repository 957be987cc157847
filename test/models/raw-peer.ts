// A peer that answers each request with the bytes that a test gives it, cut anywhere: within a line, within a character.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Random } from '../simulation/random.ts';
import { turn } from './hand-clock.ts';

export interface RawReply {
  readonly status?: number;
  /** Of the answer; absent: an event stream. */
  readonly contentType?: string;
  readonly body: string;
  /** What follows the body; absent: its end. */
  readonly after?: 'reset' | 'silence';
}

export interface RawPeer {
  readonly url: string;
  close(): Promise<void>;
}

/** The most that is written at once; mostly it is less. */
const maxPieceBytes = 60;

/** Every request gets `reply`, each time in other pieces. */
export async function startRawPeer(reply: RawReply, random: Random): Promise<RawPeer> {
  const { status = 200, contentType = 'text/event-stream', body, after } = reply;
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    request.resume().on('end', async () => {
      response.writeHead(status, { 'content-type': contentType });
      await writePieces(response, Buffer.from(body), random);
      if (after === 'reset') response.socket?.resetAndDestroy();
      else if (after !== 'silence') response.end();
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function writePieces(response: ServerResponse, bytes: Buffer, random: Random): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.int(random.chance(0.2) ? bytes.length : maxPieceBytes);
    await new Promise<void>((resolve) => response.write(bytes.subarray(at, at + length), () => resolve()));
    at += length;
    await turn();
  }
}

// A link of a given length between a client and a server: a proxy that holds every byte back for half a round trip each way.

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Link {
  readonly port: number;
  /** When clients closed their connections, by `performance.now`. */
  readonly closings: readonly number[];
  close(): Promise<void>;
}

/** A link to `port` on this machine. A connection costs its client a round trip before the first byte, as TCP does. */
export async function startLink(port: number, roundTripMs: number): Promise<Link> {
  const closings: number[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer({ allowHalfOpen: false }, (near) => {
    const far = connect(port, '127.0.0.1');
    keep(near);
    keep(far);
    // The client's own handshake with this proxy took no time, so its first bytes wait for it here.
    const opensAt = performance.now() + roundTripMs;
    relay(near, far, { delayMs: roundTripMs / 2, notBefore: opensAt + roundTripMs / 2 });
    relay(far, near, { delayMs: roundTripMs / 2, notBefore: 0 });
    near.on('close', () => {
      closings.push(performance.now());
      far.destroy();
    });
    far.on('close', () => near.destroySoon());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    closings,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function relay(from: Socket, to: Socket, { delayMs, notBefore }: { delayMs: number; notBefore: number }): void {
  from.on('data', (bytes) => {
    const wait = Math.max(delayMs, notBefore - performance.now());
    if (wait > 0) setTimeout(() => to.write(bytes), wait);
    else to.write(bytes);
  });
}

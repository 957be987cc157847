// A link of a given length between a client and a server: a proxy that holds every byte back for half a round trip each way.

import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import tls from 'node:tls';

export interface Link {
  readonly port: number;
  /** When clients closed their connections, by `performance.now`. */
  readonly closings: readonly number[];
  close(): Promise<void>;
}

/** A link to `port` on this machine. A connection costs its client a round trip before the first byte, as TCP does. */
export async function startLink(port: number, roundTripMs: number): Promise<Link> {
  const closings: number[] = [];
  const { listen, keep } = closable();
  const server = createServer((near) => {
    const far = keep(connect(port, '127.0.0.1'));
    keep(near);
    // The client's own handshake with this proxy took no time, so its first bytes wait for it here.
    relay(near, far, { delayMs: roundTripMs / 2, notBefore: performance.now() + 1.5 * roundTripMs });
    relay(far, near, { delayMs: roundTripMs / 2, notBefore: 0 });
    near.on('close', () => {
      closings.push(performance.now());
      far.destroy();
    });
    far.on('close', () => near.destroySoon());
  });
  return { ...(await listen(server)), closings };
}

export interface TlsLink extends Omit<Link, 'closings'> {
  /** Those that were completed. */
  handshakes(): number;
}

const pem = (name: string) => readFileSync(new URL(`fixtures/localhost.${name}.pem`, import.meta.url));

/** TLS in front of `port`, as https and wss endpoints have it. */
export async function startTls(port: number): Promise<TlsLink> {
  const { listen, keep } = closable();
  let handshakes = 0;
  const server = tls.createServer({ key: pem('key'), cert: pem('cert') }, (near) => {
    handshakes++;
    const far = keep(connect(port, '127.0.0.1'));
    keep(near).pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  return { ...(await listen(server)), handshakes: () => handshakes };
}

/** Remembers sockets so that a server can be closed while some are open. */
function closable() {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    return socket.on('close', () => sockets.delete(socket));
  };
  const listen = async (server: Server) => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    return { port: (server.address() as AddressInfo).port, close };
  };
  return { keep, listen };
}

/** Passes bytes on in their order, each when it is due. */
function relay(from: Socket, to: Socket, { delayMs, notBefore }: { delayMs: number; notBefore: number }): void {
  const queue: { readonly bytes: Buffer; readonly dueAt: number }[] = [];
  const drain = () => {
    while (queue[0] && queue[0].dueAt <= performance.now()) to.write(queue.shift()!.bytes);
    if (queue[0]) setTimeout(drain, Math.max(1, queue[0].dueAt - performance.now()));
  };
  from.on('data', (bytes) => {
    queue.push({ bytes, dueAt: Math.max(performance.now() + delayMs, notBefore) });
    if (queue.length === 1) drain();
  });
}

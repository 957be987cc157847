// Resets a connection as a crashed peer would.

import type { Socket } from 'node:net';

/** Sends a RST after what was written. `resetAndDestroy` alone sends a FIN first, which is an orderly end. */
export function reset(socket: Socket | null): void {
  setImmediate(() => {
    if (socket && !socket.destroyed) Object.assign(socket, { resetAndClosing: true }).destroy();
  });
}

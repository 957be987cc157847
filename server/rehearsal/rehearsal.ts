// The rehearsal model's server: loopback only, Responses over WebSocket and SSE and chat over SSE.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import { type Clock, systemClock } from '../clock.ts';
import { type ListenOptions, listen, refuseUpgrade, type Upgrade } from '../listen/listen.ts';
import type { RehearsalContext } from './context.ts';
import { serveHttp } from './http-server.ts';
import { type Answerer, followScript, type HandshakeStep, type ScriptStep } from './script.ts';
import { RehearsalSocket } from './websocket-server.ts';

const defaultRate = 1000;
/** Of a frame from a client. A request holds a scope and its context: some 100 KB. */
const maxFrameBytes = 4 << 20;

export interface RehearsalOptions {
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** Whether its address has a part that cannot be guessed: for the one inside the language server, which only that server may use. */
  readonly hidden?: boolean;
  /** Tokens per second, 1,000 by default; `Infinity` sends an answer at once. */
  readonly rate?: number;
  /** What answers are paced by; default: the system's. */
  readonly clock?: Clock;
  /** One step for each request, in the order that they arrive; after them, and with none, instructions are interpreted. */
  readonly script?: readonly ScriptStep[];
  /** One for each WebSocket handshake; after them, and with none, handshakes succeed. */
  readonly handshakes?: readonly HandshakeStep[];
  /** Asked for a step when the script is over. */
  readonly answer?: Answerer;
}

export interface Rehearsal {
  /** `http://127.0.0.1:PORT/v1`, or `…/SECRET/v1` if it is hidden; to be used as a provider's `baseUrl`. */
  readonly url: string;
  /** Closes every connection and the port. */
  close(): Promise<void>;
}

/** Starts a rehearsal model on 127.0.0.1. Rejects if the port is taken. */
export async function startRehearsal(options: RehearsalOptions = {}): Promise<Rehearsal> {
  let number = 0;
  const context: RehearsalContext = {
    answerer: followScript(options.script ?? [], options.answer ?? (() => undefined)),
    rate: options.rate ?? defaultRate,
    clock: options.clock ?? systemClock,
    nextNumber: () => ++number,
  };
  const base = options.hidden ? `/${randomBytes(16).toString('hex')}/v1` : '/v1';
  const { origin, close } = await listen({
    port: options.port ?? 0,
    onRequest: (request, response, path) => serveHttp(context, { request, response, path: below(base, path) }),
    onUpgrade: upgrader(context, options.handshakes ?? [], base),
  });
  return { url: `${origin}${base}`, close };
}

/** The part of a path below `base`; empty where it is outside of it. */
function below(base: string, path: string): string {
  return path.startsWith(`${base}/`) ? path.slice(base.length).replace(/\/+$/, '') : '';
}

function upgrader(
  context: RehearsalContext,
  handshakes: readonly HandshakeStep[],
  base: string,
): ListenOptions['onUpgrade'] {
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: maxFrameBytes });
  let next = 0;
  return (request: IncomingMessage, { socket, head }: Upgrade, path: string) => {
    const step = handshakes[next++] ?? {};
    if (step.hang) return;
    const status = step.status ?? (below(base, path) === '/responses' ? undefined : 404);
    if (status !== undefined) return refuseUpgrade(socket, status, step.headers);
    const open = () =>
      webSockets.handleUpgrade(request, socket, head, (ws) => {
        new RehearsalSocket(context, ws, socket).misbehave(step.idleFault);
      });
    if (step.delayMs === undefined) open();
    else setTimeout(open, step.delayMs);
  };
}

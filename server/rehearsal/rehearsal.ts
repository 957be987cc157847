// The rehearsal model's server: loopback only, Responses over WebSocket and SSE and chat over SSE.

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { WebSocketServer } from 'ws';
import { type ListenOptions, listen, refuseUpgrade, type Upgrade } from '../listen/listen.ts';
import { serveHttp } from './http-face.ts';
import { type Answerer, followScript, type HandshakeStep, type ScriptStep } from './script.ts';
import type { Stage } from './stage.ts';
import { WebSocketFace } from './websocket-face.ts';

const DEFAULT_RATE = 1000;
/** Of a frame from a client. A request holds a scope and what helps: some 100 KB. */
const MAX_FRAME_BYTES = 4 << 20;

export interface RehearsalOptions {
  /** 0, the default, takes any free one. */
  readonly port?: number;
  /** Whether its address has a part that nobody can guess: for the one inside the language server, which only that server is to find. */
  readonly hidden?: boolean;
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
  /** `http://127.0.0.1:PORT/v1`, or `…/SECRET/v1` if it is hidden; to be used as a provider's `baseUrl`. */
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
  const base = options.hidden ? `/${randomBytes(16).toString('hex')}/v1` : '/v1';
  const { origin, close } = await listen({
    port: options.port ?? 0,
    onRequest: (request, response, path) => serveHttp(stage, { request, response, path: below(base, path) }),
    onUpgrade: upgrader(stage, options.handshakes ?? [], base),
  });
  return { url: `${origin}${base}`, close };
}

/** The part of a path behind the address that we are known by; empty if it is another one. */
function below(base: string, path: string): string {
  return path.startsWith(`${base}/`) ? path.slice(base.length).replace(/\/+$/, '') : '';
}

function upgrader(stage: Stage, handshakes: readonly HandshakeStep[], base: string): ListenOptions['onUpgrade'] {
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_FRAME_BYTES });
  let next = 0;
  return (request: IncomingMessage, { socket, head }: Upgrade, path: string) => {
    const step = handshakes[next++] ?? {};
    if (step.hang) return;
    const status = step.status ?? (below(base, path) === '/responses' ? undefined : 404);
    if (status !== undefined) return refuseUpgrade(socket, status, step.headers);
    const open = () =>
      webSockets.handleUpgrade(request, socket, head, (ws) => {
        new WebSocketFace(stage, ws, socket).misbehave(step.idleFault);
      });
    if (step.delayMs === undefined) open();
    else setTimeout(open, step.delayMs);
  };
}

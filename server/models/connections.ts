// HTTP connections to one endpoint: kept open between requests, and one opened ahead for the next.

import http from 'node:http';
import https from 'node:https';
import net, { type Socket } from 'node:net';
import tls from 'node:tls';

type Create = (options: object, done: (error: Error | null, socket: Socket) => void) => Socket | undefined;

/** Kept open for reuse. */
const maxFree = 2;

export class HttpConnections {
  readonly agent: http.Agent;
  readonly #url: URL;
  #spare: Socket | undefined;

  constructor(url: URL) {
    this.#url = url;
    const options = { keepAlive: true, maxFreeSockets: maxFree };
    this.agent = url.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
    const agent = this.agent as unknown as { createConnection: Create };
    const create = agent.createConnection.bind(agent);
    agent.createConnection = (options, done) => this.#take() ?? create(options, done);
  }

  /** Opens a connection ahead, unless one is there. */
  preconnect(): void {
    const free = Object.values(this.agent.freeSockets).some((sockets) => sockets?.length);
    if (this.#spare || free) return;
    const spare = this.#connect();
    this.#spare = spare;
    const forget = () => {
      if (this.#spare === spare) this.#spare = undefined;
    };
    spare.on('error', forget);
    spare.on('close', forget);
  }

  /** Closes the connections that are open and not in use. */
  closeIdle(): void {
    this.#spare?.destroy();
    for (const sockets of Object.values(this.agent.freeSockets))
      for (const socket of [...(sockets ?? [])]) socket.destroy();
  }

  dispose(): void {
    this.#spare?.destroy();
    this.agent.destroy();
  }

  #take(): Socket | undefined {
    const spare = this.#spare;
    this.#spare = undefined;
    return spare;
  }

  #connect(): Socket {
    const host = this.#url.hostname.replace(/^\[|\]$/g, '');
    const secure = this.#url.protocol === 'https:';
    const options = { host, port: Number(this.#url.port || (secure ? 443 : 80)), noDelay: true, keepAlive: true };
    if (!secure) return net.connect(options);
    return tls.connect({ ...options, ALPNProtocols: ['http/1.1'], ...(net.isIP(host) ? {} : { servername: host }) });
  }
}

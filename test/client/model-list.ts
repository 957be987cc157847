// A server on this machine that lists its models, as Ollama and the like do, and answers nothing else.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ModelList {
  /** With `/v1`. */
  readonly baseUrl: string;
  readonly origin: string;
  /** What it was asked: method, path and authorization of each. */
  readonly requests: readonly string[];
}

/** `body`: what it says when it is asked for anything. */
export async function withModelList(body: unknown, scenario: (list: ModelList) => Promise<void>): Promise<void> {
  const requests: string[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    requests.push(`${method} ${url} ${headers.authorization ?? 'without a key'}`);
    response.end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await scenario({ baseUrl: `${origin}/v1`, origin, requests }).finally(() => server.close());
}

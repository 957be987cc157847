// A model whose answers a test writes: a chat endpoint on loopback that streams what it is told, when it is told.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What the server asked for. */
export interface Asked {
  /** The exact text of the scope, with \n. */
  readonly scope: string;
  readonly instruction: string;
}

/** Gives an answer piece by piece; it may wait between pieces. */
export type Script = (asked: Asked) => Iterable<string> | AsyncIterable<string>;

/** Starts a model that answers every request by `script`; it ends with the test. Gives the configuration that makes it the fast lane. */
export async function startModel(script: Script): Promise<object> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    await stream(script(askedIn(JSON.parse(body))), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    providers: { scripted: { api: 'chat', baseUrl: `http://127.0.0.1:${port}/v1` } },
    // Rewrite, whatever the size of the scope: a script's pieces are lines of the scope. It may pause while a test types.
    lanes: { fast: { provider: 'scripted', model: 'script', format: 'rewrite', timers: { stallMs: 60_000 } } },
  };
}

async function stream(pieces: Iterable<string> | AsyncIterable<string>, response: ServerResponse): Promise<void> {
  const send = (choice: object) =>
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for await (const content of pieces) {
    if (response.closed) return; // the edit was cancelled
    send({ delta: { content } });
  }
  send({ delta: {}, finish_reason: 'stop' });
  response.end('data: [DONE]\n\n');
}

function askedIn({ messages }: { messages: { content: string }[] }): Asked {
  const text = messages.at(-1)?.content ?? '';
  return {
    scope: /<scope[^>]*>\n([\s\S]*)\n<\/scope/.exec(text)?.[1] ?? '',
    instruction: /<instruction>\n?([\s\S]*?)\n?<\/instruction>/.exec(text)?.[1] ?? '',
  };
}

/** The lines of a text with their line ends: one piece each. */
export function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** A promise that a test keeps when it likes. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

// The body of a request, of a bounded size.

import type { IncomingMessage } from 'node:http';

/** The whole body as text; `undefined` if it is longer than `maxBytes`: the rest is not read then. Rejects if the connection breaks. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

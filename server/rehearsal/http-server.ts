// The rehearsal model over HTTP: server-sent events, or one JSON object for requests that do not stream.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../listen/listen.ts';
import { ChatEncoder } from './chat-encoder.ts';
import type { RehearsalContext } from './context.ts';
import { planAnswer, startPlayback } from './playback.ts';
import { parseJson, type RehearsalRequest, readRequest } from './request.ts';
import { ResponsesEncoder } from './responses-encoder.ts';
import { SseCarrier } from './sse-carrier.ts';

/** A request holds a scope and its context: some 100 KB. */
const maxBodyBytes = 4 << 20;

export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Relative to the server's base path, with its leading slash; empty outside of it. */
  readonly path: string;
}

export async function serveHttp(context: RehearsalContext, { request, response, path }: HttpExchange): Promise<void> {
  if (request.method === 'GET' && path === '/models') {
    return sendJson(response, 200, {
      object: 'list',
      data: [{ id: 'rehearsal', object: 'model', created: 0, owned_by: 'quickhand' }],
    });
  }
  const api = path === '/chat/completions' ? 'chat' : path === '/responses' ? 'responses' : undefined;
  if (request.method !== 'POST' || !api) return sendError(response, 404, 'not_found', 'Invalid URL');
  const text = await readBody(request, maxBodyBytes);
  if (text === undefined) return sendError(response, 413, 'request_too_large', 'The body is too large.');
  const body = parseJson(text);
  const wanted = body === undefined ? 'The body is not a JSON object.' : readRequest(api, body);
  if (typeof wanted === 'string') return sendError(response, 400, 'invalid_request', wanted);
  answer(context, wanted, response);
}

function answer(context: RehearsalContext, request: RehearsalRequest, response: ServerResponse): void {
  const step = context.answerer(request) ?? {};
  if (step.status !== undefined) {
    for (const [name, value] of Object.entries(step.headers ?? {})) response.setHeader(name, value);
    return sendError(response, step.status, 'scripted', 'The rehearsal refuses as its script says.');
  }
  if (step.fault === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in to the network</body></html>');
    return;
  }
  const planned = planAnswer(request, step, context);
  const carrier = new SseCarrier(request.api, response, step.oddFraming ?? false);
  const number = context.nextNumber();
  const send = (event: object) => carrier.send(event);
  const encoder =
    request.api === 'chat'
      ? new ChatEncoder(number, request.body, send)
      : new ResponsesEncoder(number, request.body, send);
  if (request.body.stream !== true)
    return sendJson(response, 200, encoder.snapshot(planned.end, planned.chunks.join(''), planned.usage));
  carrier.open();
  const playback = startPlayback(planned, { encoder, carrier, done: () => {} });
  response.on('close', () => playback.stop());
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param: null, code } });
}

// The rehearsal model over HTTP: server-sent events, or a whole answer for who does not stream.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../listen/body.ts';
import { ChatVoice } from './chat-voice.ts';
import { perform, rehearse } from './performance.ts';
import { parseJson, type RehearsalRequest, readRequest } from './request.ts';
import { ResponsesVoice } from './responses-voice.ts';
import { SseCarrier } from './sse-carrier.ts';
import type { Stage } from './stage.ts';

/** A request holds a scope and what helps: some 100 KB. */
const MAX_BODY_BYTES = 4 << 20;

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Below our address, with its leading slash; empty outside of it. */
  readonly path: string;
}

export async function serveHttp(stage: Stage, { request, response, path }: Exchange): Promise<void> {
  if (request.method === 'GET' && path === '/models') {
    return sendJson(response, 200, {
      object: 'list',
      data: [{ id: 'rehearsal', object: 'model', created: 0, owned_by: 'quickhand' }],
    });
  }
  const api = path === '/chat/completions' ? 'chat' : path === '/responses' ? 'responses' : undefined;
  if (request.method !== 'POST' || !api) return sendError(response, 404, 'not_found', 'Invalid URL');
  const text = await readBody(request, MAX_BODY_BYTES);
  if (text === undefined) return sendError(response, 413, 'request_too_large', 'The body is too large.');
  const body = parseJson(text);
  const wanted = body === undefined ? 'The body is not a JSON object.' : readRequest(api, body);
  if (typeof wanted === 'string') return sendError(response, 400, 'invalid_request', wanted);
  answer(stage, wanted, response);
}

function answer(stage: Stage, request: RehearsalRequest, response: ServerResponse): void {
  const step = stage.answerer(request) ?? {};
  if (step.status !== undefined) {
    for (const [name, value] of Object.entries(step.headers ?? {})) response.setHeader(name, value);
    return sendError(response, step.status, 'scripted', 'The rehearsal refuses as its script says.');
  }
  if (step.fault === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in to the network</body></html>');
    return;
  }
  const part = rehearse(request, step, stage.rate);
  const carrier = new SseCarrier(request.api, response, step.oddFraming ?? false);
  const number = stage.nextNumber();
  const send = (event: object) => carrier.send(event);
  const voice =
    request.api === 'chat' ? new ChatVoice(number, request.body, send) : new ResponsesVoice(number, request.body, send);
  if (request.body.stream !== true)
    return sendJson(response, 200, voice.snapshot(part.outcome, part.chunks.join(''), part.usage));
  carrier.open();
  const performing = perform(part, { voice, carrier, done: () => {} });
  response.on('close', () => performing.stop());
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param: null, code } });
}

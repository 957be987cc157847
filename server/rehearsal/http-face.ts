// The rehearsal model over HTTP: server-sent events, or a whole answer for who does not stream.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { ChatVoice } from './chat-voice.ts';
import { perform, rehearse } from './performance.ts';
import { type Json, parseJson, type RehearsalRequest, readRequest } from './request.ts';
import { ResponsesVoice } from './responses-voice.ts';
import { SseCarrier } from './sse-carrier.ts';
import type { Stage } from './stage.ts';

/** A whole repository in a prompt is smaller. */
const MAX_BODY_BYTES = 16 << 20;

export function serveHttp(stage: Stage, request: IncomingMessage, response: ServerResponse): void {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/+$/, '');
  if (request.method === 'GET' && path === '/v1/models') {
    return sendJson(response, 200, {
      object: 'list',
      data: [{ id: 'rehearsal', object: 'model', created: 0, owned_by: 'quickhand' }],
    });
  }
  const api = path === '/v1/chat/completions' ? 'chat' : path === '/v1/responses' ? 'responses' : undefined;
  if (request.method !== 'POST' || !api)
    return sendError(response, 404, 'not_found', `Invalid URL (${request.method} ${path})`);
  readBody(request, (body) => {
    const wanted = body === undefined ? 'The body is not a JSON object.' : readRequest(api, body);
    if (typeof wanted === 'string') return sendError(response, 400, 'invalid_request', wanted);
    answer(stage, wanted, response);
  });
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

function readBody(request: IncomingMessage, done: (body: Json | undefined) => void): void {
  const pieces: Buffer[] = [];
  let size = 0;
  request.on('data', (piece: Buffer) => {
    size += piece.length;
    if (size > MAX_BODY_BYTES) request.destroy();
    else pieces.push(piece);
  });
  request.on('end', () => done(parseJson(Buffer.concat(pieces).toString('utf8'))));
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param: null, code } });
}

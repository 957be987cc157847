// The rehearsal model over a WebSocket: streams by `stream_id`, warm-ups, steering and the limits of the real service.

import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import { contain } from '../listen/listen.ts';
import type { RehearsalContext } from './context.ts';
import type { Carrier } from './encoder.ts';
import { tokensOf } from './pace.ts';
import { estimateUsage, type Playback, planAnswer, startPlayback } from './playback.ts';
import { type JsonObject, parseJson, type RehearsalRequest, readRequest, withInstruction } from './request.ts';
import { reset } from './reset.ts';
import { ResponsesEncoder } from './responses-encoder.ts';
import type { HandshakeStep } from './script.ts';

/** Limits of the real service (models/PROTOCOLS.md §1). */
const maxInFlight = 16;
const maxStreams = 32;
const maxAgeMs = 60 * 60_000;

/** A response that is being sent. */
interface RunningResponse {
  readonly request: RehearsalRequest;
  readonly encoder: ResponsesEncoder;
  playback?: Playback;
}

/** The responses of one `stream_id`, which the service sends one after the other. */
interface ResponseQueue {
  readonly streamId: string | undefined;
  readonly waiting: (() => void)[];
  running: RunningResponse | undefined;
  latestId: string | undefined;
}

export class RehearsalSocket {
  readonly #context: RehearsalContext;
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #queues = new Map<string, ResponseQueue>();
  readonly #age: NodeJS.Timeout;
  #inFlight = 0;
  #steers = 0;

  constructor(context: RehearsalContext, ws: WebSocket, socket: Socket) {
    this.#context = context;
    this.#ws = ws;
    this.#socket = socket;
    this.#age = setTimeout(() => this.#expire(), maxAgeMs).unref();
    const receive = (data: RawData, isBinary: boolean) =>
      this.#receive(isBinary ? undefined : parseJson(data.toString()));
    ws.on('message', (data, isBinary) =>
      contain(
        () => receive(data, isBinary),
        () => ws.close(1011),
      ),
    );
    ws.on('error', () => {});
    ws.on('close', () => this.#closed());
  }

  /** Goes wrong before the first request. */
  misbehave(how: HandshakeStep['idleFault']): void {
    // After one ping was answered: a client only misses an answer of a peer that has given one.
    if (how === 'freeze') this.#ws.once('ping', () => setImmediate(() => this.#socket.pause()));
    if (how === 'close1006') this.#socket.end();
    if (how === 'error')
      this.#refuse(undefined, { code: 'server_error', message: 'The rehearsal failed.', status: 500 });
  }

  #receive(message: JsonObject | undefined): void {
    if (!message) return this.#refuse(undefined, { code: 'invalid_json', message: 'The frame is not a JSON object.' });
    if (message.type === 'response.create') return this.#create(message);
    if (message.type === 'response.steer') return this.#steer(message);
    this.#refuse(undefined, { code: 'invalid_event', message: "Invalid value for 'type'." });
  }

  #create(message: JsonObject): void {
    const { stream_id, type: _type, ...body } = message;
    const streamId = typeof stream_id === 'string' ? stream_id : undefined;
    const queue = this.#queueOf(stream_id);
    if (!queue) return this.#refuse(streamId, { code: 'invalid_stream_id', message: "Invalid 'stream_id'." });
    if (this.#inFlight >= maxInFlight) {
      return this.#refuse(streamId, {
        code: 'websocket_stream_limit_reached',
        message: 'Too many responses in flight.',
      });
    }
    const request = readRequest('responses', body);
    if (typeof request === 'string')
      return this.#refuse(streamId, { code: 'missing_required_parameter', message: request });
    const previous = body.previous_response_id;
    if (typeof previous === 'string' && previous !== queue.latestId && !queue.running) {
      return this.#refuse(streamId, { code: 'previous_response_not_found', message: 'Previous response not found.' });
    }
    this.#inFlight++;
    queue.waiting.push(() => this.#begin(queue, request));
    this.#advance(queue);
  }

  #queueOf(streamId: unknown): ResponseQueue | undefined {
    if (streamId !== undefined && (typeof streamId !== 'string' || !/^[\w.:-]{1,64}$/.test(streamId))) return undefined;
    const key = streamId ?? '';
    const known = this.#queues.get(key);
    if (known || this.#queues.size > maxStreams) return known;
    const queue: ResponseQueue = { streamId, waiting: [], running: undefined, latestId: undefined };
    this.#queues.set(key, queue);
    return queue;
  }

  #advance(queue: ResponseQueue): void {
    if (!queue.running) queue.waiting.shift()?.();
  }

  #begin(queue: ResponseQueue, request: RehearsalRequest): void {
    if (request.body.generate === false) return this.#warmUp(queue, request);
    const step = this.#context.answerer(request) ?? {};
    if (step.status !== undefined) {
      const { status, headers } = step;
      this.#refuse(queue.streamId, {
        code: 'scripted',
        message: 'The rehearsal refuses as its script says.',
        status,
        headers,
      });
      return this.#over(queue, undefined);
    }
    const encoder = this.#encoder(queue, request.body);
    const running: RunningResponse = { request, encoder };
    queue.running = running;
    const planned = planAnswer(request, step, this.#context);
    running.playback = startPlayback(planned, {
      encoder,
      carrier: this.#carrier(queue),
      done: () => this.#over(queue, encoder.id),
    });
  }

  #warmUp(queue: ResponseQueue, request: RehearsalRequest): void {
    const encoder = this.#encoder(queue, request.body);
    encoder.warmUp(estimateUsage(request, 0));
    this.#over(queue, encoder.id);
  }

  #over(queue: ResponseQueue, id: string | undefined): void {
    this.#inFlight--;
    queue.running = undefined;
    queue.latestId = id;
    this.#advance(queue);
  }

  #steer(message: JsonObject): void {
    const id = typeof message.previous_response_id === 'string' ? message.previous_response_id : '';
    const queues = [...this.#queues.values()];
    const queue = queues.find(({ running }) => running?.encoder.id === id);
    const input = typeof message.input === 'string' ? message.input : undefined;
    if (!queue?.running || input === undefined) {
      const done = queues.some(({ latestId }) => latestId === id);
      const code = queue ? 'invalid_input' : done ? 'response_already_completed' : 'response_not_found';
      return this.#send(queue?.streamId, {
        type: 'response.steer.failed',
        error: { type: 'invalid_request_error', code, message: 'The rehearsal could not steer.' },
        steer: { input: input ?? null, previous_response_id: id },
      });
    }
    this.#send(queue.streamId, {
      type: 'response.steer.accepted',
      steer: { id: `steer_rehearsal_${++this.#steers}`, previous_response_id: id },
    });
    this.#succeed(queue, queue.running, input);
  }

  /** Ends the response as steered and starts its successor with the new instruction. */
  #succeed(queue: ResponseQueue, running: RunningResponse, input: string): void {
    const said = running.playback?.textSoFar() ?? '';
    running.playback?.stop();
    running.encoder.finish('steered', said, estimateUsage(running.request, tokensOf(said).length));
    // A correction may be a whole new request, with the present text of the scope.
    const text = /<scope(-\d+)? /.test(input) ? input : withInstruction(running.request.text, input);
    const body = { ...running.request.body, previous_response_id: running.encoder.id };
    this.#begin(queue, { ...running.request, text, body });
  }

  #encoder(queue: ResponseQueue, body: JsonObject): ResponsesEncoder {
    return new ResponsesEncoder(this.#context.nextNumber(), body, (event) => this.#send(queue.streamId, event));
  }

  #carrier(queue: ResponseQueue): Carrier {
    return {
      send: (event) => this.#send(queue.streamId, event),
      sendRaw: (data) => this.#ws.send(data),
      end: () => {},
      close: (code) => (code === 1006 ? this.#socket.end() : this.#ws.close(code)),
      reset: () => reset(this.#socket),
      freeze: () => this.#socket.pause(),
    };
  }

  #send(streamId: string | undefined, event: object): void {
    this.#ws.send(JSON.stringify(streamId === undefined ? event : { ...event, stream_id: streamId }));
  }

  #refuse(
    streamId: string | undefined,
    refusal: { code: string; message: string; status?: number; headers?: Readonly<Record<string, string>> | undefined },
  ): void {
    const { code, message, status = 400, headers } = refusal;
    this.#send(streamId, {
      type: 'error',
      status,
      error: { type: 'invalid_request_error', code, message, param: null },
      headers,
    });
  }

  #expire(): void {
    this.#refuse(undefined, {
      code: 'websocket_connection_limit_reached',
      message: 'This connection is 60 minutes old.',
    });
    this.#ws.close(1000);
  }

  #closed(): void {
    clearTimeout(this.#age);
    for (const { running } of this.#queues.values()) running?.playback?.stop();
  }
}

// The rehearsal model over a WebSocket: lanes, warm-ups, steering and the limits of the real service.

import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import { contain } from '../listen/contain.ts';
import { tokensOf } from './pace.ts';
import { estimate, type Performing, perform, rehearse } from './performance.ts';
import { type Json, parseJson, type RehearsalRequest, readRequest, withInstruction } from './request.ts';
import { reset } from './reset.ts';
import { ResponsesVoice } from './responses-voice.ts';
import type { HandshakeStep } from './script.ts';
import type { Stage } from './stage.ts';
import type { Carrier } from './voice.ts';

/** Limits of the real service (`models.md` §1). */
const MAX_IN_FLIGHT = 16;
const MAX_LANES = 32;
const MAX_AGE_MS = 60 * 60_000;

/** A response under way, or waiting for its lane. */
interface Turn {
  readonly request: RehearsalRequest;
  readonly voice: ResponsesVoice;
  performing?: Performing;
}

interface Lane {
  readonly streamId: string | undefined;
  readonly queue: (() => void)[];
  turn: Turn | undefined;
  latestId: string | undefined;
}

export class WebSocketFace {
  private readonly stage: Stage;
  private readonly ws: WebSocket;
  private readonly socket: Socket;
  private readonly lanes = new Map<string, Lane>();
  private readonly age: NodeJS.Timeout;
  private inFlight = 0;
  private steers = 0;

  constructor(stage: Stage, ws: WebSocket, socket: Socket) {
    this.stage = stage;
    this.ws = ws;
    this.socket = socket;
    this.age = setTimeout(() => this.expire(), MAX_AGE_MS).unref();
    const receive = (data: RawData, isBinary: boolean) =>
      this.receive(isBinary ? undefined : parseJson(data.toString()));
    ws.on('message', (data, isBinary) =>
      contain(
        () => receive(data, isBinary),
        () => ws.close(1011),
      ),
    );
    ws.on('error', () => {});
    ws.on('close', () => this.closed());
  }

  /** Goes wrong before anything is asked. */
  misbehave(how: HandshakeStep['idleFault']): void {
    // Not before it has shown that it can answer a ping.
    if (how === 'freeze') this.ws.once('ping', () => setImmediate(() => this.socket.pause()));
    if (how === 'close1006') this.socket.end();
    if (how === 'error')
      this.refuse(undefined, { code: 'server_error', message: 'The rehearsal failed.', status: 500 });
  }

  private receive(message: Json | undefined): void {
    if (!message) return this.refuse(undefined, { code: 'invalid_json', message: 'The frame is not a JSON object.' });
    if (message.type === 'response.create') return this.create(message);
    if (message.type === 'response.steer') return this.steer(message);
    this.refuse(undefined, { code: 'invalid_event', message: "Invalid value for 'type'." });
  }

  private create(message: Json): void {
    const { stream_id, type: _type, ...body } = message;
    const streamId = typeof stream_id === 'string' ? stream_id : undefined;
    const lane = this.laneOf(stream_id);
    if (!lane) return this.refuse(streamId, { code: 'invalid_stream_id', message: "Invalid 'stream_id'." });
    if (this.inFlight >= MAX_IN_FLIGHT) {
      return this.refuse(streamId, {
        code: 'websocket_stream_limit_reached',
        message: 'Too many responses in flight.',
      });
    }
    const request = readRequest('responses', body);
    if (typeof request === 'string')
      return this.refuse(streamId, { code: 'missing_required_parameter', message: request });
    const previous = body.previous_response_id;
    if (typeof previous === 'string' && previous !== lane.latestId && !lane.turn) {
      return this.refuse(streamId, { code: 'previous_response_not_found', message: 'Previous response not found.' });
    }
    this.inFlight++;
    lane.queue.push(() => this.begin(lane, request));
    this.advance(lane);
  }

  private laneOf(streamId: unknown): Lane | undefined {
    if (streamId !== undefined && (typeof streamId !== 'string' || !/^[\w.:-]{1,64}$/.test(streamId))) return undefined;
    const key = streamId ?? '';
    const known = this.lanes.get(key);
    if (known || this.lanes.size > MAX_LANES) return known;
    const lane: Lane = { streamId, queue: [], turn: undefined, latestId: undefined };
    this.lanes.set(key, lane);
    return lane;
  }

  private advance(lane: Lane): void {
    if (!lane.turn) lane.queue.shift()?.();
  }

  private begin(lane: Lane, request: RehearsalRequest): void {
    if (request.body.generate === false) return this.warmUp(lane, request);
    const step = this.stage.answerer(request) ?? {};
    if (step.status !== undefined) {
      const { status, headers } = step;
      this.refuse(lane.streamId, {
        code: 'scripted',
        message: 'The rehearsal refuses as its script says.',
        status,
        headers,
      });
      return this.over(lane, undefined);
    }
    const voice = this.voice(lane, request.body);
    const turn: Turn = { request, voice };
    lane.turn = turn;
    const part = rehearse(request, step, this.stage.rate);
    turn.performing = perform(part, { voice, carrier: this.carrier(lane), done: () => this.over(lane, voice.id) });
  }

  private warmUp(lane: Lane, request: RehearsalRequest): void {
    const voice = this.voice(lane, request.body);
    voice.warmUp(estimate(request, 0));
    this.over(lane, voice.id);
  }

  private over(lane: Lane, id: string | undefined): void {
    this.inFlight--;
    lane.turn = undefined;
    lane.latestId = id;
    this.advance(lane);
  }

  private steer(message: Json): void {
    const id = typeof message.previous_response_id === 'string' ? message.previous_response_id : '';
    const lanes = [...this.lanes.values()];
    const lane = lanes.find(({ turn }) => turn?.voice.id === id);
    const input = typeof message.input === 'string' ? message.input : undefined;
    if (!lane?.turn || input === undefined) {
      const done = lanes.some(({ latestId }) => latestId === id);
      const code = lane ? 'invalid_input' : done ? 'response_already_completed' : 'response_not_found';
      return this.send(lane?.streamId, {
        type: 'response.steer.failed',
        error: { type: 'invalid_request_error', code, message: 'The rehearsal could not steer.' },
        steer: { input: input ?? null, previous_response_id: id },
      });
    }
    this.send(lane.streamId, {
      type: 'response.steer.accepted',
      steer: { id: `steer_rehearsal_${++this.steers}`, previous_response_id: id },
    });
    this.succeed(lane, lane.turn, input);
  }

  /** Ends the response as steered and starts its successor with the new instruction. */
  private succeed(lane: Lane, turn: Turn, input: string): void {
    const said = turn.performing?.said() ?? '';
    turn.performing?.stop();
    turn.voice.finish('steered', said, estimate(turn.request, tokensOf(said).length));
    // A correction may be a whole new question, with the scope as it reads by now.
    const text = /<scope(-\d+)? /.test(input) ? input : withInstruction(turn.request.text, input);
    const body = { ...turn.request.body, previous_response_id: turn.voice.id };
    this.begin(lane, { ...turn.request, text, body });
  }

  private voice(lane: Lane, body: Json): ResponsesVoice {
    return new ResponsesVoice(this.stage.nextNumber(), body, (event) => this.send(lane.streamId, event));
  }

  private carrier(lane: Lane): Carrier {
    return {
      send: (event) => this.send(lane.streamId, event),
      sendRaw: (data) => this.ws.send(data),
      end: () => {},
      close: (code) => (code === 1006 ? this.socket.end() : this.ws.close(code)),
      reset: () => reset(this.socket),
      freeze: () => this.socket.pause(),
    };
  }

  private send(streamId: string | undefined, event: object): void {
    this.ws.send(JSON.stringify(streamId === undefined ? event : { ...event, stream_id: streamId }));
  }

  private refuse(
    streamId: string | undefined,
    refusal: { code: string; message: string; status?: number; headers?: Readonly<Record<string, string>> | undefined },
  ): void {
    const { code, message, status = 400, headers } = refusal;
    this.send(streamId, {
      type: 'error',
      status,
      error: { type: 'invalid_request_error', code, message, param: null },
      headers,
    });
  }

  private expire(): void {
    this.refuse(undefined, {
      code: 'websocket_connection_limit_reached',
      message: 'This connection is 60 minutes old.',
    });
    this.ws.close(1000);
  }

  private closed(): void {
    clearTimeout(this.age);
    for (const { turn } of this.lanes.values()) turn?.performing?.stop();
  }
}

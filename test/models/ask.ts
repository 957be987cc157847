// Asks a provider and collects what it says; an event after the end is an error.

import type { ProviderConfig } from '../../server/config/presets.ts';
import { createProvider } from '../../server/models/create-provider.ts';
import type { ModelEnd, ModelEvent, ModelRequest, Provider, Usage } from '../../server/models/model.ts';
import { type Rehearsal, type RehearsalOptions, startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import { HandClock, turn, until } from './hand-clock.ts';

/** A way to talk to a model. */
export interface Way {
  readonly name: string;
  readonly api: 'responses' | 'chat';
  readonly transport: 'websocket' | 'sse';
}

export const overWebSocket: Way = { name: 'responses over WebSocket', api: 'responses', transport: 'websocket' };
export const overSse: Way = { name: 'responses over SSE', api: 'responses', transport: 'sse' };
export const chat: Way = { name: 'chat over SSE', api: 'chat', transport: 'sse' };
export const allWays: readonly Way[] = [overWebSocket, overSse, chat];

export interface Answer {
  readonly events: readonly ModelEvent[];
  readonly text: string;
  readonly usage: Usage | undefined;
  readonly end: ModelEnd;
  /** Of the `opened` event. */
  readonly transport: 'websocket' | 'sse' | undefined;
  readonly reused: boolean | undefined;
}

/** What an end is called in expectations: its kind, with that of the error. */
export function endOf({ end }: Answer): string {
  return end.kind === 'error' ? `error ${end.error.kind}` : end.kind;
}

export function request(text: string, more: Partial<ModelRequest> = {}): ModelRequest {
  return { model: 'rehearsal', instructions: 'Rules.', input: [{ role: 'user', text }], ...more };
}

interface Asking {
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ModelEvent) => void;
}

/** Resolves at the end of the answer, a turn later, so that anything said after the end is found out. */
export function ask(provider: Provider, wanted: ModelRequest | string, asking: Asking = {}): Promise<Answer> {
  const events: ModelEvent[] = [];
  return new Promise((resolve, reject) => {
    const onEvent = (event: ModelEvent) => {
      if (events.at(-1)?.type === 'ended') reject(new Error(`${event.type} after the end`));
      events.push(event);
      asking.onEvent?.(event);
      if (event.type === 'ended') setImmediate(() => resolve(answerOf(events, event.end)));
    };
    const signal = asking.signal ?? new AbortController().signal;
    provider.stream(typeof wanted === 'string' ? request(wanted) : wanted, signal, onEvent);
  });
}

function answerOf(events: readonly ModelEvent[], end: ModelEnd): Answer {
  const opened = events.filter((event) => event.type === 'opened');
  if (opened.length > 1) throw new Error('opened twice');
  return {
    events,
    end,
    text: events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
    usage: events.findLast((event) => event.type === 'usage')?.usage,
    transport: opened[0]?.transport,
    reused: opened[0]?.reused,
  };
}

/** By a clock that the test moves on; each is told from the others. */
export const timers = { connectMs: 300, firstByteMs: 400, stallMs: 250 };

export interface Pair {
  readonly rehearsal: Rehearsal;
  readonly provider: Provider;
  /** The provider's; answers are paced by real time. */
  readonly clock: HandClock;
  close(): Promise<void>;
}

/** A rehearsal model and a provider that talks to it. */
export async function pairOf(
  way: Way,
  options: RehearsalOptions = {},
  config: Partial<ProviderConfig> = {},
): Promise<Pair> {
  const rehearsal = await startRehearsal({ rate: 20_000, ...options });
  const { api, transport } = way;
  const defaults = { name: 'test', api, transport, baseUrl: rehearsal.url, timers };
  const clock = new HandClock();
  const provider = createProvider({ ...defaults, ...config }, { clock, env: process.env });
  const close = () => {
    provider.dispose();
    return rehearsal.close();
  };
  return { rehearsal, provider, clock, close };
}

/** How long the body of an answer may go on after its end (sse-transport.ts). */
const lingerMs = 500;

/** Until a connection that has answered can answer again. */
export async function untilFree(clock: HandClock): Promise<void> {
  await until(() => !clock.has(lingerMs));
  for (let i = 0; i < 3; i++) await turn();
}

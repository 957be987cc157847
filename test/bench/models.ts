// What an edit waits for before the model's first token: warm connections against a cold client, over links of several lengths.
// Run with `npm run bench:models [-- --json]`. All connections are TLS, as to a real endpoint; the peer is the rehearsal model, which itself takes
// no time, so that what is left is the network and the client. The cold client is written with the `openai` package; all ask in turn in one run.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import OpenAI from 'openai';
import { systemClock } from '../../server/clock.ts';
import { createProvider } from '../../server/models/create-provider.ts';
import type { Provider } from '../../server/models/model.ts';
import { startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import { request } from '../models/ask.ts';
import { startLink, startTls } from '../models/link.ts';

/** The added round trips to measure, in ms. */
const roundTrips = [0, 20, 80];
const editCount = 60;
const ways = [
  ['responses', 'websocket'],
  ['responses', 'sse'],
  ['chat', 'sse'],
] as const;
const tokens = 5000;

interface Figures {
  readonly p50: number;
  readonly p90: number;
}

interface Row {
  readonly roundTripMs: number;
  readonly way: string;
  readonly ttftMs: Figures;
  /** Beyond the link's round trip. */
  readonly overheadMs: Figures;
}

type Ask = () => Promise<number>;

const answer = () => ({ answer: 'const answer = 42;\n', rate: Number.POSITIVE_INFINITY });
/** ms from the call to the first token. */
function firstToken(provider: Provider): Promise<number> {
  const started = performance.now();
  let ttft = Number.NaN;
  return new Promise((resolve) => {
    provider.stream(request('x'.repeat(2000)), new AbortController().signal, (event) => {
      if (event.type === 'text' && Number.isNaN(ttft)) ttft = performance.now() - started;
      if (event.type === 'ended') resolve(ttft);
    });
  });
}

/** A client as one writes it in an afternoon: made for the request. Each has a link of its own, since `fetch` keeps connections by address. */
async function coldFirstToken(port: number, roundTripMs: number): Promise<number> {
  const link = await startLink(port, roundTripMs);
  const started = performance.now();
  const client = new OpenAI({ apiKey: 'none', baseURL: `https://127.0.0.1:${link.port}/v1`, maxRetries: 0 });
  const ttft = await openaiFirstToken(client, started);
  await link.close();
  return ttft;
}

async function openaiFirstToken(client: OpenAI, started = performance.now()): Promise<number> {
  const stream = await client.responses.create({ model: 'rehearsal', input: 'x'.repeat(2000), stream: true });
  let ttft = Number.NaN;
  for await (const event of stream) {
    if (event.type === 'response.output_text.delta' && Number.isNaN(ttft)) ttft = performance.now() - started;
  }
  return ttft;
}

/** What one round trip and the model really take: a bare socket that asks the same and looks for the first token. */
async function floorOf(linkPort: number): Promise<Ask> {
  const body = JSON.stringify({
    model: 'rehearsal',
    stream: true,
    messages: [{ role: 'user', content: 'x'.repeat(2000) }],
  });
  const socket = tls.connect(linkPort, '127.0.0.1');
  socket.setNoDelay(true);
  await new Promise((resolve) => socket.once('secureConnect', () => resolve(undefined)));
  const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`;
  return () =>
    new Promise((resolve) => {
      const started = performance.now();
      let ttft = Number.NaN;
      let seen = '';
      const read = (bytes: Buffer) => {
        seen += bytes.toString('latin1');
        if (Number.isNaN(ttft) && seen.includes('cons')) ttft = performance.now() - started;
        if (!seen.endsWith('\r\n0\r\n\r\n')) return;
        socket.off('data', read);
        resolve(ttft);
      };
      socket.on('data', read);
      socket.write(head + body);
    });
}

function figures(values: readonly number[]): Figures {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p90: at(0.9) };
}

async function measure(port: number, roundTripMs: number): Promise<Row[]> {
  const link = await startLink(port, roundTripMs);
  const baseUrl = `https://127.0.0.1:${link.port}/v1`;
  const deps = { clock: systemClock, env: {} };
  const providers = ways.map(([api, transport]) => createProvider({ name: 'bench', api, transport, baseUrl }, deps));
  for (const provider of providers) provider.preconnect();
  const asks: Record<string, Ask> = {
    'bare socket (floor)': await floorOf(link.port),
    ...Object.fromEntries(
      ways.map(([api, transport], i) => [`${api} over ${transport}`, () => firstToken(providers[i]!)]),
    ),
    'cold openai client': () => coldFirstToken(port, roundTripMs),
  };
  const times = Object.fromEntries(Object.keys(asks).map((way) => [way, [] as number[]]));
  for (let edit = -5; edit < editCount; edit++) {
    for (const [way, ask] of Object.entries(asks)) {
      const ttft = await ask();
      if (edit >= 0) times[way]?.push(ttft);
    }
  }
  for (const provider of providers) provider.dispose();
  await link.close();
  return Object.entries(times).map(([way, ttfts]) => ({
    roundTripMs,
    way,
    ttftMs: figures(ttfts),
    overheadMs: figures(ttfts.map((ttft) => ttft - roundTripMs)),
  }));
}

/** µs of this process for each delta of a long answer; the peer is a process of its own. */
async function cpuPerDelta(baseUrl: string): Promise<Record<string, number>> {
  const deps = { clock: systemClock, env: {} };
  const result: Record<string, number> = {};
  for (const [api, transport] of ways) {
    const provider = createProvider({ name: 'bench', api, transport, baseUrl }, deps);
    result[`${api} over ${transport}`] = await cpuOf(() => firstToken(provider));
    provider.dispose();
  }
  const client = new OpenAI({ apiKey: 'none', baseURL: baseUrl });
  result['openai client, responses over sse'] = await cpuOf(() => openaiFirstToken(client));
  return result;
}

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const runs: number[] = [];
  for (let i = 0; i < 9; i++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    // The first ones are the compiler's.
    if (i > 1) runs.push((user + system) / tokens);
  }
  return figures(runs).p50;
}

/** The peer of {@link cpuPerDelta}: says where it is, and ends with its parent. */
async function serve(): Promise<void> {
  const { url } = await startRehearsal({
    answer: () => ({ answer: 'abcd'.repeat(tokens), rate: Number.POSITIVE_INFINITY }),
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(url);
}

async function main(): Promise<void> {
  const rehearsal = await startRehearsal({ answer });
  const front = await startTls(Number(new URL(rehearsal.url).port));
  // The only peer of this process is its own.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  process.removeAllListeners('warning');
  const rows: Row[] = [];
  for (const roundTripMs of roundTrips) rows.push(...(await measure(front.port, roundTripMs)));
  await front.close();
  await rehearsal.close();
  const peer = fork(fileURLToPath(import.meta.url), ['--serve']);
  const [url] = await once(peer, 'message');
  report(rows, await cpuPerDelta(String(url)));
  peer.disconnect();
}

function report(rows: readonly Row[], cpuMicrosPerDelta: Record<string, number>): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ edits: editCount, rows, cpuMicrosPerDelta }));
    return;
  }
  console.log(
    `time to first token in ms, p50 (p90) of ${editCount} edits; overhead is what is beyond the link's round trip`,
  );
  const show = ({ p50, p90 }: Figures) => `${p50.toFixed(1)} (${p90.toFixed(1)})`.padEnd(15);
  for (const { roundTripMs, way, ttftMs, overheadMs } of rows) {
    console.log(`+${String(roundTripMs).padEnd(3)} ${way.padEnd(26)} ${show(ttftMs)} overhead ${show(overheadMs)}`);
  }
  for (const [way, micros] of Object.entries(cpuMicrosPerDelta))
    console.log(`CPU per delta, ${way}: ${micros.toFixed(1)} µs`);
}

await (process.argv.includes('--serve') ? serve() : main());

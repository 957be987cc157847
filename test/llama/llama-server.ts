// A real llama-server on a model of random weights: fetched once, started on a free port.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { modelsAt } from '../../server/models/probe.ts';
import { writeModel } from './gguf.ts';

export interface LlamaServer {
  /** With `/v1`. */
  readonly url: string;
  /** How many answers it is working on. */
  busy(): Promise<number>;
  /** Resolves when it works on none. */
  untilIdle(): Promise<void>;
  stop(): void;
}

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'quickhand');
const root = join(cache, 'llama');

/** Rejects with an Error that says plainly what could not be had. */
export async function startLlamaServer(): Promise<LlamaServer> {
  if (!existsSync(root)) fetchPackage();
  mkdirSync(cache, { recursive: true });
  const model = join(cache, 'random.gguf');
  writeModel(model);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/v1`;
  const { program, args, env } = command();
  // One thread: several wait for each other without sleep, and on busy cores that makes a token of so small a model a hundred times slower.
  const child = spawn(program, [...args, '-m', model, '-t', '1', '--host', '127.0.0.1', '--port', String(port)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (bytes) => {
    log = (log + bytes).slice(-4000);
  });
  let failure: string | undefined;
  child.on('error', (error) => (failure = error.message));
  child.on('exit', (code) => (failure = `it ended with status ${code}`));
  const deadline = performance.now() + 60_000;
  while (!(await modelsAt(url, { timeoutMs: 1000 }))) {
    if (failure ?? performance.now() > deadline)
      throw new Error(`llama-server did not start: ${failure ?? 'no answer'}\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, busy: () => busySlots(port), untilIdle: () => untilIdle(port), stop: () => child.kill('SIGKILL') };
}

/** A provider's `extraBody`: the answer is this text, whatever is asked. */
export function literally(text: string): { grammar: string } {
  return { grammar: `root ::= ${JSON.stringify(text)}` };
}

/** The slot of a cancelled answer has to be idle within so many ms. */
export const idleWithinMs = 250;

/**
 * The ms that `cancel` took, or the fewest of five if it took too long: a busy machine takes its time now and then, a server that goes on generating
 * does so every time.
 */
export async function fewestMs(cancel: () => Promise<number>): Promise<number> {
  let fewest = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && fewest >= idleWithinMs; tries++) fewest = Math.min(fewest, await cancel());
  return fewest;
}

function fetchPackage(): void {
  const script = fileURLToPath(new URL('fetch.sh', import.meta.url));
  try {
    execFileSync(script, [root], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 280_000 });
  } catch (error) {
    throw new Error(`llama-server could not be fetched (Debian's llama.cpp-tools, suite sid): ${error}`);
  }
}

/** By the loader and the libraries that came with it: its own are newer than many systems'. */
function command() {
  const libraries = join(
    root,
    'usr/lib',
    readdirSync(join(root, 'usr/lib')).find((name) => name.endsWith('-linux-gnu')) ?? '',
  );
  const loader = readdirSync(libraries).find((name) => name.startsWith('ld-linux'));
  if (!loader) throw new Error(`${root} is incomplete; remove it, and it is fetched again`);
  const backends = join(libraries, 'ggml/backends0');
  const plain = readdirSync(backends).find((name) => /cpu-x64\.so$|cpu-armv8\.0.*\.so$/.test(name)) ?? '';
  const path = [libraries, join(libraries, 'llama')].join(':');
  return {
    program: join(libraries, loader),
    args: ['--library-path', path, join(root, 'usr/bin/llama-server')],
    env: { GGML_BACKEND_PATH: join(backends, plain) },
  };
}

async function busySlots(port: number): Promise<number> {
  const slots = await (await fetch(`http://127.0.0.1:${port}/slots`)).json();
  return (slots as { is_processing: boolean }[]).filter((slot) => slot.is_processing).length;
}

/** Only the server knows, and only when asked. */
async function untilIdle(port: number): Promise<void> {
  while ((await busySlots(port)) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

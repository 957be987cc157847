// Bundles the simulation with the server and plays schedules on several threads. A bundle can have a bug planted in it.

import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build, type Plugin } from 'esbuild';
import { type Bug, bugs, plant } from './planted.ts';
import type { Batch, BatchResult, Failure, Job, Story } from './worker.ts';
import { rootOf } from './world.ts';

export interface WorkerPoolOptions {
  /** The name of a planted bug. */
  readonly bug?: string;
  readonly threads?: number;
}

export interface Summary {
  played: number;
  readonly situations: Map<string, number>;
  readonly failures: Failure[];
}

/** Schedules that a thread plays at once, and where one failure is enough. */
const batchSize = 50;
const batchSizeOnce = 10;

/** Threads that play schedules. `dispose` ends them. */
export class WorkerPool {
  readonly #workers: readonly Worker[];
  readonly #bundle: string;
  #isStopped = false;

  private constructor(bundle: string, threads: number) {
    this.#bundle = bundle;
    this.#workers = Array.from({ length: threads }, () => new Worker(bundle));
  }

  static async create({ bug, threads = availableParallelism() }: WorkerPoolOptions = {}): Promise<WorkerPool> {
    return new WorkerPool(await bundle(bug), threads);
  }

  /** Plays seeds from `from` on, `count` of them or until one fails and `once` is set; tells of its progress. */
  async play(
    { from, count, once = false }: { from: number; count: number; once?: boolean },
    progress: (summary: Summary) => void = () => {},
  ): Promise<Summary> {
    const summary: Summary = { played: 0, situations: new Map(), failures: [] };
    let next = from;
    const end = from + count;
    const size = once ? batchSizeOnce : batchSize;
    const work = async (worker: Worker) => {
      while (next < end && !this.#isStopped && !(once && summary.failures.length > 0)) {
        const batch: Batch = { from: next, to: Math.min(end, next + size) };
        next = batch.to;
        add(summary, await ask<BatchResult>(worker, { play: batch }));
        progress(summary);
      }
    };
    await Promise.all(this.#workers.map(work));
    summary.failures.sort((a, b) => a.seed - b.seed);
    return summary;
  }

  /** One seed in detail. */
  tell(seed: number): Promise<Story> {
    return ask(this.#workers[0]!, { tell: seed });
  }

  /** Plays no further batch. */
  stop(): void {
    this.#isStopped = true;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
    await rm(this.#bundle, { force: true });
  }
}

function add(summary: Summary, { played, situations, failures }: BatchResult): void {
  summary.played += played;
  summary.failures.push(...failures);
  for (const [situation, times] of situations) {
    summary.situations.set(situation, (summary.situations.get(situation) ?? 0) + times);
  }
}

function ask<T>(worker: Worker, job: Job): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = () => {
      worker.off('message', answered);
      worker.off('error', failed);
    };
    const answered = (result: T) => {
      done();
      resolve(result);
    };
    const failed = (error: Error) => {
      done();
      reject(error);
    };
    worker.on('message', answered);
    worker.on('error', failed);
    worker.postMessage(job);
  });
}

async function bundle(name: string | undefined): Promise<string> {
  const root = rootOf(import.meta.url);
  const bug = name === undefined ? undefined : bugs[name];
  if (name !== undefined && !bug)
    throw new Error(`there is no bug "${name}"; choose one of ${Object.keys(bugs).join(', ')}`);
  // Below node_modules, so that what is not bundled is found from there.
  const folder = join(root, 'node_modules/.cache/quickhand-simulation');
  const outfile = join(folder, `${name?.replaceAll(' ', '-') ?? 'sound'}-${process.pid}.mjs`);
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(root, 'test/simulation/worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    plugins: bug ? [planting(bug, root)] : [],
    logLevel: 'warning',
  });
  return outfile;
}

function planting(bug: Bug, root: string): Plugin {
  return {
    name: 'planted bug',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (path !== join(root, bug.file)) return undefined;
        return { contents: plant(bug, await readFile(path, 'utf8')), loader: 'ts' };
      });
    },
  };
}

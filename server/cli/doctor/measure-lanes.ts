// Measures the configured lanes, one after the other, so that none is slowed down by another; tells what is waited for.

import { systemClock } from '../../clock.ts';
import type { Config } from '../../config/config.ts';
import { createProvider } from '../../models/create-provider.ts';
import { startRehearsal } from '../../rehearsal/rehearsal.ts';
import { Lanes } from '../../session/lanes.ts';
import type { CliIo } from '../io.ts';
import { type Measurement, measure } from './measure.ts';

export interface MeasureLanesOptions {
  readonly io: CliIo;
  readonly config: Config;
  /** Names; none: the rehearsal model answers, and is measured. */
  readonly lanes: readonly string[];
  readonly onMeasured: (measurement: Measurement) => void;
}

/** How often somebody who waits is told so. */
const progressIntervalMs = 2000;

/** Asks nothing of a model that no lane names. Rejects on Ctrl-C. */
export async function measureLanes({
  io,
  config,
  lanes: names,
  onMeasured,
}: MeasureLanesOptions): Promise<Measurement[]> {
  const { env } = io;
  const rehearsal = await startRehearsal({ hidden: true });
  const lanes = new Lanes({
    env,
    config: () => config,
    createProvider: async (provider) => createProvider(provider, { clock: systemClock, env }),
    startRehearsal: async () => rehearsal.url,
  });
  const measured: Measurement[] = [];
  try {
    for (const lane of names.length === 0 ? ['fast'] : names) {
      const measurement = await withProgress(lanes, lane, io);
      io.interrupted.throwIfAborted();
      measured.push(measurement);
      onMeasured(measurement);
    }
    return measured;
  } finally {
    await lanes.dispose();
    await rehearsal.close();
  }
}

async function withProgress(lanes: Lanes, lane: string, { stderr, interrupted }: CliIo): Promise<Measurement> {
  const { label, problem } = lanes.describe(lane);
  if (problem === undefined) stderr.write(`asking ${label} …\n`);
  const startedMs = performance.now();
  let awaited = 'the first token';
  const timer = setInterval(() => {
    stderr.write(`  ${Math.round((performance.now() - startedMs) / 1000)} s, waiting for ${awaited}\n`);
  }, progressIntervalMs);
  const onFirstToken = (ttftMs: number) => {
    awaited = 'the rest';
    stderr.write(`  first token after ${Math.round(ttftMs)} ms\n`);
  };
  return measure({ lanes, lane, signal: interrupted, onFirstToken }).finally(() => clearInterval(timer));
}

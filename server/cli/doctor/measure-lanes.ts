// Measures the configured lanes, one after the other, so that none is slowed down by another.

import { systemClock } from '../../clock.ts';
import type { Config } from '../../config/config.ts';
import { createProvider } from '../../models/create-provider.ts';
import { startRehearsal } from '../../rehearsal/rehearsal.ts';
import { Lanes } from '../../session/lanes.ts';
import type { CliIo } from '../io.ts';
import { type Measurement, measure } from './measure.ts';
import { liveProgress, quietProgress } from './measuring-progress.ts';

export interface MeasureLanesOptions {
  readonly io: CliIo;
  readonly config: Config;
  /** Names; none: the rehearsal model answers, and is measured. */
  readonly lanes: readonly string[];
  /** How long one answer may take. */
  readonly timeoutMs: number;
  readonly onMeasured: (measurement: Measurement) => void;
}

/** Asks nothing of a model that no lane names. Rejects on Ctrl-C. */
export async function measureLanes({
  io,
  config,
  lanes: names,
  timeoutMs,
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
  const all = names.length === 0 ? ['fast'] : names;
  const progress = io.isTTY ? liveProgress(io) : quietProgress(io);
  try {
    progress.begin(all.map((lane) => lanes.describe(lane)));
    for (const lane of all) {
      const measuring = progress.measuring(lanes.describe(lane));
      const options = { lanes, lane, timeoutMs, signal: io.interrupted, onFirstToken: measuring.firstToken };
      const measurement = await measure(options).finally(measuring.over);
      io.interrupted.throwIfAborted();
      measured.push(measurement);
      onMeasured(measurement);
    }
    progress.end(measured);
    return measured;
  } finally {
    await lanes.dispose();
    await rehearsal.close();
  }
}

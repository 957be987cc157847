// What is told on the standard error while models are measured: to somebody at a terminal what is waited for, else one line at the start and one at the end.

import type { Lanes } from '../../session/lanes.ts';
import type { CliIo } from '../io.ts';
import type { Measurement } from './measure.ts';

type LaneDescription = ReturnType<Lanes['describe']>;

/** Called in this order, `measuring` once for each lane. */
export interface MeasuringProgress {
  begin(lanes: readonly LaneDescription[]): void;
  measuring(lane: LaneDescription): { firstToken(ttftMs: number): void; over(): void };
  end(measured: readonly Measurement[]): void;
}

/** How often somebody who waits is told so. */
const progressIntervalMs = 2000;

export function liveProgress({ stderr }: CliIo): MeasuringProgress {
  return {
    begin() {},
    measuring({ label, problem }) {
      if (problem === undefined) stderr.write(`asking ${label} …\n`);
      const startedMs = performance.now();
      let awaited = 'the first token';
      const timer = setInterval(() => {
        stderr.write(`  ${secondsSince(startedMs)} s, waiting for ${awaited}\n`);
      }, progressIntervalMs);
      return {
        firstToken(ttftMs) {
          awaited = 'the rest';
          stderr.write(`  first token after ${Math.round(ttftMs)} ms\n`);
        },
        over: () => clearInterval(timer),
      };
    },
    end() {},
  };
}

/** For a log: nothing repeats itself there. */
export function quietProgress({ stderr }: CliIo): MeasuringProgress {
  const startedMs = performance.now();
  let count = 0;
  return {
    begin(lanes) {
      const labels = lanes.filter(({ problem }) => problem === undefined).map(({ label }) => label);
      count = labels.length;
      if (count > 0) stderr.write(`asking ${labels.join(', ')} …\n`);
    },
    measuring: () => ({ firstToken() {}, over() {} }),
    end(measured) {
      const answered = measured.filter(({ problem }) => problem === undefined).length;
      if (count > 0) stderr.write(`${answered} of ${count} answered, after ${secondsSince(startedMs)} s\n`);
    },
  };
}

const secondsSince = (startedMs: number): number => Math.round((performance.now() - startedMs) / 1000);

// Runs a property with a seed that a failure prints, in the normal run or the long one (QUICKHAND_LONG=1); and what a piece of work costs.

import fc from 'fast-check';

/** Cases of one property: 10,000, or 20 times as many in the long run, times `share` for slower ones. */
export function checked<T>(property: fc.IProperty<T>, share = 1): void {
  const runs = (process.env.QUICKHAND_LONG ? 200_000 : 10_000) * share;
  fc.assert(property, { numRuns: Math.ceil(runs), seed: Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31) });
}

/** Milliseconds of this process's own work: how busy the machine is makes no difference. */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

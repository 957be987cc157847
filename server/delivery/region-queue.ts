// The regions of one document in the order in which they may send: one that has sent goes to the end. Owns no timer.

import type { Misplacement } from './misplacement.ts';
import type { Region } from './region.ts';

/** While the user types, edits leave only right behind a didChange, or after this long without one (delivery/EDITORS.md §7). */
const quietMs = 150;
/** Ended regions that are still mapped, so that they can be reverted. */
const maxRemembered = 32;

/** Which region may send next, and when. */
export interface Turn {
  readonly region: Region;
  /** Milliseconds until it may; Infinity: not before something else happens. */
  readonly waitMs: number;
}

export interface Moment {
  readonly nowMs: number;
  /** A didChange has just been read, so that our version is freshest: there is no need to wait for a pause in the typing. */
  readonly isBehindChange: boolean;
}

export class RegionQueue implements Iterable<Region> {
  #regions: readonly Region[] = [];
  /** When somebody else last changed the document. */
  #foreignAtMs = Number.NEGATIVE_INFINITY;

  [Symbol.iterator](): Iterator<Region> {
    return this.#regions[Symbol.iterator]();
  }

  add(region: Region): void {
    this.#forgetOldest();
    this.#regions = [...this.#regions, region];
  }

  /** Another region takes over the chain of this one. Only one region of a chain maps what has landed of it, or each change would be applied twice. */
  handOver({ chain }: Region): void {
    const all = this.#regions;
    for (const older of all) if (older.chain === chain) older.detach();
    this.#regions = all.filter((older) => older.chain !== chain);
  }

  /** Somebody else has changed the document. */
  changedAt(nowMs: number): void {
    this.#foreignAtMs = nowMs;
  }

  /** The first region that may send now, or else the one that may soonest; undefined: none has anything to send. */
  next({ nowMs, isBehindChange }: Moment): Turn | undefined {
    const quiet = isBehindChange ? 0 : this.#quietInMs(nowMs);
    let soonest: Turn | undefined;
    for (const region of this.#regions) {
      if (region.isIdle) continue;
      const waitMs = Math.max(quiet, region.waitMs(nowMs));
      if (waitMs <= 0) return { region, waitMs: 0 };
      if (!soonest || waitMs < soonest.waitMs) soonest = { region, waitMs };
    }
    return soonest;
  }

  /** When the repair of `misplacement` may be sent, before anything else. */
  nextRepair({ region, quietFactor }: Misplacement, { nowMs, isBehindChange }: Moment): Turn {
    return { region, waitMs: isBehindChange ? 0 : this.#quietInMs(nowMs, quietFactor) };
  }

  /** `region` has sent something: the others are next. */
  served(region: Region): void {
    this.#regions = [...this.#regions.filter((other) => other !== region), region];
  }

  #quietInMs(nowMs: number, factor = 1): number {
    return Math.max(0, this.#foreignAtMs + quietMs * factor - nowMs);
  }

  #forgetOldest(): void {
    const [oldest, ...rest] = this.#regions.filter((region) => region.hasEnded && region.isIdle);
    if (rest.length + 1 < maxRemembered) return;
    oldest?.clear();
    oldest?.detach();
    this.#regions = this.#regions.filter((region) => region !== oldest);
  }
}

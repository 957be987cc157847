// What the ledger says: how fast and how good each model was, and whether it gets better. Pure functions.

import type { LedgerEntry, Reaction } from './entry.ts';

/** Of the edits that have a value; undefined if none has. */
export interface Spread {
  readonly median: number;
  readonly p90: number;
  readonly count: number;
}

export interface ModelSummary {
  readonly model: string;
  readonly edits: number;
  readonly ttftMs?: Spread;
  readonly firstHunkMs?: Spread;
  readonly totalMs?: Spread;
  readonly tokensPerSecond?: Spread;
  readonly applyRoundTripMs?: Spread;
  /** Characters changed over the least possible; 1 is best. */
  readonly touched?: Spread;
  /** From interrupting an edit to the first hunk of the corrected one. */
  readonly interruptedToFirstHunkMs?: Spread;
  readonly outcomes: Readonly<Record<LedgerEntry['outcome'], number>>;
  readonly reactions: Readonly<Record<Reaction, number>>;
  /** Share (0 to 1) of the edits that were right at once: completed, and neither reverted nor retried nor steered. */
  readonly oneLoop: number;
  /** Share of requests that found their connection open. */
  readonly reused?: number;
}

/** One day, `YYYY-MM-DD` in UTC. */
export interface Day {
  readonly day: string;
  readonly edits: number;
  readonly firstHunkMs?: number;
  readonly oneLoop: number;
}

export interface Summary {
  readonly edits: number;
  /** All models together. */
  readonly all: ModelSummary;
  /** Most used first. */
  readonly models: readonly ModelSummary[];
  /** Oldest first. */
  readonly days: readonly Day[];
}

export function summarise(entries: readonly LedgerEntry[]): Summary {
  const models = [...groupBy(entries, ({ model }) => model)].map(([model, own]) => summariseModel(model, own));
  const days = [...groupBy(entries, ({ at }) => at.slice(0, 10))].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    edits: entries.length,
    all: summariseModel('all', entries),
    models: models.sort((a, b) => b.edits - a.edits),
    days: days.map(([day, own]) => summariseDay(day, own)),
  };
}

/** Nearest rank: always a value that was measured. */
export function spreadOf(values: readonly (number | undefined)[]): Spread | undefined {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return sorted.length === 0 ? undefined : { median: rank(0.5), p90: rank(0.9), count: sorted.length };
}

function summariseModel(model: string, entries: readonly LedgerEntry[]): ModelSummary {
  const spread = (of: (entry: LedgerEntry) => number | undefined): Spread | undefined => spreadOf(entries.map(of));
  const connected = entries.filter(({ reused }) => reused !== undefined);
  return compact({
    model,
    edits: entries.length,
    ttftMs: spread(({ ttftMs }) => ttftMs),
    firstHunkMs: spread(({ firstHunkMs }) => firstHunkMs),
    totalMs: spread(({ totalMs }) => totalMs),
    tokensPerSecond: spread(({ tokensPerSecond }) => tokensPerSecond),
    applyRoundTripMs: spread(({ applyRoundTripMs }) => applyRoundTripMs),
    touched: spread(({ charsChanged, charsLeast }) => (charsLeast ? (charsChanged ?? 0) / charsLeast : undefined)),
    interruptedToFirstHunkMs: spread(({ interruptedToFirstHunkMs }) => interruptedToFirstHunkMs),
    outcomes: countOf(entries, ({ outcome }) => outcome, [
      'completed',
      'cancelled',
      'superseded',
      'rejected',
      'failed',
    ]),
    reactions: countOf(entries, ({ reaction }) => reaction, ['kept', 'verified', 'reverted', 'retried', 'steered']),
    oneLoop: share(entries, rightAtOnce),
    reused: connected.length === 0 ? undefined : share(connected, ({ reused }) => reused === true),
  });
}

function summariseDay(day: string, entries: readonly LedgerEntry[]): Day {
  const firstHunkMs = spreadOf(entries.map((entry) => entry.firstHunkMs))?.median;
  return compact({ day, edits: entries.length, firstHunkMs, oneLoop: share(entries, rightAtOnce) });
}

const rightAtOnce = ({ outcome, reaction }: LedgerEntry): boolean =>
  outcome === 'completed' && (reaction === undefined || reaction === 'kept' || reaction === 'verified');

const share = <T>(all: readonly T[], test: (one: T) => boolean): number =>
  all.length === 0 ? 0 : all.filter(test).length / all.length;

function countOf<T, K extends string>(
  all: readonly T[],
  key: (one: T) => K | undefined,
  keys: readonly K[],
): Record<K, number> {
  return Object.fromEntries(keys.map((name) => [name, all.filter((one) => key(one) === name).length])) as Record<
    K,
    number
  >;
}

function groupBy<T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

/** Without members that have no value. */
function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T;
}

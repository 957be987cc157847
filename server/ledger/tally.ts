// Counts ledger entries in bounded memory, and makes a summary of them.

import type { LedgerEntry, Reaction } from './entry.ts';
import { Distribution, type Spread } from './spread.ts';

/** Models that are counted separately; the rest are counted together. */
const maxModels = 50;
export const otherModels = 'other models';
/** The newest days that are kept: some three years. */
const maxDays = 1000;
/** Distinct values of one day that are kept one by one: fewer than in all, because there are many days. */
const maxExactOfDay = 200;

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

type LedgerOutcome = LedgerEntry['outcome'];

/** An entry that was counted, remembered so that a later reaction can correct the counts. */
export interface CountedEntry {
  readonly outcome: LedgerOutcome;
  readonly parts: readonly Counter[];
  reaction: Reaction | undefined;
}

/** Its memory does not grow with the number of entries. */
export class Tally {
  #edits = 0;
  readonly #all = new ModelTally('all');
  readonly #models = new Map<string, ModelTally>();
  readonly #days = new Map<string, DayTally>();

  /** Counts an entry, its `reaction` included. */
  add(entry: LedgerEntry): CountedEntry {
    const { outcome, reaction } = entry;
    const parts: Counter[] = [this.#all, this.#modelOf(entry.model), this.#dayOf(entry.at.slice(0, 10))];
    this.#edits++;
    for (const part of parts) {
      part.add(entry);
      part.count(outcome, reaction, 1);
    }
    return { outcome, parts, reaction };
  }

  /** A reaction takes the place of an earlier one. */
  react(counted: CountedEntry, reaction: Reaction): void {
    for (const part of counted.parts) {
      part.count(counted.outcome, counted.reaction, -1);
      part.count(counted.outcome, reaction, 1);
    }
    counted.reaction = reaction;
  }

  get summary(): Summary {
    const models = [...this.#models.values()].sort((a, b) => b.edits - a.edits);
    const days = [...this.#days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
    return {
      edits: this.#edits,
      all: this.#all.summary,
      models: models.map(({ summary }) => summary),
      days: days.map(({ summary }) => summary),
    };
  }

  #modelOf(model: string): ModelTally {
    const name = this.#models.has(model) || this.#models.size < maxModels ? model : otherModels;
    const known = this.#models.get(name);
    if (known) return known;
    const created = new ModelTally(name);
    this.#models.set(name, created);
    return created;
  }

  #dayOf(day: string): DayTally {
    const known = this.#days.get(day);
    if (known) return known;
    const created = new DayTally(day);
    this.#days.set(day, created);
    if (this.#days.size > maxDays) this.#days.delete([...this.#days.keys()].reduce((a, b) => (a < b ? a : b)));
    return created;
  }
}

/** A model or a day. `count`: there are `by` more entries of this outcome and reaction. */
interface Counter {
  add(entry: LedgerEntry): void;
  count(outcome: LedgerOutcome, reaction: Reaction | undefined, by: 1 | -1): void;
}

/** The spreads of a summary, and their values in an entry. */
const measures: readonly [name: keyof ModelSummary, of: (entry: LedgerEntry) => number | undefined][] = [
  ['ttftMs', ({ ttftMs }) => ttftMs],
  ['firstHunkMs', ({ firstHunkMs }) => firstHunkMs],
  ['totalMs', ({ totalMs }) => totalMs],
  ['tokensPerSecond', ({ tokensPerSecond }) => tokensPerSecond],
  ['applyRoundTripMs', ({ applyRoundTripMs }) => applyRoundTripMs],
  ['touched', ({ charsChanged = 0, charsLeast }) => (charsLeast ? charsChanged / charsLeast : undefined)],
  ['interruptedToFirstHunkMs', ({ interruptedToFirstHunkMs }) => interruptedToFirstHunkMs],
];

class ModelTally implements Counter {
  readonly model: string;
  edits = 0;
  readonly #spreads = measures.map(([name, of]) => ({ name, of, values: new Distribution() }));
  readonly #outcomes = { completed: 0, cancelled: 0, superseded: 0, rejected: 0, failed: 0 };
  readonly #reactions = { kept: 0, verified: 0, reverted: 0, retried: 0, steered: 0 };
  #rightAtOnce = 0;
  #connected = 0;
  #reused = 0;

  constructor(model: string) {
    this.model = model;
  }

  add(entry: LedgerEntry): void {
    const { reused } = entry;
    this.edits++;
    for (const { of, values } of this.#spreads) values.add(of(entry));
    if (reused !== undefined) this.#connected++;
    if (reused) this.#reused++;
  }

  count(outcome: LedgerOutcome, reaction: Reaction | undefined, by: 1 | -1): void {
    if (Object.hasOwn(this.#outcomes, outcome)) this.#outcomes[outcome] += by;
    if (reaction !== undefined && Object.hasOwn(this.#reactions, reaction)) this.#reactions[reaction] += by;
    if (isRightAtOnce(outcome, reaction)) this.#rightAtOnce += by;
  }

  get summary(): ModelSummary {
    const spreads = this.#spreads.map(({ name, values }) => [name, values.spread] as const);
    return {
      model: this.model,
      edits: this.edits,
      ...Object.fromEntries(spreads.filter(([, spread]) => spread !== undefined)),
      outcomes: { ...this.#outcomes },
      reactions: { ...this.#reactions },
      oneLoop: this.edits === 0 ? 0 : this.#rightAtOnce / this.edits,
      ...(this.#connected > 0 && { reused: this.#reused / this.#connected }),
    };
  }
}

class DayTally implements Counter {
  readonly day: string;
  readonly #firstHunkMs = new Distribution(maxExactOfDay);
  #edits = 0;
  #rightAtOnce = 0;

  constructor(day: string) {
    this.day = day;
  }

  add({ firstHunkMs }: LedgerEntry): void {
    this.#edits++;
    this.#firstHunkMs.add(firstHunkMs);
  }

  count(outcome: LedgerOutcome, reaction: Reaction | undefined, by: 1 | -1): void {
    if (isRightAtOnce(outcome, reaction)) this.#rightAtOnce += by;
  }

  get summary(): Day {
    const firstHunkMs = this.#firstHunkMs.spread?.median;
    const oneLoop = this.#rightAtOnce / this.#edits;
    return { day: this.day, edits: this.#edits, ...(firstHunkMs !== undefined && { firstHunkMs }), oneLoop };
  }
}

const isRightAtOnce = (outcome: LedgerOutcome, reaction: Reaction | undefined): boolean =>
  outcome === 'completed' && (reaction === undefined || reaction === 'kept' || reaction === 'verified');

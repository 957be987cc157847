// What is measured of one edit: times, tokens, the way to the model, and how much was changed.

import type { Clock } from '../clock.ts';
import type { Landed } from '../delivery/region-listener.ts';
import type { AnswerFormat } from '../edit/engine.ts';
import type { ModelEvent } from '../models/model.ts';
import { ChangeCount } from './change-count.ts';
import type { Timing } from './edit-events.ts';
import type { LaneModel } from './lane-model.ts';
import { Stopwatch } from './stopwatch.ts';

/** The region's own counts; see Region. */
interface RegionCounts {
  readonly resent: number;
  readonly repairs: number;
}

export class Measurements {
  readonly stopwatch: Stopwatch;
  readonly changes = new ChangeCount();
  /** What had to be put right of the answer, as nouns for people; known at the end. */
  putRight: readonly string[] = [];
  #asked: { readonly format: AnswerFormat; readonly model: LaneModel } | undefined;
  #connection: { readonly transport: string; readonly reused: boolean } | undefined;

  constructor(clock: Clock) {
    this.stopwatch = new Stopwatch(clock);
  }

  /** How the model was reached; undefined until it was. */
  get connection(): { readonly transport: string; readonly reused: boolean } | undefined {
    return this.#connection;
  }

  /** The format of the answer; undefined until a model was asked. */
  get format(): AnswerFormat | undefined {
    return this.#asked?.format;
  }

  /** The last model that was asked: a fallback's, where the first lane failed. Undefined until one was. */
  get model(): LaneModel | undefined {
    return this.#asked?.model;
  }

  /** A model is asked; `base`: what the scope reads then. */
  asked(asked: { format: AnswerFormat; model: LaneModel }, base: string): void {
    this.#asked = asked;
    this.changes.begin(base);
  }

  heard(event: ModelEvent): void {
    if (event.type === 'opened') this.#connection = event;
    if (event.type === 'usage') this.stopwatch.used(event.usage);
    if (event.type === 'text') this.stopwatch.text(event.text);
  }

  /** Edits of ours were seen in the editor's text. */
  landed({ edits, roundTripMs }: Landed): void {
    this.stopwatch.landed(roundTripMs);
    this.changes.landed(edits);
  }

  timing({ resent, repairs }: RegionCounts): Timing {
    return this.stopwatch.timing(resent, repairs);
  }
}

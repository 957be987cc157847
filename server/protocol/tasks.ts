// Work that is no edit: an explanation, a check. Each has an id, progress, one end, and every way to stop it that an edit has.

import type { Outcome } from '../session/edit-events.ts';
import type { Wire } from './connection/wire.ts';
import { type MessageKind, showMessage } from './feedback/messages.ts';
import type { WorkDone } from './feedback/work-done.ts';

/** Ended work that `cancel` can still name. */
const maxRemembered = 32;

export type TaskKind = 'explain' | 'verify';

/** How some work ended. */
export interface TaskEnd {
  readonly outcome: Exclude<Outcome, 'superseded'>;
  /** One line for people: what came of it, or why nothing did. */
  readonly message: string;
  /** Said aloud as this; default: what failed or was rejected is said as an edit's would be. */
  readonly aloud?: MessageKind | undefined;
}

const loud = { completed: undefined, cancelled: undefined, rejected: 'warning', failed: 'error' } as const;

export class Task {
  /** `explain-1`. */
  readonly id: string;
  readonly kind: TaskKind;
  readonly #abort = new AbortController();
  outcome: TaskEnd['outcome'] | undefined;
  /** Resolves when the end was told. Never rejects. */
  ended: Promise<void> = Promise.resolve();

  constructor(kind: TaskKind, id: string) {
    this.kind = kind;
    this.id = id;
  }

  /** Aborted when somebody called the work off. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** `reason` says who or what did; later calls change nothing. */
  cancel(reason = 'you cancelled it'): void {
    this.#abort.abort(reason);
  }
}

export interface TasksOptions {
  readonly wire: Wire;
  readonly workDone: WorkDone;
  readonly onBug: (error: unknown) => void;
}

export class Tasks {
  readonly #options: TasksOptions;
  #tasks: Task[] = [];
  #count = 0;

  constructor(options: TasksOptions) {
    this.#options = options;
  }

  /** Oldest first. */
  get running(): Task[] {
    return this.#tasks.filter(({ outcome }) => outcome === undefined);
  }

  find(id: string | undefined): Task | undefined {
    return this.#tasks.find((task) => task.id === id);
  }

  /** Work that is about to begin: it has an id to answer with, and can be called off already. */
  create(kind: TaskKind): Task {
    const task = new Task(kind, `${kind}-${++this.#count}`);
    const ended = this.#tasks.filter(({ outcome }) => outcome !== undefined);
    if (ended.length >= maxRemembered) this.#tasks = this.#tasks.filter((other) => other !== ended[0]);
    this.#tasks.push(task);
    return task;
  }

  /** Runs `work`, shows its progress and tells its end. */
  run(task: Task, title: string, work: (report: (message: string) => void) => Promise<TaskEnd>): Promise<void> {
    const { wire, workDone, onBug } = this.#options;
    workDone.begin(task.id, title, '');
    const broke = (error: unknown): TaskEnd => {
      onBug(error);
      return { outcome: 'failed', message: 'an internal error; see the log' };
    };
    task.ended = work((message) => workDone.report(task.id, message))
      .catch(broke)
      .then(({ outcome, message, aloud = loud[outcome] }) => {
        task.outcome = outcome;
        const said = outcome === 'completed' ? message : `${outcome}: ${message}`;
        workDone.end(task.id, said);
        if (aloud) showMessage(wire, aloud, said);
      });
    return task.ended;
  }

  /** Calls off whatever runs; resolves when each has told its end. */
  async shutdown(): Promise<void> {
    const { running } = this;
    for (const task of running) task.cancel('the server was shut down');
    await Promise.all(running.map(({ ended }) => ended));
  }
}

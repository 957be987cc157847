// Plays one plan: the real server, a simulated editor, person and model, until nothing moves any more.

import { serve } from '../../server/protocol/server.ts';
import { Lanes } from '../../server/session/lanes.ts';
import { createPrepare } from '../../server/session/prepare.ts';
import { Authors } from './buffer.ts';
import { type Doc, Editor } from './editor.ts';
import { directiveOf, SimModel } from './model.ts';
import { Oracle, type Violation } from './oracle/oracle.ts';
import { Person } from './person.ts';
import { type Action, createScript, editorOf, type Plan, type Script } from './plan.ts';
import { Random } from './random.ts';
import { createText } from './texts.ts';
import { settle, Time } from './time.ts';
import { SimWire } from './wire.ts';
import type { World } from './world.ts';

export interface Result {
  readonly violation: Violation | undefined;
  /** Times of situations that were reached. */
  readonly situations: ReadonlyMap<string, number>;
  /** What happened, if it was asked for. */
  readonly trace: readonly string[];
}

/** Nothing takes this long: whatever still moves then will do so for ever. */
const endMs = 600_000;
/** Events of one schedule, at most. Sound ones have less than 4,000; one that goes round in a circle makes its text longer with each round. */
const maxEvents = 10_000;

export async function runSchedule(plan: Plan, world: World, { traced = false } = {}): Promise<Result> {
  const schedule = new Schedule(plan, world, traced);
  await schedule.run().catch((error: Error) => schedule.broke(error));
  return schedule;
}

class Schedule implements Result {
  readonly situations = new Map<string, number>();
  readonly trace: string[] = [];
  readonly #plan: Plan;
  readonly #world: World;
  readonly #time = new Time();
  readonly #editor: Editor;
  readonly #oracle: Oracle;
  readonly #wire: SimWire;
  readonly #person: Person;
  readonly #docs: readonly Doc[];

  constructor(plan: Plan, world: World, traced: boolean) {
    this.#plan = plan;
    this.#world = world;
    const { joinsUndo, marked } = plan;
    const time = this.#time;
    const random = new Random(plan.seed).fork('run');
    const ways = editorOf(plan);
    const authors = new Authors();
    const docs = new Map<string, Doc>();
    const count = (situation: string) => this.situations.set(situation, (this.situations.get(situation) ?? 0) + 1);
    const say = traced
      ? (line: () => string) => this.trace.push(`${time.now().toFixed(1).padStart(9)}  ${line()}`)
      : () => {};
    const modeOf = (tag: number) => editOf(plan.actions, tag)?.mode ?? 'stream';
    const isOfferOf = (tag: number) => editOf(plan.actions, tag)?.offered ?? false;
    const directiveOfEdit = (tag: number) => (editOf(plan.actions, tag)?.directive ? directiveOf(tag) : undefined);
    const { faults } = world;
    this.#oracle = new Oracle({
      ways,
      joinsUndo,
      marked,
      authors,
      docs,
      faults,
      modeOf,
      isOfferOf,
      directiveOf: directiveOfEdit,
      count,
      say,
    });
    this.#editor = new Editor({
      ...{ ways, time, random: random.fork('editor'), authors, joinsUndo, watcher: this.#oracle },
      notify: (method, params) => this.#wire.notify(method, params),
    });
    const delays = random.fork('delays');
    this.#wire = new SimWire({
      time,
      delayMs: () => delays.next() * plan.delayMs,
      watcher: this.#oracle,
      peer: this.#editor,
    });
    this.#docs = plan.languages.map((languageId, i) => {
      const text = createText(random.fork(`text ${i}`), languageId);
      const uri = `file:///w/doc${i}.${languageId === 'typescript' ? 'ts' : 'txt'}`;
      const doc = this.#editor.create(uri, languageId, authors.create(text, 'original'));
      docs.set(uri, doc);
      return doc;
    });
    this.#person = new Person({
      ...{ editor: this.#editor, oracle: this.#oracle, wire: this.#wire, time, docs: this.#docs, marked, count },
    });
    count(`editor: ${ways.name}`);
  }

  get violation(): Violation | undefined {
    return this.#oracle.violation;
  }

  /** The simulation itself, or the server in a turn of its own, has thrown. */
  broke(error: Error): void {
    this.#oracle.broken('no bugs', error.stack ?? String(error));
  }

  async run(): Promise<void> {
    const onRejection = (error: unknown) => this.#oracle.broken('no bugs', `a promise was rejected: ${error}`);
    process.on('unhandledRejection', onRejection);
    this.#serve();
    this.#begin();
    await this.#play(endMs);
    if (!this.violation) this.#oracle.atRest(this.#wire.open.values());
    await this.#shutDown();
    process.off('unhandledRejection', onRejection);
  }

  async #play(untilMs: number): Promise<void> {
    let events = 0;
    while (!this.violation && this.#time.step(untilMs)) {
      await settle();
      if (++events > maxEvents) this.#oracle.broken('comes to rest', `more than ${maxEvents} events`);
    }
    if (this.#time.step(Number.POSITIVE_INFINITY) && !this.violation) {
      this.#oracle.broken('comes to rest', 'a timer that runs for ever');
    }
  }

  async #shutDown(): Promise<void> {
    this.#wire.request('shutdown', null, () => this.#wire.notify('exit', null));
    for (let i = 0; i < 1000 && this.#time.step(Number.POSITIVE_INFINITY); i++) await settle();
    for (const { uri } of this.#docs) this.#world.scopes.close(uri);
    if (!this.violation) for (const { method } of this.#wire.open.values()) this.#oracle.broken('one answer', method);
  }

  #begin(): void {
    const { clientInfo, saysItApplies } = this.#editor.ways;
    const lane = { provider: 'sim', model: 'sim', ...(this.#plan.format !== 'auto' && { format: this.#plan.format }) };
    const { fallback, joinsUndo, actions } = this.#plan;
    const params = {
      processId: null,
      clientInfo,
      capabilities: { workspace: { applyEdit: saysItApplies }, window: { workDoneProgress: true } },
      initializationOptions: {
        events: true,
        joinsUndo,
        lanes: { fast: { ...lane, ...(fallback && { fallback: ['deep'] }) }, deep: lane },
        providers: { sim: { api: 'chat', baseUrl: 'http://127.0.0.1:9/v1' } },
      },
    };
    this.#wire.request('initialize', params, () => {
      this.#wire.notify('initialized', {});
      for (const doc of this.#docs) this.#editor.open(doc);
      for (const action of actions) this.#time.setTimer(() => this.#person.act(action), action.atMs);
    });
  }

  #serve(): void {
    const { scopes } = this.#world;
    const plan = this.#plan;
    const model = new SimModel({
      time: this.#time,
      scriptOf: (tag, nth) => scriptOf(plan, tag, nth),
      asked: (asked) => this.#oracle.asked(asked),
      says: (asked, text) => this.#oracle.says(asked, text),
      ended: (asked, how) => this.#oracle.modelEnded(asked, how),
      unreadable: (why) => this.#oracle.broken('the request says everything', why),
    });
    serve({
      wire: this.#wire,
      clock: this.#time,
      version: '0',
      createScopes: async () => ({ ...scopes, dispose() {} }),
      createLanes: (config) =>
        new Lanes({
          env: {},
          config,
          createProvider: async () => model,
          startRehearsal: async () => 'http://127.0.0.1:9',
        }),
      loadPrepare: async (options) => createPrepare(options),
      loadLayers: async () => ({ below: [], above: [] }),
      ledger: { record: () => undefined, amend: () => undefined, flush: async () => undefined },
      afterAnswer: (task) => void this.#time.setTimer(task, 0),
      exit: () => {},
      watchParent: () => {},
      log: (line) => this.#oracle.logged(line),
    });
  }
}

function editOf(actions: readonly Action[], tag: number): (Action & { kind: 'edit' }) | undefined {
  return actions.find((action): action is Action & { kind: 'edit' } => action.kind === 'edit' && action.tag === tag);
}

/** The same edit asked again, by retry or a fallback, gets another answer. */
function scriptOf({ seed, actions }: Plan, tag: number, nth: number): Script {
  const action = actions.find((each) => 'tag' in each && each.tag === tag);
  const { script } = action as Action & { script: Script };
  return nth === 0 ? script : createScript(new Random(seed).fork(`again ${tag} ${nth}`));
}

// The figures of one language: edits streamed until there are enough states, each state judged by the language's own parser.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { createSnapshot } from '../../../server/documents/snapshot.ts';
import type { AnswerFormat } from '../../../server/edit/engine.ts';
import { createScopes } from '../../../server/scope/create-scopes.ts';
import { assets } from '../../scope/assets.ts';
import { type CodeFile, codeFiles } from './code-files.ts';
import { kindsOf } from './edits/kinds.ts';
import { editsIn, type Workshop } from './edits-in.ts';
import { type Judge, startJudge } from './judge.ts';
import { languageOf } from './languages.ts';
import { createRandom } from './random.ts';
import { type Streamed, streamEdit } from './stream.ts';

/** An unsound state, the result of an edit that was rejected, or of a broken answer that was taken. */
export interface Example {
  readonly what: 'unsound' | 'rejected' | 'taken';
  readonly kind: string;
  readonly path: string;
  /** E.g. `state 2 of 5`. */
  readonly state?: string;
  readonly fault: string;
  readonly base: string;
  readonly text: string;
}

type EditExample = Omit<Example, 'what' | 'state' | 'fault'>;

export interface Tally {
  edits: number;
  /** Answers that lead to a text that the parser does not take, on purpose or by chance: not counted as edits. */
  broken: number;
  /** Those that the engine did not reject, and those of which it showed an unsound state. */
  brokenTaken: number;
  brokenShown: number;
  states: number;
  unsound: number;
  editsUnsound: number;
  /** By the engine, although the parser takes the new text. */
  rejected: number;
  /** Not rejected, but the file ended as another text than that of the answer. */
  inexact: number;
  /** Nothing was to be seen before the answer's end. */
  held: number;
}

export interface Figures extends Tally {
  readonly language: string;
  readonly files: number;
  readonly kinds: Readonly<Record<string, Tally>>;
  readonly lags: readonly number[];
  readonly examples: readonly Example[];
}

export interface Options {
  readonly folder: string;
  readonly states: number;
  readonly seed: number;
  readonly format: AnswerFormat;
  readonly kind: string | undefined;
  readonly onProgress: (figures: Tally) => void;
}

/** A folder may be gone through so often, with other choices, to get the states that are asked for. */
const maxRounds = 20;

/** Rejects with {@link MissingProgram} where the language is not installed. */
export async function measure(name: string, options: Options): Promise<Figures> {
  const language = languageOf(name);
  const judge = await startJudge(name, language.extensions[0]!);
  const scopes = await createScopes({ assets });
  await scopes.load(language.languageId);
  const kinds = Object.entries(kindsOf(language)).filter(
    ([kind]) => options.kind === undefined || kind === options.kind,
  );
  const workshop: Workshop = {
    language,
    scopes,
    kinds: Object.fromEntries(kinds),
    random: createRandom(options.seed),
    made: new Map(),
    parser: await language.parser(),
  };
  const run = new Run(workshop, judge, options);
  try {
    await run.over(codeFiles(options.folder, language.extensions));
  } finally {
    judge.dispose();
    scopes.dispose();
    workshop.parser.delete();
  }
  return run.figures();
}

class Run {
  readonly #workshop: Workshop;
  readonly #parser: Judge;
  readonly #options: Options;
  readonly #total = emptyTally();
  readonly #kinds = new Map<string, Tally>();
  readonly #lags: number[] = [];
  readonly #examples: Example[] = [];
  readonly #files = new Set<string>();
  #version = 0;
  #judged: Promise<unknown> = Promise.resolve();

  constructor(workshop: Workshop, judge: Judge, options: Options) {
    [this.#workshop, this.#parser, this.#options] = [workshop, judge, options];
  }

  async over(files: readonly CodeFile[]): Promise<void> {
    for (let round = 0; round < maxRounds; round++) {
      for (const file of this.#workshop.random.shuffled(files)) {
        await this.#visit(file);
        this.#options.onProgress(this.#total);
        if (this.#total.states >= this.#options.states) return void (await this.#judged);
      }
    }
    await this.#judged;
  }

  figures(): Figures {
    return {
      language: this.#workshop.language.name,
      files: this.#files.size,
      ...this.#total,
      kinds: Object.fromEntries([...this.#kinds].sort(([a], [b]) => (a < b ? -1 : 1))),
      lags: this.#lags,
      examples: this.#examples,
    };
  }

  async #visit({ path, read }: CodeFile): Promise<void> {
    const text = read();
    if (text.includes('\r') || (await this.#parser.faultOf(text)) !== undefined) return;
    const { scopes, language } = this.#workshop;
    const snapshot = createSnapshot(`file:///${path}`, ++this.#version, language.languageId, text);
    const edits = editsIn(snapshot, this.#workshop);
    const faults = await Promise.all(edits.map(({ file }) => this.#parser.faultOf(file)));
    const judged = this.#judged;
    const verdicts: Promise<void>[] = [];
    for (const [index, edit] of edits.entries()) {
      const streamed = streamEdit({ scopes, snapshot, ...edit, format: this.#options.format });
      const example = { path, kind: edit.kind, base: text, text: edit.file };
      this.#count(streamed, example, faults[index]);
      verdicts.push(this.#judge(streamed, example, faults[index] !== undefined));
      await nextTurn();
    }
    scopes.close(snapshot.uri);
    this.#judged = Promise.all(verdicts);
    await judged;
  }

  /** What the engine did; `fault` is that of the edit's own result. */
  #count(streamed: Streamed, about: EditExample, fault: string | undefined): void {
    const isExact = streamed.states.at(-1) === about.text;
    for (const tally of this.#talliesOf(about)) count(tally, { ...streamed, isExact, isBroken: fault !== undefined });
    const { rejected, lags } = streamed;
    if (fault !== undefined) {
      if (rejected === undefined) this.#examples.push({ ...about, what: 'taken', fault });
      return;
    }
    this.#files.add(about.path);
    this.#lags.push(...lags);
    if (rejected !== undefined) this.#examples.push({ ...about, what: 'rejected', fault: rejected });
  }

  /** What it showed. */
  async #judge({ states }: Streamed, about: EditExample, isBroken: boolean): Promise<void> {
    const faults = await Promise.all(states.map((state) => this.#parser.faultOf(state)));
    const unsound = faults.filter((fault) => fault !== undefined).length;
    if (unsound === 0) return;
    for (const tally of this.#talliesOf(about)) {
      if (isBroken) tally.brokenShown++;
      else tally.editsUnsound++;
      if (!isBroken) tally.unsound += unsound;
    }
    if (isBroken) return;
    const first = faults.findIndex((fault) => fault !== undefined);
    const state = `state ${first + 1} of ${states.length}`;
    this.#examples.push({ ...about, what: 'unsound', state, fault: faults[first]!, text: states[first]! });
  }

  #talliesOf({ kind }: EditExample): Tally[] {
    const tally = this.#kinds.get(kind) ?? emptyTally();
    this.#kinds.set(kind, tally);
    return [this.#total, tally];
  }
}

function emptyTally(): Tally {
  const broken = { broken: 0, brokenTaken: 0, brokenShown: 0 };
  return { edits: 0, states: 0, unsound: 0, editsUnsound: 0, rejected: 0, inexact: 0, held: 0, ...broken };
}

interface Outcome extends Pick<Streamed, 'states' | 'rejected' | 'isHeld'> {
  readonly isExact: boolean;
  readonly isBroken: boolean;
}

function count(tally: Tally, { states, rejected, isHeld, isExact, isBroken }: Outcome): void {
  if (isBroken) {
    tally.broken++;
    if (rejected === undefined) tally.brokenTaken++;
    return;
  }
  tally.edits++;
  tally.states += states.length;
  if (rejected !== undefined) tally.rejected++;
  else if (!isExact) tally.inexact++;
  if (isHeld) tally.held++;
}

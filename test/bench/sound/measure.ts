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
  readonly fault: string;
  readonly base: string;
  readonly text: string;
}

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
  readonly #judge: Judge;
  readonly #options: Options;
  readonly #total = emptyTally();
  readonly #kinds = new Map<string, Tally>();
  readonly #lags: number[] = [];
  readonly #examples: Example[] = [];
  readonly #files = new Set<string>();
  #version = 0;
  #judged: Promise<unknown> = Promise.resolve();

  constructor(workshop: Workshop, judge: Judge, options: Options) {
    [this.#workshop, this.#judge, this.#options] = [workshop, judge, options];
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
    if (text.includes('\r') || (await this.#judge.faultOf(text)) !== undefined) return;
    const { scopes, language } = this.#workshop;
    const snapshot = createSnapshot(`file:///${path}`, ++this.#version, language.languageId, text);
    const edits = editsIn(snapshot, this.#workshop);
    const faults = await Promise.all(edits.map(({ file }) => this.#judge.faultOf(file)));
    const judged = this.#judged;
    const verdicts: Promise<void>[] = [];
    for (const [index, edit] of edits.entries()) {
      const streamed = streamEdit({ scopes, snapshot, ...edit, format: this.#options.format });
      const example = { path, kind: edit.kind, base: text, text: edit.file };
      verdicts.push(this.#judgeEdit(streamed, example, faults[index]));
      await nextTurn();
    }
    scopes.close(snapshot.uri);
    this.#judged = Promise.all(verdicts);
    await judged;
  }

  /** Counts at once what the engine did, and once the states are judged what it showed. `fault` is that of the edit's own result. */
  async #judgeEdit(
    streamed: Streamed,
    about: Omit<Example, 'what' | 'fault'>,
    fault: string | undefined,
  ): Promise<void> {
    const { states, rejected } = streamed;
    const tallies = [this.#total, this.#tallyOf(about.kind)];
    for (const tally of tallies) (fault === undefined ? count : countBroken)(tally, streamed);
    if (fault !== undefined && rejected === undefined) this.#examples.push({ ...about, what: 'taken', fault });
    if (fault === undefined) {
      this.#files.add(about.path);
      this.#lags.push(...streamed.lags);
      if (rejected !== undefined) this.#examples.push({ ...about, what: 'rejected', fault: rejected });
    }
    const faults = await Promise.all(states.map((state) => this.#judge.faultOf(state)));
    const unsound = faults.filter((each) => each !== undefined).length;
    if (unsound === 0) return;
    for (const tally of tallies) {
      if (fault !== undefined) tally.brokenShown++;
      else tally.editsUnsound++;
      if (fault === undefined) tally.unsound += unsound;
    }
    if (fault !== undefined) return;
    const first = faults.findIndex((each) => each !== undefined);
    const kind = `${about.kind}, state ${first + 1} of ${states.length}`;
    this.#examples.push({ ...about, what: 'unsound', kind, fault: faults[first]!, text: states[first]! });
  }

  #tallyOf(kind: string): Tally {
    const tally = this.#kinds.get(kind) ?? emptyTally();
    this.#kinds.set(kind, tally);
    return tally;
  }
}

function emptyTally(): Tally {
  return {
    edits: 0,
    broken: 0,
    brokenTaken: 0,
    brokenShown: 0,
    states: 0,
    unsound: 0,
    editsUnsound: 0,
    rejected: 0,
    held: 0,
  };
}

function count(tally: Tally, { states, rejected, isHeld }: Streamed): void {
  tally.edits++;
  tally.states += states.length;
  if (rejected !== undefined) tally.rejected++;
  if (isHeld) tally.held++;
}

function countBroken(tally: Tally, { rejected }: Streamed): void {
  tally.broken++;
  if (rejected === undefined) tally.brokenTaken++;
}

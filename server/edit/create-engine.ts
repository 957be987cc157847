// Puts the stages of the engine together: chunks → lines → answer tags out → format reader → plans → edits → hunk gate → hunks. README.md tells the whole way.

import { AnswerTags } from '../answer/answer-tags.ts';
import { scopeStages } from '../answer/code-reading.ts';
import { LineSplitter } from '../answer/line-splitter.ts';
import { ScopeFacts } from '../answer/scope-facts.ts';
import { type SpokenPiece, SpokenText } from '../answer/spoken-text.ts';
import { noSurroundings } from '../answer/surroundings.ts';
import { type Edit, sortEdits } from '../text/edit.ts';
import { hasTags } from '../text/language-kinds.ts';
import { runToEnd, type Work } from '../turns.ts';
import { EitherFormat } from './either-format.ts';
import {
  doesNotParse,
  type Engine,
  type EngineOptions,
  type EngineOutput,
  type Finish,
  type Hunk,
  type SteppedEngine,
  type SteppedOptions,
} from './engine.ts';
import { type FormatReader, isEmpty } from './format-reader.ts';
import { HunkGate } from './hunk-gate.ts';
import { InsertionReader } from './insertion-reader.ts';
import type { Plan } from './plan.ts';
import { type LineEdits, lineEditsOf, type Replacement, wholeEdit } from './replacement.ts';
import { RewriteReader } from './rewrite-reader.ts';
import { SearchReplaceReader } from './search-replace-reader.ts';
import { whyUnsound } from './why-unsound.ts';

export function createEngine({ parses, ...options }: EngineOptions): Engine {
  const engine = createSteppedEngine({ ...options, ...(parses && { parses: inOneStep(parses) }) });
  return {
    push: (chunk) => runToEnd(engine.push(chunk)),
    finish: () => runToEnd(engine.finish()),
    get held() {
      return engine.held;
    },
    get heldLines() {
      return engine.heldLines;
    },
    get isThinking() {
      return engine.isThinking;
    },
    get putRight() {
      return engine.putRight;
    },
  };
}

function inOneStep(parses: (text: string) => boolean): (text: string) => Work<boolean> {
  // biome-ignore lint/correctness/useYield: runs in one step
  return function* (text) {
    return parses(text);
  };
}

/** The engine in steps, for a caller that must let other tasks run in between. */
export function createSteppedEngine(options: SteppedOptions): SteppedEngine {
  return new StreamingEngine(options);
}

class StreamingEngine implements SteppedEngine {
  readonly #base: string;
  readonly #eol: string;
  readonly #options: SteppedOptions;
  readonly #spoken: SpokenText;
  #splitter = new LineSplitter();
  #tags: AnswerTags;
  #format: FormatReader;
  #gate: HunkGate;
  #rejected: string | undefined;

  constructor(options: SteppedOptions) {
    this.#options = options;
    this.#base = options.base;
    this.#eol = options.eol;
    this.#spoken = new SpokenText(options.base, hasTags(options.surroundings?.languageId ?? ''));
    this.#tags = new AnswerTags(options.base);
    this.#format = createReader(options);
    this.#gate = new HunkGate(options.base, options.parses);
  }

  push(chunk: string): Work<EngineOutput> {
    return this.#hear(this.#spoken.push(chunk));
  }

  *finish(): Work<Finish> {
    const edits = (yield* this.#hear(this.#spoken.finish())).hunks.flatMap((hunk) => hunk.edits);
    const last = this.#splitter.finish().flatMap((line) => this.#tags.push(line));
    edits.push(...(yield* this.#readLines(last)), ...(yield* this.#readLines(this.#tags.finish())));
    const { noChange, refusal } = this.#tags;
    if (refusal !== undefined) return { kind: 'refused', reason: refusal };
    if (this.#rejected !== undefined) return { kind: 'rejected', reason: this.#rejected };
    if (this.#spoken.isThinking) return { kind: 'rejected', reason: 'the answer ends while the model still thinks' };
    const end = this.#format.finish();
    const imports = [...this.#tags.imports, ...(this.#format.imports ?? [])];
    if (noChange && end.rejected && !this.#gate.hasReleased) return { kind: 'unchanged', imports };
    if (end.rejected) return { kind: 'rejected', reason: this.#whyRejected(end.rejected) };
    this.#gate.add(this.#toLineEdits(end.replacements));
    const rest = yield* this.#gate.releaseAll();
    if (rest === undefined) return { kind: 'rejected', reason: this.#whyUnsound() };
    if (!this.#gate.hasReleased) return { kind: 'unchanged', imports };
    return { kind: 'edited', hunks: toHunks([...edits, ...rest]), imports };
  }

  get isThinking(): boolean {
    return this.#spoken.isThinking;
  }

  get putRight(): readonly string[] {
    return [...new Set([...this.#spoken.putRight, ...this.#format.putRight])];
  }

  get held(): number {
    return this.#gate.held + this.#format.pendingUnits;
  }

  get heldLines(): number {
    return this.#gate.heldLines;
  }

  /** An answer of which nothing is left is said to have been what was taken out of it. */
  #whyRejected(reason: string): string {
    const taken = this.#spoken.putRight.find((what) => !what.startsWith('the '));
    return reason === isEmpty && taken !== undefined ? `the answer is nothing but ${taken}` : reason;
  }

  #whyUnsound(): string {
    const { base, unsound = doesNotParse, faultIn } = this.#options;
    const text = this.#gate.text;
    return whyUnsound(unsound, { base, text }, faultIn?.(text));
  }

  *#hear(pieces: readonly SpokenPiece[]): Work<EngineOutput> {
    let edits = nothing;
    for (const piece of pieces) {
      if (piece.restart) this.#restart(true);
      if (piece.trims) this.#splitter.trimEnd();
      for (const line of this.#splitter.push(piece.text)) {
        if (this.#rejected !== undefined) break;
        this.#gate.addParseBudget(line.length + 1);
        if (this.#isPending) edits = joined(edits, yield* this.#carryOutPlans(line));
        edits = joined(edits, yield* this.#read([line]));
        if (this.#isPending) edits = joined(edits, yield* this.#carryOutPlans(''));
        yield;
      }
    }
    if (this.#isPending && this.#rejected === undefined)
      edits = joined(edits, yield* this.#carryOutPlans(this.#splitter.partial));
    const hunks = toHunks(edits);
    return this.#rejected === undefined ? { hunks } : { hunks, rejected: this.#rejected };
  }

  /** Whether lines wait for a plan: mostly none does. */
  get #isPending(): boolean {
    return this.#format.pendingUnits > 0;
  }

  /** What came so far was no code. `isAll`: for its reader too; else that has begun anew itself. */
  #restart(isAll: boolean): void {
    if (this.#gate.hasReleased) {
      this.#rejected = 'the answer begins with something that is no code';
      return;
    }
    this.#gate = new HunkGate(this.#base, this.#options.parses);
    if (!isAll) return;
    this.#splitter = new LineSplitter();
    this.#tags = new AnswerTags(this.#base);
    this.#format = createReader(this.#options);
  }

  #read(lines: readonly string[]): Work<Edit[]> {
    return this.#readLines(lines.flatMap((line) => this.#tags.push(line)));
  }

  *#readLines(lines: readonly string[]): Work<Edit[]> {
    for (const line of lines) {
      if (this.#rejected !== undefined) break;
      const read = this.#format.push(line);
      this.#rejected = read.rejected;
      if (read.restart) this.#restart(false);
      this.#gate.add(this.#toLineEdits(read.replacements));
    }
    return yield* this.#gate.release();
  }

  /** Carries out the plans that can be made now for the pending lines, when `partial` has come of the next line. */
  *#carryOutPlans(partial: string): Work<Edit[]> {
    const edits: Edit[] = [];
    for (let next = this.#format.nextPlan(partial); next; next = this.#format.nextPlan(partial)) {
      if (next.plan) edits.push(...(yield* this.#carryOut(next.plan)));
    }
    return edits;
  }

  /** If the gate lets it pass. The smallest edits, which cost more to find than everything else, are only computed then. */
  *#carryOut(plan: Plan): Work<Edit[]> {
    const isSound = yield* this.#gate.allows(plan.replacements.map((each) => wholeEdit(each, this.#eol)));
    if (!isSound && !plan.isFinal) return [];
    this.#gate.add(this.#toLineEdits(plan.replacements));
    this.#format.accept(plan);
    return isSound ? this.#gate.releaseUnchecked() : [];
  }

  #toLineEdits(replacements: readonly Replacement[]): LineEdits[] {
    return replacements.flatMap((each) => lineEditsOf(this.#base, each, this.#eol));
  }
}

function createReader(options: SteppedOptions): FormatReader {
  const { base, place, format, parses, unsound = doesNotParse, surroundings } = options;
  const known = surroundings ?? noSurroundings;
  if (place) return new InsertionReader(place, known);
  // Without a tree to tell code from talk.
  const waitsForBase = surroundings !== undefined && (!parses || unsound !== doesNotParse);
  const stages = () => (surroundings ? scopeStages(base, surroundings) : []);
  const createRewrite = () =>
    new RewriteReader({
      base,
      surroundings: known,
      facts: new ScopeFacts(base, known.languageId),
      waitsForBase,
      stages,
    });
  const createBlocks = () => new SearchReplaceReader({ base, surroundings: known, gated: parses !== undefined });
  if (surroundings) return new EitherFormat({ base, asked: format, createRewrite, createBlocks });
  return format === 'rewrite' ? createRewrite() : createBlocks();
}

const nothing: readonly Edit[] = [];

function joined(some: readonly Edit[], more: readonly Edit[]): readonly Edit[] {
  if (more.length === 0) return some;
  return some.length === 0 ? more : [...some, ...more];
}

/** What one push released, in order of position: search-replace blocks may come in any order. */
function toHunks(edits: readonly Edit[]): Hunk[] {
  return edits.length > 0 ? [{ edits: sortEdits(edits) }] : [];
}

// Puts the stages of the engine together: chunks → lines → answer tags out → format reader → plans → edits → hunk gate → hunks. README.md tells the whole way.

import { AnswerTags } from '../answer/answer-tags.ts';
import { LineSplitter } from '../answer/line-splitter.ts';
import { type Edit, sortEdits } from '../text/edit.ts';
import { runToEnd, type Work } from '../turns.ts';
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
import type { FormatReader } from './format-reader.ts';
import { HunkGate } from './hunk-gate.ts';
import { InsertionReader } from './insertion-reader.ts';
import type { Plan } from './plan.ts';
import { type LineEdits, lineEditsOf, type Replacement, wholeEdit } from './replacement.ts';
import { RewriteReader } from './rewrite-reader.ts';
import { SearchReplaceReader } from './search-replace-reader.ts';

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
  readonly #splitter = new LineSplitter();
  readonly #tags: AnswerTags;
  readonly #format: FormatReader;
  readonly #gate: HunkGate;
  readonly #unsound: string;
  #rejected: string | undefined;

  constructor({ base, eol, format, place, parses, unsound = doesNotParse }: SteppedOptions) {
    this.#base = base;
    this.#eol = eol;
    this.#unsound = unsound;
    this.#tags = new AnswerTags(base);
    if (place) this.#format = new InsertionReader(place);
    else if (format === 'rewrite') this.#format = new RewriteReader(base);
    else this.#format = new SearchReplaceReader(base, parses !== undefined);
    this.#gate = new HunkGate(base, parses);
  }

  *push(chunk: string): Work<EngineOutput> {
    if (this.#rejected !== undefined) return { hunks: [], rejected: this.#rejected };
    const edits: Edit[] = [];
    for (const line of this.#splitter.push(chunk)) {
      this.#gate.addParseBudget(line.length + 1);
      edits.push(
        ...(yield* this.#carryOutPlans(line)),
        ...(yield* this.#read([line])),
        ...(yield* this.#carryOutPlans('')),
      );
      if (this.#rejected !== undefined) break;
      yield;
    }
    edits.push(...(yield* this.#carryOutPlans(this.#splitter.partial)));
    const hunks = toHunks(edits);
    return this.#rejected === undefined ? { hunks } : { hunks, rejected: this.#rejected };
  }

  *finish(): Work<Finish> {
    const last = this.#splitter.finish().flatMap((line) => this.#tags.push(line));
    const edits = [...(yield* this.#readLines(last)), ...(yield* this.#readLines(this.#tags.finish()))];
    const { noChange, refusal, imports } = this.#tags;
    if (refusal !== undefined) return { kind: 'refused', reason: refusal };
    if (this.#rejected !== undefined) return { kind: 'rejected', reason: this.#rejected };
    const end = this.#format.finish();
    if (noChange && end.rejected && !this.#gate.hasReleased) return { kind: 'unchanged', imports };
    if (end.rejected) return { kind: 'rejected', reason: end.rejected };
    this.#gate.add(this.#toLineEdits(end.replacements));
    const rest = yield* this.#gate.releaseAll();
    if (rest === undefined) return { kind: 'rejected', reason: this.#unsound };
    if (!this.#gate.hasReleased) return { kind: 'unchanged', imports };
    return { kind: 'edited', hunks: toHunks([...edits, ...rest]), imports };
  }

  get held(): number {
    return this.#gate.held + this.#format.pendingUnits;
  }

  get heldLines(): number {
    return this.#gate.heldLines;
  }

  #read(lines: readonly string[]): Work<Edit[]> {
    return this.#readLines(lines.flatMap((line) => this.#tags.push(line)));
  }

  *#readLines(lines: readonly string[]): Work<Edit[]> {
    for (const line of lines) {
      if (this.#rejected !== undefined) break;
      const read = this.#format.push(line);
      this.#rejected = read.rejected;
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

/** What one push released, in order of position: search-replace blocks may come in any order. */
function toHunks(edits: readonly Edit[]): Hunk[] {
  return edits.length > 0 ? [{ edits: sortEdits(edits) }] : [];
}

// Puts the stages together: chunks → lines → directives out → format → edits → parse gate → hunks.

import { type Edit, sortEdits } from '../text/edit.ts';
import { doAtOnce, type Work } from '../turns.ts';
import { createDirectives } from './directives.ts';
import {
  doesNotParse,
  type Engine,
  type EngineOptions,
  type Finish,
  type Hunk,
  type Step,
  type SteppedEngine,
  type SteppedOptions,
} from './engine.ts';
import type { Format } from './format.ts';
import { Gate } from './gate.ts';
import { LineSplitter } from './line-splitter.ts';
import type { Plan } from './plan.ts';
import { Rewrite } from './rewrite.ts';
import { SearchReplace } from './search-replace.ts';
import { type Stretch, stretchUnits, type Unit, wholeEdit } from './stretch.ts';

export function createEngine({ parses, ...options }: EngineOptions): Engine {
  const engine = createSteppedEngine({ ...options, ...(parses && { parses: inOneStep(parses) }) });
  return {
    push: (chunk) => doAtOnce(engine.push(chunk)),
    finish: () => doAtOnce(engine.finish()),
    get held() {
      return engine.held;
    },
    get heldLines() {
      return engine.heldLines;
    },
  };
}

function inOneStep(parses: (text: string) => boolean): (text: string) => Work<boolean> {
  // biome-ignore lint/correctness/useYield: work that is done in one step
  return function* (text) {
    return parses(text);
  };
}

/** The engine for who has others to listen to meanwhile. */
export function createSteppedEngine(options: SteppedOptions): SteppedEngine {
  return new StreamingEngine(options);
}

class StreamingEngine implements SteppedEngine {
  private readonly base: string;
  private readonly eol: string;
  private readonly splitter = new LineSplitter();
  private readonly directives;
  private readonly format: Format;
  private readonly gate: Gate;
  private rejected: string | undefined;

  constructor({ base, eol, format, parses }: SteppedOptions) {
    this.base = base;
    this.eol = eol;
    this.directives = createDirectives(base);
    this.format = format === 'rewrite' ? new Rewrite(base) : new SearchReplace(base, parses !== undefined);
    this.gate = new Gate(base, parses);
  }

  *push(chunk: string): Work<Step> {
    if (this.rejected !== undefined) return { hunks: [], rejected: this.rejected };
    const edits: Edit[] = [];
    for (const line of this.splitter.push(chunk)) {
      this.gate.heard(line.length + 1);
      edits.push(...(yield* this.decide(line)), ...(yield* this.read([line])), ...(yield* this.decide('')));
      if (this.rejected !== undefined) break;
      yield;
    }
    edits.push(...(yield* this.decide(this.splitter.partial)));
    const hunks = toHunks(edits);
    return this.rejected === undefined ? { hunks } : { hunks, rejected: this.rejected };
  }

  *finish(): Work<Finish> {
    const last = this.splitter.finish().flatMap((line) => this.directives.push(line));
    const edits = [...(yield* this.readLines(last)), ...(yield* this.readLines(this.directives.finish()))];
    const { noChange, refusal, imports } = this.directives;
    if (refusal !== undefined) return { kind: 'refused', reason: refusal };
    if (this.rejected !== undefined) return { kind: 'rejected', reason: this.rejected };
    const end = this.format.finish();
    if (noChange && end.rejected && !this.gate.hasReleased) return { kind: 'unchanged', imports };
    if (end.rejected) return { kind: 'rejected', reason: end.rejected };
    this.gate.add(this.toUnits(end.stretches));
    const rest = yield* this.gate.releaseAll();
    if (rest === undefined) return { kind: 'rejected', reason: doesNotParse };
    if (!this.gate.hasReleased) return { kind: 'unchanged', imports };
    return { kind: 'edited', hunks: toHunks([...edits, ...rest]), imports };
  }

  get held(): number {
    return this.gate.held + this.format.waiting;
  }

  get heldLines(): number {
    return this.gate.heldLines;
  }

  private read(lines: readonly string[]): Work<Edit[]> {
    return this.readLines(lines.flatMap((line) => this.directives.push(line)));
  }

  private *readLines(lines: readonly string[]): Work<Edit[]> {
    for (const line of lines) {
      if (this.rejected !== undefined) break;
      const read = this.format.push(line);
      this.rejected = read.rejected;
      this.gate.add(this.toUnits(read.stretches));
    }
    return yield* this.gate.release();
  }

  /** Carries out what can be said now of the lines that wait, when `partial` has come of the next one. */
  private *decide(partial: string): Work<Edit[]> {
    const edits: Edit[] = [];
    for (let next = this.format.consider(partial); next; next = this.format.consider(partial)) {
      if (next.plan) edits.push(...(yield* this.attempt(next.plan)));
    }
    return edits;
  }

  /** Finding the smallest edits is what costs most: only for what is carried out. */
  private *attempt(plan: Plan): Work<Edit[]> {
    const isSound = yield* this.gate.allows(plan.stretches.map((stretch) => wholeEdit(stretch, this.eol)));
    if (!isSound && !plan.isFinal) return [];
    this.gate.add(this.toUnits(plan.stretches));
    this.format.accept(plan);
    return isSound ? this.gate.takeAll() : [];
  }

  private toUnits(stretches: readonly Stretch[]): Unit[] {
    return stretches.flatMap((stretch) => stretchUnits(this.base, stretch, this.eol));
  }
}

/** What one chunk released, in order of position: blocks may come in any. */
function toHunks(edits: readonly Edit[]): Hunk[] {
  return edits.length > 0 ? [{ edits: sortEdits(edits) }] : [];
}

// Reads one answer as it comes: through the engine, then past the guardrails. Says what it means for the edit; acts on nothing.

import type { Hunk } from '../edit/engine.ts';
import { AnswerLength } from '../guardrails/answer-length.ts';
import type { Work } from '../turns.ts';
import { type Ending, refusedBy, rejected } from './ending.ts';
import type { PreparedRequest } from './prepared-request.ts';

/** What to hand to the delivery now, and how the edit ends if this decides it. */
export interface Reading {
  readonly hunks: readonly Hunk[];
  readonly ending?: Ending;
  /** The answer is whole. */
  readonly isWhole?: boolean;
  /** What was read last is thinking that stands in the text: nothing of the answer has come since. */
  readonly isThinking?: boolean;
}

export class Answer {
  readonly #request: PreparedRequest;
  readonly #length: AnswerLength;
  /** Import lines that the model proposes; known once the answer is whole. */
  imports: readonly string[] = [];
  /** What the model said so far, and was read. */
  text = '';

  constructor(request: PreparedRequest) {
    this.#request = request;
    this.#length = new AnswerLength(request.bound);
  }

  /** UTF-16 units that wait for what follows; see Engine. */
  get held(): number {
    return this.#request.engine.held;
  }

  /** What had to be put right so far; see Engine. */
  get putRight(): readonly string[] {
    return this.#request.engine.putRight;
  }

  /** Counts a chunk before it is read. How the edit ends if the answer is too long with it: nothing of that chunk is read. */
  countChunk(chunk: string): Ending | undefined {
    const verdict = this.#request.engine.isThinking ? this.#length.addThinking(chunk) : this.#length.add(chunk);
    return verdict.ok ? undefined : rejected(verdict.reason);
  }

  *chunk(chunk: string): Work<Reading> {
    const { engine, checkHeld } = this.#request;
    this.text += chunk;
    const { hunks, rejected: why } = yield* engine.push(chunk);
    const reading: Reading = { ...this.#checked(hunks), ...(engine.isThinking && { isThinking: true }) };
    const reason = why ?? checkHeld(engine.heldLines);
    return reading.ending || reason === undefined ? reading : { ...reading, ending: rejected(reason) };
  }

  /** The protocol says that the answer is whole. */
  *whole(): Work<Reading> {
    return { ...(yield* this.#end()), isWhole: true };
  }

  *#end(): Work<Reading> {
    const finish = yield* this.#request.engine.finish();
    if (finish.kind === 'refused') return { hunks: [], ending: rejected(`the model refused: ${finish.reason}`) };
    if (finish.kind === 'rejected') return { hunks: [], ending: rejected(finish.reason) };
    this.imports = finish.imports;
    const reading = this.#checked(finish.kind === 'edited' ? finish.hunks : []);
    if (reading.ending) return reading;
    const refusal = this.#request.checkWhole();
    return refusal ? { hunks: [], ending: refusedBy(refusal) } : { ...reading, ending: { outcome: 'completed' } };
  }

  /** None of the hunks if a guardrail objects to one: what was sent before is reverted anyway. */
  #checked(hunks: readonly Hunk[]): Reading {
    for (const hunk of hunks) {
      const refusal = this.#request.check(hunk);
      if (refusal) return { hunks: [], ending: refusedBy(refusal) };
    }
    return { hunks };
  }
}

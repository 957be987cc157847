// Streams an answer through an engine as a session does, and checks what must hold for any answer.

import { expect } from 'vitest';
import { createEngine } from '../../server/edit/create-engine.ts';
import type { EngineOptions, EngineOutput, Finish } from '../../server/edit/engine.ts';
import { applyEdits, type Edit } from '../../server/text/edit.ts';

export interface Streamed {
  readonly finish: Finish;
  readonly steps: readonly EngineOutput[];
  /** Everything that was released, in order of position. */
  readonly edits: readonly Edit[];
  /** The base with all of them applied. */
  readonly text: string;
  /** The texts of the buffer, from the base on. */
  readonly states: readonly string[];
}

export interface Answer extends Partial<EngineOptions> {
  readonly base: string;
  readonly answer: string;
  /** Lengths of the chunks, repeated; 4 UTF-16 units by default. */
  readonly cuts?: readonly number[];
}

export function stream({ answer, cuts = [4], ...options }: Answer): Streamed {
  const engine = createEngine({ eol: '\n', format: 'rewrite', ...options });
  const steps: EngineOutput[] = [];
  for (let at = 0, i = 0; at < answer.length; i++) {
    const end = at + Math.max(1, cuts[i % cuts.length]!);
    steps.push(engine.push(answer.slice(at, end)));
    at = end;
  }
  const finish = engine.finish();
  const hunks = [...steps.flatMap((step) => step.hunks), ...(finish.kind === 'edited' ? finish.hunks : [])];
  const released: Edit[] = [];
  const states = [options.base];
  for (const hunk of hunks) {
    if (hunk.edits.length === 0) expect.fail('a hunk without edits');
    expectApart(hunk.edits, options.base.length);
    released.push(...hunk.edits);
    released.sort((a, b) => a.from - b.from || a.to - b.to);
    expectApart(released, options.base.length);
    states.push(applyEdits(options.base, released));
  }
  return { finish, steps, edits: released, text: states.at(-1)!, states };
}

/** Without `expect`, which would take most of the time of a thousand answers. */
function expectApart(edits: readonly Edit[], length: number): void {
  let end = 0;
  for (const { from, to } of edits) {
    if (from < end || to < from || to > length)
      expect.fail(`edits that are not apart in ${length} units: ${JSON.stringify(edits)}`);
    end = to;
  }
}

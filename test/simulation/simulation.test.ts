// The laws of edits in flight, over 10,000 random schedules; and that the simulation would notice if they were broken.

import { afterEach, describe, expect, it } from 'vitest';
import { Crew, type Summary } from './crew.ts';
import { bugs } from './planted.ts';

const schedules = 10_000;
const bugSchedules = 10_000;

/** Situations that no run of that size may miss: a law that is never put to the test is none. */
const expected = [
  /^editor: Helix$/,
  /^editor: Helix 25.01$/,
  /^editor: Neovim, 150 ms$/,
  /^editor: Neovim, no debounce$/,
  /^editor: Zed$/,
  /^editor: VS Code$/,
  /^editor: eglot$/,
  /^editor: lsp-mode$/,
  /^editor: Sublime Text$/,
  /^editor: kak-lsp$/,
  /^editor: eglot, untold$/,
  /^editor: vim-lsp$/,
  /^editor: yegappan\/lsp$/,
  /^editor: wide ranges$/,
  /^editor: silent$/,
  /^editor: ALE$/,
  /^person: (type|delete|paste|undo|redo|format|reopen|revert|keep|steer|retry)$/,
  /^cancelled by: (command|no id|request|progress|menu|and revert)$/,
  /^outcome: (completed|superseded|rejected)$/,
  /^outcome: cancelled \(you typed/,
  /^outcome: cancelled \(you undid/,
  /^outcome: cancelled \(the document was closed/,
  /^outcome: cancelled \(an earlier edit of the same code was taken back/,
  /^outcome: failed \(the editor did not answer/,
  /^outcome: failed \(this editor takes no edits/,
  /^outcome: failed \(the connection broke/,
  /^outcome: failed \(the model failed/,
  /^(repairs checked|keystrokes checked)$/,
  /^(directives|hunks applied|take-backs applied|reverts checked)$/,
];

let crew: Crew | undefined;
afterEach(async () => {
  await crew?.dispose();
  crew = undefined;
});

describe('edits in flight', () => {
  it(`keep every law in ${schedules} schedules`, { timeout: 300_000 }, async () => {
    crew = await Crew.create();
    const summary = await crew.play({ from: 1, count: schedules });
    const [first] = summary.failures;
    if (first) {
      const { small, trace } = await crew.tell(first.seed);
      const again = `npm run simulate -- --seed ${first.seed}`;
      expect.fail(`${summary.failures.length} break a law (${again})\n${JSON.stringify(small)}\n${trace.join('\n')}`);
    }
    expect(summary.played).toBe(schedules);
    for (const situation of expected) expect(reached(summary, situation), String(situation)).toBeGreaterThan(0);
  });
});

describe.each(Object.entries(bugs))('planted: %s', (bug, { says, from = 1 }) => {
  it(`is found (${says})`, { timeout: 300_000 }, async () => {
    crew = await Crew.create({ bug });
    const { failures } = await crew.play({ from, count: bugSchedules, once: true });
    expect(failures, `no schedule of ${bugSchedules} broke a law`).not.toEqual([]);
  });
});

function reached({ situations }: Summary, pattern: RegExp): number {
  return [...situations].reduce((sum, [situation, times]) => sum + (pattern.test(situation) ? times : 0), 0);
}

// Situations that a run may not miss: a law that is never put to the test is none.

import type { Summary } from './worker-pool.ts';

/** Reached in every few hundred schedules. */
const common = [
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
  /^person: (type|delete|paste|undo|redo|format|reopen|revert|keep|steer|retry)$/,
  /^cancelled by: (command|no id|request|progress|menu|and revert)$/,
  /^outcome: (completed|superseded|rejected)$/,
  /^outcome: cancelled \(you typed/,
  /^outcome: cancelled \(the document was closed/,
  /^outcome: failed \(the connection broke/,
  /^outcome: failed \(the model failed/,
  /^(directives|places for new code|hunks applied|reverts applied|reverts checked)$/,
];

/** Reached in every few thousand. */
const rare = [
  /^editor: silent$/,
  /^editor: ALE$/,
  /^outcome: cancelled \(you undid/,
  /^outcome: cancelled \(an earlier edit of the same code was reverted/,
  /^outcome: failed \(the editor did not answer/,
  /^outcome: failed \(this editor accepts no edits/,
  /^(repairs checked|keystrokes checked)$/,
];

/** A run of this size reaches the rare ones too. */
const manySchedules = 10_000;

/** What a run of at least 500 schedules should have reached and has not. */
export function missedSituations({ played, situations }: Summary): string[] {
  const reached = (pattern: RegExp) => [...situations.keys()].some((situation) => pattern.test(situation));
  const expected = played < manySchedules ? common : [...common, ...rare];
  return expected.filter((pattern) => !reached(pattern)).map(String);
}

// Vim 9 with yegappan/lsp: lines are set first, then those that are too many are deleted, or those that are missing appended; each step is told of, and the
// answer leaves in between. No version is compared.

import { applyEdits } from '../../../server/text/edit.ts';
import type { Behaviour } from '../behaviour.ts';
import { type Change, changesOf, difference } from '../document.ts';

export function twoSteps(): Behaviour {
  return {
    name: 'two steps (yegappan/lsp)',
    clientInfo: { name: 'Vim', version: '9.1' },
    canApplyEdit: true,
    firstVersion: 1,
    versionStep: 1,
    racy: true,
    applyEdit({ document, edits, answer }) {
      const { text } = document;
      const whole = applyEdits(text, changesOf(text, edits));
      const half = halfOf(text, difference(text, whole));
      if (half !== text) document.replace([difference(text, half)]);
      answer(true);
      if (half !== whole) document.replace([difference(half, whole)]);
    },
    changed: (document, hands) => hands.tell(document),
  };
}

/** The text with as many of the changed lines set as there are both before and after. */
function halfOf(text: string, { from, to, insert }: Change): string {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to) + 1 || text.length;
  const old = linesOf(text.slice(start, end));
  const set = linesOf(text.slice(start, from) + insert + text.slice(to, end));
  const count = Math.min(old.length, set.length);
  return text.slice(0, start) + [...set.slice(0, count), ...old.slice(count)].join('') + text.slice(end);
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

// The states of one edit from its request to its end, each with what only that state has.

import type { Phase, Timing } from './edit-events.ts';
import type { Ending } from './ending.ts';

/** pending: nothing of the answer has come yet. settling: the end is certain, and the last edits are under way. */
export type Life =
  | { readonly phase: 'pending' | 'streaming' }
  | { readonly phase: 'settling'; readonly ending: Ending }
  | { readonly phase: 'ended'; readonly ending: Ending; readonly timing: Timing };

/** The end that an edit is on its way to, or has come to. */
export function endingOf(life: Life): Ending | undefined {
  return 'ending' in life ? life.ending : undefined;
}

/** The phase that progress reports name. */
export function phaseOf({ phase }: Life): Phase {
  return phase === 'ended' ? 'settling' : phase;
}

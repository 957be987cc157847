// Every behaviour under which the whole loop must work.

import type { Behaviour } from '../behaviour.ts';
import { debounced } from './debounced.ts';
import { erroring } from './erroring.ts';
import { lying } from './lying.ts';
import { outOfOrder } from './out-of-order.ts';
import { rebasing } from './rebasing.ts';
import { replyFirst } from './reply-first.ts';
import { strict } from './strict.ts';
import { twoSteps } from './two-steps.ts';
import { unchecked } from './unchecked.ts';
import { unsent } from './unsent.ts';

/** For `describe.each`: `[name, factory]`. */
export const behaviours: [string, () => Behaviour][] = [
  strict,
  lying,
  debounced,
  erroring,
  replyFirst,
  rebasing,
  unchecked,
  outOfOrder,
  twoSteps,
  unsent,
].map((create) => [create().name, create]);

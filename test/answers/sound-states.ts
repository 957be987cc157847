// Whether every state that an edit went through parses no worse than what was there, by the server's own check.

import { createSnapshot } from '../../server/documents/snapshot.ts';
import { createScopes } from '../../server/scope/create-scopes.ts';
import type { Scopes } from '../../server/scope/scopes.ts';
import { assets } from '../scope/assets.ts';
import type { AnswerCase } from './answer-case.ts';
import type { Played } from './stage.ts';

let scopes: Promise<Scopes> | undefined;

/** The first state of a completed edit that parses worse than the base; undefined if there is none, or no grammar. */
export async function unsoundState(one: AnswerCase, { outcome, states }: Played): Promise<string | undefined> {
  if (outcome !== 'completed' || states.length === 0) return undefined;
  scopes ??= createScopes({ assets });
  const own = await scopes;
  if (!(await own.load(one.languageId))) return undefined;
  const snapshot = createSnapshot(`file:///${one.file}`, 1, one.languageId, one.base);
  const check = own.parseCheck(snapshot, { from: 0, to: one.base.length });
  const unsound = states.find((state) => check?.parses(state) === false);
  check?.dispose();
  own.close(snapshot.uri);
  return unsound;
}

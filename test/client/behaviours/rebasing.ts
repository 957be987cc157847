// Zed: an edit for one of its last ten versions is rebased over what happened since, one for any other is dropped; both are
// answered with applied:true.

import type { ApplyRequest, Behaviour } from '../behaviour.ts';
import { type Change, changesOf, difference } from '../document.ts';

const KEPT_VERSIONS = 10;

export function rebasing(): Behaviour {
  return {
    name: 'rebasing (Zed)',
    clientInfo: { name: 'Zed', version: '1.18.0' },
    canApplyEdit: true,
    firstVersion: 0,
    versionStep: 1,
    racy: false,
    applyEdit(request) {
      const changes = rebased(request);
      if (changes) request.document.replace(changes);
      request.answer(true);
    },
    changed: (document, hands) => hands.tell(document),
  };
}

/** The edits in the buffer's coordinates; undefined when the version they are for is not known any more. */
function rebased({ document, version, edits }: ApplyRequest): Change[] | undefined {
  const recent = [...document.history.keys()].slice(-KEPT_VERSIONS);
  if (typeof version !== 'number' || !recent.includes(version)) return undefined;
  const then = document.history.get(version)!;
  const since = difference(then, document.text);
  const shift = since.insert.length - (since.to - since.from);
  return changesOf(then, edits).map(({ from, to, insert }) => {
    const move = (at: number) => (at <= since.from ? at : Math.max(at, since.to) + shift);
    return { from: move(from), to: move(to), insert };
  });
}

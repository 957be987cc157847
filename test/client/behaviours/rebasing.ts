// Zed: an edit for one of its last ten versions is rebased over what happened since, one for any other is dropped; both are
// answered with applied:true.

import type { ApplyRequest, Behaviour } from '../behaviour.ts';
import { type Change, changesOf } from '../document.ts';

const keptVersions = 10;

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
  const recent = [...document.history.keys()].slice(-keptVersions);
  const base = typeof version === 'number' && recent.includes(version) ? document.history.get(version) : undefined;
  if (!base) return undefined;
  const later = [...document.history].filter(([then]) => then > version!).flatMap(([, { changes }]) => changes);
  const move = (offset: number) => later.reduce(through, offset);
  return changesOf(base.text, edits).map(({ from, to, insert }) => ({ from: move(from), to: move(to), insert }));
}

/** Where an anchor at `offset` is after a change. */
function through(offset: number, { from, to, insert }: Change): number {
  if (offset < from) return offset;
  return offset < to ? from + insert.length : offset + insert.length - (to - from);
}

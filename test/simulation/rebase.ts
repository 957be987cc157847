// Where an editor that keeps old texts puts the edits for one of them.

import { type Buffer, type Change, changesOf } from './buffer.ts';
import type { Request } from './editor.ts';

/** The edits where the person's typing has moved them: anchored to the units beside them. */
export function rebased({ doc, version, edits }: Request): readonly Change[] | undefined {
  if (version === null || version === undefined) return changesOf(doc.buffer.text, edits);
  const then = doc.told[doc.life]!.get(version)!;
  const changes = changesOf(then.text, edits);
  if (!changes || then === doc.buffer) return changes;
  const places = new Map(doc.buffer.ids.map((id, at) => [id, at]));
  let last = 0;
  return changes.map(({ from, to, insert }) => {
    const start = from === to ? behind(then, places, from) : ahead(then, places, from, doc.buffer.ids.length);
    const end = from === to ? start : behind(then, places, to);
    const moved = { from: Math.max(start, last), to: Math.max(start, end, last), insert };
    last = moved.to;
    return moved;
  });
}

function behind({ ids }: Buffer, places: ReadonlyMap<number, number>, at: number): number {
  for (let i = at - 1; i >= 0; i--) {
    const place = places.get(ids[i]!);
    if (place !== undefined) return place + 1;
  }
  return 0;
}

function ahead({ ids }: Buffer, places: ReadonlyMap<number, number>, at: number, end: number): number {
  for (let i = at; i < ids.length; i++) {
    const place = places.get(ids[i]!);
    if (place !== undefined) return place;
  }
  return end;
}

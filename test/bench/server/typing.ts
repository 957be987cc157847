// What a key costs that somebody types elsewhere while an edit is under way, beside the same key where none is. In this process: no pipe, no parser. A server that
// takes longer for it than its user does for a key sends every edit too late.

import type { Clock } from '../../../server/clock.ts';
import { DocumentDelivery } from '../../../server/delivery/document-delivery.ts';
import { EditorHabits } from '../../../server/delivery/editor-habits.ts';
import type { RegionListener } from '../../../server/delivery/region-listener.ts';
import { createSnapshot } from '../../../server/documents/snapshot.ts';
import { moduleOf } from './sources.ts';
import { median, quantile, round } from './stats.ts';

/** No time passes: the edit stays under way, and no wait is over. */
const stopped: Clock = { now: () => 0, setTimer: () => undefined, clearTimer() {} };
const listener: RegionListener = { landed() {}, interrupted() {}, failed() {} };

/** `keys` in a row at the end of a module of some `lines` lines; ms a key, and by how much more an edit under way makes it. */
export function benchTyping(lines: number, keys: number) {
  const source = moduleOf(lines);
  for (const edits of ['none', 'sent'] as const) msOfKeys(source, edits, 200); // the compiler's time
  const none = msOfKeys(source, 'none', keys);
  const sent = msOfKeys(source, 'sent', keys);
  const of = (values: readonly number[]) => ({ p50: round(median(values), 4), p99: round(quantile(values, 0.99), 4) });
  return { lines, keys, noneMs: of(none), underWayMs: of(sent), ratio: round(median(sent) / median(none), 1) };
}

/** `sent`: an edit of ten lines of the first function that the editor has not answered. */
function msOfKeys(source: string, edits: 'none' | 'sent', keys: number): number[] {
  let text = `${source}\n`;
  let version = 0;
  const snapshot = () => createSnapshot('file:///typing.ts', version++, 'typescript', text);
  const port = { habits: new EditorHabits(), mayBeKate: false, applyEdit: () => new Promise<never>(() => {}) };
  const delivery = new DocumentDelivery({ snapshot: snapshot(), port, clock: stopped });
  const span = { from: 0, to: source.indexOf('\n}') + 2 };
  const region = delivery.open({ span, mode: 'stream', joinsUndo: true, listener });
  delivery.begin(region);
  if (edits === 'sent') {
    const ends = [...source.slice(0, span.to).matchAll(/;$/gm)].slice(0, 10).map(({ index }) => index + 1);
    region.push([{ edits: ends.map((at) => ({ from: at, to: at, insert: ' // each' })) }]);
    delivery.pump();
  }
  return Array.from({ length: keys }, (_, i) => {
    text += i % 4 === 3 ? '\n' : 'bcd'[i % 4]!;
    const next = snapshot();
    const startedMs = performance.now();
    delivery.changed([next]);
    return performance.now() - startedMs;
  });
}

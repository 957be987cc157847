// One document and an editor that answers by hand, on virtual time.

import { DocumentDelivery } from '../../server/delivery/document-delivery.ts';
import { EditorHabits } from '../../server/delivery/editor-habits.ts';
import type { DeliveryMode } from '../../server/delivery/pacing.ts';
import type { Reply } from '../../server/delivery/port.ts';
import type { Region } from '../../server/delivery/region.ts';
import type { RegionListener } from '../../server/delivery/region-listener.ts';
import { createSnapshot, type Snapshot } from '../../server/documents/snapshot.ts';
import { applyEdits, type Edit } from '../../server/text/edit.ts';
import { settle, Time } from '../simulation/time.ts';

interface Sent {
  readonly version: number;
  readonly edits: readonly Edit[];
  reply(reply: Reply): Promise<void>;
  refuse(message: string): Promise<void>;
}

export const text = 'above\nfn() {\n  one\n}\nbelow\n';
export const scope = { from: 6, to: 20 };
/** In offsets of the scope's text. */
export const hunk = { edits: [{ from: 9, to: 12, insert: '1' }] };
export const second = { edits: [{ from: 0, to: 2, insert: 'f' }] };

export class Desk {
  readonly time = new Time();
  readonly sent: Sent[] = [];
  readonly events: string[] = [];
  readonly delivery: DocumentDelivery;
  #snapshot: Snapshot = createSnapshot('file:///a.ts', 1, 'typescript', text);

  constructor({ slowestAnswerMs = 0, mayBeKate = false } = {}) {
    const applyEdit = (snapshot: Snapshot, edits: readonly Edit[]) =>
      new Promise<Reply>((resolve, reject) => {
        this.sent.push({
          version: snapshot.version,
          edits,
          reply: (reply) => {
            resolve(reply);
            return settle();
          },
          refuse: (message) => {
            reject(new Error(message));
            return settle();
          },
        });
      });
    const habits = new EditorHabits();
    habits.answeredAfter(slowestAnswerMs);
    this.delivery = new DocumentDelivery({
      snapshot: this.#snapshot,
      port: { habits, mayBeKate, applyEdit },
      clock: this.time,
    });
  }

  region({ mode = 'stream' as DeliveryMode, joinsUndo = true, span = scope, standsAlone = false } = {}): Region {
    const listener: RegionListener = {
      landed: ({ isRevert }) => void this.events.push(isRevert ? 'reverted' : 'landed'),
      interrupted: (why) => void this.events.push(why),
      failed: (reason) => void this.events.push(reason),
      refused: () => void this.events.push('refused'),
    };
    const region = this.delivery.open({ span, mode, joinsUndo, listener, standsAlone });
    this.delivery.begin(region);
    return region;
  }

  push(region: Region, ...hunks: { edits: Edit[] }[]): void {
    region.push(hunks);
    this.delivery.pump();
  }

  /** The editor reports a text. */
  tell(next: string): void {
    this.#snapshot = createSnapshot('file:///a.ts', this.#snapshot.version + 1, 'typescript', next);
    this.delivery.changed([this.#snapshot]);
  }

  /** What the text `on` reads after what was sent last. */
  made(on = this.#snapshot.text): string {
    return applyEdits(on, this.sent.at(-1)!.edits);
  }

  /** Until `ms` from the start. */
  wait(ms: number): void {
    while (this.time.step(ms));
  }
}

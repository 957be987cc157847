// One document and an editor that answers by hand, on virtual time.

import { DocumentDelivery, type Reply } from '../../server/delivery/document-delivery.ts';
import type { DeliveryMode } from '../../server/delivery/pacing.ts';
import type { Region, RegionListener } from '../../server/delivery/region.ts';
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
  readonly news: string[] = [];
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
    this.delivery = new DocumentDelivery({
      snapshot: this.#snapshot,
      port: { slowestAnswerMs, mayBeKate, misplaces: false, applyEdit },
      clock: this.time,
    });
  }

  region({ mode = 'stream' as DeliveryMode, joinsUndo = true, span = scope, standsAlone = false } = {}): Region {
    const listener: RegionListener = {
      landed: ({ takesBack }) => void this.news.push(takesBack ? 'taken back' : 'landed'),
      interrupted: (why) => void this.news.push(why),
      failed: (reason) => void this.news.push(reason),
      refused: () => void this.news.push('refused'),
    };
    const region = this.delivery.open({ span, mode, joinsUndo, listener, standsAlone });
    this.delivery.begin(region);
    return region;
  }

  push(region: Region, ...hunks: { edits: Edit[] }[]): void {
    region.push(hunks);
    this.delivery.pump();
  }

  /** The editor tells of a text. */
  tell(next: string): void {
    this.#snapshot = createSnapshot('file:///a.ts', this.#snapshot.version + 1, 'typescript', next);
    this.delivery.changed([this.#snapshot]);
  }

  /** Makes what was sent last; the text afterwards. */
  made(on = this.#snapshot.text): string {
    return applyEdits(on, this.sent.at(-1)!.edits);
  }

  /** Until `ms` from the start. */
  wait(ms: number): void {
    while (this.time.step(ms));
  }
}

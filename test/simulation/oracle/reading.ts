// What the server has read of each document, and what follows for its edits: it is not to act as if it had not read it.

import type { Buffer } from '../buffer.ts';
import type { Doc } from '../editor.ts';
import type { Facts, Known } from './facts.ts';
import type { Sending } from './sending.ts';

export class Reading {
  readonly #facts: Facts;
  readonly #sending: Sending;

  constructor(facts: Facts, sending: Sending) {
    this.#facts = facts;
    this.#sending = sending;
  }

  opened(doc: Doc, version: number): void {
    const life = (this.#facts.known.get(doc)?.life ?? 0) + 1;
    const buffer = doc.told[life]!.get(version)!;
    this.#facts.known.set(doc, { life, version, buffer, ahead: new Set(), loose: undefined });
  }

  closed(doc: Doc): void {
    const known = this.#facts.knownOf(doc);
    known.version = undefined;
    for (const edit of this.#facts.all) {
      if (edit.doc !== doc || edit.life !== known.life) continue;
      edit.stop ??= 'the document was closed';
      edit.revert = undefined;
    }
  }

  changed(doc: Doc, version: number): void {
    const known = this.#facts.knownOf(doc);
    if (known.version === undefined) return;
    if (this.#facts.options.ways.telling === 'swapped') {
      known.ahead.add(version);
      while (known.ahead.delete(known.version + 1)) this.#reads(doc, known, known.version + 1);
    } else this.#reads(doc, known, version);
  }

  #reads(doc: Doc, known: Known, version: number): void {
    const before = known.version ?? version;
    const read = known.buffer;
    known.version = version;
    known.buffer = doc.told[known.life]!.get(version)!;
    // The person has done nothing there that they had not done before.
    if (doc.halfway.has(known.buffer)) return;
    const isMixed = this.#isByPerson(read, known.buffer);
    for (const edit of this.#facts.all) {
      if (edit.doc !== doc || !edit.running || edit.stop || known.loose) continue;
      if (isMixed && this.#sending.landedBetween(edit, before, version)) edit.isMixed = true;
      const isRight = edit.reads(known.buffer, version);
      if (!edit.touched || !this.#facts.isTouched(edit, known.buffer)) continue;
      if (isRight) {
        this.#facts.loosen(doc, 'what the person did to a region reads as if nothing had been done');
        continue;
      }
      if (this.#sending.isTakingBack(doc, before)) {
        this.#facts.loosen(doc, 'the person undid what was being reverted');
      } else {
        edit.stop = `the server has read that the person changed its region (version ${version})`;
        this.#facts.count('the person touched the region of a running edit');
      }
    }
  }

  /** Whether the person had a hand in what lies between two texts. */
  #isByPerson(before: Buffer, after: Buffer): boolean {
    const { removedByPerson, options } = this.#facts;
    const was = new Set(before.ids);
    if (after.ids.some((id) => !was.has(id) && options.authors.of(id) === 'person')) return true;
    const is = new Set(after.ids);
    return before.ids.some((id) => !is.has(id) && removedByPerson.has(id));
  }
}

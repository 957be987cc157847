// Imports that the person let in beside edits: they are no edit's own, and come and go by themselves.

import type { Buffer, Change } from '../buffer.ts';
import type { Doc, Made } from '../editor.ts';
import type { Facts } from './facts.ts';
import type { Watched } from './watched.ts';

/** An import that came or went. */
interface Import {
  readonly doc: Doc;
  readonly life: number;
  /** The editor's, with it. */
  readonly version: number;
  /** What it brought. */
  readonly ids: readonly number[];
}

export class Imports {
  readonly #facts: Facts;
  readonly #all: Import[] = [];

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** An import that was let in, or is taken out again: it is no edit's own. */
  isOne(doc: Doc, { buffer, changes }: { buffer: Buffer; changes: readonly Change[] }): boolean {
    const approved = this.#facts.approvals.filter((approval) => approval.edit.doc === doc);
    const [change, ...rest] = changes;
    if (!change || rest.length > 0) return false;
    const { from, to, insert } = change;
    // One that landed and was undone before the editor told of either looks as if it had been dropped.
    const wasTold = (item: string) =>
      [...doc.told.flatMap((life) => [...life.values()])].some((t) => t.text.includes(item));
    const comes = approved.find(({ item, isIn }) => from === to && insert.trim() === item && !(isIn && wasTold(item)));
    if (comes) return true;
    const gone = buffer.text.slice(from, to).trim();
    return insert === '' && approved.some(({ item, isUnwanted }) => item === gone && isUnwanted);
  }

  /** An import came or went; what it changed of other regions is nobody's to judge. */
  made(doc: Doc, { before, changes }: Made): void {
    const [{ from, to, insert } = { from: 0, to: 0, insert: '' }] = changes;
    const item = (insert || before.text.slice(from, to)).trim();
    for (const approval of this.#facts.approvals) {
      if (approval.edit.doc === doc && approval.item === item) approval.isIn = insert !== '';
    }
    this.#facts.count(insert === '' ? 'imports taken out' : 'imports let in');
    const ids = doc.buffer.ids.slice(from, from + insert.length);
    this.#all.push({ doc, life: doc.life, version: doc.version, ids });
    for (const edit of this.#facts.all) {
      const hull = edit.doc === doc ? edit.hull(before) : undefined;
      if (hull && from < hull.to && to > hull.from) edit.overwritten = true;
    }
  }

  /** Those that the server was not told of yet when an edit began. */
  takeUntold(begun: Watched): void {
    for (const come of this.#all) {
      const { doc, life, version } = come;
      if (doc === begun.doc && life === begun.life && version > begun.version) this.#hold(begun, come);
    }
  }

  /** The server has not been told of an import: where it stands in the region it is a part of it. */
  #hold(begun: Watched, { doc, ids }: Import): void {
    begun.overwritten = true;
    const hull = begun.hull(doc.buffer);
    if (!hull) return;
    const inside = new Set(doc.buffer.ids.slice(hull.from, hull.to));
    for (const id of ids) if (inside.has(id)) begun.cells.add(id);
  }
}

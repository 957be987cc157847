// What an editor puts in the wrong place, because it had not told what its person typed: nothing of that stays, and nothing that was typed is lost.

import { type Buffer, withLf } from '../buffer.ts';
import type { Doc, Made } from '../editor.ts';
import { marks } from '../texts.ts';
import type { Facts } from './facts.ts';
import type { Watched } from './watched.ts';

/** What the person did since the editor told last. */
interface Untold {
  readonly told: Buffer;
  /** Units that were typed, or stand beside what was typed or taken out. */
  readonly near: Set<number>;
  /** Not in one place. */
  isScattered: boolean;
  hasLanded: boolean;
  readonly typed: Set<number>;
}

const marked = new RegExp(`[${marks}]`);

function isDoubt(words: string): boolean {
  return /wrong place/.test(words);
}

export class Misplacements {
  readonly #facts: Facts;
  /** Units that a landing took out before the server could know of them, by document: no text ever showed them. */
  readonly #unseen = new Map<Doc, Set<number>>();
  readonly #untold = new Map<Doc, Untold>();
  readonly #inDoubt = new Set<string>();
  /** Documents in which an edit landed between changes in several places that the editor told in one. */
  readonly #scattered = new Set<Doc>();
  /** Documents in which an edit landed right beside what was typed untold, or the other way round: it may have been typed behind it, in its region. */
  readonly #beside = new Set<Doc>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** A message to the person: what it says of an edit that had ended already begins with its file. */
  said(message: string): void {
    const [, file] = /: (doc\d+\.\w+): /.exec(message) ?? [];
    if (file && isDoubt(message)) this.#inDoubt.add(file);
  }

  has(doc: Doc): boolean {
    return this.#unseen.has(doc);
  }

  /** The person changed a buffer. */
  typed(doc: Doc, before: Buffer): void {
    const untold = this.#untoldOf(doc);
    const [a, b] = [before.ids, doc.buffer.ids];
    let from = 0;
    while (from < a.length && a[from] === b[from]) from++;
    let end = 0;
    while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++;
    const beside = [a[from - 1] ?? -1, a[a.length - end] ?? -2];
    if (untold.near.size > 0 && !beside.some((id) => untold.near.has(id))) untold.isScattered = true;
    const typed = b.slice(from, b.length - end);
    // What the server has put right is not counted to its region any more, and which of two line breaks is its own the text does not tell.
    const near = [...a.slice(Math.max(0, from - 3), from), ...a.slice(a.length - end, a.length - end + 3)];
    const isModels = (id: number) => this.#facts.options.authors.of(id) === 'model';
    if (this.has(doc) && near.some(isModels)) this.#beside.add(doc);
    for (const id of typed) untold.typed.add(id);
    for (const id of [...beside, ...typed]) untold.near.add(id);
    if (untold.isScattered && untold.hasLanded) this.#scattered.add(doc);
  }

  #untoldOf(doc: Doc): Untold {
    const known = this.#untold.get(doc);
    if (known?.told === doc.lastTold) return known;
    const untold = {
      told: doc.lastTold,
      near: new Set<number>(),
      typed: new Set<number>(),
      isScattered: false,
      hasLanded: false,
    };
    this.#untold.set(doc, untold);
    return untold;
  }

  /** An edit was made in a text that it was not made for. */
  landed(doc: Doc, { before, changes }: Made): void {
    const untold = this.#untoldOf(doc);
    untold.hasLanded = true;
    if (untold.isScattered) this.#scattered.add(doc);
    const { ids } = before;
    const isTyped = (at: number) => untold.typed.has(ids[at] ?? -1);
    if (changes.some(({ from, to }) => isTyped(from - 1) || isTyped(to))) this.#beside.add(doc);
    const unseen = this.#unseen.get(doc) ?? new Set();
    this.#unseen.set(doc, unseen);
    const told = new Set([...doc.told[doc.life]!.values()].flatMap(({ ids }) => ids));
    for (const { from, to } of changes) {
      for (const id of before.ids.slice(from, to)) if (!told.has(id)) unseen.add(id);
    }
    if (unseen.size > 0) this.#facts.count('an edit took out what was never told');
  }

  /** Nothing moves any more. */
  atRest(): void {
    for (const doc of this.#unseen.keys()) this.#check(doc);
  }

  #check(doc: Doc): void {
    const { options } = this.#facts;
    const edits = this.#facts.all.filter((edit) => edit.doc === doc);
    if (!options.marked || !doc.open || doc.life !== 1) return;
    const isInDoubt =
      edits.some((edit) => isDoubt(edit.ended?.reason ?? '')) ||
      this.#inDoubt.has(doc.uri.slice(doc.uri.lastIndexOf('/') + 1));
    if (isInDoubt)
      return this.#facts.count('not judged: the server says that it can not tell what is in the wrong place');
    if (this.#scattered.has(doc)) return this.#facts.count('not judged: the person typed in several places untold');
    this.#checkKeystrokes(doc);
    const [edit] = edits;
    if (edit && edits.length === 1) this.#checkAround(edit, doc);
  }

  #checkKeystrokes(doc: Doc): void {
    const { removedByPerson } = this.#facts;
    const unseen = this.#unseen.get(doc)!;
    const left = new Map<string, number>();
    for (const unit of doc.buffer.text) left.set(unit, (left.get(unit) ?? 0) + 1);
    // What was in a region when its edit began is a part of what its model was asked about.
    const isAskedAbout = (id: number) => this.#facts.all.some(({ cells }) => cells.has(id));
    this.#facts.count('keystrokes checked');
    for (const [id, unit] of doc.typed) {
      if (removedByPerson.has(id) || unseen.has(id) || isAskedAbout(id) || !marked.test(unit)) continue;
      const count = left.get(unit) ?? 0;
      if (count === 0) return this.#facts.broken('the keystroke wins', `what the person typed is gone: ${unit}`);
      left.set(unit, count - 1);
    }
  }

  /** Nobody touched its region. */
  #checkUndisturbed(edit: Watched): void {
    const { asked, doc, ended, touched, stop, revert } = edit;
    if (this.#beside.has(doc)) return this.#facts.count('not judged: an edit landed beside what was typed untold');
    if (!asked || !ended || touched || stop || revert) return;
    const isWhole = asked.end === 'complete' && asked.sent === asked.answer.length;
    if (!isWhole && ended.outcome !== 'cancelled') return;
    if (this.#facts.expectedOf(edit) !== 'completed' || /^(completed|superseded)$/.test(ended.outcome)) return;
    this.#facts.broken('never disturbed', `${edit.editId} is ${ended.outcome} (${ended.reason}), nobody knows why`);
  }

  /** The document with what the model said, or its region left out, whoever broke its lines. */
  #checkAround(edit: Watched, doc: Doc): void {
    const { options, removedByPerson } = this.#facts;
    const [, told] = doc.told;
    const first = told!.values().next().value!;
    if (first.ids.some((id) => removedByPerson.has(id)) || edit.directive || this.#facts.approvals.length > 0) return;
    if (this.#unseen.get(doc)!.size > 0) return;
    const hull = edit.hull(first);
    if (!hull) return;
    this.#facts.count('repairs checked');
    this.#checkUndisturbed(edit);
    const [before, after] = [bare(first.text.slice(0, hull.from)), bare(first.text.slice(hull.to))];
    const now = bare(textOf(doc.buffer, (id) => options.authors.of(id) !== 'person'));
    const isWhole = edit.ended?.outcome === 'completed' && edit.asked && !edit.revert && !edit.touched;
    const isRight = isWhole
      ? now === before + bare(edit.asked!.target) + after
      : now.startsWith(before) && now.endsWith(after) && now.length >= before.length + after.length;
    if (isRight) return;
    this.#facts.broken('nothing misplaced stays', `${edit.editId}: ${JSON.stringify(doc.buffer.text)}`);
  }
}

function textOf({ text, ids }: Buffer, isWanted: (id: number) => boolean): string {
  return ids.reduce((kept, id, i) => (isWanted(id) ? kept + text[i] : kept), '');
}

/** What comes back of what was typed is the model's: without the person's letters, and without line breaks, which the person typed too. */
function bare(text: string): string {
  return withLf(text).replaceAll(new RegExp(`[\n${marks}]`, 'g'), '');
}

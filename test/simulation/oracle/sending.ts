// The laws of what is sent and what becomes of it in the editor: never outside the scope, the keystroke wins, nothing after a cancel, sound, few steps.

import { type Buffer, type Change, changesOf } from '../buffer.ts';
import type { Doc, Made, Request } from '../editor.ts';
import type { Ways } from '../ways.ts';
import { type Approval, type Facts, type Json, overlap } from './facts.ts';
import { Imports } from './imports.ts';
import { Misplacements } from './misplacements.ts';
import type { Watched } from './watched.ts';

/** An applyEdit on its way. */
interface PendingApply {
  readonly doc: Doc;
  /** The version that the editor made of it, once it did. */
  appliedAs: number | undefined;
  /** Undefined in a document that can't be judged any more. */
  readonly edit: Watched | undefined;
  readonly buffer: Buffer;
  /** In offsets of `buffer`. */
  readonly changes: readonly Change[];
  readonly version: number | null;
  readonly life: number;
  readonly isRevert: boolean;
}

interface Landing extends Made {
  readonly edit: Watched;
  /** Where each of the changes was made, and the ids of what it brought. */
  readonly fresh: readonly { readonly at: number; readonly ids: readonly number[] }[];
}

/** Edits of one schedule: an editor that puts off what it tells, for as long as its buffer changes, could be sent one for ever. */
const maxSent = 500;
/** Undo steps that one edit may cost in an editor that can't join them (DESIGN.md §4.5). */
const maxSteps = 8;

export class Sending {
  readonly #facts: Facts;
  readonly #pending = new Map<number, PendingApply>();
  readonly #landings: Landing[] = [];
  readonly #imports: Imports;
  readonly misplaced: Misplacements;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.misplaced = new Misplacements(facts);
    this.#imports = new Imports(facts);
  }

  sent(params: Json, id: number): void {
    if (this.#pending.size > maxSent)
      return this.#facts.broken('comes to rest', `more than ${maxSent} edits were sent`);
    const [change] = (params.edit as { documentChanges: Json[] }).documentChanges;
    const { uri, version } = change!.textDocument as { uri: string; version: number };
    const doc = this.#facts.options.docs.get(uri)!;
    const known = this.#facts.knownOf(doc);
    if (known.version === undefined)
      return this.#facts.broken('nothing after close', 'an edit of a closed document was sent');
    const buffer = doc.told[known.life]?.get(version);
    if (!buffer && version !== null) {
      return this.#facts.broken('versions', `an edit of version ${version}, which was never told`);
    }
    const text = buffer ?? known.buffer;
    const changes = changesOf(text.text, change!.edits as never);
    if (!changes)
      return this.#facts.broken('edits fit', `an edit that no editor could apply: ${JSON.stringify(change!.edits)}`);
    if (changes.length === 0) return this.#facts.broken('edits fit', 'an edit without edits');
    for (const each of changes) this.#checkMinimal(each, text.text);
    const { life } = known;
    if (life !== doc.life)
      this.#facts.loosen(doc, 'an edit was sent before the server read that its document was opened anew');
    const edit = known.loose ? undefined : this.#ownerOf(doc, { buffer: text, changes, version });
    if (known.loose) this.#checkAllowed(doc, changes);
    const isRevert = edit !== undefined && this.#isRevertOf(edit, text, changes);
    this.#pending.set(id, { doc, edit, buffer: text, changes, version, life, isRevert, appliedAs: undefined });
  }

  /** An edit that was stopped brings nothing more, and one that is going to be rejected nothing but what the model said. */
  #isRevertOf(edit: Watched, buffer: Buffer, changes: readonly Change[]): boolean {
    if (edit.stop || edit.ended || edit.revert) return true;
    return this.#facts.expectedOf(edit) === 'rejected' && !edit.isWanted(buffer, changes);
  }

  /** Whose edit this is. */
  #ownerOf(doc: Doc, sent: { buffer: Buffer; changes: readonly Change[]; version: number }): Watched | undefined {
    const { buffer, changes, version } = sent;
    if (this.#imports.isOne(doc, sent)) return undefined;
    const mine = this.#facts.editsOf(doc).reverse();
    const removesOnly = this.#removesOnlyModelText(buffer, changes);
    const reverted = removesOnly ? mine.filter((edit) => edit.restores(changes)) : [];
    // Where nothing was left to revert, what a later edit brings may look like it.
    const certain = reverted.filter(
      (edit) => edit.restoresAll(buffer, changes) || this.#removesAllOf(edit, buffer, changes),
    );
    const running = mine.filter((edit) => edit.running && edit.asked && !edit.stop && !edit.isOffer);
    // What only leads away from what a model said is more likely reverted in its region than brought there.
    const wanted = reverted.length === 0 ? running : running.filter((edit) => edit.isWanted(buffer, changes));
    // Where one that is empty stands at the edge of another, each could have brought it.
    const able = running.filter((edit) => edit.holds(buffer, changes));
    const bringing = able.length > 1 ? able.filter((edit) => edit.brings(buffer, changes)) : [];
    const allowed = [
      ...certain,
      ...bringing,
      ...wanted,
      ...reverted,
      ...running,
      ...mine.filter((edit) => this.#mayBeSent(edit)),
    ];
    const owner = allowed.find((edit) => edit.holds(buffer, changes));
    // What has come to rest is less likely meant than a place beside a region that reads the same.
    const isElsewhere = (edit: Watched) => edit.holdsByText(buffer, changes, version);
    const isMeant = owner && (running.includes(owner) || reverted.includes(owner));
    const isDoubtful = !this.#facts.options.marked && !isMeant && running.some(isElsewhere);
    if (owner && !isDoubtful && (removesOnly || !(owner.stop || owner.ended))) return owner;
    const isVague = (edit: Watched) =>
      edit.holdsByText(buffer, changes, version) || (!this.#facts.options.marked && edit.revert && edit.touched);
    if (allowed.some(isVague)) {
      this.#facts.loosen(doc, 'the person typed what stands beside it');
      return undefined;
    }
    const stopped = owner ?? mine.find((edit) => edit.holds(buffer, changes));
    if (stopped)
      this.#facts.broken(
        'nothing after cancel',
        `${stopped.editId} is edited although ${stopped.stop ?? 'it has ended'}`,
      );
    else
      this.#facts.broken(
        'never outside the scope',
        `an edit outside of every running edit: ${JSON.stringify(changes)}`,
      );
    return undefined;
  }

  /** Whether changes take out what a chain of edits brought, all of it that is still there and nothing else. */
  #removesAllOf({ first }: Watched, { ids }: Buffer, changes: readonly Change[]): boolean {
    const landings = this.#landings.filter(({ edit }) => edit.first === first);
    const brought = new Set(landings.flatMap(({ fresh }) => fresh.flatMap((each) => each.ids)));
    const removed = changes.flatMap(({ from, to }) => ids.slice(from, to));
    const left = ids.filter((id) => brought.has(id));
    return left.length > 0 && left.length === removed.length && removed.every((id) => brought.has(id));
  }

  #mayBeSent(edit: Watched): boolean {
    const mayBeRejected = () => this.#facts.expectedOf(edit) !== 'completed';
    const isRunning = edit.running && edit.asked !== undefined && (!edit.stop || mayBeRejected());
    return (isRunning && !edit.isOffer) || edit.revert !== undefined;
  }

  /** Whether changes remove nothing but what the model wrote. */
  #removesOnlyModelText(buffer: Buffer, changes: readonly Change[]): boolean {
    return changes.every(({ from, to }) =>
      buffer.ids.slice(from, to).every((id) => this.#facts.options.authors.of(id) === 'model'),
    );
  }

  #checkAllowed(doc: Doc, changes: readonly Change[]): void {
    // What landed in the wrong place is put right, whatever has become of its edit.
    if (this.misplaced.has(doc)) return;
    if (this.#facts.editsOf(doc).some((edit) => this.#mayBeSent(edit))) return;
    // Where texts can't be judged, an import that came and went may look as if it had been dropped.
    const mayBeImport = ({ edit, item }: Approval) => edit.doc === doc && changes[0]?.insert.trim() === item;
    if (changes.length === 1 && this.#facts.approvals.some(mayBeImport)) return;
    this.#facts.broken('nothing after cancel', 'an edit was sent although every edit of the document has been stopped');
  }

  #checkMinimal({ from, to, insert }: Change, text: string): void {
    const removed = text.slice(from, to);
    const isSame = (a = '', b = '') => a === b && /[^\r\n\uD800-\uDFFF]/.test(a);
    if (isSame(removed[0], insert[0]) || isSame(removed.at(-1), insert.at(-1))) {
      this.#facts.broken('minimal', `an edit that touches what stays: ${JSON.stringify([removed, insert])}`);
    }
    if (removed === insert) this.#facts.broken('minimal', `an edit that changes nothing: ${JSON.stringify(insert)}`);
  }

  refused({ id, doc }: Request): void {
    const apply = this.#pending.get(id);
    if (!apply?.edit) return;
    const present = new Set(doc.buffer.ids);
    const isDeleted = (id: number) => !present.has(id) && this.#facts.removedByPerson.has(id);
    if (apply.buffer.ids.some(isDeleted)) apply.edit.isRefusedOverDeletion = true;
  }

  applied(request: Request, made: Made): void {
    const { doc } = request;
    const { before, changes, isStale } = made;
    this.#facts.say(() => `buffer: ${JSON.stringify(doc.buffer.text)}`);
    const apply = this.#pending.get(request.id);
    if (!apply || this.#facts.violation) return;
    apply.appliedAs = doc.version;
    const known = this.#facts.knownOf(doc);
    if (apply.life !== doc.life)
      return this.#facts.loosen(doc, 'an edit of an earlier life of the document was applied');
    if (isStale && isUnprotected(this.#facts.options.ways, apply.version)) {
      this.misplaced.landed(doc, made);
      return this.#facts.loosen(doc, 'the editor applied an edit to a text that it was not made for');
    }
    const { edit } = apply;
    if (!edit && !known.loose) this.#imports.made(doc, made);
    if (known.loose || !edit) return;
    if (apply.buffer.text !== before.text && !edit.holds(before, changes)) {
      this.misplaced.landed(doc, made);
      return this.#facts.loosen(
        doc,
        'the editor rebased an edit over what the person had just typed in the same place',
      );
    }
    if (isGone(apply, before)) {
      return this.#facts.loosen(
        doc,
        'the editor rebased an edit to where the person had just deleted what stood around it',
      );
    }
    if (!edit.holds(before, changes)) {
      const lost = this.#typedIn(before, changes);
      if (lost) this.#facts.broken('the keystroke wins', `what the person typed is removed: ${JSON.stringify(lost)}`);
      else
        this.#facts.broken(
          'never outside the scope',
          `${edit.editId} changes what is not its own: ${JSON.stringify(changes)}`,
        );
    }
    if (apply.buffer !== before) this.#facts.count('rebased by the editor');
    if (made.states.length > 1) this.#facts.count('made edit by edit');
    this.#take(edit, made, apply.isRevert);
  }

  #typedIn({ ids, text }: Buffer, changes: readonly Change[]): string {
    let lost = '';
    for (const { from, to } of changes) {
      for (let i = from; i < to; i++) if (this.#facts.options.authors.of(ids[i]!) === 'person') lost += text[i];
    }
    return lost;
  }

  /** The changes belong to the edit: what they brought is its own from now on. */
  #take(edit: Watched, made: Made, isRevert: boolean): void {
    const { changes } = made;
    const { doc } = edit;
    const fresh: { at: number; ids: readonly number[] }[] = [];
    let shift = 0;
    for (const { from, to, insert } of changes) {
      fresh.push({ at: from, ids: doc.buffer.ids.slice(from + shift, from + shift + insert.length) });
      shift += insert.length - (to - from);
    }
    const landing = { ...made, edit, fresh };
    this.#landings.push(landing);
    for (const other of this.#facts.all) {
      if (other.doc === doc && other.life === doc.life) this.#share(other, landing);
    }
    this.#facts.count(isRevert ? 'reverts applied' : 'hunks applied');
    if (isRevert) return this.#reverted(edit);
    edit.landings++;
    const most = edit.mode === 'atomic' ? 1 : maxSteps;
    if (!this.#facts.options.joinsUndo && !edit.touched && edit.landings > most) {
      this.#facts.broken('few undo steps', `${edit.editId} costs ${edit.landings} undo steps`);
    }
    this.#checkSound(edit);
  }

  /** Whether `edit` landed between two versions of its document. */
  landedBetween(edit: Watched, from: number, to: number): boolean {
    const isBetween = ({ version }: { version: number }) => version > from && version <= to;
    return this.#landings.some((landing) => landing.edit === edit && landing.states.some(isBetween));
  }

  /** One edit reverts what a whole chain made. */
  #reverted(edit: Watched): void {
    const isSame = (other: Watched) =>
      edit.revert === 'chain' && other.first === edit.first && other.revert === 'chain';
    for (const each of this.#facts.all) {
      if (each === edit || isSame(each)) Object.assign(each, { isReverted: true, revertedAs: edit.doc.version });
    }
  }

  /** What older edits have landed in the region, and the server was not told of yet when this one began, is a part of where it begins. */
  takeUntold(begun: Watched, { ids }: Buffer): void {
    const told = new Set(ids);
    this.#imports.takeUntold(begun);
    for (const landing of this.#landings) {
      const { edit, states } = landing;
      if (edit.doc !== begun.doc || edit.life !== begun.life || states.at(-1)!.version <= begun.version) continue;
      const fresh = landing.fresh.map((each) => ({ ...each, ids: each.ids.filter((id) => !told.has(id)) }));
      this.#share(begun, { ...landing, fresh });
    }
  }

  #share(other: Watched, { edit, before, changes, fresh, states }: Landing): void {
    const hull = other.hull(before);
    const isPending = other.running && !other.asked;
    const isIn = hull && changes.some(({ from, to }) => from < hull.to && to > hull.from);
    // While it waits to begin, what others put at its edges is a part of it: then it fits no more.
    const isAtEdge = hull && changes.some(({ from, to }) => from <= hull.to && to >= hull.from);
    if (other.isAccepted && other !== edit && other.landings === 0 && isAtEdge) other.overwritten = true;
    if (other !== edit && !isIn && !(isPending && hull && overlap(edit, hull, before))) return;
    const isKin = other === edit || other.corrects === edit || edit.corrects === other || other.retries === edit;
    if (!isKin && (!other.running || other.asked)) other.overwritten = true;
    const isCut = (at: number) => changes.some(({ from, to }) => from < at && at < to);
    // What replaces what stands right beside it may stand at its edge, or not.
    const isBeside = ({ from, to, insert }: Change) =>
      from < to && insert !== '' && (to === hull?.from || from === hull?.to);
    if (isPending && hull && (isCut(hull.from) || isCut(hull.to) || changes.some(isBeside))) other.overwritten = true;
    const isRevertedWith = edit.revert === 'chain' && other.revert === 'chain' && other.first === edit.first;
    // Where one begins only when the other has settled, what the other puts at its edges is a part of it too.
    const isOwn = ({ from, to }: Change) => {
      if (other === edit || isRevertedWith) return true;
      if (!hull) return false;
      if (isPending && from === to && (from === hull.from || from === hull.to)) return true;
      const isAtStart = from === hull.from && (isPending || to > from);
      return (from > hull.from || isAtStart || isCut(hull.from)) && to >= hull.from && from < hull.to;
    };
    changes.forEach((change, i) => {
      if (isOwn(change)) for (const id of fresh[i]!.ids) other.cells.add(id);
    });
    for (const { version, buffer } of states) other.readings.push({ version, text: other.ownTextIn(buffer) });
  }

  #checkSound(edit: Watched): void {
    if (edit.touched || edit.overwritten || !edit.around) return;
    const { languageId, buffer } = edit.doc;
    const { before, after } = edit.around;
    const { faults } = this.#facts.options;
    const base = this.#facts.eolOf(edit.doc)(edit.askedAbout ?? edit.asked!.base);
    const now = faults(before + edit.textIn(buffer) + after, languageId);
    if (now > faults(before + base + after, languageId)) {
      this.#facts.broken('every state parses', `${edit.editId} leaves ${JSON.stringify(edit.textIn(buffer))}`);
    }
  }

  unfit(request: Request): void {
    const apply = this.#pending.get(request.id);
    if (apply && apply.buffer.text === request.doc.buffer.text)
      this.#facts.broken('edits fit', 'an edit that the editor can not apply');
    else this.#facts.loosen(request.doc, 'the editor applied an edit to a text that it was not made for');
  }

  /** Whether something is being reverted that the server, having read `version`, knows no end of. */
  isTakingBack(doc: Doc, version: number): boolean {
    const pending = [...this.#pending.values()].filter((apply) => apply.doc === doc && apply.isRevert);
    return pending.some(({ appliedAs }) => appliedAs === undefined || appliedAs > version);
  }
}

/** Whether the person has deleted what stood on both sides of an edit: which of equal characters it stands between then is for the editor to say. */
function isGone({ buffer: { ids }, changes }: PendingApply, before: Buffer): boolean {
  if (ids === before.ids) return false;
  const present = new Set(before.ids);
  const isAway = (id: number | undefined) => id !== undefined && !present.has(id);
  return changes.some(({ from, to }) => isAway(ids[from - 1]) && isAway(ids[to]));
}

/** Whether the editor applies an edit of this version to whatever its buffer holds. */
function isUnprotected({ check }: Ways, version: number | null): boolean {
  if (version === null) return false;
  return check === 'none' || check === 'told' || (version <= 0 && (check === 'older' || check === 'exact but 0'));
}

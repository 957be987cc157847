// Knows what the person typed and what the models said, and says which law is broken, as soon as it is.

import type { DeliveryMode } from '../../server/delivery/pacing.ts';
import { type Authors, type Buffer, type Change, changesOf } from './buffer.ts';
import type { Doc, EditorWatcher, Request } from './editor.ts';
import type { Asked } from './model.ts';
import { Watched } from './watched.ts';
import type { Ways } from './ways.ts';
import type { Answer, Watcher } from './wire.ts';

/** A law that was broken, by its short name. */
export interface Violation {
  readonly law: string;
  readonly message: string;
}

export interface OracleOptions {
  readonly ways: Ways;
  readonly joinsUndo: boolean;
  /** Nobody but the person ever writes what the person types. */
  readonly marked: boolean;
  readonly authors: Authors;
  readonly docs: ReadonlyMap<string, Doc>;
  /** ERROR and MISSING nodes of a text in the language of a document. */
  readonly faults: (text: string, languageId: string) => number;
  readonly modeOf: (tag: number) => DeliveryMode;
  readonly nowMs: () => number;
  /** How often each situation was reached. */
  readonly count: (situation: string) => void;
  readonly say: (line: () => string) => void;
}

/** An applyEdit on its way. */
interface Flight {
  readonly doc: Doc;
  /** The version that the editor made of it, once it did. */
  appliedAs: number | undefined;
  /** Undefined in a document that can't be judged any more. */
  readonly edit: Watched | undefined;
  readonly buffer: Buffer;
  readonly version: number | null;
  readonly life: number;
  readonly takesBack: boolean;
}

/** What the server has read of one document. */
interface Known {
  life: number;
  /** Undefined while it is closed. */
  version: number | undefined;
  buffer: Buffer;
  /** Versions read ahead of their turn. */
  readonly ahead: Set<number>;
  /** Why laws about its text can't be judged any more: the editor made that impossible. */
  loose: string | undefined;
}

interface Promised {
  /** What the server had read when it answered. */
  readonly versions: Versions;
  readonly begins: (edit: Watched) => void;
}

type Versions = ReadonlyMap<Doc, { readonly life: number; readonly version: number | undefined }>;

type Json = Record<string, unknown>;

const maxSteps = 8;

export class Oracle implements Watcher, EditorWatcher {
  readonly #options: OracleOptions;
  readonly #edits = new Map<string, Watched>();
  readonly #flights = new Map<number, Flight>();
  readonly #known = new Map<Doc, Known>();
  readonly #commands = new Map<number, { command: string; args: Json; meant: Watched | undefined }>();
  /** Answered edits that have not begun. */
  readonly #promised = new Map<string, Promised>();
  readonly #progress = new Map<string, 'begun' | 'ended'>();
  /** Requests without an editId that may mean any edit. */
  readonly #vague = new Set<number>();
  readonly #removedByPerson = new Set<number>();
  readonly #asked: Asked[] = [];
  /** Requests that wait for the end of an edit, and whether they were cancelled. */
  readonly #waits = new Map<number, { readonly tag: number; readonly versions: Versions; cancelled: boolean }>();
  violation: Violation | undefined;
  isShutDown = false;

  constructor(options: OracleOptions) {
    this.#options = options;
  }

  get edits(): Watched[] {
    return [...this.#edits.values()];
  }

  /** The edit that a person would mean: the newest that runs, else the newest. */
  latest(doc?: Doc): Watched | undefined {
    const all = this.edits.filter((edit) => !doc || (edit.doc === doc && edit.life === doc.life));
    return all.findLast((edit) => edit.running) ?? all.at(-1);
  }

  broken(law: string, message: string): void {
    if (this.violation) return;
    this.say(() => `!!! ${law}: ${message}`);
    this.violation = { law, message };
  }

  say(line: () => string): void {
    if (!this.violation) this.#options.say(line);
  }

  // ---- what the server sends

  sent(method: string, params: unknown, id?: number): void {
    const all = params as Json;
    this.say(() => `server: ${method} ${JSON.stringify(params)}`);
    if (method === 'workspace/applyEdit') this.#applyEditSent(all, id!);
    else if (method === '$/quickhand/edit') this.#eventSent(all);
    else if (method === '$/progress') this.#progressSent(all as never);
    if (method !== 'workspace/applyEdit') this.#checkWords(all);
  }

  answered(id: number, method: string, answer: Answer): void {
    this.say(() => `server answers ${method}: ${JSON.stringify(answer)}`);
    this.#checkWords((answer.error ?? {}) as Json);
    if (answer.error?.code === -32603) this.broken('no internal errors', answer.error.message);
    this.#waits.delete(id);
    this.#vague.delete(id);
    const request = this.#commands.get(id);
    const { editId } = (answer.result ?? {}) as { editId?: string };
    if (!request || editId === undefined) return;
    const { command, args, meant } = request;
    if (command === 'quickhand.cancel' || command === 'quickhand.revert') {
      const takeBack = command === 'quickhand.revert' || args.revert === true;
      const edit = this.#edits.get(editId);
      if (edit) this.#cancelled(edit, command, takeBack);
      else this.#promise(editId, (begun) => this.#cancelled(begun, command, takeBack));
    } else if (command === 'quickhand.steer' || command === 'quickhand.retry') {
      this.#continued(command, editId, meant);
    } else if (command === 'quickhand.edit' && !this.#edits.has(editId)) this.#promise(editId, () => {});
  }

  #promise(editId: string, begins: (edit: Watched) => void): void {
    const earlier = this.#promised.get(editId);
    this.#promised.set(editId, {
      versions: earlier?.versions ?? this.#versions(),
      begins: (edit) => {
        earlier?.begins(edit);
        begins(edit);
      },
    });
  }

  #versions(): Versions {
    return new Map([...this.#known].map(([doc, { life, version }]) => [doc, { life, version }]));
  }

  #continued(command: string, editId: string, named: Watched | undefined): void {
    const last = named && this.#lastOfChain(named);
    if (last) {
      last.stop ??= `${command} was read`;
      if (command === 'quickhand.retry') last.takeBack ??= 'own';
    }
    this.#promise(editId, (edit) => {
      if (!last) edit.touched = true;
      else if (command === 'quickhand.steer') edit.corrects = last;
      else {
        edit.retries = last;
        edit.corrects = last.corrects;
      }
    });
  }

  #lastOfChain(edit: Watched): Watched {
    return this.edits.findLast((other) => other.first === edit.first) ?? edit;
  }

  #applyEditSent(params: Json, id: number): void {
    const [change] = (params.edit as { documentChanges: Json[] }).documentChanges;
    const { uri, version } = change!.textDocument as { uri: string; version: number };
    const doc = this.#options.docs.get(uri)!;
    const known = this.#knownOf(doc);
    if (known.version === undefined) return this.broken('nothing after close', 'an edit of a closed document was sent');
    const buffer = doc.told[known.life]?.get(version);
    if (!buffer && version !== null) {
      return this.broken('versions', `an edit of version ${version}, which was never told`);
    }
    const text = buffer ?? known.buffer;
    const changes = changesOf(text.text, change!.edits as never);
    if (!changes)
      return this.broken('edits fit', `an edit that no editor could apply: ${JSON.stringify(change!.edits)}`);
    if (changes.length === 0) return this.broken('edits fit', 'an edit without edits');
    for (const each of changes) this.#checkMinimal(each, text.text);
    const { life } = known;
    if (life !== doc.life)
      this.#loosen(doc, 'an edit was sent before the server read that its document was opened anew');
    const edit = known.loose ? undefined : this.#ownerOf(doc, { buffer: text, changes, version });
    if (known.loose) this.#checkAllowed(doc);
    const takesBack = edit?.stop !== undefined || edit?.ended !== undefined || edit?.takeBack !== undefined;
    this.#flights.set(id, { doc, edit, buffer: text, version, life, takesBack, appliedAs: undefined });
  }

  /** Whose edit this is. */
  #ownerOf(doc: Doc, sent: { buffer: Buffer; changes: readonly Change[]; version: number }): Watched | undefined {
    const { buffer, changes, version } = sent;
    const mine = this.#editsOf(doc).reverse();
    const takesBack = this.#takesBack(buffer, changes);
    const reverted = takesBack ? mine.filter((edit) => edit.restores(changes)) : [];
    const allowed = [...reverted, ...mine.filter((edit) => this.#mayBeSent(edit))];
    const owner = allowed.find((edit) => edit.holds(buffer, changes));
    if (owner && (takesBack || !(owner.stop || owner.ended))) return owner;
    const isVague = (edit: Watched) =>
      edit.holdsByText(buffer, changes, version) || (!this.#options.marked && edit.takeBack && edit.touched);
    if (allowed.some(isVague)) {
      this.#loosen(doc, 'the person typed what stands beside it');
      return undefined;
    }
    const stopped = owner ?? mine.find((edit) => edit.holds(buffer, changes));
    if (stopped)
      this.broken('nothing after cancel', `${stopped.editId} is edited although ${stopped.stop ?? 'it has ended'}`);
    else this.broken('never outside the scope', `an edit outside of every running edit: ${JSON.stringify(changes)}`);
    return undefined;
  }

  /** Of the life of the document that the server knows. */
  #editsOf(doc: Doc): Watched[] {
    const { life } = this.#knownOf(doc);
    return this.edits.filter((edit) => edit.doc === doc && edit.life === life);
  }

  #mayBeSent(edit: Watched): boolean {
    const isRunning = edit.running && edit.asked !== undefined && (!edit.stop || edit.mayBeRejected);
    return isRunning || edit.takeBack !== undefined || this.#vague.size > 0;
  }

  /** Whether changes remove nothing but what the model wrote. */
  #takesBack(buffer: Buffer, changes: readonly Change[]): boolean {
    return changes.every(({ from, to }) =>
      buffer.ids.slice(from, to).every((id) => this.#options.authors.of(id) === 'model'),
    );
  }

  #checkAllowed(doc: Doc): void {
    if (this.#editsOf(doc).some((edit) => this.#mayBeSent(edit))) return;
    this.broken('nothing after cancel', 'an edit was sent although every edit of the document has been stopped');
  }

  #checkMinimal({ from, to, insert }: Change, text: string): void {
    const removed = text.slice(from, to);
    if (removed === insert) this.broken('minimal', `an edit that changes nothing: ${JSON.stringify(insert)}`);
  }

  #eventSent(event: Json): void {
    const editId = event.editId as string;
    const edit = this.#edits.get(editId);
    if (event.kind === 'begin') return this.#begun(event);
    if (!edit) return this.broken('exactly one end', `${event.kind} of ${editId}, which has not begun`);
    if (edit.ended) return this.broken('exactly one end', `${event.kind} of ${editId} after its end`);
    if (event.kind === 'hunk') edit.hunks++;
    if (event.kind === 'end') this.#ended(edit, event as never);
  }

  #begun(event: Json): void {
    const { editId, uri, version, range, instruction } = event as never as {
      editId: string;
      uri: string;
      version: number;
      range: never;
      instruction: string;
    };
    const doc = this.#options.docs.get(uri)!;
    if (this.#edits.has(editId)) return this.broken('exactly one end', `${editId} begins twice`);
    const tag = tagOf(instruction);
    const waits = [...this.#waits.values()].find((wait) => wait.tag === tag);
    if (!this.#promised.has(editId) && !waits) this.broken('answers first', `${editId} begins before its answer`);
    const known = this.#knownOf(doc);
    const promised = this.#promised.get(editId);
    const askedAt = (promised?.versions ?? waits?.versions)?.get(doc);
    const life = askedAt?.life ?? known.life;
    const buffer = doc.told[life]?.get(version) ?? known.buffer;
    const [span] = changesOf(buffer.text, [{ range, newText: '' }]) ?? [];
    if (!span) return this.broken('edits fit', `${editId} begins at a range that does not exist`);
    const mode = this.#options.modeOf(tag);
    const edit = new Watched({
      ...{ editId, doc, life, tag, mode, buffer, version, from: span.from, to: span.to },
    });
    this.#edits.set(editId, edit);
    this.#takeUntold(edit, buffer);
    this.#promised.delete(editId);
    // What was read since the answer has touched the edit if it touched what it was asked for.
    edit.touched =
      this.#isTouched(edit, doc.buffer) ||
      [...doc.told[life]!].some(([later, told]) => later > version && edit.differs(buffer, told)) ||
      askedAt?.version !== version ||
      edit.base === '';
    promised?.begins(edit);
    if (known.version === undefined || life !== known.life) edit.stop ??= 'its document was closed';
    if (waits?.cancelled) edit.stop ??= '$/cancelRequest was read';
    this.#options.count('edits');
  }

  /** What an older edit has landed in the region, and the server was not told of yet, is a part of where this one begins. */
  #takeUntold(edit: Watched, begun: Buffer): void {
    const { buffer, version } = edit.doc;
    const hull = edit.hull(buffer);
    if (!hull) return;
    const told = new Set(begun.ids);
    const older = this.#editsOf(edit.doc).filter(
      (each) => each !== edit && each.running && this.#overlap(each, hull, buffer),
    );
    const isFresh = (id: number) => this.#options.authors.of(id) === 'model' && !told.has(id) && !edit.cells.has(id);
    const inside = new Set(buffer.ids.slice(hull.from, hull.to));
    const fresh = buffer.ids.filter(
      (id) => isFresh(id) && (inside.has(id) || older.some((each) => each.cells.has(id))),
    );
    for (const id of fresh) edit.cells.add(id);
    if (fresh.length > 0) edit.readings.push({ version, text: edit.ownTextIn(buffer) });
  }

  /** Whether the person, not the server, has made the region differ from what it was. */
  #isTouched(edit: Watched, buffer: Buffer): boolean {
    if (edit.hasForeign(buffer)) return true;
    const present = new Set(buffer.ids);
    for (const id of edit.cells) if (!present.has(id) && this.#removedByPerson.has(id)) return true;
    return false;
  }

  #ended(edit: Watched, { outcome, reason = '' }: { outcome: string; reason?: string }): void {
    edit.ended = { outcome, reason };
    const { count } = this.#options;
    count(`outcome: ${outcome}${outcome === 'cancelled' || outcome === 'failed' ? ` (${reason})` : ''}`);
    const { asked } = edit;
    const isWhole = asked !== undefined && asked.end === 'complete' && asked.sent === asked.answer.length;
    const expected = isWhole ? this.#expectedOf(edit, asked) : 'failed';
    const isClosed = this.#knownOf(edit.doc).version === undefined;
    const isJudged = !edit.touched && !edit.overwritten && !isClosed && !this.#isLoose(edit) && this.#vague.size === 0;
    if (outcome === 'completed') {
      if (!isWhole) this.broken('nothing half', `${edit.editId} is completed although the answer is not whole`);
      if (expected === 'rejected')
        this.broken('nothing half', `${edit.editId} is completed although the answer is ${asked?.script.answer}`);
      if (isJudged) this.#checkText(edit, asked!.target, 'exact');
      return;
    }
    if (outcome === 'superseded' || this.isShutDown) return;
    if (edit.stop === undefined && isJudged && expected === 'completed' && this.#options.ways.answers) {
      this.broken('never disturbed', `${edit.editId} is ${outcome} (${reason}) although nothing stood in its way`);
    }
    if (outcome === 'cancelled' && edit.stop === undefined && isJudged && this.#options.ways.answers) {
      this.broken('never disturbed', `${edit.editId} is cancelled (${reason}) although nobody did`);
    }
    if (!asked || !isJudged || !this.#options.ways.answers || !(outcome === 'rejected' || edit.takeBack)) return;
    if (edit.isAlone) this.#checkText(edit, edit.origin, 'one step back');
  }

  /** How a whole answer should end. */
  #expectedOf(edit: Watched, { script, target, base }: Asked): 'completed' | 'rejected' | undefined {
    if (script.answer === 'refuse' || script.answer === 'prose') return 'rejected';
    if (!edit.around || edit.overwritten || target.trim() === '') return undefined;
    const { before, after } = edit.around;
    const { languageId } = edit.doc;
    const { faults } = this.#options;
    const eol = this.#eolOf(edit.doc);
    const worse = faults(before + eol(target) + after, languageId) > faults(before + eol(base) + after, languageId);
    return worse ? 'rejected' : 'completed';
  }

  #checkText(edit: Watched, text: string, law: string): void {
    // Kept lines keep their line end and new ones take the document's, which may be mixed: that is for the engine's own tests.
    const wanted = withLf(text);
    const actual = withLf(edit.textIn(edit.doc.buffer));
    // Line breaks at the ends of a scope stay whatever the answer says.
    const isSame = law === 'exact' ? trimBreaks(actual) === trimBreaks(wanted) : actual === wanted;
    if (isSame) return;
    this.broken(law, `${edit.editId} leaves ${JSON.stringify(actual)} where ${JSON.stringify(wanted)} should be`);
  }

  #eolOf(doc: Doc): (text: string) => string {
    const eol = /\r?\n/.exec(doc.lastTold.text)?.[0] ?? '\n';
    return (text) => text.replaceAll('\r\n', '\n').replaceAll('\n', eol);
  }

  #progressSent({ token, value }: { token: string; value: { kind: string } }): void {
    const state = this.#progress.get(token);
    const isFine = value.kind === 'begin' ? state === undefined : state === 'begun';
    if (!isFine)
      this.broken('exactly one end', `progress ${value.kind} of ${token}, which has ${state ?? 'not begun'}`);
    this.#progress.set(token, value.kind === 'end' ? 'ended' : 'begun');
  }

  /** No message ever contains what only a program would say. */
  #checkWords(params: Json): void {
    const words = JSON.stringify(params);
    if (/undefined|\[object|NaN|is not a function|Cannot read prop/.test(words)) this.broken('words', words);
  }

  // ---- what the server reads

  read(method: string, params: unknown, id?: number): void {
    this.say(() => `editor: ${method} ${JSON.stringify(params)}`);
    const all = params as Json;
    const { uri, version } = (all?.textDocument ?? {}) as { uri: string; version: number };
    const doc = this.#options.docs.get(uri);
    if (method === 'textDocument/didOpen') this.#openRead(doc!, version);
    else if (method === 'textDocument/didClose') this.#closeRead(doc!);
    else if (method === 'textDocument/didChange') this.#changeRead(doc!, version);
    else if (method === 'workspace/executeCommand') this.#commandRead(all, id!);
    else if (method === '$/cancelRequest') this.#cancelRead(all.id as number);
    else if (method === 'window/workDoneProgress/cancel') this.#progressCancelRead(String(all.token));
    else if (method === 'shutdown') this.isShutDown = true;
  }

  #openRead(doc: Doc, version: number): void {
    const life = (this.#known.get(doc)?.life ?? 0) + 1;
    const buffer = doc.told[life]!.get(version)!;
    this.#known.set(doc, { life, version, buffer, ahead: new Set(), loose: undefined });
  }

  #closeRead(doc: Doc): void {
    const known = this.#knownOf(doc);
    known.version = undefined;
    for (const edit of this.edits) {
      if (edit.doc !== doc || edit.life !== known.life) continue;
      edit.stop ??= 'the document was closed';
      edit.takeBack = undefined;
    }
  }

  #changeRead(doc: Doc, version: number): void {
    const known = this.#knownOf(doc);
    if (known.version === undefined) return;
    if (this.#options.ways.telling === 'swapped') {
      known.ahead.add(version);
      while (known.ahead.delete(known.version + 1)) this.#reads(doc, known, known.version + 1);
    } else this.#reads(doc, known, version);
  }

  #reads(doc: Doc, known: Known, version: number): void {
    const before = known.version ?? version;
    known.version = version;
    known.buffer = doc.told[known.life]!.get(version)!;
    for (const edit of this.edits) {
      if (edit.doc !== doc || !edit.running || edit.stop || known.loose) continue;
      const isRight = edit.reads(known.buffer, version);
      if (!edit.touched || isRight || !this.#isTouched(edit, known.buffer)) continue;
      if (this.#isTakingBack(doc, before)) {
        this.#loosen(doc, 'the person undid what was being taken back');
      } else {
        edit.stop = `the server has read that the person changed its region (version ${version})`;
        this.#options.count('the person touched the region of a running edit');
      }
    }
  }

  /** Whether something is being taken back that the server, having read `version`, knows no end of. */
  #isTakingBack(doc: Doc, version: number): boolean {
    const flights = [...this.#flights.values()].filter((flight) => flight.doc === doc && flight.takesBack);
    return flights.some(({ appliedAs }) => appliedAs === undefined || appliedAs > version);
  }

  #commandRead(params: Json, id: number): void {
    const { command } = params as { command: string };
    const [args = {}] = (params.arguments ?? []) as Json[];
    const edit = this.#meant(command, args, id);
    this.#commands.set(id, { command, args, meant: edit });
    if (command === 'quickhand.edit' && args.wait === true) {
      this.#waits.set(id, { tag: tagOf(args.instruction), versions: this.#versions(), cancelled: false });
    }
    if (!edit) return;
    if (command === 'quickhand.cancel') this.#cancelled(edit, command, args.revert === true);
    if (command === 'quickhand.revert') this.#cancelled(edit, command, true);
    if (command === 'quickhand.steer' || command === 'quickhand.retry') {
      const last = this.#lastOfChain(edit);
      if (last.life === this.#knownOf(last.doc).life && this.#knownOf(last.doc).version !== undefined) {
        last.stop ??= `${command} was read`;
        if (command === 'quickhand.retry') last.takeBack ??= 'own';
      }
    }
  }

  /** Without an id: the edit that runs, or else the last one. Nothing can be judged any more where that is not known from outside. */
  #meant(command: string, { editId }: Json, id: number): Watched | undefined {
    if (command === 'quickhand.edit') return undefined;
    if (editId !== undefined) return this.#edits.get(String(editId));
    const waiting = [...this.#waits.values()].some(({ tag }) => !this.edits.some((edit) => edit.tag === tag));
    if (this.#promised.size === 0 && !waiting) return this.latest();
    this.#vague.add(id);
    for (const edit of this.edits) edit.touched = true;
    return undefined;
  }

  #cancelled(edit: Watched, command: string, takeBack: boolean): void {
    // It may mean an edit that goes on with this one and has not begun.
    for (const [editId] of takeBack ? this.#promised : []) {
      this.#promise(editId, (begun) => {
        begun.touched = true;
        begun.stop ??= `${command} was read`;
        begun.takeBack = 'chain';
      });
    }
    const target = takeBack ? this.#lastOfChain(edit) : edit;
    target.stop ??= `${command} was read`;
    if (takeBack && edit.life === this.#knownOf(edit.doc).life && this.#knownOf(edit.doc).version !== undefined) {
      for (let each: Watched | undefined = target; each; each = each.corrects) each.takeBack = 'chain';
    }
  }

  #cancelRead(id: number): void {
    const wait = this.#waits.get(id);
    if (!wait) return;
    wait.cancelled = true;
    for (const edit of this.edits) {
      if (edit.tag === wait.tag && !edit.retries) edit.stop ??= '$/cancelRequest was read';
    }
  }

  #progressCancelRead(token: string): void {
    const edit = this.edits.find(({ editId }) => token === `quickhand/${editId}`);
    if (edit) edit.stop ??= 'window/workDoneProgress/cancel was read';
  }

  // ---- what happens in the editor

  typed(doc: Doc, before: Buffer): void {
    const { buffer } = doc;
    this.say(() => `person in ${doc.uri}: ${summaryOf(before, buffer)}`);
    const { from, toA, toB } = changedIds(before.ids, buffer.ids);
    for (let i = from; i < toA; i++) this.#removedByPerson.add(before.ids[i]!);
    for (let i = from; i < toB; i++) this.#removedByPerson.delete(buffer.ids[i]!);
    for (const edit of this.#edits.values()) {
      if (edit.doc === doc && !edit.touched) edit.touched = edit.differs(before, buffer);
    }
  }

  applied(request: Request, before: Buffer, changes: readonly Change[], isStale: boolean): void {
    const { doc } = request;
    this.say(() => `buffer: ${JSON.stringify(doc.buffer.text)}`);
    const flight = this.#flights.get(request.id);
    if (!flight || this.violation) return;
    flight.appliedAs = doc.version;
    const known = this.#knownOf(doc);
    if (flight.life !== doc.life) return this.#loosen(doc, 'an edit of an earlier life of the document was applied');
    if (isStale && isUnprotected(this.#options.ways, flight.version)) {
      return this.#loosen(doc, 'the editor applied an edit to a text that it was not made for');
    }
    const { edit } = flight;
    if (known.loose || !edit) return;
    if (flight.buffer.text !== before.text && !edit.holds(before, changes)) {
      return this.#loosen(doc, 'the editor rebased an edit over what the person had just typed in the same place');
    }
    if (!edit.holds(before, changes)) {
      const lost = this.#typedIn(before, changes);
      if (lost) this.broken('the keystroke wins', `what the person typed is removed: ${JSON.stringify(lost)}`);
      else
        this.broken(
          'never outside the scope',
          `${edit.editId} changes what is not its own: ${JSON.stringify(changes)}`,
        );
    }
    this.#take(edit, { before, changes, takesBack: flight.takesBack });
  }

  #typedIn({ ids, text }: Buffer, changes: readonly Change[]): string {
    let lost = '';
    for (const { from, to } of changes) {
      for (let i = from; i < to; i++) if (this.#options.authors.of(ids[i]!) === 'person') lost += text[i];
    }
    return lost;
  }

  /** The changes belong to the edit: what they brought is its own from now on. */
  #take(
    edit: Watched,
    { before, changes, takesBack }: { before: Buffer; changes: readonly Change[]; takesBack: boolean },
  ): void {
    const { doc } = edit;
    const fresh: { at: number; ids: number[] }[] = [];
    let shift = 0;
    for (const { from, to, insert } of changes) {
      fresh.push({ at: from, ids: doc.buffer.ids.slice(from + shift, from + shift + insert.length) });
      shift += insert.length - (to - from);
    }
    for (const other of this.edits) {
      if (other.doc !== doc || other.life !== doc.life) continue;
      this.#share(other, edit, { before, changes, fresh });
    }
    const { count } = this.#options;
    count(takesBack ? 'take-backs applied' : 'hunks applied');
    if (takesBack) edit.isTakenBack = true;
    if (takesBack) return;
    edit.landings++;
    const most = edit.mode === 'atomic' ? 1 : maxSteps;
    if (!this.#options.joinsUndo && !edit.touched && edit.landings > most) {
      this.broken('few undo steps', `${edit.editId} costs ${edit.landings} undo steps`);
    }
    this.#checkSound(edit);
  }

  #share(
    other: Watched,
    edit: Watched,
    { before, changes, fresh }: { before: Buffer; changes: readonly Change[]; fresh: { at: number; ids: number[] }[] },
  ): void {
    const hull = other.hull(before);
    const isPending = other.running && !other.asked;
    const isIn = hull && changes.some(({ from, to }) => from < hull.to && to > hull.from);
    if (other !== edit && !isIn && !(isPending && hull && this.#overlap(edit, hull, before))) return;
    const isKin = other === edit || other.corrects === edit || edit.corrects === other || other.retries === edit;
    if (!isKin && (!other.running || other.asked)) other.overwritten = true;
    // Where one begins only when the other has settled, what the other puts at its edges is a part of it too.
    const edges = isPending ? 1 : 0;
    for (const { at, ids } of fresh) {
      if (other === edit || (at > hull!.from - edges && at < hull!.to + edges))
        for (const id of ids) other.cells.add(id);
    }
    other.readings.push({ version: edit.doc.version, text: other.ownTextIn(edit.doc.buffer) });
  }

  #overlap(edit: Watched, span: { from: number; to: number }, buffer: Buffer): boolean {
    const hull = edit.hull(buffer);
    return hull !== undefined && hull.from < span.to && span.from < hull.to;
  }

  #checkSound(edit: Watched): void {
    if (edit.touched || edit.overwritten || !edit.around) return;
    const { languageId, buffer } = edit.doc;
    const { before, after } = edit.around;
    const { faults } = this.#options;
    const base = this.#eolOf(edit.doc)(edit.asked!.base);
    const now = faults(before + edit.textIn(buffer) + after, languageId);
    if (now > faults(before + base + after, languageId)) {
      this.broken('every state parses', `${edit.editId} leaves ${JSON.stringify(edit.textIn(buffer))}`);
    }
  }

  unfit(request: Request): void {
    const flight = this.#flights.get(request.id);
    if (flight && flight.buffer.text === request.doc.buffer.text)
      this.broken('edits fit', 'an edit that the editor can not apply');
    else this.#loosen(request.doc, 'the editor applied an edit to a text that it was not made for');
  }

  // ---- what the model hears

  asked(asked: Asked): void {
    this.say(() => `model is asked [${asked.tag}]: ${JSON.stringify(asked.base)} → ${JSON.stringify(asked.answer)}`);
    this.#asked.push(asked);
    const edit = this.edits.findLast((each) => each.tag === asked.tag && each.running);
    if (!edit) return this.broken('one question', `a model is asked for an edit that does not run [${asked.tag}]`);
    edit.asked = asked;
    if (this.#isLoose(edit)) return;
    const { buffer } = this.#knownOf(edit.doc);
    const hull = edit.hull(buffer);
    if (!hull) return;
    edit.around = { before: buffer.text.slice(0, hull.from), after: buffer.text.slice(hull.to) };
    if (edit.touched || edit.overwritten) return;
    const text = withLf(edit.textIn(buffer));
    if (text !== asked.base) {
      this.broken(
        'the request says everything',
        `the scope is ${JSON.stringify(asked.base)}, not ${JSON.stringify(text)}`,
      );
    }
    const { retries } = edit;
    if (retries?.asked && retries.isAlone && this.#options.ways.answers) {
      const origin = withLf(retries.origin);
      if (origin !== asked.base) {
        this.broken(
          'one step back',
          `asked again from ${JSON.stringify(asked.base)}, not from ${JSON.stringify(origin)}`,
        );
      }
    }
  }

  says(asked: Asked, text: string): void {
    this.say(() => `model says [${asked.tag}]: ${JSON.stringify(text)}`);
    const edit = this.edits.findLast((each) => each.asked === asked);
    if (edit?.stop && !edit.takeBack) this.broken('stopped at once', `the model still talks although ${edit.stop}`);
    if (edit?.ended) this.broken('stopped at once', 'the model still talks after the end of its edit');
  }

  modelEnded(asked: Asked, how: string): void {
    this.say(() => `model ends [${asked.tag}]: ${how}`);
  }

  logged(line: string): void {
    this.broken('no bugs', line);
  }

  /** Nothing moves any more. */
  atRest(open: Iterable<{ method: string }>): void {
    for (const { method } of open) this.broken('one answer', `${method} was never answered`);
    for (const [editId] of this.#promised) this.broken('exactly one end', `${editId} never began`);
    for (const edit of this.edits) {
      if (edit.running) this.broken('exactly one end', `${edit.editId} never ended`);
      else this.#checkReverted(edit);
    }
    for (const [token, state] of this.#progress) {
      if (state !== 'ended') this.broken('exactly one end', `progress ${token} never ended`);
    }
    for (const asked of this.#asked) if (asked.running) this.broken('stopped at once', 'a model runs for ever');
  }

  #checkReverted(edit: Watched): void {
    if (!edit.takeBack || !edit.asked || !edit.isAlone || this.#isLoose(edit)) return;
    if (!this.#options.ways.answers || edit.life !== edit.doc.life) return;
    const isLast = !this.edits.some((other) => other.corrects === edit || other.retries === edit);
    if (!isLast) return;
    this.#options.count('reverts checked');
    this.#checkText(edit, edit.origin, 'one step back');
  }

  #isLoose({ doc, life }: Watched): boolean {
    return life !== doc.life || this.#known.get(doc)?.loose !== undefined;
  }

  #loosen(doc: Doc, why: string): void {
    const known = this.#knownOf(doc);
    if (!known.loose) this.#options.count(`not judged: ${why}`);
    known.loose ??= why;
    this.say(() => `(${why})`);
  }

  #knownOf(doc: Doc): Known {
    return this.#known.get(doc)!;
  }
}

/** Whether the editor applies an edit of this version to whatever its buffer holds. */
function isUnprotected({ check }: Ways, version: number | null): boolean {
  if (version === null) return false;
  return check === 'none' || (version <= 0 && (check === 'older' || check === 'exact but 0'));
}

function trimBreaks(text: string): string {
  return text.replace(/^\n+|\n+$/g, '');
}

function withLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function tagOf(instruction: unknown): number {
  return Number(/\[(\d+)\]$/.exec(String(instruction))?.[1]);
}

/** All that changed between two lists of ids lies between these places. */
function changedIds(a: readonly number[], b: readonly number[]): { from: number; toA: number; toB: number } {
  const most = Math.min(a.length, b.length);
  let from = 0;
  while (from < most && a[from] === b[from]) from++;
  let end = 0;
  while (end < most - from && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return { from, toA: a.length - end, toB: b.length - end };
}

function summaryOf(before: Buffer, after: Buffer): string {
  const { from, toA, toB } = changedIds(before.ids, after.ids);
  return `at ${from}: ${JSON.stringify(before.text.slice(from, toA))} → ${JSON.stringify(after.text.slice(from, toB))}`;
}

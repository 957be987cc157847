// A simulated editor: buffers with undo, an LSP client in the ways of one editor, and hands for a person.

import { ErrorCodes } from 'vscode-languageserver-protocol';
import {
  type Author,
  type Authors,
  type Buffer,
  type Change,
  changesOf,
  difference,
  halfOf,
  rangeOf,
  whole,
} from './buffer.ts';
import type { Random } from './random.ts';
import { rebased } from './rebase.ts';
import type { Time } from './time.ts';
import { nextVersion, type Ways } from './ways.ts';
import type { Answer, Peer } from './wire.ts';

/** One undo step. */
interface Step {
  readonly before: Buffer;
  readonly author: Author;
}

/** A file of the editor's; it may be open or not. */
export interface Doc {
  readonly uri: string;
  readonly languageId: string;
  buffer: Buffer;
  version: number;
  open: boolean;
  /** How often it was opened. */
  life: number;
  /** The buffers that the server was told of in each life, by version. */
  readonly told: Map<number, Buffer>[];
  /** The latest of them. */
  lastTold: Buffer;
  /** Those that the editor was only half-way to. */
  readonly halfway: Set<Buffer>;
  /** Every unit that the person ever typed. */
  readonly typed: Map<number, string>;
  pending: { range: unknown; text: string }[];
  undo: Step[];
  redo: Step[];
}

/** An edit of the server's. */
export interface Request {
  readonly id: number;
  readonly doc: Doc;
  readonly version: number | null | undefined;
  readonly edits: readonly { readonly range: never; readonly newText: string }[];
}

/** What became of a request. */
export interface Made {
  readonly before: Buffer;
  /** In offsets of `before`. */
  readonly changes: readonly Change[];
  /** The buffer had changed since the version that the request named. */
  readonly isStale: boolean;
  /** The buffer after each step of it, by version. */
  readonly states: readonly { readonly version: number; readonly buffer: Buffer }[];
}

/** Told what happens to buffers, and what the server should know. */
export interface EditorWatcher {
  /** The person changed the buffer from `before` to what it is. */
  typed(doc: Doc, before: Buffer): void;
  /** The changes of a request were made. */
  applied(request: Request, made: Made): void;
  /** It was not made: the buffer is at another version. */
  refused(request: Request): void;
  /** The edits of a request are none that an editor could apply to the text that it named. */
  unfit(request: Request): void;
  say(line: () => string): void;
}

export interface EditorOptions {
  readonly ways: Ways;
  readonly time: Time;
  readonly random: Random;
  readonly authors: Authors;
  readonly watcher: EditorWatcher;
  readonly joinsUndo: boolean;
  /** Sends to the server. */
  readonly notify: (method: string, params: unknown) => void;
}

/** Zed keeps this many old texts to rebase edits from. */
const keptVersions = 10;

export class Editor implements Peer {
  readonly #options: EditorOptions;
  readonly docs = new Map<string, Doc>();
  /** Commands that wait for their answer. */
  commanding = 0;
  readonly #timers = new Map<Doc, unknown>();
  readonly #flushedMs = new Map<Doc, number>();
  readonly #overtaken = new Map<Doc, () => void>();
  readonly #requests = new Map<string, (params: never, reply: (answer: Answer) => void, id: number) => void>();
  onNotification: (method: string, params: never) => void = () => {};

  constructor(options: EditorOptions) {
    this.#options = options;
    this.#requests.set('workspace/applyEdit', (params, reply, id) => this.#applyEdit(params, reply, id));
    this.#requests.set('window/workDoneProgress/create', (_, reply) => reply({ result: null }));
    this.#requests.set('workspace/configuration', (_, reply) => reply({ result: [null] }));
    this.#requests.set('window/showDocument', (_, reply) => reply({ result: { success: true } }));
  }

  get ways(): Ways {
    return this.#options.ways;
  }

  /** Whether the person can do anything now. */
  get isBlocked(): boolean {
    return this.ways.blocks && this.commanding > 0;
  }

  // ---- what the person does

  create(uri: string, languageId: string, buffer: Buffer): Doc {
    const { firstVersion: version } = this.ways;
    const told: Map<number, Buffer>[] = [];
    const doc: Doc = {
      ...{ uri, languageId, buffer, version, open: false, life: 0 },
      ...{ told, halfway: new Set(), typed: new Map(), lastTold: buffer, pending: [], undo: [], redo: [] },
    };
    this.docs.set(uri, doc);
    return doc;
  }

  open(doc: Doc): void {
    const { uri, languageId, buffer } = doc;
    doc.open = true;
    doc.life++;
    doc.version = this.ways.firstVersion;
    doc.pending = [];
    doc.told[doc.life] = new Map([[doc.version, buffer]]);
    doc.lastTold = buffer;
    this.#flushedMs.delete(doc);
    const textDocument = { uri, languageId, version: doc.version, text: buffer.text };
    this.#options.notify('textDocument/didOpen', { textDocument });
  }

  close(doc: Doc): void {
    this.flush(doc);
    this.#options.time.clearTimer(this.#timers.get(doc));
    this.#timers.delete(doc);
    doc.open = false;
    this.#options.notify('textDocument/didClose', { textDocument: { uri: doc.uri } });
  }

  /** One undo step of the person's. */
  type(doc: Doc, changes: readonly Change[]): void {
    const before = doc.buffer;
    doc.undo.push({ before, author: 'person' });
    doc.redo = [];
    this.#change(doc, changes, 'person');
    const had = new Set(before.ids);
    for (const [i, id] of doc.buffer.ids.entries()) if (!had.has(id)) doc.typed.set(id, doc.buffer.text[i]!);
    this.#options.watcher.typed(doc, before);
  }

  undo(doc: Doc): boolean {
    return this.#travel(doc, doc.undo, doc.redo);
  }

  redo(doc: Doc): boolean {
    return this.#travel(doc, doc.redo, doc.undo);
  }

  /** Tells the server what it was not told yet. */
  flush(doc: Doc): void {
    this.#overtaken.get(doc)?.();
    this.#tell(doc);
  }

  flushAll(): void {
    for (const doc of this.docs.values()) if (doc.open) this.flush(doc);
  }

  // ---- what the server does

  notified(method: string, params: unknown): void {
    this.onNotification(method, params as never);
  }

  requested(method: string, params: unknown, reply: (answer: Answer) => void, id: number): void {
    const handle = this.#requests.get(method);
    if (handle) handle(params as never, reply, id);
    else reply({ error: { code: ErrorCodes.MethodNotFound, message: `no method ${method}` } });
  }

  #applyEdit(
    { edit }: { edit: { documentChanges: { textDocument: { uri: string; version: number }; edits: [] }[] } },
    reply: (answer: Answer) => void,
    id: number,
  ): void {
    const { answers, repliesFirst, appliesAfterMs, inTwoSteps } = this.ways;
    if (!answers) return;
    const [change] = edit.documentChanges;
    const doc = this.docs.get(change!.textDocument.uri)!;
    const request: Request = { id, doc, version: change!.textDocument.version, edits: change!.edits };
    if (!doc.open || this.#isRefused(request)) return this.#refuse(request, reply);
    if (inTwoSteps) {
      const isDone = this.#make(request, () => reply({ result: { applied: true } }));
      if (!isDone) reply({ result: { applied: false } });
      return;
    }
    if (!repliesFirst) {
      const isDone = this.#make(request);
      return reply({ result: { applied: isDone } });
    }
    reply({ result: { applied: true } });
    if (appliesAfterMs === 0) this.#make(request);
    else this.#options.time.setTimer(() => this.#make(request), appliesAfterMs);
  }

  #isRefused({ doc, version }: Request): boolean {
    const { check } = this.ways;
    if (version === null || version === undefined || check === 'none') return false;
    if (check === 'told') return version !== [...doc.told[doc.life]!.keys()].at(-1);
    if (check === 'exact' || check === 'exact but 0') {
      return version !== doc.version && !(check === 'exact but 0' && version <= 0);
    }
    if (check === 'older') return version > 0 && doc.version > version;
    return ![...doc.told[doc.life]!.keys()].slice(-keptVersions).includes(version);
  }

  #refuse(request: Request, reply: (answer: Answer) => void): void {
    this.#options.watcher.refused(request);
    const { doc, version } = request;
    const { refusal } = this.ways;
    if (refusal !== 'error') return reply({ result: { applied: refusal === 'applied: true' } });
    reply({
      error: {
        code: ErrorCodes.InternalError,
        message: `Edits on ${doc.uri} require version ${version}, you have ${doc.version}`,
      },
    });
  }

  /** Changes the buffer. `halfway` is called where that takes two steps, in between. */
  #make(request: Request, halfway?: () => void): boolean {
    const { doc } = request;
    const { watcher, joinsUndo } = this.#options;
    if (!doc.open) return false;
    const changes =
      this.ways.check === 'rebase' ? rebased(request) : changesOf(doc.buffer.text, request.edits, this.ways.clamps);
    if (!changes) {
      watcher.unfit(request);
      return false;
    }
    const before = doc.buffer;
    const isStale = request.version !== doc.version;
    if (!(joinsUndo && doc.undo.at(-1)?.author === 'model')) doc.undo.push({ before, author: 'model' });
    doc.redo = [];
    const states = halfway ? this.#makeInTwo(doc, changes, halfway) : this.#makeAll(doc, changes);
    watcher.applied(request, { before, changes, isStale, states });
    return true;
  }

  #makeAll(doc: Doc, changes: readonly Change[]): Made['states'] {
    const steps = this.ways.oneByOne ? [...changes].reverse().map((change) => [change]) : [changes];
    return steps.map((step) => {
      this.#change(doc, step, 'model');
      return { version: doc.version, buffer: doc.buffer };
    });
  }

  #makeInTwo(doc: Doc, changes: readonly Change[], halfway: () => void): Made['states'] {
    const { buffer } = doc;
    const whole = this.#options.authors.apply(buffer, changes, 'model');
    const half = halfOf(buffer, whole);
    const states: { version: number; buffer: Buffer }[] = [];
    doc.halfway.add(half);
    for (const next of [half, whole]) {
      if (next.text !== doc.buffer.text) {
        this.#replace(doc, next, [difference(doc.buffer.text, next.text)]);
        states.push({ version: doc.version, buffer: next });
      }
      if (next === half) halfway();
    }
    return states;
  }

  // ---- buffers

  #travel(doc: Doc, from: Step[], to: Step[]): boolean {
    const step = from.pop();
    if (!step) return false;
    const before = doc.buffer;
    to.push({ before, author: step.author });
    this.#replace(doc, step.before, [difference(before.text, step.before.text)]);
    this.#options.watcher.typed(doc, before);
    return true;
  }

  #change(doc: Doc, changes: readonly Change[], author: Author): void {
    this.#replace(doc, this.#options.authors.apply(doc.buffer, changes, author), changes);
  }

  #replace(doc: Doc, next: Buffer, changes: readonly Change[]): void {
    const { text } = doc.buffer;
    // Told from the last to the first, so that each range is right in the text after those before it.
    for (const { from, to, insert } of [...changes].reverse()) {
      doc.pending.push({ range: rangeOf(text, from, to), text: insert });
    }
    doc.buffer = next;
    doc.version = nextVersion(this.ways, doc.version, this.#options.random);
    this.#changed(doc);
  }

  // ---- telling

  #changed(doc: Doc): void {
    const { telling, tellingMs } = this.ways;
    const { time } = this.#options;
    if (telling === 'now') return this.#tell(doc);
    if (telling === 'swapped') return this.#tellSwapped(doc);
    if (telling === 'rate') {
      const waitMs = (this.#flushedMs.get(doc) ?? Number.NEGATIVE_INFINITY) + tellingMs - time.now();
      if (waitMs <= 0) this.#tell(doc);
      else if (!this.#timers.has(doc)) this.#later(doc, waitMs);
    } else {
      if (telling === 'trip' && this.#timers.has(doc)) return;
      time.clearTimer(this.#timers.get(doc));
      this.#later(doc, tellingMs);
    }
  }

  #later(doc: Doc, waitMs: number): void {
    const tell = () => {
      this.#timers.delete(doc);
      if (this.ways.telling === 'idle' && this.commanding > 0) return this.#later(doc, waitMs);
      if (doc.open) this.#tell(doc);
    };
    this.#timers.set(doc, this.#options.time.setTimer(tell, waitMs));
  }

  #tell(doc: Doc): void {
    const params = this.#take(doc);
    if (params) this.#options.notify('textDocument/didChange', params);
  }

  /** Helix 25.01: one didChange in three waits for the next one, and leaves behind it. */
  #tellSwapped(doc: Doc): void {
    const { time, random, notify } = this.#options;
    const params = this.#take(doc);
    if (!params) return;
    const held = this.#overtaken.get(doc);
    if (!held && random.chance(0.33)) {
      const timer = time.setTimer(() => this.#overtaken.get(doc)?.(), this.ways.tellingMs);
      this.#overtaken.set(doc, () => {
        time.clearTimer(timer);
        this.#overtaken.delete(doc);
        notify('textDocument/didChange', params);
      });
      return;
    }
    notify('textDocument/didChange', params);
    held?.();
  }

  #take(doc: Doc): object | undefined {
    const { uri, version, pending, lastTold, buffer } = doc;
    if (pending.length === 0) return undefined;
    const contentChanges = this.#form(lastTold.text, buffer.text, pending);
    doc.pending = [];
    doc.lastTold = buffer;
    doc.told[doc.life]!.set(version, buffer);
    this.#flushedMs.set(doc, this.#options.time.now());
    this.#options.time.clearTimer(this.#timers.get(doc));
    this.#timers.delete(doc);
    return { textDocument: { uri, version }, contentChanges };
  }

  #form(before: string, after: string, pending: readonly unknown[]): readonly unknown[] {
    const { form } = this.ways;
    if (form === 'each') return pending;
    if (form === 'full') return [{ text: after }];
    const { from, to, insert } = difference(before, after);
    if (form === 'merged') return [{ range: rangeOf(before, from, to), text: insert }];
    const { random } = this.#options;
    const wideFrom = whole(before, from - random.int(20));
    const wideTo = whole(before, to + random.int(20));
    const end = Math.max(wideTo, to);
    const text = before.slice(wideFrom, from) + insert + before.slice(to, end);
    return [{ range: rangeOf(before, wideFrom, end), text }];
  }
}

// The simulated person: what one action of a plan comes to at the moment that it happens.

import { LSPErrorCodes } from 'vscode-languageserver-protocol';
import { type Buffer, type Change, rangeOf, whole } from './buffer.ts';
import type { Doc, Editor } from './editor.ts';
import { directiveOf, importOf, instructionOf } from './model.ts';
import type { Oracle } from './oracle/oracle.ts';
import type { Watched } from './oracle/watched.ts';
import type { Action, TypingPlace } from './plan.ts';
import { Random } from './random.ts';
import { marks, placeForNewCode, statement } from './texts.ts';
import type { Time } from './time.ts';
import type { Answer, SimWire } from './wire.ts';

export interface PersonOptions {
  readonly editor: Editor;
  readonly oracle: Oracle;
  readonly wire: SimWire;
  readonly time: Time;
  readonly docs: readonly Doc[];
  readonly marked: boolean;
  readonly count: (situation: string) => void;
}

const usualKeys = ['a', 't', ' ', '\n', '}', ';', '(', 'const ', 'return total;', '  ', 'é', '😀'];

export class Person {
  readonly #options: PersonOptions;
  /** Requests with `wait` that are still open, newest last. */
  readonly #waits: number[] = [];

  constructor(options: PersonOptions) {
    this.#options = options;
  }

  act(action: Action): void {
    const { editor, docs, count } = this.#options;
    const doc = docs[action.doc]!;
    if (editor.isBlocked) return count('the person had to wait for the editor');
    if (!doc.open && action.kind !== 'reopen') return;
    const random = new Random(action.seed);
    count(`person: ${action.kind}`);
    switch (action.kind) {
      case 'edit':
        return this.#edit(doc, action, random);
      case 'type':
        return this.#type(doc, action, random);
      case 'delete':
        return this.#delete(doc, this.#placeOf(doc, action.place, random), random);
      case 'paste':
        return this.#insert(doc, this.#placeOf(doc, action.place, random), this.#pasted(doc, random));
      case 'undo':
      case 'redo':
        for (let i = 0; i < action.count; i++) editor[action.kind](doc);
        return;
      case 'format':
        return this.#format(doc, random);
      case 'reopen':
        return this.#reopen(doc, random);
      case 'menu':
        return this.#menu(doc, random, /./);
      case 'apply':
        return this.#apply(action);
      case 'open other':
        return this.#type(doc, { count: 1, gapMs: 0, place: 'anywhere' }, random);
      default:
        return this.#say(action, random);
    }
  }

  // ---- typing

  #type(doc: Doc, { count, gapMs, place }: { count: number; gapMs: number; place: TypingPlace }, random: Random): void {
    let at = this.#placeOf(doc, place, random);
    let before = doc.buffer;
    const key = (left: number) => {
      if (!doc.open || this.#options.editor.isBlocked) return;
      // The cursor goes with the text: an edit of the server's may have moved it.
      at = moved(at, before, doc.buffer);
      const text = this.#key(doc, random);
      this.#insert(doc, at, text);
      at += text.length;
      before = doc.buffer;
      if (left > 1) this.#options.time.setTimer(() => key(left - 1), gapMs);
    };
    key(count);
  }

  #key(doc: Doc, random: Random): string {
    if (this.#options.marked) return random.chance(0.1) ? `${random.pick([...marks])}\n` : random.pick([...marks]);
    // Often what stands there already, so that it can't be told where it was typed.
    const { text } = doc.buffer;
    const key = random.chance(0.5) ? random.pick(usualKeys) : (text[random.int(text.length)] ?? 'a');
    return /[\r\uD800-\uDFFF]/.test(key) && key.length === 1 ? 'a' : key;
  }

  #insert(doc: Doc, at: number, text: string): void {
    const from = whole(doc.buffer.text, at);
    const eol = doc.buffer.text.includes('\r\n') ? '\r\n' : '\n';
    const insert = text.replaceAll(/\r?\n/g, eol);
    this.#options.editor.type(doc, [{ from, to: from, insert }]);
  }

  #delete(doc: Doc, at: number, random: Random): void {
    const { text } = doc.buffer;
    const from = whole(text, at);
    const to = Math.max(from, whole(text, from + (random.chance(0.7) ? 1 + random.int(3) : 1 + random.int(60))));
    if (to > from) this.#options.editor.type(doc, [{ from, to, insert: '' }]);
  }

  #pasted(doc: Doc, random: Random): string {
    if (this.#options.marked) return `${random.pick([...marks])}${random.pick([...marks])}\n`.repeat(1 + random.int(3));
    const { text } = doc.buffer;
    if (random.chance(0.4)) return `  ${statement(random)}\n`;
    const from = whole(text, random.int(text.length + 1));
    return text.slice(from, Math.max(from, whole(text, from + 1 + random.int(50))));
  }

  /** Changes of white space in many places at once. */
  #format(doc: Doc, random: Random): void {
    const { text } = doc.buffer;
    const changes: Change[] = [];
    for (const { index } of text.matchAll(/\r?\n/g)) {
      if (random.chance(0.3)) changes.push({ from: index, to: index, insert: ' ' });
    }
    if (changes.length > 0) this.#options.editor.type(doc, changes);
  }

  #reopen(doc: Doc, random: Random): void {
    const { editor, time } = this.#options;
    if (!doc.open) return;
    editor.close(doc);
    time.setTimer(() => editor.open(doc), random.chance(0.5) ? 0 : random.scale(1, 400));
  }

  /** An offset in the buffer, seen from the edit that a person would look at. */
  #placeOf(doc: Doc, place: TypingPlace, random: Random): number {
    const { text } = doc.buffer;
    const hull = this.#options.oracle.latest(doc)?.hull(doc.buffer);
    const anywhere = random.int(text.length + 1);
    if (!hull || place === 'anywhere') return whole(text, anywhere);
    if (place === 'start') return whole(text, hull.from);
    if (place === 'end') return whole(text, hull.to);
    if (place === 'inside') return whole(text, hull.from + random.int(hull.to - hull.from + 1));
    const off = 1 + random.int(6);
    return whole(text, random.chance(0.5) ? hull.from - off : hull.to + off);
  }

  // ---- commands

  #edit(doc: Doc, action: Action & { kind: 'edit' }, random: Random): void {
    if (action.directive && doc.languageId === 'typescript') return this.#direct(doc, action, random);
    const { editor } = this.#options;
    // Of what the server knows: an editor that does not flush would point into a text that it has not told.
    const { text } = editor.ways.flushes ? doc.buffer : doc.lastTold;
    const at = placeForNewCode(text, action) ?? whole(text, random.int(text.length + 1));
    const to = whole(text, Math.min(text.length, at + random.int(80)));
    const range = rangeOf(text, at, action.scope === 'selection' ? to : at);
    this.#ask(doc, action, {
      ...(random.chance(0.5) ? { range } : { position: range.start }),
      instruction: instructionOf(action.tag),
      scope: action.scope,
    });
  }

  /** Writes a directive above some line, and runs it. */
  #direct(doc: Doc, action: Action & { kind: 'edit' }, random: Random): void {
    const { text } = doc.buffer;
    let at = text.lastIndexOf('\n', random.int(text.length + 1) - 1) + 1;
    // A comment directly below would belong to it.
    while (/^[ \t]*\/\//.test(text.slice(at))) at = text.indexOf('\n', at) + 1 || text.length;
    const [indent = ''] = /^[ \t]*/.exec(text.slice(at))!;
    this.#insert(doc, at, `${indent}${directiveOf(action.tag)}\n`);
    this.#options.count('directives');
    this.#ask(doc, action, { range: rangeOf(doc.buffer.text, at, at), directive: true });
  }

  #ask(doc: Doc, action: Action & { kind: 'edit' }, what: object): void {
    const { editor, wire } = this.#options;
    const wait = action.wait && editor.ways.telling !== 'idle';
    const { uri } = doc;
    const id = this.#command('quickhand.edit', {
      ...{ textDocument: { uri }, ...what },
      ...(action.offered ? { lane: 'deep' } : { delivery: action.mode }),
      ...(wait && { wait }),
    });
    if (wait && wire.open.has(id)) this.#waits.push(id);
  }

  #apply({ of, how }: Action & { kind: 'apply' }): void {
    const offering = this.#options.oracle.edits.findLast(({ isOffered, first }) => isOffered && first.tag === of);
    if (offering) this.#command(`quickhand.${how}`, { editId: offering.editId });
  }

  #say(action: Action, random: Random): void {
    const { oracle } = this.#options;
    // Any of them may be meant, also one that a newer edit has begun to change.
    const edit = random.chance(action.kind === 'revert' ? 0.4 : 0.8) ? oracle.latest() : random.pick(oracle.edits);
    if (!edit) return;
    const editId = random.chance(0.9) ? { editId: edit.editId } : {};
    switch (action.kind) {
      case 'cancel':
        return this.#cancel(action.how, edit, random);
      case 'revert':
      case 'keep':
        this.#command(`quickhand.${action.kind}`, editId);
        return;
      case 'approve': {
        const proposing = oracle.edits.findLast(({ asked }) => asked?.script.proposes);
        if (!proposing) return;
        this.#command('quickhand.approve', { editId: proposing.editId, item: importOf(proposing.tag) });
        return;
      }
      case 'steer':
        this.#command('quickhand.steer', { ...editId, instruction: instructionOf(action.tag) });
        return;
      case 'retry':
        this.#command('quickhand.retry', {
          ...editId,
          ...(random.chance(0.5) && { instruction: instructionOf(action.tag) }),
        });
        return;
    }
  }

  #cancel(how: (Action & { kind: 'cancel' })['how'], edit: Watched, random: Random): void {
    const { editId } = edit;
    const { wire } = this.#options;
    this.#options.count(`cancelled by: ${how}`);
    switch (how) {
      case 'command':
        this.#command('quickhand.cancel', { editId });
        return;
      case 'no id':
        this.#command('quickhand.cancel', {});
        return;
      case 'and revert':
        this.#command('quickhand.cancel', { editId, revert: true });
        return;
      case 'menu':
        return this.#menu(edit.doc, random, /^Stop/);
      case 'progress':
        return wire.notify('window/workDoneProgress/cancel', { token: `quickhand/${editId}` });
      case 'request': {
        const id = this.#waits.pop();
        if (id !== undefined) wire.cancel(id);
      }
    }
  }

  /** Asks for the code actions and runs one. */
  #menu(doc: Doc, random: Random, title: RegExp): void {
    const { wire, editor } = this.#options;
    if (!doc.open) return;
    const { text } = doc.buffer;
    const at = whole(text, random.int(text.length + 1));
    const params = { textDocument: { uri: doc.uri }, range: rangeOf(text, at, at), context: { diagnostics: [] } };
    if (editor.ways.flushes) editor.flushAll();
    wire.request('textDocument/codeAction', params, ({ result }) => {
      const actions = (result ?? []) as { title: string; command: { command: string; arguments: object[] } }[];
      // What the menu asks a model has no tag; only what it says of edits is simulated.
      const fit = actions.filter(
        ({ title: name, command }) => title.test(name) && /\.(cancel|keep|approve|revert|retry)$/.test(command.command),
      );
      if (fit.length === 0) return;
      const { command } = random.pick(fit);
      this.#options.count(`menu: ${command.command}`);
      this.#command(command.command, command.arguments[0]!);
    });
  }

  #command(command: string, argument: object): number {
    const { wire, editor } = this.#options;
    if (editor.ways.flushes) editor.flushAll();
    editor.commanding++;
    return wire.request('workspace/executeCommand', { command, arguments: [argument] }, (answer) => {
      editor.commanding--;
      this.#answered(command, answer);
    });
  }

  #answered(command: string, { error }: Answer): void {
    if (error)
      this.#options.count(`${command}: ${error.code === LSPErrorCodes.RequestCancelled ? 'cancelled' : 'refused'}`);
  }
}

/** Where a cursor is once the buffer changed. */
function moved(at: number, before: Buffer, after: Buffer): number {
  if (before === after) return at;
  const places = new Map(after.ids.map((id, i) => [id, i]));
  for (let i = at - 1; i >= 0; i--) {
    const place = places.get(before.ids[i]!);
    if (place !== undefined) return place + 1;
  }
  return 0;
}

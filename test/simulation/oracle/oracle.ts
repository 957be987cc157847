// Knows what the person typed and what the models said, and says which law is broken, as soon as it is.

import { ErrorCodes } from 'vscode-languageserver-protocol';
import type { Buffer } from '../buffer.ts';
import type { Doc, EditorWatcher, Made, Request } from '../editor.ts';
import type { Asked } from '../model.ts';
import type { Answer, Watcher } from '../wire.ts';
import { brief, isNoise } from './brief.ts';
import { Facts, type Json, type OracleOptions, type Violation } from './facts.ts';
import { Lives } from './lives.ts';
import { Reading } from './reading.ts';
import { Requests } from './requests.ts';
import { Sending } from './sending.ts';
import type { Watched } from './watched.ts';

export type { OracleOptions, Violation } from './facts.ts';

export class Oracle implements Watcher, EditorWatcher {
  readonly #facts: Facts;
  readonly #requests: Requests;
  readonly #sending: Sending;
  readonly #reading: Reading;
  readonly #lives: Lives;

  constructor(options: OracleOptions) {
    this.#facts = new Facts(options);
    this.#requests = new Requests(this.#facts);
    this.#sending = new Sending(this.#facts);
    this.#reading = new Reading(this.#facts, this.#sending);
    this.#lives = new Lives(this.#facts, { requests: this.#requests, sending: this.#sending });
  }

  get violation(): Violation | undefined {
    return this.#facts.violation;
  }

  get edits(): Watched[] {
    return this.#facts.all;
  }

  latest(doc?: Doc): Watched | undefined {
    return this.#facts.latest(doc);
  }

  broken(law: string, message: string): void {
    this.#facts.broken(law, message);
  }

  say(line: () => string): void {
    this.#facts.say(line);
  }

  #sayMessage(who: string, method: string, params: unknown): void {
    if (!isNoise(method, params)) this.say(() => `${who}: ${method} ${brief(params)}`);
  }

  // ---- what the server sends

  sent(method: string, params: unknown, id?: number): void {
    const all = params as Json;
    this.#sayMessage('server', method, params);
    if (method === 'workspace/applyEdit') return this.#sending.sent(all, id!);
    if (method === '$/quickhand/edit') this.#lives.eventSent(all);
    else if (method === '$/progress') this.#lives.progressSent(all as never);
    else if (method === 'window/showMessage') this.#sending.misplaced.said(String(all.message));
    this.#checkWords(all);
  }

  answered(id: number, method: string, answer: Answer): void {
    this.#sayMessage('server answers', method, answer);
    this.#checkWords(answer.error ?? {});
    if (answer.error?.code === ErrorCodes.InternalError) this.broken('no internal errors', answer.error.message);
    this.#requests.answered(id, answer);
  }

  /** No message ever contains what only a program would say. */
  #checkWords(params: object): void {
    const words = JSON.stringify(params);
    if (/undefined|\[object|NaN|is not a function|Cannot read prop/.test(words)) this.broken('words', words);
  }

  // ---- what the server reads

  read(method: string, params: unknown, id?: number): void {
    this.#sayMessage('editor', method, params);
    const all = params as Json;
    const { uri, version } = (all?.textDocument ?? {}) as { uri: string; version: number };
    const doc = this.#facts.options.docs.get(uri);
    if (method === 'textDocument/didOpen') this.#reading.opened(doc!, version);
    else if (method === 'textDocument/didClose') this.#reading.closed(doc!);
    else if (method === 'textDocument/didChange') this.#reading.changed(doc!, version);
    else if (method === 'workspace/executeCommand') this.#requests.commandRead(all, id!);
    else if (method === '$/cancelRequest') this.#requests.cancelRead(all.id as number);
    else if (method === 'window/workDoneProgress/cancel') this.#requests.progressCancelRead(String(all.token));
    else if (method === 'shutdown') this.#facts.isShutDown = true;
  }

  // ---- what happens in the editor

  typed(doc: Doc, before: Buffer): void {
    const { buffer } = doc;
    this.#sending.misplaced.typed(doc, before);
    this.say(() => `person in ${doc.uri.slice(doc.uri.lastIndexOf('/') + 1)}: ${summaryOf(before, buffer)}`);
    const { from, toA, toB } = changedIds(before.ids, buffer.ids);
    for (let i = from; i < toA; i++) this.#facts.removedByPerson.add(before.ids[i]!);
    const put = buffer.ids.slice(from, toB);
    for (const id of put) this.#facts.removedByPerson.delete(id);
    this.#putBack(doc, before, put);
    this.#tookOut(doc, before.text.slice(from, toA));
    for (const edit of this.#facts.edits.values()) {
      if (edit.doc === doc && !edit.touched) edit.touched = edit.differs(before, buffer);
    }
  }

  /**
   * Undo brings units back that the server is about to bring back itself: they show in the text, whoever did it. Where it had taken them back already, it may be
   * asked to do so once more.
   */
  #putBack(doc: Doc, before: Buffer, put: readonly number[]): void {
    const edits = this.edits.filter((edit) => edit.doc === doc && edit.revert && edit.hasLanded);
    if (edits.length === 0) return;
    const had = new Set(before.ids);
    const back = put.filter((id) => !had.has(id));
    for (const edit of edits) {
      if (!back.some((id) => edit.cells.has(id))) continue;
      if (edit.isReverted) this.#mayRevert(edit);
      else this.#facts.loosen(doc, 'the person undid what was being reverted');
    }
  }

  /** Who takes out a directive that an edit is about to take out does what the server may take for its own doing. */
  #tookOut(doc: Doc, text: string): void {
    const isIt = (edit: Watched) => edit.doc === doc && edit.running && edit.directive && text.includes(edit.directive);
    if (this.edits.some(isIt)) this.#facts.loosen(doc, 'the person took out a directive while its edit ran');
  }

  /** Taking it back has been undone. Without being asked again, the server does it again only where it was told of neither. */
  #mayRevert(edit: Watched): void {
    const { doc, revertedAs } = edit;
    const isTold = [...doc.told[doc.life]!.keys()].some((version) => version >= revertedAs && version < doc.version);
    edit.isReverted = false;
    if (isTold) edit.revert = undefined;
  }

  applied(request: Request, made: Made): void {
    this.#sending.applied(request, made);
  }

  refused(request: Request): void {
    const { doc, version } = request;
    const { check, refusal } = this.#facts.options.ways;
    this.#sending.refused(request);
    this.say(() => `editor refuses an edit of ${version}, the buffer is at ${doc.version}`);
    this.#facts.count(`refused: ${check === 'rebase' ? 'too old to rebase' : refusal}`);
  }

  unfit(request: Request): void {
    this.#sending.unfit(request);
  }

  // ---- what the model hears

  asked(asked: Asked): void {
    this.#lives.asked(asked);
  }

  says(asked: Asked, text: string): void {
    this.#lives.says(asked, text);
  }

  modelEnded(asked: Asked, how: string): void {
    this.say(() => `model ends [${asked.tag}]: ${how}`);
  }

  // ---- what should not be

  logged(line: string): void {
    this.broken('no bugs', line);
  }

  /** Nothing moves any more. `open`: requests without an answer. */
  atRest(open: Iterable<{ method: string }>): void {
    this.#lives.atRest(open);
    this.#sending.misplaced.atRest();
  }
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

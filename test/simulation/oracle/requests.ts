// What the person's requests mean for edits: which may no longer send, which are taken back, which go on with which.

import type { Doc } from '../editor.ts';
import type { Answer } from '../wire.ts';
import { type Facts, type Json, tagOf } from './facts.ts';
import type { Watched } from './watched.ts';

/** What the server had read of each document at some moment. */
export type Versions = ReadonlyMap<Doc, { readonly life: number; readonly version: number | undefined }>;

/** An edit that was answered and has not begun. */
export interface Promised {
  /** When it was answered. */
  readonly versions: Versions;
  readonly begins: (edit: Watched) => void;
}

/** A request that waits for the end of its edit. */
interface Waiting {
  readonly tag: number;
  /** When it was read. */
  readonly versions: Versions;
  cancelled: boolean;
}

export class Requests {
  readonly #facts: Facts;
  readonly #commands = new Map<number, { command: string; args: Json; meant: Watched | undefined }>();
  readonly #promised = new Map<string, Promised>();
  readonly #waits = new Map<number, Waiting>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** Edits that were answered and have not begun. */
  get promised(): readonly string[] {
    return [...this.#promised.keys()];
  }

  /** What is known of an edit that begins now: it is promised no longer. */
  begins(editId: string, tag: number): { promised: Promised | undefined; waiting: Waiting | undefined } {
    const promised = this.#promised.get(editId);
    this.#promised.delete(editId);
    return { promised, waiting: [...this.#waits.values()].find((wait) => wait.tag === tag) };
  }

  answered(id: number, answer: Answer): void {
    this.#waits.delete(id);
    this.#facts.vague.delete(id);
    const request = this.#commands.get(id);
    const { editId } = (answer.result ?? {}) as { editId?: string };
    if (!request || editId === undefined) return;
    const { command, args, meant } = request;
    if (command === 'quickhand.approve' && meant && (answer.result as Json).outcome === 'approved') {
      this.#facts.approvals.push({ edit: meant, item: String(args.item), isIn: false });
    } else if (command === 'quickhand.cancel' || command === 'quickhand.revert') {
      const takeBack = command === 'quickhand.revert' || args.revert === true;
      const edit = this.#facts.edits.get(editId);
      if (edit) this.#cancelled(edit, command, takeBack);
      else this.#promise(editId, (begun) => this.#cancelled(begun, command, takeBack));
    } else if (command === 'quickhand.steer' || command === 'quickhand.retry') {
      this.#continued(command, editId, meant);
    } else if (command === 'quickhand.edit' && !this.#facts.edits.has(editId)) this.#promise(editId, () => {});
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
    return new Map([...this.#facts.known].map(([doc, { life, version }]) => [doc, { life, version }]));
  }

  #continued(command: string, editId: string, named: Watched | undefined): void {
    const last = named && this.#facts.lastOfChain(named);
    if (last) {
      last.stop ??= `${command} was read`;
      if (command === 'quickhand.retry') last.takeBack ??= 'own';
    }
    this.#promise(editId, (edit) => {
      edit.isObscure = last === undefined || this.#obscureBeside(edit).length > 0;
      if (edit.isObscure) edit.touched = true;
      if (!last) return;
      if (command === 'quickhand.steer') edit.corrects = last;
      else {
        edit.retries = last;
        edit.corrects = last.corrects;
      }
    });
  }

  commandRead(params: Json, id: number): void {
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
      const last = this.#facts.lastOfChain(edit);
      if (last.life === this.#facts.knownOf(last.doc).life && this.#facts.knownOf(last.doc).version !== undefined) {
        last.stop ??= `${command} was read`;
        if (command === 'quickhand.retry') last.takeBack ??= 'own';
      }
    }
  }

  /**
   * Without an id: the edit that runs, or else the last one; what goes on with an edit goes on with the last of its chain. Nothing can be judged any
   * more where that is not known from outside, because an edit has been answered and has not begun.
   */
  #meant(command: string, { editId }: Json, id: number): Watched | undefined {
    if (command === 'quickhand.edit') return undefined;
    const waiting = [...this.#waits.values()].some(({ tag }) => !this.#facts.all.some((edit) => edit.tag === tag));
    const isKnown = this.#promised.size === 0 && !waiting;
    const goesOn = command === 'quickhand.steer' || command === 'quickhand.retry';
    if (editId !== undefined && (isKnown || !goesOn)) return this.#facts.edits.get(String(editId));
    if (editId === undefined && isKnown) return this.#facts.latest();
    this.#facts.vague.add(id);
    for (const edit of this.#facts.all) edit.touched = true;
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
    const target = takeBack ? this.#facts.lastOfChain(edit) : edit;
    target.stop ??= `${command} was read`;
    // Nor is it known of which chain an obscure edit is: any that runs may be meant.
    for (const other of takeBack && this.#obscureBeside(edit).length > 0 ? this.#facts.editsOf(edit.doc) : []) {
      if (!other.running) continue;
      other.touched = true;
      other.stop ??= `${command} was read`;
    }
    if (
      takeBack &&
      edit.life === this.#facts.knownOf(edit.doc).life &&
      this.#facts.knownOf(edit.doc).version !== undefined
    ) {
      for (let each: Watched | undefined = target; each; each = each.corrects) each.takeBack = 'chain';
    }
  }

  /** Edits of the same text of which it is not known what they go on with. */
  #obscureBeside({ doc, life }: Watched): Watched[] {
    return this.#facts.all.filter((other) => other.isObscure && other.doc === doc && other.life === life);
  }

  cancelRead(id: number): void {
    const wait = this.#waits.get(id);
    if (!wait) return;
    wait.cancelled = true;
    for (const edit of this.#facts.all) {
      if (edit.tag === wait.tag && !edit.retries) edit.stop ??= '$/cancelRequest was read';
    }
  }

  progressCancelRead(token: string): void {
    const edit = this.#facts.all.find(({ editId }) => token === `quickhand/${editId}`);
    if (edit) edit.stop ??= 'window/workDoneProgress/cancel was read';
  }
}

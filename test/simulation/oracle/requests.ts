// What the person's requests mean for edits: which may no longer send, which are reverted, which go on with which.

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
  /** An edit of the chain that it goes on with, where that had begun. */
  readonly goesOnWith: Watched | undefined;
  /** The edit whose offer it applies. */
  readonly applies: Watched | undefined;
}

/** A request that waits for the end of its edit. */
interface Waiting {
  /** Undefined where a directive says it. */
  readonly tag: number | undefined;
  /** When it was read. */
  readonly versions: Versions;
  cancelled: boolean;
  /** Its edit, once that has begun. */
  edit: Watched | undefined;
}

interface Command {
  readonly command: string;
  readonly args: Json;
  /** Undefined while the edit that is meant has not begun. */
  readonly meant: Watched | undefined;
  /** Takes back what reading it meant, where it is refused. */
  refused?: () => void;
}

/** Who keeps an offer is not told the id of the edit that applies it. */
const keptMark = ', kept';

export class Requests {
  readonly #facts: Facts;
  readonly #commands = new Map<number, Command>();
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
    const isKept = ([name, { applies }]: [string, Promised]) => name.endsWith(keptMark) && applies?.tag === tag;
    const name = this.#promised.has(editId) ? editId : ([...this.#promised].find(isKept)?.[0] ?? editId);
    const promised = this.#promised.get(name);
    this.#promised.delete(name);
    // A retry has the tag of its edit, and begins after it.
    const isAsked = (wait: Waiting) =>
      wait.tag === tag || (wait.tag === undefined && this.#facts.options.directiveOf(tag));
    // What was answered before it begins is not what waits for its end, though a directive may say as much.
    const waiting = promised ? undefined : [...this.#waits.values()].find((wait) => isAsked(wait) && !wait.edit);
    return { promised, waiting };
  }

  answered(id: number, answer: Answer): void {
    this.#waits.delete(id);
    const request = this.#commands.get(id);
    const { editId } = (answer.result ?? {}) as { editId?: string };
    if (editId === undefined) request?.refused?.();
    if (!request || editId === undefined) return;
    const { command, args, meant } = request;
    if (command === 'quickhand.approve' && args.item === undefined) this.#applied(editId, request);
    else if (command === 'quickhand.keep') this.#keptNow(editId);
    else if (command === 'quickhand.approve' && meant && (answer.result as Json).outcome === 'approved') {
      this.#facts.approvals.push({ edit: meant, item: String(args.item), isIn: false, isUnwanted: false });
    } else if (command === 'quickhand.cancel' || command === 'quickhand.revert') {
      const revert = command === 'quickhand.revert' || args.revert === true;
      const edit = this.#facts.edits.get(editId);
      if (edit) this.#cancelled(edit, command, revert);
      else this.#promise(editId, (begun) => this.#stop(begun, command, revert));
    } else if (command === 'quickhand.steer' || command === 'quickhand.retry') {
      this.#continued(editId, request);
    } else if (command === 'quickhand.edit' && !this.#facts.edits.has(editId)) this.#promise(editId, () => {});
  }

  /** `editId`: that of the edit that applies an offer. */
  #applied(editId: string, { args, meant }: Command): void {
    const offer = args.editId === undefined ? meant : this.#facts.edits.get(String(args.editId));
    if (!offer) return;
    offer.isOffered = false;
    this.#facts.count('offers applied');
    this.#promise(editId, () => {}, { goesOnWith: offer, applies: offer });
  }

  #keptNow(editId: string): void {
    const kept = this.#facts.edits.get(editId);
    const offer = kept && this.#facts.lastOfChain(kept);
    if (!offer?.isOffered) return;
    offer.isOffered = false;
    this.#facts.count('offers kept');
    this.#promise(`${offer.editId}${keptMark}`, () => {}, { goesOnWith: offer, applies: offer });
  }

  #promise(
    editId: string,
    begins: (edit: Watched) => void,
    chain: Partial<Pick<Promised, 'goesOnWith' | 'applies'>> = {},
  ): void {
    const earlier = this.#promised.get(editId);
    this.#promised.set(editId, {
      versions: earlier?.versions ?? this.#versions(),
      begins: (edit) => {
        earlier?.begins(edit);
        begins(edit);
      },
      goesOnWith: chain.goesOnWith ?? earlier?.goesOnWith,
      applies: chain.applies ?? earlier?.applies,
    });
  }

  #versions(): Versions {
    return new Map([...this.#facts.known].map(([doc, { life, version }]) => [doc, { life, version }]));
  }

  /** Edits begin in the order in which they were made: what the one before had not begun when it was meant has begun when this one does. */
  #continued(editId: string, { command, args, meant }: Command): void {
    const named = () =>
      args.editId === undefined ? this.#facts.all.at(-2) : this.#facts.edits.get(String(args.editId));
    const goesOn = (edit: Watched) => {
      const last = this.#facts.lastOfChain((meant ?? named())!);
      this.#givesWay(last, command);
      if (command === 'quickhand.steer') edit.corrects = last;
      else {
        edit.retries = last;
        edit.corrects = last.corrects;
      }
    };
    this.#promise(editId, goesOn, { goesOnWith: meant });
  }

  #givesWay(last: Watched, command: string): void {
    last.stop ??= `${command} was read`;
    if (command !== 'quickhand.retry') return;
    last.revert ??= 'own';
    last.isOffered = false;
  }

  commandRead(params: Json, id: number): void {
    const { command } = params as { command: string };
    const [args = {}] = (params.arguments ?? []) as Json[];
    const meant = this.#meant(command, args);
    const request: Command = { command, args, meant };
    this.#commands.set(id, request);
    if (command === 'quickhand.edit' && args.wait === true) {
      this.#waits.set(id, {
        ...{
          tag: args.directive ? undefined : tagOf(args.instruction),
          versions: this.#versions(),
          cancelled: false,
          edit: undefined,
        },
      });
    }
    const isRevert = command === 'quickhand.revert' || (command === 'quickhand.cancel' && args.revert === true);
    if (isRevert && !meant) for (const approval of this.#facts.approvals) approval.isUnwanted = true;
    if (!meant) return;
    if (command === 'quickhand.cancel' || isRevert) this.#cancelled(meant, command, isRevert);
    if (command === 'quickhand.steer' || command === 'quickhand.retry') {
      const last = this.#facts.lastOfChain(meant);
      if (!this.#isOpen(last) || this.#promisedWith(meant).length > 0) return;
      // A newer edit may have taken its place: then it is refused.
      const { stop, revert, isOffered } = last;
      request.refused = () => Object.assign(last, { stop, revert, isOffered });
      this.#givesWay(last, command);
    }
  }

  /** Without an id: the edit that runs, or else the last one; undefined where that has not begun. */
  #meant(command: string, { editId }: Json): Watched | undefined {
    if (command === 'quickhand.edit') return undefined;
    if (editId !== undefined) return this.#facts.edits.get(String(editId));
    const isWaited = [...this.#waits.values()].some(({ edit }) => !edit);
    return this.#promised.size > 0 || isWaited ? undefined : this.#facts.latest();
  }

  /** Edits of the chain that have not begun. */
  #promisedWith(edit: Watched): string[] {
    return [...this.#promised].filter(([, { goesOnWith }]) => goesOnWith?.first === edit.first).map(([id]) => id);
  }

  #isOpen({ doc, life }: Watched): boolean {
    const known = this.#facts.knownOf(doc);
    return life === known.life && known.version !== undefined;
  }

  #cancelled(edit: Watched, command: string, revert: boolean): void {
    if (!revert) return this.#stop(edit, command, false);
    for (const editId of this.#promisedWith(edit)) this.#promise(editId, (begun) => this.#stop(begun, command, true));
    const last = this.#facts.lastOfChain(edit);
    last.isOffered = false;
    this.#stop(last, command, true);
  }

  #stop(edit: Watched, command: string, revert: boolean): void {
    edit.stop ??= `${command} was read`;
    if (!revert || !this.#isOpen(edit)) return;
    for (let each: Watched | undefined = edit; each; each = each.corrects) each.revert = 'chain';
    for (const approval of this.#facts.approvals) {
      if (approval.edit.first === edit.first) approval.isUnwanted = true;
    }
  }

  cancelRead(id: number): void {
    const wait = this.#waits.get(id);
    if (!wait) return;
    wait.cancelled = true;
    if (wait.edit) wait.edit.stop ??= '$/cancelRequest was read';
  }

  progressCancelRead(token: string): void {
    const edit = this.#facts.all.find(({ editId }) => token === `quickhand/${editId}`);
    if (edit) edit.stop ??= 'window/workDoneProgress/cancel was read';
  }
}

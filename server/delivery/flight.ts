// One applyEdit under way: what of it no text has shown yet, and what the editor said to it.

import type { Timer } from '../clock.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { diffClosely } from '../text/diff.ts';
import { changedIn, type Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { type Outgoing, sentOf } from './outgoing.ts';
import type { SentEdit } from './placing.ts';
import { isElsewhere, type Question, type Reconciled, reconcile, sighted } from './reconcile.ts';
import type { Region, TakeBack } from './region.ts';
import { mapSpan, within } from './retell.ts';

/** What the editor answered to one applyEdit. Never proof of anything but a refusal. */
export interface Reply {
  readonly applied: boolean;
  readonly failureReason?: string;
  /** It was no answer but an error: eglot says so of a text that is not the one it was made for. */
  readonly isError?: boolean;
  /** No use in trying again. */
  readonly final?: boolean;
}

export class Flight {
  readonly region: Region;
  readonly takesBack: TakeBack | undefined;
  /** The version that it was made for. */
  readonly version: number;
  readonly sentAtMs: number;
  reply: Reply | undefined;
  repliedAtMs = Number.POSITIVE_INFINITY;
  /** When a text that came behind the answer lacked it first. */
  lacksSinceMs: number | undefined;
  timer: Timer;
  /** A text has shown some of it: editors may apply edit by edit, and tell of each by itself. */
  hasLanded = false;
  /** What others have typed into what it takes out, since it was sent, in offsets of the latest text: it would take that out, too. */
  #typedOver: readonly Span[] = [];
  #missing: readonly Outgoing[];
  /** Edits of the latest text that put right what landed in the wrong place, and make what is missing: all of them or none. */
  #repair: readonly Edit[] | undefined;
  readonly #snapshot: Snapshot;
  readonly #sent: readonly SentEdit[];
  /** All that it brings, in offsets of the text that it was made for. */
  readonly #all: readonly Outgoing[];
  /** Texts since it was sent that do not show what is missing. */
  readonly #lacking: Set<string>;

  /** `sent`: the snapshot that it was made for, and when. `repair`: edits of that one, where they are not those that are missing. */
  constructor(
    region: Region,
    missing: readonly Outgoing[],
    sent: { snapshot: Snapshot; atMs: number; repair?: readonly Edit[] | undefined },
  ) {
    this.region = region;
    this.takesBack = region.takingBack;
    this.version = sent.snapshot.version;
    this.sentAtMs = sent.atMs;
    this.#missing = missing;
    this.#all = missing;
    this.#snapshot = sent.snapshot;
    this.#repair = sent.repair;
    this.#sent = sentOf(sent.snapshot, this.edits);
    this.#lacking = new Set([sent.snapshot.text]);
  }

  /** Whether a text is one of those that did not show it: somebody undid what they had done since. */
  isLackingIn(text: string): boolean {
    return this.#lacking.has(text);
  }

  /** This text does not show what is missing. */
  lacksIn(text: string): void {
    this.#lacking.add(text);
  }

  /** The edits that no text has shown yet, sorted, in offsets of the latest text. */
  get edits(): readonly Edit[] {
    return this.#repair ?? this.#missing.map(({ edit }) => edit);
  }

  /** As the editor got them; undefined where it certainly has not made them, or where those that have landed have moved them. */
  get sent(): readonly SentEdit[] | undefined {
    if (this.isRefused) return undefined;
    if (!this.hasLanded) return this.#sent;
    const rest = this.#all.slice(0, this.#missing.length);
    const isAhead = rest.length > 0 && rest.every(({ id }, i) => id === this.#missing[i]!.id);
    return isAhead
      ? sentOf(
          this.#snapshot,
          rest.map(({ edit }) => edit),
        )
      : undefined;
  }

  get isTypedOver(): boolean {
    return this.#typedOver.length > 0;
  }

  get isRepair(): boolean {
    return this.#repair !== undefined;
  }

  get isRefused(): boolean {
    return this.reply?.applied === false;
  }

  /** Nobody wants it any more: it may still land, but is not sent again. */
  get isAbandoned(): boolean {
    return this.takesBack ? !this.region.takingBack : this.region.ended;
  }

  get isComplete(): boolean {
    return this.#missing.length === 0 && !this.#repair;
  }

  /** A text shows `edits`, which are some of those that were missing; `moved` is to be told when the region has moved. */
  landed(edits: readonly Edit[]): readonly Outgoing[] {
    const landed = this.#missing.filter(({ edit }) => this.#repair || edits.includes(edit));
    let shift = 0;
    // What stands at one place lands there in order.
    this.#missing = this.#missing.flatMap((one) => {
      const { from, to, insert } = one.edit;
      if (!landed.includes(one)) return [{ ...one, edit: { from: from + shift, to: to + shift, insert } }];
      shift += insert.length - (to - from);
      return [];
    });
    this.#repair = undefined;
    this.hasLanded = true;
    return landed;
  }

  /** The text that the editor told of has changed by `edits`: what puts it right is to be expected elsewhere. */
  toldOf(edits: readonly Edit[]): void {
    this.#repair = this.#repair?.map(({ insert, ...span }) => ({ ...mapSpan(span, edits, false), insert }));
  }

  /** The text has changed by `edits`, and the region with it: what is missing is to be expected elsewhere. */
  moved(edits: readonly Edit[]): void {
    const typed = changedIn(edits).filter((_, i) => this.#missing.some(({ edit }) => isInside(edits[i]!, edit)));
    this.#typedOver = [...this.#typedOver.map((span) => mapSpan(span, edits, false)), ...typed].filter(isSomething);
    this.#missing = this.#missing.map((one) => {
      const span = within(mapSpan(one.edit, edits, false), this.region.span);
      return { ...one, edit: { ...span, insert: one.edit.insert } };
    });
  }
}

/** Whether `edit` changes what lies between the ends of `span`. */
function isInside({ from, to }: Edit, span: Span): boolean {
  return from > span.from && to < span.to;
}

function isSomething({ from, to }: Span): boolean {
  return from < to;
}

/** What a flight does not know itself. */
export type Asked = Pick<Question, 'previous' | 'next' | 'span' | 'isSuspect'>;

/** What a text shows of a flight, and what others changed. */
export function explain(flight: Flight, question: Asked): Reconciled {
  const { edits, sent, isRepair, isRefused, isTypedOver } = flight;
  const { previous, next } = question;
  const isLacking = flight.isLackingIn(next);
  // Either somebody has undone what they typed, or the edit has taken it out.
  if (isLacking && isElsewhere({ previous, next, sent })) return sighted(question, previous, false);
  const isAnswered = flight.reply !== undefined || isRepair;
  const isPartly = flight.hasLanded;
  const explained = isLacking ? undefined : reconcile({ ...question, sent, isAnswered, isTypedOver, isPartly }, edits);
  // What was refused has only landed if nothing else can be seen: users type what is much alike.
  const isSure = explained?.ours.length === edits.length && explained.foreign.length === 0;
  return explained && (isSure || !isRefused) ? explained : { ours: [], foreign: diffClosely(previous, next) };
}

// One edit as the oracle sees it: which units of the text are its region, and what has happened to them.

import { distance } from '../../../server/delivery/distance.ts';
import type { DeliveryMode } from '../../../server/delivery/pacing.ts';
import { type Authors, type Buffer, type Change, withLf } from '../buffer.ts';
import type { Doc } from '../editor.ts';
import type { Asked } from '../model.ts';

/** The text that a region should read from a version of its document on, as long as nobody else changes it. */
interface Reading {
  readonly version: number;
  readonly text: string;
}

export class Watched {
  readonly editId: string;
  readonly doc: Doc;
  /** Which life of its document it belongs to. */
  readonly life: number;
  readonly tag: number;
  readonly mode: DeliveryMode;
  /** Of its document, when it began. */
  readonly version: number;
  /** Every unit that was in the region when it began, or that the server has put there since. */
  readonly cells: Set<number>;
  /** The region's text when it began. */
  readonly base: string;
  readonly readings: Reading[];
  readonly #authors: Authors;
  readonly #directive: string | undefined;
  /** The units beside a region that was empty when it began: its place is between them. */
  readonly #beside: { readonly before: number | undefined; readonly after: number | undefined } | undefined;
  /** What the server last saw of it. */
  #seen: Reading;
  /** It changes nothing by itself: it ends with an offer. */
  isOffer = false;
  /** It applies what another one offered. */
  isAccepted = false;
  /** What it offers waits for the person's word. */
  isOffered = false;
  /** The latest request to a model. */
  asked: Asked | undefined;
  /** The region's text when the model was asked, with the directive that the model is not told of. With \n. */
  askedAbout: string | undefined;
  /** The document around the region when the model was asked. */
  around: { readonly before: string; readonly after: string } | undefined;
  /** The person has changed the region since it began, whether the server knows or not. */
  touched = false;
  /** An edit that is none of its chain has changed the region. */
  overwritten = false;
  /** The server learned of an edit of its own that landed and of what the person did elsewhere in one text. */
  isMixed = false;
  /** The editor refused a part of it because the person had deleted something, which may read as if that part had landed. */
  isRefusedOverDeletion = false;
  /** Why the server may send nothing more of the model's; set when it has read that. */
  stop: string | undefined;
  /** Somebody asked to revert it. */
  revert: 'own' | 'chain' | undefined;
  isReverted = false;
  /** The version of the document that the editor made of that. */
  revertedAs = 0;
  /** The edit that this one corrects. */
  corrects: Watched | undefined;
  /** The edit that this one asks again. */
  retries: Watched | undefined;
  ended: { readonly outcome: string; readonly reason: string; readonly putRight: readonly string[] } | undefined;
  landings = 0;
  hunks = 0;

  constructor(options: {
    editId: string;
    doc: Doc;
    life: number;
    tag: number;
    mode: DeliveryMode;
    authors: Authors;
    buffer: Buffer;
    version: number;
    from: number;
    to: number;
    directive: string | undefined;
  }) {
    const { editId, doc, life, tag, mode, authors, buffer, version, from, to, directive } = options;
    this.editId = editId;
    this.doc = doc;
    this.life = life;
    this.tag = tag;
    this.mode = mode;
    this.version = version;
    this.#authors = authors;
    this.#directive = directive;
    this.cells = new Set(buffer.ids.slice(from, to));
    this.base = buffer.text.slice(from, to);
    if (from === to) this.#beside = { before: buffer.ids[from - 1], after: buffer.ids[to] };
    this.#seen = { version, text: this.base };
    this.readings = [this.#seen];
  }

  get running(): boolean {
    return this.ended === undefined;
  }

  /** Where its chain of corrections begins. */
  get first(): Watched {
    return (this.corrects ?? this.retries)?.first ?? this;
  }

  /** What the region reads again once it is reverted. */
  get origin(): string {
    const before = this.revert === 'chain' ? this.#previous : undefined;
    return before?.origin ?? this.askedAbout ?? this.asked?.base ?? this.base;
  }

  /** The comment that asked for it, or for the edit that it asks again or goes on with. */
  get directive(): string | undefined {
    const before = this.retries ?? this.corrects;
    return before ? before.directive : this.#directive;
  }

  /**
   * What the model is told of a text of the region (with \n): its directive goes with its line. Undefined where the person has written more into
   * that, in the region or right behind it.
   */
  told(text: string, { before, after }: NonNullable<Watched['around']>): string | undefined {
    const { directive } = this;
    if (directive === undefined) return text;
    const at = text.indexOf(directive);
    if (at < 0) return /\bai:/.test(text) ? undefined : text;
    const from = text.lastIndexOf('\n', at) + 1;
    const line = from === 0 ? before.slice(before.lastIndexOf('\n') + 1) + text.slice(0, at) : text.slice(from, at);
    const [end] = /[^\n]*\n?/.exec(text.slice(at))!;
    if (end.trimEnd() !== directive || (!end.endsWith('\n') && !/^[ \t]*(?:\r?\n|$)/.test(after))) return undefined;
    if (line.trim() !== '') return undefined;
    return text.slice(0, from) + text.slice(at + end.length);
  }

  /** What it corrects of which anything came. */
  get #previous(): Watched | undefined {
    return this.corrects && !this.corrects.asked ? this.corrects.#previous : this.corrects;
  }

  /** Whether nobody else has changed what is reverted. */
  get isAlone(): boolean {
    if (this.touched || this.overwritten || this.retries?.isAlone === false) return false;
    return this.revert !== 'chain' || (this.corrects?.isAlone ?? true);
  }

  /** From the first to behind the last unit of the region; undefined where nothing is left of it, and it was no place for new code. */
  hull({ ids }: Buffer): { from: number; to: number } | undefined {
    let from = 0;
    while (from < ids.length && !this.cells.has(ids[from]!)) from++;
    if (from === ids.length) return this.#placeIn(ids);
    let to = ids.length;
    while (!this.cells.has(ids[to - 1]!)) to--;
    return { from, to };
  }

  #placeIn(ids: readonly number[]): { from: number; to: number } | undefined {
    if (!this.#beside) return undefined;
    const { before } = this.#beside;
    const at = before === undefined ? 0 : ids.indexOf(before) + 1;
    return before !== undefined && at === 0 ? undefined : { from: at, to: at };
  }

  /** The region's text, foreign units in it included. */
  textIn(buffer: Buffer): string {
    const hull = this.hull(buffer);
    return hull ? buffer.text.slice(hull.from, hull.to) : '';
  }

  /** The region's text without foreign units. */
  ownTextIn(buffer: Buffer): string {
    let text = '';
    for (let i = 0; i < buffer.ids.length; i++) if (this.cells.has(buffer.ids[i]!)) text += buffer.text[i];
    return text;
  }

  /** Whether somebody else's units stand between those of the region. */
  hasForeign(buffer: Buffer): boolean {
    const hull = this.hull(buffer);
    if (!hull) return false;
    for (let i = hull.from; i < hull.to; i++) if (!this.cells.has(buffer.ids[i]!)) return true;
    return false;
  }

  /** Whether changes may be those that revert it, which have not come yet. */
  restores(changes: readonly Change[]): boolean {
    if (!this.revert || this.isReverted || !this.hasLanded) return false;
    const origin = withLf(this.origin);
    return changes.every(({ insert }) => origin.includes(withLf(insert)));
  }

  /** Whether the region reads what it should once `changes` (offsets into `buffer`) are made. */
  restoresAll(buffer: Buffer, changes: readonly Change[]): boolean {
    return this.#textAfter(buffer, changes) === withLf(this.origin);
  }

  /** Whether the region comes nearer to what its model said by `changes` (offsets into `buffer`). */
  isWanted(buffer: Buffer, changes: readonly Change[]): boolean {
    return this.#gain(buffer, changes) > 0;
  }

  /** Whether nothing of `changes` does anything else. */
  brings(buffer: Buffer, changes: readonly Change[]): boolean {
    const sizes = changes.map(({ from, to, insert }) => withLf(buffer.text.slice(from, to) + insert).length);
    return this.#gain(buffer, changes) === sizes.reduce((sum, size) => sum + size, 0);
  }

  /** By how many units the region comes nearer to what its model said. */
  #gain(buffer: Buffer, changes: readonly Change[]): number {
    const isEmpty = this.hull(buffer) === undefined;
    const after = isEmpty ? withLf(changes.map(({ insert }) => insert).join('')) : this.#textAfter(buffer, changes);
    if (after === undefined || !this.asked) return 0;
    const { target } = this.asked;
    const away = (text: string) => distance(text, target, text.length + target.length) ?? Number.POSITIVE_INFINITY;
    return away(withLf(this.textIn(buffer))) - away(after);
  }

  /** What the region reads once `changes` are made; undefined where they go beyond it. With \n. */
  #textAfter(buffer: Buffer, changes: readonly Change[]): string | undefined {
    const hull = this.hull(buffer);
    if (!hull) return undefined;
    if (changes.some(({ from, to }) => from < hull.from || to > hull.to)) return undefined;
    let after = this.textIn(buffer);
    for (const { from, to, insert } of [...changes].reverse()) {
      after = after.slice(0, from - hull.from) + insert + after.slice(to - hull.from);
    }
    return withLf(after);
  }

  /** Whether anything of it, or of the chain that is reverted with it, ever landed. */
  get hasLanded(): boolean {
    return this.landings > 0 || (this.revert === 'chain' && (this.corrects?.hasLanded ?? false));
  }

  /** Whether a change by the person, from `before` to `after`, changed the region. */
  differs(before: Buffer, after: Buffer): boolean {
    const isGone = (id: number | undefined) => id !== undefined && !after.ids.includes(id);
    if (this.#beside && (isGone(this.#beside.before) || isGone(this.#beside.after))) return true;
    // Reverted to nothing, for the sake of a retry: nothing in the text tells where it is, and typing on its line is typing in it.
    if (this.base !== '' && this.hull(before) === undefined) return true;
    if (this.isLineTaken(before, after)) return true;
    const a = this.#unitsIn(before);
    const b = this.#unitsIn(after);
    return a.length !== b.length || a.some((id, i) => id !== b[i]);
  }

  /** Whether something was typed on the blank line that is its place. */
  isLineTaken(before: Buffer, after: Buffer): boolean {
    return this.#isFreeLine(before) && !this.#isFreeLine(after);
  }

  /** Whether it is a place for new code, of which there is none yet, on a blank line. */
  #isFreeLine(buffer: Buffer): boolean {
    const hull = this.hull(buffer);
    if (!hull || hull.from < hull.to) return false;
    const [above] = /[^\r\n]*$/.exec(buffer.text.slice(0, hull.from))!;
    const [below] = /^[^\r\n]*/.exec(buffer.text.slice(hull.to))!;
    return (above + below).trim() === '';
  }

  #unitsIn(buffer: Buffer): readonly number[] {
    const hull = this.hull(buffer);
    return hull ? buffer.ids.slice(hull.from, hull.to) : [];
  }

  /** Whether changes (offsets into `buffer`) stay within the region and remove nothing but units of it. */
  holds(buffer: Buffer, changes: readonly Change[]): boolean {
    const hull = this.#reach(buffer);
    if (!hull) return true;
    return changes.every(({ from, to }) => {
      if (from < hull.from || to > hull.to) return false;
      for (let i = from; i < to; i++) if (!this.cells.has(buffer.ids[i]!)) return false;
      return true;
    });
  }

  /**
   * Where its edits may be. What the person typed at an edge and what it took out of the region beside it is one change of the text: where the region is
   * reverted, that may have put the one in the place of the other.
   */
  #reach(buffer: Buffer): { from: number; to: number } | undefined {
    const hull = this.hull(buffer);
    if (!hull || !this.touched || !(this.revert || this.stop)) return hull;
    const { ids, text } = buffer;
    const present = new Set(ids);
    const isCut = [...this.cells].some((id) => !present.has(id));
    // Which of several blanks was deleted no text tells, either.
    const isAlike = (at: number) => isCut && /\s/.test(text[at]!);
    const isOpen = (at: number) => at in ids && (this.#authors.of(ids[at]!) === 'person' || isAlike(at));
    let { from, to } = hull;
    while (isOpen(from - 1)) from--;
    while (isOpen(to)) to++;
    return { from, to };
  }

  /**
   * The same by the text alone: what a person types among equal characters can be told as any of several changes, so another place near by
   * that reads what the region should read is as good.
   */
  holdsByText(buffer: Buffer, changes: readonly Change[], version: number): boolean {
    const text = this.readingAt(version);
    const hull = this.hull(buffer);
    if (!hull || changes.length === 0) return false;
    const near = text.length + 60;
    for (let at = buffer.text.indexOf(text, hull.from - near); at >= 0; at = buffer.text.indexOf(text, at + 1)) {
      if (at > hull.to + near) return false;
      if (changes.every(({ from, to }) => from >= at && to <= at + text.length)) return true;
    }
    return false;
  }

  /**
   * The server has read a text. Whether a place near the region reads what it should read then, or what the server last saw of it: what lands and
   * is undone before the server hears of it looks as if it had never landed.
   */
  reads(buffer: Buffer, version: number): boolean {
    const hull = this.hull(buffer) ?? { from: 0, to: buffer.text.length };
    const right = this.readings.filter((reading) => reading.version > this.#seen.version && reading.version <= version);
    const seen = [this.#seen, ...right].findLast(({ text }) => {
      const near = text.length + 60;
      const at = buffer.text.indexOf(text, hull.from - near);
      return at >= 0 && at <= hull.to + near;
    });
    if (seen) this.#seen = { version, text: seen.text };
    return seen !== undefined;
  }

  readingAt(version: number): string {
    return (this.readings.findLast((reading) => reading.version <= version) ?? this.readings[0]!).text;
  }
}

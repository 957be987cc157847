// What is known of a schedule from outside the server: its edits, what it has read of each document, and the first law that was broken.

import type { DeliveryMode } from '../../../server/delivery/pacing.ts';
import { type Authors, type Buffer, withLf } from '../buffer.ts';
import type { Doc } from '../editor.ts';
import type { Ways } from '../ways.ts';
import type { Watched } from './watched.ts';

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
  /** Whether the edit with this tag is asked of the lane that only offers. */
  readonly isOfferOf: (tag: number) => boolean;
  /** The directive in the code that asks for an edit with this tag, if one does. */
  readonly directiveOf: (tag: number) => string | undefined;
  /** How often each situation was reached. */
  readonly count: (situation: string) => void;
  readonly say: (line: () => string) => void;
}

/** What the server has read of one document. */
export interface Known {
  life: number;
  /** Undefined while it is closed. */
  version: number | undefined;
  buffer: Buffer;
  /** Versions read ahead of their turn. */
  readonly ahead: Set<number>;
  /** Why laws about its text can't be judged any more: the editor made that impossible. */
  loose: string | undefined;
}

/** An import that the person let in. */
export interface Approval {
  readonly edit: Watched;
  readonly item: string;
  /** It stands in the buffer. */
  isIn: boolean;
  /** Its edit is reverted, and it with that. */
  isUnwanted: boolean;
}

export type Json = Record<string, unknown>;

export class Facts {
  readonly options: OracleOptions;
  readonly edits = new Map<string, Watched>();
  readonly known = new Map<Doc, Known>();
  readonly approvals: Approval[] = [];
  /** Units that are gone because the person took them out. */
  readonly removedByPerson = new Set<number>();
  violation: Violation | undefined;
  isShutDown = false;

  constructor(options: OracleOptions) {
    this.options = options;
  }

  get all(): Watched[] {
    return [...this.edits.values()];
  }

  /** The edit that a person would mean: the newest that runs, else the newest. */
  latest(doc?: Doc): Watched | undefined {
    const all = this.all.filter((edit) => !doc || (edit.doc === doc && edit.life === doc.life));
    return all.findLast((edit) => edit.running) ?? all.at(-1);
  }

  lastOfChain(edit: Watched): Watched {
    return this.all.findLast((other) => other.first === edit.first) ?? edit;
  }

  broken(law: string, message: string): void {
    if (this.violation) return;
    this.say(() => `!!! ${law}: ${message}`);
    this.violation = { law, message };
  }

  say(line: () => string): void {
    if (!this.violation) this.options.say(line);
  }

  count(situation: string): void {
    this.options.count(situation);
  }

  knownOf(doc: Doc): Known {
    return this.known.get(doc)!;
  }

  /** Of the life of the document that the server knows. */
  editsOf(doc: Doc): Watched[] {
    const { life } = this.knownOf(doc);
    return this.all.filter((edit) => edit.doc === doc && edit.life === life);
  }

  isLoose({ doc, life }: Watched): boolean {
    return life !== doc.life || this.known.get(doc)?.loose !== undefined;
  }

  loosen(doc: Doc, why: string): void {
    const known = this.knownOf(doc);
    if (!known.loose) this.count(`not judged: ${why}`);
    known.loose ??= why;
    this.say(() => `(${why})`);
  }

  /** Whether the person, not the server, has made the region differ from what it was. */
  isTouched(edit: Watched, buffer: Buffer): boolean {
    if (edit.hasForeign(buffer)) return true;
    const present = new Set(buffer.ids);
    for (const id of edit.cells) if (!present.has(id) && this.removedByPerson.has(id)) return true;
    return false;
  }

  checkText(edit: Watched, text: string, law: string): void {
    // Kept lines keep their line end and new ones take the document's, which may be mixed: that is for the engine's own tests.
    const wanted = withLf(text);
    const actual = withLf(edit.textIn(edit.doc.buffer));
    // Blank lines at the ends of a scope stay whatever the answer says, and what comes in another indentation than that of its place is put into that.
    const isNew = edit.asked?.base === '';
    const isMoved = isNew || edit.ended?.putRight?.includes('the indentation');
    const bare = (said: string) => (isMoved ? trimBreaks(said).replace(/^[ \t]+/gm, '') : trimBreaks(said));
    const isSame = law === 'exact' ? bare(actual) === bare(wanted) : actual === wanted;
    if (isSame) return;
    const isAmbiguous = !this.options.marked || edit.isRefusedOverDeletion;
    if (isAmbiguous && law === 'exact' && this.#readsNear(edit, wanted)) {
      this.loosen(edit.doc, 'the person did what an edit was to do');
      return;
    }
    this.broken(law, `${edit.editId} leaves ${JSON.stringify(actual)} where ${JSON.stringify(wanted)} should be`);
  }

  /** Whether some text that takes in the region reads so, whoever wrote it. */
  #readsNear(edit: Watched, wanted: string): boolean {
    const hull = edit.hull(edit.doc.buffer);
    if (!hull) return false;
    const { text } = edit.doc.buffer;
    const before = withLf(text.slice(0, hull.from)).length;
    const actual = withLf(edit.textIn(edit.doc.buffer)).length;
    const at = withLf(text).indexOf(wanted, before + Math.min(0, actual - wanted.length));
    return at >= 0 && at <= before;
  }

  /** How the answer should end, once it is whole; undefined where that is not known. */
  expectedOf(edit: Watched): 'completed' | 'rejected' | undefined {
    const { asked, around, overwritten } = edit;
    if (!asked) return undefined;
    const { script, target, base } = asked;
    if (script.answer === 'refuse' || script.answer === 'prose') return 'rejected';
    // A comment in the place of several lines may stand for them.
    if (bringsComment(base, target)) return undefined;
    if (!around || overwritten || target.trim() === '') return undefined;
    if (this.beginsLikeDocument(edit)) return undefined;
    const { before, after } = around;
    const { languageId } = edit.doc;
    const { faults } = this.options;
    const eol = this.eolOf(edit.doc);
    // Blank lines at the ends of a scope stay whatever the answer says.
    const [first = ''] = /^(?:[ \t]*\n)+/.exec(base) ?? [];
    const [last = ''] = /(?:\n[ \t]*)+$/.exec(base.slice(first.length)) ?? [];
    const whole = eol(first + trimBreaks(target) + last);
    const known = faults(before + eol(edit.askedAbout ?? base) + after, languageId);
    if (faults(before + whole + after, languageId) > known) return 'rejected';
    // In code that is broken already, what has other brackets left over may have no more error nodes than that.
    return known > 0 && unpaired(target) !== unpaired(base) ? undefined : 'completed';
  }

  /** Whether an answer of words begins with those of another line of its document: it may be all of that. */
  beginsLikeDocument({ asked, around, doc }: Watched): boolean {
    if (!asked || !around || doc.languageId !== 'plaintext') return false;
    const [first = ''] = asked.target.trim().split('\n', 1);
    return (around.before + around.after).split(/\r?\n/).some((line) => line.trim() === first.trim());
  }

  eolOf(doc: Doc): (text: string) => string {
    const eol = /\r?\n/.exec(doc.lastTold.text)?.[0] ?? '\n';
    return (text) => text.replaceAll('\r\n', '\n').replaceAll('\n', eol);
  }
}

/** Whether the region of an edit shares a unit with `span`, or both are empty at one place. */
export function overlap(edit: Watched, span: { readonly from: number; readonly to: number }, buffer: Buffer): boolean {
  const hull = edit.hull(buffer);
  if (!hull) return false;
  return (hull.from < span.to && span.from < hull.to) || (hull.from === span.from && hull.to === span.to);
}

/** The brackets that are left over, in their order. */
function unpaired(text: string): string {
  let left = text.replace(/[^()[\]{}]/g, '');
  let before: string;
  do {
    before = left;
    left = left.replace(/\(\)|\[\]|\{\}/g, '');
  } while (left !== before);
  return left;
}

function trimBreaks(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+|(?:\n[ \t]*)+$/g, '');
}

/** What an instruction names its script by. */
export function tagOf(instruction: unknown): number {
  return Number(/\[(\d+)\]$/.exec(String(instruction))?.[1]);
}

/** Whether `target` has a comment that `base` has not. */
function bringsComment(base: string, target: string): boolean {
  const old = base.split('\n');
  return target.split('\n').some((line) => /^\s*(?:\/\/|#)/.test(line) && !old.includes(line));
}

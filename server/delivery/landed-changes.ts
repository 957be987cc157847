// What of an edit has landed in a document and is still as we left it: what a revert can take out (part 4 of the story in reconcile.ts).
// All offsets are into the document's latest clean text; the owner maps them through every change.

import { applyEdits, type Edit, shiftEdits } from '../text/edit.ts';
import { overlaps, type Span } from '../text/span.ts';
import { clampTo, mapSpan, mayTouch, type TextChange } from './rebase.ts';

/** An edit of ours that waits, is under way, or has just landed. */
export interface TrackedEdit {
  /** Its own among the model's edits; of an edit that reverts, the id of the change. */
  readonly id: number;
  /** Edits of one hunk only make sense together. */
  readonly hunk: number;
  /** In offsets of the document's latest clean text. */
  readonly edit: Edit;
  /** The model's own edit, in base offsets; absent where it reverts. */
  readonly base?: Edit;
}

/** What our edits have made of a stretch of the document, which nobody else has changed since. Immutable. */
export interface LandedChange {
  /** Stays as long as the change does, whatever of ours lands over it. Unique in its `LandedChanges`. */
  readonly id: number;
  /** Of our text (empty after a deletion), in offsets of the document's latest clean text. */
  readonly span: Span;
  /** The text that stood there before. */
  readonly before: string;
  /** Edits of one hunk only make sense together: they are reverted together or not at all. */
  readonly hunk: number;
}

/** What could be reverted at some moment, for `LandedChanges.recall`. */
export interface Memory {
  readonly changes: readonly LandedChange[];
  /** The offset at which the region began then. */
  readonly from: number;
}

/** Before anything had landed. */
export const nothingLanded: Memory = { changes: [], from: 0 };

export class LandedChanges {
  #changes: readonly LandedChange[] = [];
  #lastId = 0;
  /** Hunks that somebody else has changed: they are forgotten, and so is what of them lands later. */
  readonly #touched = new Set<number>();

  /** For a hunk or an edit that is handed over. Not used before. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** In the order in which they stand in the document. */
  get all(): readonly LandedChange[] {
    return this.#changes;
  }

  /** Whether there is nothing that could be reverted. */
  get empty(): boolean {
    return this.#changes.length === 0;
  }

  /**
   * Edits of ours landed: sorted, in offsets of `text`, the text before any of them. They become one change with those that they meet, which remembers the
   * oldest text; where they lead back to that, nothing is left.
   */
  landed(text: string, landing: readonly TrackedEdit[]): void {
    const groups = groupsOf(this.#changes, landing);
    const under = new Set(groups.flatMap(({ changes }) => changes));
    const untouched = this.#changes.filter((change) => !under.has(change));
    // In the order in which they stood: two that are empty may come to stand at one place.
    const all = [...untouched, ...groups].sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
    let shift = 0;
    this.#changes = all.flatMap((each) => {
      const from = each.span.from + shift;
      if ('id' in each) return [{ ...each, span: { from, to: each.span.to + shift } }];
      const { before, after, hunk } = merge(text, each);
      shift += after.length - (each.span.to - each.span.from);
      if (before === after) return [];
      return [{ id: each.changes[0]?.id ?? this.nextId(), span: { from, to: from + after.length }, before, hunk }];
    });
    for (const one of groups) this.#join(one);
    this.#forgetTouched();
  }

  /** The document changed by `edits`, but not what has landed. That stays within the region, which is at `region` now. */
  moved(edits: readonly Edit[], region: Span): void {
    this.#changes = this.#changes.map((change) => ({
      ...change,
      span: clampTo(mapSpan(change.span, edits, false), region),
    }));
  }

  /** Somebody else changed the region. Where it can't be told whether they changed something of ours, they did: nothing of theirs may get lost. */
  changed(change: Omit<TextChange, 'next'>, region: Span): void {
    for (const { span, hunk } of this.#changes) if (mayTouch(change, span)) this.#touched.add(hunk);
    this.#forgetTouched();
    this.moved(change.edits, region);
  }

  remember({ from }: Span): Memory {
    return { changes: this.#changes, from };
  }

  /**
   * The region, at `region` now, reads again what it read when the memory was made: all since was undone, and it is known what stands where. What somebody
   * else had touched meanwhile stays theirs.
   */
  recall({ changes, from }: Memory, region: Span): void {
    const shift = region.from - from;
    this.#changes = changes.map((change) => ({ ...change, span: shiftSpan(change.span, shift) }));
    this.#forgetTouched();
  }

  /** The edits that revert all of it, in offsets of the latest clean text. */
  inverse(): TrackedEdit[] {
    return this.#changes.map(({ id, hunk, span, before }) => ({ id, hunk, edit: { ...span, insert: before } }));
  }

  /** `edits` landed, which revert the changes with these ids. */
  reverted(ids: ReadonlySet<number>, edits: readonly Edit[], region: Span): void {
    this.#changes = this.#changes.filter(({ id }) => !ids.has(id));
    this.moved(edits, region);
  }

  /** Nothing can be reverted any more. */
  clear(): void {
    this.#changes = [];
  }

  /** The hunks that met in one change become one hunk. */
  #join({ changes, landing }: Group): void {
    const hunks = new Set([...changes, ...landing].map(({ hunk }) => hunk));
    // Mostly an edit meets nothing, and hundreds of them may land at once.
    if (hunks.size === 1) return;
    const hunk = landing[0]!.hunk;
    if ([...hunks].some((number) => this.#touched.has(number))) this.#touched.add(hunk);
    this.#changes = this.#changes.map((change) => (hunks.has(change.hunk) ? { ...change, hunk } : change));
  }

  #forgetTouched(): void {
    this.#changes = this.#changes.filter(({ hunk }) => !this.#touched.has(hunk));
  }
}

function shiftSpan({ from, to }: Span, by: number): Span {
  return { from: from + by, to: to + by };
}

/** Whether an edit changes what has landed at `change`. What is inserted where something was deleted takes its place. */
function meets(change: Span, edit: Span): boolean {
  return overlaps(change, edit) || (change.from === edit.from && change.to === edit.to);
}

/** Edits that land and the changes that they meet: two edits may meet one change, and one edit several. */
interface Group {
  readonly changes: readonly LandedChange[];
  readonly landing: readonly TrackedEdit[];
  /** Of all of them, before the edits. */
  readonly span: Span;
}

/** In order, as `changes` and `landing` are. */
function groupsOf(changes: readonly LandedChange[], landing: readonly TrackedEdit[]): Group[] {
  const groups: Group[] = [];
  for (const one of landing) {
    const under = changes.filter(({ span }) => meets(span, one.edit));
    const isSame = under.some((change) => groups.at(-1)?.changes.includes(change));
    const last = isSame ? groups.pop() : undefined;
    const all = [...new Set([...(last?.changes ?? []), ...under])];
    const span = hull([...(last ? [last.span] : []), one.edit, ...under.map((change) => change.span)]);
    groups.push({ changes: all, landing: [...(last?.landing ?? []), one], span });
  }
  return groups;
}

function hull(spans: readonly Span[]): Span {
  return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) };
}

/** What a group becomes: the oldest text of all of it, and the text after the edits. */
function merge(
  text: string,
  { changes, landing, span }: Group,
): Pick<LandedChange, 'before' | 'hunk'> & { after: string } {
  const old = text.slice(span.from, span.to);
  const back = changes.map((change) => ({ ...change.span, insert: change.before }));
  const edits = landing.map(({ edit }) => edit);
  return {
    before: applyEdits(old, shiftEdits(back, -span.from)),
    after: applyEdits(old, shiftEdits(edits, -span.from)),
    hunk: landing[0]!.hunk,
  };
}

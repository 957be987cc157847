// What stands side by side on one level of indentation: blocks, and runs of single lines between them.

import {
  goesOn,
  isAnnotation,
  isCloser,
  isLoneOpener,
  isMiddle,
  isSameEquation,
  isSection,
  isSetting,
  isSql,
  opensBlock,
} from './layout-headers.ts';
import { isBlank, type LayoutLine } from './layout-lines.ts';

/** Lines `from` to before `to`, by their indices; none of them blank at its ends. */
export interface LayoutItem {
  readonly from: number;
  readonly to: number;
  /** The line that heads it, below its comments and annotations. */
  readonly head: number;
  /** The line behind the header: where the body begins. */
  readonly body: number;
  readonly isBlock: boolean;
  /** A line of its own, or of its bracket, closes it. */
  readonly isClosed: boolean;
}

/** The items among lines `from` to before `to`, whose outermost are indented by `level`. */
export function itemsOf(lines: readonly LayoutLine[], from: number, to: number, level: number): LayoutItem[] {
  const reader = new ItemReader(lines, to, level);
  const items: LayoutItem[] = [];
  for (let at = from; at < to; ) {
    if (isBlank(lines[at])) {
      at++;
      continue;
    }
    const item = reader.itemAt(at);
    const last = items.at(-1);
    const joined = last && last.to === at ? join(lines, last, item) : undefined;
    if (joined) items.pop();
    items.push(joined ?? item);
    at = item.to;
  }
  return items;
}

/** Two neighbours as one, if they are: single lines in a row, a header of several lines, the equations of one function. */
function join(lines: readonly LayoutLine[], above: LayoutItem, below: LayoutItem): LayoutItem | undefined {
  const [head, next] = [lines[above.head]!, lines[below.head]!];
  const isPlain = !above.isBlock;
  if (isPlain && !below.isBlock) return { ...above, to: below.to };
  if (below.from === below.head && isSameEquation(head.text, next.text))
    return { ...above, to: below.to, isBlock: true };
  const last = lines[above.to - 1]!;
  const isHeader = isPlain && below.from === below.head && isLoneOpener(lines[below.head + 1]?.text ?? '');
  if (!isHeader || above.to - above.head > 1 || /[;:}>]$|^#/.test(last.text)) return undefined;
  return { ...below, from: above.from, head: above.head };
}

class ItemReader {
  readonly #lines: readonly LayoutLine[];
  readonly #to: number;
  readonly #level: number;
  /** Whether the depths of the lines can be relied on. */
  readonly #isBalanced: boolean;

  constructor(lines: readonly LayoutLine[], to: number, level: number) {
    this.#lines = lines;
    this.#to = to;
    this.#level = level;
    this.#isBalanced = lines.at(-1)!.depth === 0;
  }

  itemAt(from: number): LayoutItem {
    let head = from;
    while (this.#leads(head) && head + 1 < this.#to && !isBlank(this.#lines[head + 1])) head++;
    if (this.#leads(head) || head >= this.#to) {
      const to = Math.min(head + 1, this.#to);
      return { from, to, head: from, body: to, isBlock: false, isClosed: false };
    }
    if (isSection(this.#text(head)) && isSetting(this.#text(this.#visible(head + 1)))) return this.#section(from, head);
    return this.#extend(from, head);
  }

  #extend(from: number, head: number): LayoutItem {
    const isStatement = isSql(this.#text(head));
    let body = head + 1;
    let to = body;
    let isBlock = false;
    let isClosed = false;
    let isDone = isStatement && /;$/.test(this.#text(head));
    for (let closed = this.#closing(head); to < this.#to; ) {
      if (closed !== undefined && closed >= to) {
        [to, isBlock, isClosed] = [closed + 1, true, true];
        isDone = /;$/.test(this.#text(closed));
        closed = undefined;
        continue;
      }
      const next = this.#visible(to);
      if (next >= this.#to) break;
      const line = this.#lines[next]!;
      const isNext = next === to;
      const above = this.#text(to - 1);
      if (line.isInert || line.indent > this.#level) isBlock ||= !line.isComment || line.indent > this.#level;
      else if (line.indent < this.#level) break;
      else if (isCloser(line.text)) {
        if ((!isNext && (isClosed || !isBlock)) || this.#closesAround(head, line)) break;
        isBlock = true;
        isClosed = !isMiddle(line.text);
        closed = this.#closing(next);
      } else if (isNext && isLoneOpener(line.text)) {
        isBlock = true;
        body = isClosed ? body : next + 1;
        closed = this.#closing(next);
      } else if (isNext && (goesOn(above) || this.#isListed(head, line.text))) {
        isBlock ||= this.#isListed(head, line.text);
        if (!isBlock) body = next + 1;
        closed = this.#closing(next);
      } else if (isNext && isStatement && !isDone) isBlock = true;
      else if (!this.#isNote(next)) break;
      to = next + 1;
      isDone ||= /;$/.test(line.text);
    }
    return { from, to, head, body, isBlock, isClosed };
  }

  /** The line that closes the bracket at the end of line `at`; undefined if it opens none, or nothing inside is indented. */
  #closing(at: number): number | undefined {
    if (!opensBlock(this.#text(at))) return undefined;
    const inside = this.#visible(at + 1);
    if (inside >= this.#to || this.#lines[inside]!.indent < this.#level) return undefined;
    const isIndented = this.#lines[inside]!.indent > this.#level || /^(?:[)\]}]|#|[\w ]+:$)/.test(this.#text(inside));
    if (!isIndented && this.#lines[at]!.indent === this.#level && !isLoneOpener(this.#text(at))) return undefined;
    const before = this.#depthBefore(at);
    for (let i = at + 1; i < this.#to; i++) {
      const { depth, indent, text } = this.#lines[i]!;
      if (depth <= before) return indent === this.#level && /^[)\]}]/.test(text) ? i : undefined;
    }
    return undefined;
  }

  /** Whether a closing bracket is one of what is around the block that line `head` opens. */
  #closesAround(head: number, { depth, text }: LayoutLine): boolean {
    return this.#isBalanced && /^[)\]}]/.test(text) && depth < this.#depthBefore(head);
  }

  #depthBefore(at: number): number {
    return at === 0 ? 0 : this.#lines[at - 1]!.depth;
  }

  /** `- one` below `list:`, in YAML. */
  #isListed(head: number, text: string): boolean {
    return /^- /.test(text) && /:$/.test(this.#text(head)) && !/^- /.test(this.#text(head));
  }

  /** A comment on this level within a block that goes on below it. */
  #isNote(at: number): boolean {
    if (!this.#lines[at]!.isComment) return false;
    let next = at;
    while (next < this.#to && (isBlank(this.#lines[next]) || this.#lines[next]!.isComment)) next++;
    return next < this.#to && this.#lines[next]!.indent > this.#level;
  }

  #section(from: number, head: number): LayoutItem {
    let to = head + 1;
    for (let next = to; next < this.#to && !isSection(this.#text(next)); next++) {
      if (!isBlank(this.#lines[next]) && !(this.#leads(next) && this.#isAboveSection(next))) to = next + 1;
    }
    return { from, to, head, body: head + 1, isBlock: true, isClosed: true };
  }

  #isAboveSection(at: number): boolean {
    let next = at;
    while (next < this.#to && this.#leads(next)) next++;
    return next < this.#to && isSection(this.#text(next));
  }

  /** A comment or an annotation, which belongs to what stands directly below. */
  #leads(at: number): boolean {
    const line = this.#lines[at];
    if (!line) return false;
    return line.isComment || line.isInert || (isAnnotation(line.text) && !isSetting(this.#text(at + 1)));
  }

  /** The first line from `at` on that is not blank. */
  #visible(at: number): number {
    let next = at;
    while (next < this.#to && isBlank(this.#lines[next])) next++;
    return next;
  }

  #text(at: number): string {
    return this.#lines[at]?.text ?? '';
  }
}

// A text with its tree, and the next one made from it incrementally.

import type { Point } from 'web-tree-sitter';
import { trim } from '../text/diff.ts';
import { doAtOnce, type Work } from '../turns.ts';
import { Effort } from './effort.ts';
import type { Grammar, Node, Tree } from './grammar.ts';

/** What a node costs that is fetched by itself. */
const NODE_STEPS = 5;
/** Children are gone through one by one where nothing pairs them, more slowly where they are no longer near in memory. In a small node there are few. */
const LARGE_UNITS = 10_000;
const stepsFor = (children: number) => children / (children > 50_000 ? 8 : 100);

/** A text and its tree, which whoever holds it disposes of. */
export class Parsed {
  readonly grammar: Grammar;
  readonly text: string;
  readonly tree: Tree;
  /** What the question that is being answered may still cost. */
  readonly effort: Effort;

  constructor(grammar: Grammar, text: string, tree?: Tree, effort = new Effort()) {
    this.grammar = grammar;
    this.text = text;
    this.tree = tree ?? grammar.parse(text);
    this.effort = effort;
  }

  /** In as many turns as it takes. */
  static *inTurns(grammar: Grammar, text: string): Work<Parsed> {
    return new Parsed(grammar, text, yield* grammar.parseInTurns(text, {}));
  }

  /** The same for another text, sharing what did not change. This one stays as it is. */
  with(text: string): Parsed {
    return doAtOnce(this.withInTurns(text))!;
  }

  /** In as many turns as it takes: until then this one must stay. Undefined, with `isSoundOnly`, where the text has a fault and that shows early. */
  *withInTurns(text: string, { isSoundOnly = false, same }: WithOptions = {}): Work<Parsed | undefined> {
    const { from, toA, toB } = trimWithin(this.text, text, same);
    const edited = this.tree.copy();
    const startPosition = this.#pointAt(from);
    edited.edit(
      this.grammar.edit({
        startIndex: from,
        oldEndIndex: toA,
        newEndIndex: toB,
        startPosition,
        oldEndPosition: advance(startPosition, this.text, from, toA),
        newEndPosition: advance(startPosition, text, from, toB),
      }),
    );
    try {
      const tree = yield* this.grammar.parseInTurns(text, { edited, isSoundOnly });
      return tree && new Parsed(this.grammar, text, tree);
    } finally {
      edited.delete();
    }
  }

  /** One more owner of the same tree. */
  share(): Parsed {
    return new Parsed(this.grammar, this.text, this.tree.copy());
  }

  get root(): Node {
    return this.tree.rootNode;
  }

  dispose(): void {
    this.tree.delete();
  }

  /** The nodes around the character at `offset`, outermost first. (A cursor would do, but 0.27.1 does not move it to an offset.) */
  *downTo(offset: number): Generator<Node> {
    const last = this.root.descendantForIndex(offset, offset + 1);
    for (let node: Node | null = last && this.root; node; node = node.childWithDescendant(last!)) {
      this.effort.spend(NODE_STEPS);
      if (node.endIndex - node.startIndex > LARGE_UNITS) this.effort.spend(stepsFor(node.childCount));
      yield node;
      if (node.id === last!.id) return;
    }
  }

  /** Counted from the token before `offset`, whose point the tree knows, rather than from the top of the file. */
  #pointAt(offset: number): Point {
    let at = offset - 1;
    while (at >= 0 && /\s/.test(this.text[at]!)) at--;
    const token = at < 0 ? null : this.root.descendantForIndex(at, at + 1);
    if (!token || token.startIndex > at) return advance({ row: 0, column: 0 }, this.text, 0, offset);
    return advance(token.startPosition, this.text, token.startIndex, offset);
  }
}

export interface WithOptions {
  readonly isSoundOnly?: boolean;
  /** So many units at the start and at the end are known to be the same: they are not compared. */
  readonly same?: { readonly start: number; readonly end: number };
}

function trimWithin(a: string, b: string, same = { start: 0, end: 0 }): ReturnType<typeof trim> {
  const { start, end } = same;
  const { from, toA, toB } = trim(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return { from: from + start, toA: toA + start, toB: toB + start };
}

/** Where `point`, which is at `from`, gets to at `to`. As tree-sitter counts: rows end with \n, columns are UTF-16 units. */
function advance(point: Point, text: string, from: number, to: number): Point {
  let { row, column } = point;
  let lineFrom = from - column;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    row++;
    lineFrom = at + 1;
  }
  column = to - lineFrom;
  return { row, column };
}

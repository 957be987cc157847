// A text with its syntax tree, from which the tree of a changed text is parsed incrementally.

import type { Point } from 'web-tree-sitter';
import { trimCommon } from '../text/diff.ts';
import { runToEnd, type Work } from '../turns.ts';
import type { Grammar, Node, Tree } from './grammar.ts';
import { WorkBudget } from './work-budget.ts';

/** Steps that fetching one node costs. */
const nodeSteps = 5;
/**
 * Finding a child goes through all children of a flat node one by one, which is slower by child where they are too many for the processor's cache. A node of
 * less than so many UTF-16 units has few.
 */
const largeUnits = 10_000;
const stepsFor = (children: number) => children / (children > 50_000 ? 8 : 100);

/** A text and its tree. The owner disposes of it. Offsets are UTF-16 offsets of `text`. */
export class ParsedText {
  readonly grammar: Grammar;
  readonly text: string;
  readonly tree: Tree;
  /** What the call that is running may still cost. */
  readonly budget: WorkBudget;

  constructor(grammar: Grammar, text: string, tree?: Tree, budget = new WorkBudget()) {
    this.grammar = grammar;
    this.text = text;
    this.tree = tree ?? grammar.parse(text);
    this.budget = budget;
  }

  /** Parses a text in as many turns of the event loop as it takes. */
  static *parseInTurns(grammar: Grammar, text: string): Work<ParsedText> {
    return new ParsedText(grammar, text, yield* grammar.parseInTurns(text, {}));
  }

  /** Parses another text incrementally: the trees share what did not change. This one stays as it is. */
  reparse(text: string): ParsedText {
    return runToEnd(this.reparseInTurns(text))!;
  }

  /** The unchanged in as many turns as it takes; this one must not be disposed of before. With `isSoundOnly`, undefined as soon as a syntax error has shown. */
  *reparseInTurns(text: string, { isSoundOnly = false, unchanged }: ReparseOptions = {}): Work<ParsedText | undefined> {
    const { from, toA, toB } = trimWithin(this.text, text, unchanged);
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
      return tree && new ParsedText(this.grammar, text, tree);
    } finally {
      edited.delete();
    }
  }

  /** A second handle on the unchanged tree, to be disposed of by itself. */
  share(): ParsedText {
    return new ParsedText(this.grammar, this.text, this.tree.copy());
  }

  get root(): Node {
    return this.tree.rootNode;
  }

  dispose(): void {
    this.tree.delete();
  }

  /** The nodes around the character at `offset`, outermost first. (A cursor would do, but 0.27.1 does not move it to an offset.) */
  *nodesAround(offset: number): Generator<Node> {
    const last = this.root.descendantForIndex(offset, offset + 1);
    for (let node: Node | null = last && this.root; node; node = node.childWithDescendant(last!)) {
      this.budget.spend(nodeSteps);
      if (node.endIndex - node.startIndex > largeUnits) this.budget.spend(stepsFor(node.childCount));
      yield node;
      if (node.id === last!.id) return;
    }
  }

  /** The row and column of `offset`, counted from the token before it, whose point the tree knows, and not from the top of the file. */
  #pointAt(offset: number): Point {
    let at = offset - 1;
    while (at >= 0 && /\s/.test(this.text[at]!)) at--;
    const token = at < 0 ? null : this.root.descendantForIndex(at, at + 1);
    if (!token || token.startIndex > at) return advance({ row: 0, column: 0 }, this.text, 0, offset);
    return advance(token.startPosition, this.text, token.startIndex, offset);
  }
}

export interface ReparseOptions {
  readonly isSoundOnly?: boolean;
  /** How many UTF-16 units at the start and at the end are known to be equal in both texts: they are not compared. */
  readonly unchanged?: { readonly start: number; readonly end: number };
}

function trimWithin(a: string, b: string, unchanged = { start: 0, end: 0 }): ReturnType<typeof trimCommon> {
  const { start, end } = unchanged;
  const { from, toA, toB } = trimCommon(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return { from: from + start, toA: toA + start, toB: toB + start };
}

/** The point of offset `to`, where `point` is that of offset `from`. As tree-sitter counts: rows end with \n, columns are UTF-16 units. */
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

// A text with its tree, and the next one made from it incrementally.

import type { Point } from 'web-tree-sitter';
import { trim } from '../text/diff.ts';
import type { Grammar, Node, Tree } from './grammar.ts';

/** A text and its tree, which whoever holds it disposes of. */
export class Parsed {
  readonly grammar: Grammar;
  readonly text: string;
  readonly tree: Tree;

  constructor(grammar: Grammar, text: string, tree?: Tree) {
    this.grammar = grammar;
    this.text = text;
    this.tree = tree ?? grammar.parse(text);
  }

  /** The same for another text, sharing what did not change. This one stays as it is. */
  with(text: string): Parsed {
    const { from, toA, toB } = trim(this.text, text);
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
    const tree = this.grammar.parse(text, edited);
    edited.delete();
    return new Parsed(this.grammar, text, tree);
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

  /** Counted from the token before `offset`, whose point the tree knows, rather than from the top of the file. */
  #pointAt(offset: number): Point {
    let at = offset - 1;
    while (at >= 0 && /\s/.test(this.text[at]!)) at--;
    const token = at < 0 ? null : this.root.descendantForIndex(at, at + 1);
    if (!token || token.startIndex > at) return advance({ row: 0, column: 0 }, this.text, 0, offset);
    return advance(token.startPosition, this.text, token.startIndex, offset);
  }
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

// How badly a text parses: the number of its ERROR and MISSING nodes.

import type { TreeCursor } from 'web-tree-sitter';
import { doAtOnce, type Work } from '../turns.ts';
import type { Tree } from './grammar.ts';

/** So many nodes are looked at before others may have their turn: about a millisecond. */
const NODES = 500;

/** ERROR and MISSING nodes of a tree, at most `most`: who compares need not count on. Free for a tree without any. */
export function countFaults(tree: Tree, most?: number): number {
  return doAtOnce(countFaultsInTurns(tree, most));
}

/** The same in as many turns as it takes. */
export function* countFaultsInTurns(tree: Tree, most = Number.POSITIVE_INFINITY): Work<number> {
  if (!tree.rootNode.hasError) return 0;
  const cursor = tree.walk();
  let count = 0;
  let seen = 0;
  try {
    for (const isFault of faultyNodes(cursor)) {
      if (isFault && ++count >= most) break;
      if (++seen % NODES === 0) yield;
    }
  } finally {
    cursor.delete();
  }
  return count;
}

/** Whether each node that has to be looked at is a fault: all that hold one, and their children. Parents come first. */
function* faultyNodes(cursor: TreeCursor): Generator<boolean> {
  for (;;) {
    const node = cursor.currentNode;
    yield node.isError || node.isMissing;
    // A character that no token begins with is an ERROR node that has no error by itself.
    if ((node.hasError || node.isError) && cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return;
  }
}

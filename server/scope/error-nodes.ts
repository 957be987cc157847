// How badly a text parses: the number of its error nodes, that is, of ERROR and MISSING nodes.

import type { TreeCursor } from 'web-tree-sitter';
import { runToEnd, type Work } from '../turns.ts';
import type { Tree } from './grammar.ts';

/** How many nodes are visited before the work yields: about a millisecond. */
const nodesPerStep = 500;

/** Error nodes of a tree. Stops counting at `max`: a caller that compares needs no more. Costs nothing for a tree without any. */
export function countErrorNodes(tree: Tree, max?: number): number {
  return runToEnd(countErrorNodesInTurns(tree, max));
}

/** The same in as many turns of the event loop as it takes. */
export function* countErrorNodesInTurns(tree: Tree, max = Number.POSITIVE_INFINITY): Work<number> {
  if (!tree.rootNode.hasError) return 0;
  const cursor = tree.walk();
  let count = 0;
  let visited = 0;
  try {
    for (const isErrorNode of visitErrors(cursor)) {
      if (isErrorNode && ++count >= max) break;
      if (++visited % nodesPerStep === 0) yield;
    }
  } finally {
    cursor.delete();
  }
  return count;
}

/** Visits all nodes that hold an error node, and their children, parents first. Yields for each whether it is an error node itself. */
function* visitErrors(cursor: TreeCursor): Generator<boolean> {
  for (;;) {
    const node = cursor.currentNode;
    yield node.isError || node.isMissing;
    // A character that no token begins with becomes an ERROR node for which `hasError` is false.
    if ((node.hasError || node.isError) && cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return;
  }
}

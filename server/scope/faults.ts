// How badly a text parses: the number of its ERROR and MISSING nodes.

import type { TreeCursor } from 'web-tree-sitter';
import type { Tree } from './grammar.ts';

/** ERROR and MISSING nodes of a tree, at most `most`: who compares need not count on. Free for a tree without any. */
export function countFaults(tree: Tree, most = Number.POSITIVE_INFINITY): number {
  if (!tree.rootNode.hasError) return 0;
  const cursor = tree.walk();
  let count = 0;
  do {
    const node = cursor.currentNode;
    if (node.isError || node.isMissing) count++;
  } while (count < most && gotoNextFaulty(cursor));
  cursor.delete();
  return count;
}

/** The next node, parents first, that is or holds a fault. */
function gotoNextFaulty(cursor: TreeCursor): boolean {
  if (cursor.gotoFirstChild()) {
    if (gotoFaultySibling(cursor)) return true;
    cursor.gotoParent();
  }
  while (!(cursor.gotoNextSibling() && gotoFaultySibling(cursor))) if (!cursor.gotoParent()) return false;
  return true;
}

/** Stays, or goes on to the first later sibling that is or holds a fault. */
function gotoFaultySibling(cursor: TreeCursor): boolean {
  do {
    const node = cursor.currentNode;
    // A character that no token begins with is an ERROR node that has no error by itself.
    if (node.hasError || node.isError) return true;
  } while (cursor.gotoNextSibling());
  return false;
}

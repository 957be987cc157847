// The functions of a file that edits are made in.

import type { Node, Tree } from 'web-tree-sitter';
import type { Language } from './languages.ts';

/** Shorter ones have nothing to restructure, longer ones cost more to stream than they tell. */
const [minLines, maxLines] = [4, 150];

export function functionsIn(tree: Tree, language: Language): Node[] {
  return tree.rootNode.descendantsOfType([...language.functions]).filter((node): node is Node => {
    if (!node || node.hasError) return false;
    const lines = node.endPosition.row - node.startPosition.row + 1;
    return lines >= minLines && lines <= maxLines && holdsFunction(node);
  });
}

/** A declaration of a variable only if it is that of one function. */
function holdsFunction(node: Node): boolean {
  if (node.type !== 'lexical_declaration') return true;
  const value = node.namedChildCount === 1 ? node.namedChild(0)!.childForFieldName('value') : undefined;
  return value?.type === 'arrow_function' || value?.type === 'function_expression';
}

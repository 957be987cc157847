// Statements get another one around them, or lose it.

import type { Node } from 'web-tree-sitter';
import type { Span } from '../../../../server/text/span.ts';
import type { Wrap } from '../languages.ts';
import type { Place } from '../place.ts';
import { type Make, replacing } from './change.ts';

/** Half of the time a whole body, else some of its statements. */
export function wrap({ head, tail }: Wrap): Make {
  return replacing((place) => {
    const { random } = place;
    const block = random.pick(place.blocks());
    if (!block) return undefined;
    const all = place.statements(block);
    const isWhole = random.below(2) === 0;
    const first = isWhole ? 0 : random.below(all.length);
    const last = isWhole ? all.length - 1 : first + random.below(all.length - first);
    const lines = { from: all[first]!.lines.from, to: all[last]!.lines.to };
    const indent = place.indentAt(all[first]!.node.startIndex);
    const around = [place.lines(head, indent), place.indented(lines), ...(tail ? [place.lines(tail, indent)] : [])];
    return { ...lines, insert: around.join('\n') };
  });
}

/** The body stays, one step less indented; `else` and handlers go. */
export const unwrap: Make = replacing((place) => {
  const found = place.random.pick(
    place
      .blocks()
      .flatMap((block) => place.statements(block))
      .filter(({ node }) => bodyOf(place, node)),
  );
  if (!found) return undefined;
  const { node, lines } = found;
  const body = bodyOf(place, node)!;
  const outer = place.indentAt(node.startIndex);
  const inner = place.indentAt(place.lineEnd(body.from));
  return { ...lines, insert: place.dedented(body, inner.slice(outer.length)) };
});

function bodyOf(place: Place, statement: Node): Span | undefined {
  const node = statement.type === 'expression_statement' ? statement.namedChild(0)! : statement;
  if (!place.language.wrappers.includes(node.type)) return undefined;
  const held = node.childForFieldName('body') ?? node.childForFieldName('consequence') ?? node.namedChild(0);
  const block = node.type === 'block' ? node : held;
  if (!block || !/block$/.test(block.type)) return undefined;
  const inside = place.statements(block);
  return inside.length === 0 ? undefined : { from: inside[0]!.lines.from, to: inside.at(-1)!.lines.to };
}

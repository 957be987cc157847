// What the language's query captures: functions, classes, objects, and the names of what is no scope for being one of these.

import type { Span } from '../text/span.ts';
import { assertQueryable, runQuery } from './bounded-query.ts';
import { indexRange, type Node } from './grammar.ts';
import type { ParsedText } from './parsed-text.ts';

/** See grammars/README.md. */
export type CapturedKind = 'function' | 'callback' | 'class' | 'object' | 'value' | 'property';

export interface Captured {
  readonly kind: CapturedKind;
  /** The node that the query captures; the scope may reach further. */
  readonly node: Node;
  /** The function or class itself, which has the field `body`. Two captures with the same definition are two names of one thing. */
  readonly definition: Node;
  readonly name?: string;
}

/** Steps that one match costs. */
const matchSteps = 10;
/** UTF-16 units. A longer name is left out: it may be a key of a megabyte. */
export const maxNameUnits = 200;

/** All captures that touch `window` (offsets into the text), in no particular order. `depth` bounds how many levels below the root they may begin. */
export function capturesIn(parsed: ParsedText, window: Span, depth?: number): Captured[] {
  assertQueryable(parsed, window);
  const matches = runQuery(parsed, (progress) =>
    parsed.grammar.scopes.matches(parsed.root, {
      ...indexRange(window),
      ...progress,
      ...(depth && { maxStartDepth: depth }),
    }),
  );
  return matches.flatMap(({ captures }) => {
    parsed.budget.spend(matchSteps);
    const scope = captures.find(({ name }) => name.startsWith('scope.'));
    if (!scope) return [];
    const captured = (name: string) => captures.find((capture) => capture.name === name)?.node;
    const name = nameOf(parsed, captured('name'));
    return {
      kind: scope.name.slice('scope.'.length) as CapturedKind,
      node: scope.node,
      definition: captured('definition') ?? scope.node,
      ...(name && { name }),
    };
  });
}

function nameOf({ text }: ParsedText, node: Node | undefined): string | undefined {
  if (!node || node.endIndex - node.startIndex > maxNameUnits) return undefined;
  return text.slice(node.startIndex, node.endIndex).replace(/^(['"])(.*)\1$/, '$2');
}

// What stands in a macro of which the tree shows no more than tokens: by the layout of its lines.

import { contains, type Span } from '../text/span.ts';
import type { CodePath } from './code-path.ts';
import { findByLayout } from './layout/layout-blocks.ts';
import { lineStart, nextLine, skipBlanksBack } from './line-spans.ts';
import type { ParsedText } from './parsed-text.ts';
import type { ScopeBounds } from './scopes.ts';

export interface TokenPartInput {
  readonly path: CodePath;
  /** Where in the path the scope is that is too large. */
  readonly index: number;
  readonly span: Span;
  readonly bounds: ScopeBounds;
}

/** The block of lines that `span` means within the outermost tokens around it, or the run of lines between two blocks; undefined outside of tokens. */
export function tokenPart(
  { text, grammar }: ParsedText,
  { path, index, span, bounds }: TokenPartInput,
): Span | undefined {
  const { tokens } = grammar.manifest.nodes;
  const tree = path.nodes.slice(index).find(({ type }) => tokens?.includes(type));
  if (!tree) return undefined;
  const from = nextLine(text, tree.startIndex);
  const to = skipBlanksBack(text, lineStart(text, tree.endIndex - 1), from);
  if (!contains({ from, to }, span)) return undefined;
  const asked = { request: 'auto', bounds: { ...bounds, maxModuleLines: bounds.maxLines }, mayBeProse: false } as const;
  const found = findByLayout(text.slice(from, to), span.from - from, asked);
  const part = found && { from: found.from + from, to: found.to + from };
  return part && contains(part, span) ? part : undefined;
}

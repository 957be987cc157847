// The functions around a place: those with a name, labelled callbacks such as test cases, and callbacks where nothing else is around.

import { type Callback, callbackIn, holdsLabels, isConcise, isLong, labelOf } from './callbacks.ts';
import type { Captured } from './captures.ts';
import type { CodePath } from './code-path.ts';
import type { Node } from './grammar.ts';
import type { ParsedText } from './parsed-text.ts';

export interface FunctionFound {
  readonly kind: 'function';
  readonly node: Node;
  /** The function itself, which has the field `body`. */
  readonly definition: Node;
  readonly name?: string | undefined;
  /** Of `node` in the path. */
  readonly index: number;
  /** A callback only counts where no named function is around it. */
  readonly isNamed: boolean;
  /** A test: what is no more than an expression on one line is not a scope of its own in it. */
  readonly isLabelled?: boolean;
  /** Of a group of tests: where the block with its statements is in the path. */
  readonly groupAt?: number | undefined;
}

/** The functions along `path`, outermost first, each of which counts where those behind it do not. */
export function functionsOn(parsed: ParsedText, path: CodePath): FunctionFound[] {
  const found: FunctionFound[] = [];
  const definitions = new Set<number>();
  for (const [index, node] of path.nodes.entries()) {
    const last = found.at(-1);
    const next = functionAt(parsed, path, { index, node, last });
    if (!next || definitions.has(next.definition.id)) continue;
    if (last?.isLabelled && last.groupAt === undefined && !next.isLabelled && isConcise(parsed, next.definition))
      continue;
    definitions.add(next.definition.id);
    found.push(next);
  }
  return found;
}

interface Step {
  readonly index: number;
  readonly node: Node;
  /** The function that counts so far. */
  readonly last: FunctionFound | undefined;
}

function functionAt(parsed: ParsedText, path: CodePath, step: Step): FunctionFound | undefined {
  const { index, node, last } = step;
  const captures = path.capturesOf(node);
  const direct = captures.find(({ kind }) => kind === 'function');
  if (direct) return { ...common(step, direct), isNamed: true };
  const label = labelOf(parsed, node);
  if (label) {
    const groupAt = groupBlock(parsed, path, label.function);
    const named = { kind: 'function', index, node, definition: label.function, name: label.name } as const;
    return { ...named, isNamed: true, isLabelled: true, groupAt };
  }
  const bare = captures.find(({ kind }) => kind === 'callback');
  if (bare) return last?.isNamed ? undefined : { ...common(step, bare), isNamed: false };
  const binding = captures.find(({ kind }) => kind === 'value' || kind === 'property');
  const isStatement = parsed.grammar.manifest.nodes.statement?.includes(node.type);
  if (!binding && (!isStatement || (last?.isNamed && last.groupAt === undefined))) return undefined;
  const callback = callbackIn(parsed, node.lastNamedChild);
  if (!callback) return undefined;
  const isNamed = isNamedBy(parsed, path, { ...step, binding, callback });
  if (!isNamed && last?.isNamed) return undefined;
  const { name } = binding ?? {};
  return { kind: 'function', index, node, definition: callback.function, name, isNamed };
}

const common = ({ index, node }: Step, { definition, name }: Captured) =>
  ({ kind: 'function', index, node, definition, name }) as const;

interface Bound extends Step {
  readonly binding: Captured | undefined;
  readonly callback: Callback;
}

/** Whether a function that a statement, a variable or a property holds counts like one with a name. */
function isNamedBy(parsed: ParsedText, path: CodePath, { binding, callback, last, index }: Bound): boolean {
  if (binding && callback.isDirect) return true;
  if (binding?.kind === 'property') return !last?.isNamed;
  return last?.groupAt !== undefined && isDirectlyIn(parsed, path, last.groupAt, index) && isLong(parsed, callback);
}

/** Whether nothing but what wraps it stands between a node and the block around it. */
function isDirectlyIn(parsed: ParsedText, path: CodePath, block: number, index: number): boolean {
  const { wrapper } = parsed.grammar.manifest.nodes;
  return path.nodes.slice(block + 1, index).every(({ type }) => wrapper.includes(type));
}

/** Where in the path the block of a labelled function is, if there are labelled statements in it too. */
function groupBlock(parsed: ParsedText, path: CodePath, callback: Node): number | undefined {
  const { block } = parsed.grammar.manifest.nodes;
  let at = path.nodes.findIndex(({ id }) => id === callback.id);
  if (at < 0) return undefined;
  while (path.nodes[at + 1] && block.includes(path.nodes[at + 1]!.type)) at++;
  return block.includes(path.nodes[at]!.type) && holdsLabels(parsed, path.nodes[at]!) ? at : undefined;
}

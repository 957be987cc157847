// Makes edits in the functions of a file.

import type { Parser } from 'web-tree-sitter';
import type { Snapshot } from '../../../server/documents/snapshot.ts';
import type { Scopes } from '../../../server/scope/scopes.ts';
import { applyEdits } from '../../../server/text/edit.ts';
import type { Span } from '../../../server/text/span.ts';
import type { Change, Make } from './edits/change.ts';
import { partsOf } from './edits/functions.ts';
import { functionsIn } from './functions-in.ts';
import type { Language } from './languages.ts';
import { Place } from './place.ts';
import type { Random } from './random.ts';

export interface RealEdit {
  readonly kind: string;
  readonly span: Span;
  /** The new text of the span. */
  readonly after: string;
  /** The new text of the file. */
  readonly file: string;
}

/** So that many projects are met before a run has its number of states. */
const [functionsPerFile, editsPerFunction] = [3, 6];

export interface Workshop {
  readonly language: Language;
  readonly parser: Parser;
  readonly scopes: Scopes;
  readonly kinds: Readonly<Record<string, Make>>;
  readonly random: Random;
  /** How often each kind has been made: the rarest are tried first. */
  readonly made: Map<string, number>;
}

export function editsIn(snapshot: Snapshot, workshop: Workshop): RealEdit[] {
  const { language, random, parser } = workshop;
  const { text } = snapshot;
  const tree = parser.parse(text)!;
  const functions = random.shuffled(functionsIn(tree, language)).slice(0, functionsPerFile);
  const edits = functions.flatMap((node) => editsOf(new Place({ language, text, node, random }), snapshot, workshop));
  tree.delete();
  return edits;
}

function editsOf(place: Place, snapshot: Snapshot, { kinds, random, made, scopes }: Workshop): RealEdit[] {
  const edits: RealEdit[] = [];
  const usesOf = (kind: string) => made.get(kind) ?? 0;
  for (const kind of random.shuffled(Object.keys(kinds)).sort((a, b) => usesOf(a) - usesOf(b))) {
    if (edits.length === editsPerFunction) break;
    const change = kinds[kind]!(place);
    const edit = change && realEdit({ kind, change, place, snapshot, scopes });
    if (!edit) continue;
    edits.push(edit);
    made.set(kind, usesOf(kind) + 1);
  }
  return edits;
}

interface Made {
  readonly kind: string;
  readonly change: Change;
  readonly place: Place;
  readonly snapshot: Snapshot;
  readonly scopes: Scopes;
}

/** Undefined if the scope does not hold the whole change: nobody would ask for it there. */
function realEdit({ kind, change, place, snapshot, scopes }: Made): RealEdit | undefined {
  const { text } = snapshot;
  const at = (partsOf(place.node)?.name ?? place.node).startIndex;
  const span = change.reach ?? scopes.find(snapshot, { from: at, to: at }, 'function')?.span;
  if (!span || change.edits.some(({ from, to }) => from < span.from || to > span.to)) return undefined;
  const file = applyEdits(text, change.edits);
  if (file === text) return undefined;
  return { kind, span, file, after: file.slice(span.from, file.length - (text.length - span.to)) };
}

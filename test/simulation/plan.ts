// A schedule before it happens: everything that is decided in advance, as data, so that it can be made smaller.

import type { DeliveryMode } from '../../server/delivery/pacing.ts';
import { Random } from './random.ts';
import { editors, editorWeights } from './ways.ts';

/** What a model does with one request. */
export interface Script {
  readonly seed: number;
  readonly answer: 'rewrite' | 'unsound' | 'no change' | 'same' | 'refuse' | 'prose';
  /** How the answer breaks off, if it does, after this share of it. */
  readonly end: 'complete' | 'truncated' | 'length' | 'error' | 'error at once';
  readonly share: number;
  readonly firstMs: number;
  readonly tokensPerSecond: number;
  readonly chunks: 'characters' | 'tokens' | 'lines' | 'all' | 'any';
  /** A pause in the middle. */
  readonly stallMs: number;
  readonly fence: boolean;
  /** It proposes an import first. */
  readonly proposes: boolean;
}

/** Where, seen from the region of an edit. */
export type TypingPlace = 'inside' | 'start' | 'end' | 'beside' | 'anywhere';

interface Timed {
  readonly atMs: number;
  /** Which of the documents. */
  readonly doc: number;
  /** Decides what is left open: places, texts. */
  readonly seed: number;
}

export type Cancelling = 'command' | 'no id' | 'request' | 'progress' | 'menu' | 'and revert';

export type Action = Timed &
  (
    | {
        readonly kind: 'edit';
        readonly tag: number;
        readonly wait: boolean;
        readonly mode: DeliveryMode;
        readonly scope: 'auto' | 'module' | 'selection';
        /** The person writes what it wants into the code, and has that done. */
        readonly directive: boolean;
        /** It is asked of the lane that only offers. */
        readonly offered: boolean;
        readonly script: Script;
      }
    /** Applies what the edit with the tag `of`, or what went on with it, offers. */
    | { readonly kind: 'apply'; readonly of: number; readonly how: 'approve' | 'keep' }
    | { readonly kind: 'type'; readonly place: TypingPlace; readonly count: number; readonly gapMs: number }
    | { readonly kind: 'delete' | 'paste'; readonly place: TypingPlace }
    | { readonly kind: 'undo' | 'redo'; readonly count: number }
    | { readonly kind: 'format' | 'reopen' | 'revert' | 'keep' | 'approve' | 'menu' | 'open other' }
    | { readonly kind: 'cancel'; readonly how: Cancelling }
    | { readonly kind: 'steer' | 'retry'; readonly tag: number; readonly script: Script }
  );

export type ActionKind = Action['kind'];

export interface Plan {
  readonly seed: number;
  readonly editor: string;
  readonly joinsUndo: boolean;
  /** The person types letters that nobody else does, so that nothing that it typed can be taken for anything else. */
  readonly marked: boolean;
  readonly languages: readonly string[];
  readonly format: 'auto' | 'search-replace' | 'rewrite';
  readonly fallback: boolean;
  /** Milliseconds that a message takes, each way, at most. */
  readonly delayMs: number;
  readonly actions: readonly Action[];
}

const kinds: Readonly<Record<Exclude<ActionKind, 'edit' | 'apply'>, number>> = {
  type: 30,
  delete: 8,
  paste: 6,
  undo: 6,
  redo: 2,
  format: 3,
  reopen: 2,
  revert: 5,
  keep: 1,
  approve: 5,
  menu: 2,
  'open other': 1,
  cancel: 8,
  steer: 4,
  retry: 3,
};

export function createPlan(seed: number): Plan {
  const random = new Random(seed);
  const editor = random.weighted(editorWeights);
  const docs = random.chance(0.25) ? 2 : 1;
  const actions = createActions(random.fork('actions'), docs);
  return {
    seed,
    editor,
    joinsUndo: random.chance(0.2),
    marked: random.chance(0.5),
    languages: Array.from({ length: docs }, () => (random.chance(0.85) ? 'typescript' : 'plaintext')),
    format: random.weighted({ auto: 6, 'search-replace': 3, rewrite: 1 }),
    fallback: random.chance(0.2),
    delayMs: random.chance(0.5) ? random.scale(0.2, 3) : random.scale(1, 60),
    actions,
  };
}

export const editorOf = ({ editor }: Plan) => editors.find(({ name }) => name === editor)!;

/** Roughly how long an answer of this script takes. */
export function durationOf({ firstMs, tokensPerSecond, stallMs }: Script): number {
  return firstMs + (70 / tokensPerSecond) * 1000 + stallMs;
}

function createActions(random: Random, docs: number): Action[] {
  let tags = 0;
  const first = createEdit(random, { atMs: 5, docs, tag: tags++ });
  const actions: Action[] = [first];
  const spanMs = durationOf(first.script) + random.scale(1, 1500);
  for (let i = random.int(random.chance(0.3) ? 14 : 6); i > 0; i--) {
    const atMs = 5 + random.next() * spanMs;
    if (random.chance(0.12)) actions.push(createEdit(random, { atMs, docs, tag: tags++ }));
    else actions.push(createAction(random, { atMs, docs, tag: tags++ }));
  }
  for (const edit of [...actions]) if (edit.kind === 'edit' && edit.offered) actions.push(createApply(random, edit));
  return actions.sort((a, b) => a.atMs - b.atMs);
}

interface Where {
  readonly atMs: number;
  readonly docs: number;
  readonly tag: number;
}

const timed = (random: Random, { atMs, docs }: Where): Timed => ({
  atMs,
  doc: random.int(docs),
  seed: random.int(2 ** 31),
});

function createEdit(random: Random, where: Where): Action & { kind: 'edit' } {
  return {
    ...timed(random, where),
    kind: 'edit',
    tag: where.tag,
    wait: random.chance(0.2),
    mode: random.chance(0.15) ? 'atomic' : 'stream',
    scope: random.weighted({ auto: 8, module: 1, selection: 2 }),
    directive: random.fork(`directive ${where.tag}`).chance(0.08),
    offered: random.fork(`offered ${where.tag}`).chance(0.06),
    script: createScript(random),
  };
}

/** Most likely soon after the offer is there. */
function createApply(actions: Random, { atMs, doc, tag, script }: Action & { kind: 'edit' }): Action {
  const random = actions.fork(`apply ${tag}`);
  return {
    atMs: atMs + durationOf(script) * random.between(0.5, 1.5) + random.scale(1, 800),
    ...{ doc, seed: random.int(2 ** 31), of: tag },
    kind: 'apply',
    how: random.chance(0.7) ? 'approve' : 'keep',
  };
}

function createAction(random: Random, where: Where): Action {
  const kind = random.weighted(kinds);
  const base = timed(random, where);
  const place = random.weighted<TypingPlace>({ inside: 3, start: 3, end: 3, beside: 4, anywhere: 4 });
  switch (kind) {
    case 'type':
      return { ...base, kind, place, count: 1 + random.int(random.chance(0.2) ? 30 : 5), gapMs: random.scale(5, 250) };
    case 'delete':
    case 'paste':
      return { ...base, kind, place };
    case 'undo':
    case 'redo':
      return { ...base, kind, count: 1 + random.int(3) };
    case 'cancel':
      return {
        ...base,
        kind,
        how: random.weighted({ command: 4, 'no id': 1, request: 2, progress: 2, menu: 1, 'and revert': 2 }),
      };
    case 'steer':
    case 'retry':
      return { ...base, kind, tag: where.tag, script: createScript(random) };
    default:
      return { ...base, kind };
  }
}

export function createScript(random: Random): Script {
  return {
    seed: random.int(2 ** 31),
    answer: random.weighted({ rewrite: 30, unsound: 2, 'no change': 1, same: 1, refuse: 1, prose: 1 }),
    end: random.weighted({ complete: 20, truncated: 1, length: 1, error: 1, 'error at once': 1 }),
    share: random.next(),
    firstMs: random.scale(1, 400),
    tokensPerSecond: random.scale(20, 20_000),
    chunks: random.weighted({ characters: 1, tokens: 6, lines: 2, all: 1, any: 3 }),
    stallMs: random.chance(0.1) ? random.scale(10, 3000) : 0,
    fence: random.chance(0.1),
    proposes: random.chance(0.15),
  };
}

// The ways of the editors, as measured: what each does with an edit of the server's, and when and how it tells what changed.

import type { Random } from './random.ts';

/**
 * When a didChange leaves. now: at once. trip: a little later. rate: at once, then at most every `ms`. debounce: `ms` after the last change. idle: the same, and
 * never while a command waits for its answer. swapped: at once, but every now and then one overtakes the one before it.
 */
export type Telling = 'now' | 'trip' | 'rate' | 'debounce' | 'idle' | 'swapped';

export interface Ways {
  readonly name: string;
  readonly clientInfo: { readonly name: string; readonly version: string };
  readonly firstVersion: number;
  /** Versions grow by one, or jump. */
  readonly jumps: boolean;
  /** Which versions of an edit are refused: any but the buffer's own; older ones, 0 excepted; none that can be rebased; none at all; any but the one told last. */
  readonly check: 'exact' | 'exact but 0' | 'older' | 'rebase' | 'none' | 'told';
  /** What an edit that is refused gets for an answer. */
  readonly refusal: 'applied: false' | 'applied: true' | 'error';
  /** The answer leaves before the buffer changes. */
  readonly repliesFirst: boolean;
  /** Milliseconds from the answer to the change, where the answer leaves first. */
  readonly appliesAfterMs: number;
  readonly telling: Telling;
  readonly tellingMs: number;
  /** What a didChange holds: each change by itself; one range around all; one that is too wide; the whole text. */
  readonly form: 'each' | 'merged' | 'wide' | 'full';
  /** The edits of one request change the buffer one by one, each with a version of its own. */
  readonly oneByOne: boolean;
  /** An edit changes the buffer in two steps, with a version each and the answer in between: as many lines as were there are set, then the rest is put right. */
  readonly inTwoSteps: boolean;
  /** What is held back is told before a request leaves. */
  readonly flushes: boolean;
  /** The person can do nothing while a command waits for its answer. */
  readonly blocks: boolean;
  /** What is past the end of a line means its end: an edit for another text is made as well as it goes. */
  readonly clamps: boolean;
  /** Answers edits at all. */
  readonly answers: boolean;
  /** What it says in `workspace.applyEdit`. */
  readonly saysItApplies: boolean;
}

const usual: Omit<Ways, 'name' | 'clientInfo'> = {
  firstVersion: 1,
  jumps: false,
  check: 'exact',
  refusal: 'applied: false',
  repliesFirst: false,
  appliesAfterMs: 0,
  telling: 'now',
  tellingMs: 0,
  form: 'each',
  oneByOne: false,
  inTwoSteps: false,
  flushes: true,
  blocks: false,
  clamps: false,
  answers: true,
  saysItApplies: true,
};

const neovim: Ways = {
  ...usual,
  name: 'Neovim',
  clientInfo: { name: 'Neovim', version: '0.12.4' },
  firstVersion: 0,
  jumps: true,
  check: 'older',
  refusal: 'applied: true',
  oneByOne: true,
};

export const editors: readonly Ways[] = [
  { ...usual, name: 'Helix', clientInfo: { name: 'helix', version: '25.7.1' }, firstVersion: 0 },
  {
    ...usual,
    name: 'Helix 25.01',
    clientInfo: { name: 'helix', version: '25.1.1' },
    firstVersion: 0,
    telling: 'swapped',
    tellingMs: 8,
  },
  { ...neovim, name: 'Neovim, 150 ms', telling: 'rate', tellingMs: 150, form: 'merged' },
  { ...neovim, name: 'Neovim, no debounce' },
  {
    ...usual,
    name: 'Zed',
    clientInfo: { name: 'Zed', version: '1.18.0' },
    firstVersion: 0,
    check: 'rebase',
    refusal: 'applied: true',
  },
  {
    ...usual,
    name: 'VS Code',
    clientInfo: { name: 'Visual Studio Code', version: '1.139.0' },
    repliesFirst: true,
    telling: 'trip',
    tellingMs: 15,
  },
  {
    ...usual,
    name: 'eglot',
    clientInfo: { name: 'Emacs', version: '30.2' },
    firstVersion: 0,
    refusal: 'error',
    repliesFirst: true,
    telling: 'idle',
    tellingMs: 500,
    blocks: true,
  },
  {
    ...usual,
    name: 'lsp-mode',
    clientInfo: { name: 'emacs', version: '30.2' },
    firstVersion: 0,
    check: 'exact but 0',
    blocks: true,
  },
  {
    ...usual,
    name: 'Sublime Text',
    clientInfo: { name: 'Sublime Text LSP', version: '2.13.0' },
    firstVersion: 0,
    repliesFirst: true,
    telling: 'debounce',
    tellingMs: 300,
  },
  {
    ...usual,
    name: 'kak-lsp',
    clientInfo: { name: 'kak-lsp', version: '21.0.2' },
    check: 'none',
    repliesFirst: true,
    appliesAfterMs: 10,
    telling: 'trip',
    tellingMs: 10,
    form: 'full',
  },
  {
    ...usual,
    name: 'eglot, untold',
    clientInfo: { name: 'Emacs', version: '30.2' },
    firstVersion: 0,
    check: 'told',
    clamps: true,
    refusal: 'error',
    repliesFirst: true,
    telling: 'idle',
    tellingMs: 500,
    blocks: true,
  },
  {
    ...usual,
    name: 'vim-lsp',
    clientInfo: { name: 'vim-lsp', version: '0' },
    check: 'none',
    clamps: true,
    telling: 'debounce',
    tellingMs: 800,
    form: 'merged',
  },
  {
    ...usual,
    name: 'yegappan/lsp',
    clientInfo: { name: 'Vim', version: '9.1' },
    check: 'none',
    inTwoSteps: true,
  },
  {
    ...usual,
    name: 'wide ranges',
    clientInfo: { name: 'somebody', version: '1' },
    jumps: true,
    telling: 'rate',
    tellingMs: 60,
    form: 'wide',
    flushes: false,
  },
  { ...usual, name: 'silent', clientInfo: { name: 'somebody', version: '2' }, answers: false },
  {
    ...usual,
    name: 'ALE',
    clientInfo: { name: 'ale', version: '4.0.0' },
    answers: false,
    saysItApplies: false,
  },
];

/** How often each is simulated. */
export const editorWeights: Readonly<Record<string, number>> = Object.fromEntries(
  editors.map(({ name, answers }) => [name, answers ? 10 : 1]),
);

/** The next version of a buffer. */
export function nextVersion({ jumps }: Ways, version: number, random: Random): number {
  return version + (jumps ? 1 + random.int(4) : 1);
}

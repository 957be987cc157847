// What stands behind each tick of the table "What works where" in README.md: the test that does it in the real editor.

/** A file in test/editors, and words of the name of a test in it (or in drivers/laws.ts, where the file runs the laws). */
export type Proof = readonly [file: string, test: string];

export const editors = ['Neovim', 'VS Code', 'Emacs', 'Helix', 'Zed', 'Kakoune', 'Sublime Text'] as const;

export type EditorName = (typeof editors)[number];

const plugin = 'clients-neovim.test.ts';
const code = 'vscode.test.ts';
const ways = 'vscode-ways.test.ts';
const emacs = 'clients-emacs.test.ts';
const helix = 'clients-helix.test.ts';
const kakoune = 'kakoune.test.ts';

/** A test of the laws, in every editor that runs them. */
const law = (test: string) => ({
  Neovim: [plugin, test] as const,
  'VS Code': [code, test] as const,
  Emacs: [emacs, test] as const,
  Helix: ['helix.test.ts', test] as const,
  Kakoune: [kakoune, test] as const,
});

/** By the first words of a row. */
export const features: Readonly<Record<string, Partial<Record<EditorName, Proof>>>> = {
  'from nothing to an edit': {
    Neovim: [plugin, 'new user: three steps'],
    'VS Code': [ways, 'a new user: install the package'],
    Emacs: [emacs, 'new user: three steps'],
    Helix: [helix, 'new user: three steps'],
    Kakoune: [kakoune, 'new user: three steps'],
  },
  'lands while the model speaks': law('an edit shows before its answer is whole'),
  'asks what you want': law('an instruction of the user renames exactly what it says'),
  'the selected lines alone': {
    Neovim: [plugin, 'range: only the selected lines'],
    'VS Code': [ways, 'the selected lines alone'],
    Emacs: [emacs, 'range: only the region'],
    Helix: [helix, 'range: %s, and nothing else'],
    Kakoune: [kakoune, 'range: the selected lines alone'],
  },
  'the menu': law('an action from the menu leaves the model’s text'),
  'a comment in the code': {
    Neovim: ['neovim-files.test.ts', 'a directive in the code is run from the menu'],
    'VS Code': [ways, 'a comment in the code'],
    Emacs: [emacs, 'directive: a comment in the code asks'],
    Helix: ['helix-old.test.ts', 'a directive in the code is run from the menu'],
    Kakoune: [kakoune, 'directive: a comment in the code asks'],
  },
  'the region and what has landed': {
    Neovim: [plugin, 'stream: region, hunks and status show'],
    'VS Code': [ways, 'region, hunks'],
    Emacs: [emacs, 'stream: region, hunks and status show'],
  },
  'says in words': {
    Neovim: [plugin, 'stream: region, hunks and status show'],
    'VS Code': [ways, 'a new user: install the package'],
    Emacs: [emacs, 'stream: region, hunks and status show'],
    Helix: [helix, 'the status line says how far it is'],
  },
  'a key stops': law('cancel in the middle leaves sound code'),
  'you go on typing': law('typing elsewhere in the middle of an edit keeps every character'),
  'typing into it': law('typing inside interrupts the edit'),
  'one undo step': {
    Neovim: [plugin, 'undo: one step reverts the whole edit'],
    'VS Code': [ways, 'undo: an edit is one step'],
    Emacs: [emacs, 'undo: one step reverts the whole edit'],
  },
  revert: law('revert undoes a whole edit'),
  keep: {
    Neovim: [plugin, 'revert, keep, retry, steer'],
    'VS Code': [ways, 'redirect, stop, keep, revert'],
    Emacs: [emacs, 'revert, keep, retry, steer'],
    Helix: [helix, 'retry, keep, revert'],
    Kakoune: [kakoune, 'retry, keep, steer, revert'],
  },
  retry: {
    Neovim: [plugin, 'revert, keep, retry, steer'],
    'VS Code': [ways, 'stop, keep, revert, retry'],
    Emacs: [emacs, 'revert, keep, retry, steer'],
    Helix: [helix, 'retry, keep, revert'],
    Kakoune: [kakoune, 'retry, keep, steer, revert'],
  },
  'redirect it': {
    Neovim: [plugin, 'revert, keep, retry, steer'],
    'VS Code': [ways, 'redirect, stop, keep, revert'],
    Emacs: [emacs, 'revert, keep, retry, steer'],
    Helix: [helix, 'steer: the key asks for a correction'],
    Kakoune: [kakoune, 'retry, keep, steer, revert'],
  },
  explain: {
    Neovim: [plugin, 'explain: opens in the preview window'],
    'VS Code': [ways, 'explain opens beside the code'],
    Emacs: [emacs, 'explain: opens in another window'],
    Helix: [helix, 'explain: the key opens an explanation'],
    Kakoune: [kakoune, 'explain: the key writes an explanation'],
  },
  'your own checks': {
    Neovim: [plugin, 'verify: runs the user’s check'],
    'VS Code': [ways, 'verify: runs the user’s check'],
    Emacs: [emacs, 'verify: runs the user’s check'],
    Helix: [helix, 'verify: the key runs the user’s own check'],
    Kakoune: [kakoune, 'verify: runs the user’s check'],
  },
  'beside another server': {
    Neovim: [plugin, 'beside another server'],
    'VS Code': [ways, 'beside another server'],
    Emacs: ['clients-emacs-beside.test.ts', 'both know the buffer'],
    Helix: [helix, 'beside another server'],
    Kakoune: [kakoune, 'the other server hears of it'],
  },
};

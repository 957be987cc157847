// The README's table of undo steps, which every editor is held to.
import { readmeRows } from './readme.ts';

/** The rows by the names that tests go by; a longer name wins over its beginning. */
const rows: Readonly<Record<string, string>> = {
  neovim: 'Neovim',
  'neovim-plugin': 'Neovim, with the plugin',
  helix: 'Helix',
  emacs: 'Emacs (eglot)',
  'emacs-package': 'Emacs, with the package',
  kakoune: 'Kakoune',
  vscode: 'VS Code',
};

/** How many times one has to press undo after an edit that landed in two parts, by the name of the tests of an editor. */
export function promisedUndoSteps(name: string): number {
  const known = Object.keys(rows).toSorted((a, b) => b.length - a.length);
  const row = rows[known.find((each) => name.startsWith(each)) ?? ''];
  const steps = readmeRows('Undo').find(([editor]) => editor === row)?.[1];
  if (!steps || !/^\d+$/.test(steps))
    throw new Error(`the README's table of undo steps has no number for ${row ?? name}`);
  return Number(steps);
}

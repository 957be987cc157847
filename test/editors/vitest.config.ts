// Real editors, three files at a time: most of them mostly wait, and VS Code, which does not, leaves something over of two cores.
import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By what was measured, so that none is left at the end to run alone. Files that are not named come after them. */
const longestFirst = [
  'vscode-storm',
  'emacs-storm',
  'neovim-storm',
  'clients-emacs-storm',
  'vscode',
  'clients-neovim',
  'vscode-ways',
  'clients-emacs',
  'helix-storm',
  'neovim-old',
  'neovim',
  'emacs',
  'codemirror',
  'lsp-mode-storm',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longestFirst.indexOf(basename(moduleId, '.test.ts'));
      return found < 0 ? longestFirst.length : found;
    };
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/editors/**/*.test.ts'],
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 120_000,
    // A cold cache: an editor is downloaded and unpacked first.
    hookTimeout: 600_000,
  },
});

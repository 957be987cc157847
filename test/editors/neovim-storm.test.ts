// Hundreds of edits in a row in real Neovims, new and old, that tell of changes at once or hold them back, under a typist's hands.
import { beforeAll, describe } from 'vitest';
import { install } from './drivers/install.ts';
import { openNeovim } from './drivers/neovim.ts';
import { sampleFile } from './drivers/project.ts';
import { inNeovim } from './drivers/storm-editors.ts';
import { storms } from './drivers/storms.ts';

describe.each([
  { version: '0.11 or newer', suite: 'forky' },
  { version: '0.10', suite: 'trixie' },
] as const)('Neovim $version', ({ suite }) => {
  beforeAll(async () => void (await install(suite)));

  describe('without debounce', () => {
    storms({
      open: async (sandbox) => inNeovim(await openNeovim(sandbox, { suite, file: sampleFile })),
      sideBySide: { outside: 1, inside: 4 }, // an edit begins 150 ms after the key that ended the one before (server/delivery)
    });
  });

  describe('with its own debounce', () => {
    storms({
      open: async (sandbox) => inNeovim(await openNeovim(sandbox, { suite, file: sampleFile, debounced: true })),
      rests: true, // before its first change it holds back for as long as keys follow each other within 150 ms
      sideBySide: 4, // what takes its time there is waiting
    });
  });
});

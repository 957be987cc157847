// All ways around an edit in Neovim by configuration alone.
import { beforeAll, describe } from 'vitest';
import { flows } from './drivers/flows.ts';
import { install } from './drivers/install.ts';
import { openNeovim } from './drivers/neovim.ts';
import { FILE } from './drivers/project.ts';

beforeAll(async () => void (await install('forky')));

describe('Neovim', () => {
  flows(async (sandbox) => {
    const editor = await openNeovim(sandbox, { suite: 'forky', file: FILE });
    return {
      ...editor,
      send: async (command, argument) => void (await editor.request(command, argument)),
      save: async () => void (await editor.lua("vim.cmd('silent write')")),
      untilDiagnosed: async (message) =>
        void (await editor.sandbox.wire.until(
          () =>
            editor.lua<boolean>(
              'local m = ...; return vim.iter(vim.diagnostic.get(0)):any(function(d) return d.message == m end)',
              message,
            ),
          `Neovim knows of "${message}"`,
        )),
    };
  });
});

// All ways around an edit in Neovim by configuration alone.
import { beforeAll, describe, expect } from 'vitest';
import { flows } from './drivers/flows.ts';
import { install } from './drivers/install.ts';
import { openNeovim } from './drivers/neovim.ts';
import { sampleFile } from './drivers/project.ts';

/** Far above anything measured (a few ms). */
const timeoutMs = 20_000;

beforeAll(async () => void (await install('forky')));

describe('Neovim', () => {
  flows(async (sandbox) => {
    const editor = await openNeovim(sandbox, { suite: 'forky', file: sampleFile });
    return {
      ...editor,
      send: async (command, argument) => void (await editor.request(command, argument)),
      save: async () => void (await editor.lua("vim.cmd('silent write')")),
      // Within Neovim: its client reads the wire in its own time.
      untilDiagnosed: async (message) => {
        const isKnown = 'vim.iter(vim.diagnostic.get(0)):any(function(d) return d.message == m end)';
        const code = `local m = ...; return (vim.wait(${timeoutMs}, function() return ${isKnown} end, 10))`;
        expect(await editor.lua<boolean>(code, message), `Neovim knows of "${message}"`).toBe(true);
      },
    };
  });
});

// Neovim 0.10, which has no vim.lsp.config and no Client:exec_cmd.
import { beforeAll, describe } from 'vitest';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';
import { openNeovim } from './drivers/neovim.ts';
import { sampleFile } from './drivers/project.ts';

const suite = 'trixie';
beforeAll(async () => void (await install(suite)));

describe('Neovim 0.10 with its own debounce', () => {
  laws('neovim-old', (sandbox) => openNeovim(sandbox, { suite, file: sampleFile, debounced: true }));
});

describe('Neovim 0.10 without debounce', () => {
  laws('neovim-old-debounce-0', (sandbox) => openNeovim(sandbox, { suite, file: sampleFile }));
});

// The Neovim plugin, in the newest Neovim and in 0.10, installed as its README says.
import { beforeAll, describe, expect, test } from 'vitest';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';
import { type NeovimOptions, openNeovim } from './drivers/neovim.ts';
import { BASE, FILE, IN_TOTAL } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';

const init = `
vim.opt.runtimepath:append(vim.fn.expand('${process.cwd()}/clients/neovim'))
require('quickhand').setup()
vim.keymap.set({ 'n', 'x' }, '<leader>q', ':Quickhand<CR>')
vim.keymap.set('n', '<leader>x', '<Cmd>Quickhand stop<CR>')
vim.keymap.set('n', '<leader>z', '<Cmd>Quickhand revert<CR>')
`;

describe.each(['forky', 'trixie'] as const)('the Neovim plugin (%s)', (suite) => {
  beforeAll(async () => void (await install(suite)));
  const open = (sandbox: Sandbox) => openNeovim(sandbox, { suite, file: FILE, init });
  laws(`neovim-plugin-${suite}`, open);
});

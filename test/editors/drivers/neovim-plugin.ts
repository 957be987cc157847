// Neovim with the plugin in clients/neovim, installed by the lines of its README.
import { checkOut } from './checkout.ts';
import { type Neovim, type NeovimOptions, openNeovim } from './neovim.ts';
import { sampleFile } from './project.ts';
import { readmeBlocks } from './readme.ts';
import type { Sandbox } from './sandbox.ts';

const readme = 'clients/neovim/README.md';

export interface NeovimPlugin extends Neovim {
  /** Types an Ex command and presses Enter. */
  ex(command: string): Promise<void>;
  /** The plugin's extmarks in the buffer: highlight group and the text under it. */
  marks(): Promise<{ group: string; text: string }[]>;
  /** What `require('quickhand').status()` says. */
  status(): Promise<string>;
}

export interface PluginOptions {
  readonly suite: NeovimOptions['suite'];
  /** Default: the project's TypeScript file. */
  readonly file?: string;
  /** Lua in front of the README's lines. */
  readonly before?: string;
  /** Lua in place of the README's lines but the runtimepath. */
  readonly setup?: string;
}

export async function openPlugin(
  sandbox: Sandbox,
  { suite, file = sampleFile, before = '', setup }: PluginOptions,
): Promise<NeovimPlugin> {
  checkOut(sandbox);
  const [install] = readmeBlocks('Install', 'lua', readme);
  const [keys] = readmeBlocks('Use', 'lua', readme);
  const lines = setup === undefined ? `${install}\n${keys}` : `${install!.split('\n')[0]}\n${setup}`;
  const editor = await openNeovim(sandbox, { suite, file, init: `${before}\n${lines}` });
  return {
    ...editor,
    async ex(command) {
      await editor.terminal.type(`:${command}`);
      await editor.terminal.press('Enter');
    },
    marks: () => editor.lua(marks),
    status: () => editor.lua("return require('quickhand').status()"),
  };
}

const marks = `
local ns = vim.api.nvim_get_namespaces().quickhand
return vim.tbl_map(function(mark)
  local _, row, column, details = unpack(mark)
  local text = vim.api.nvim_buf_get_text(0, row, column, details.end_row, details.end_col, {})
  return { group = details.hl_group, text = table.concat(text, '\\n') }
end, vim.api.nvim_buf_get_extmarks(0, ns, 0, -1, { details = true }))`;

// Neovim as most people have it by now: 0.11 or newer, configured by vim.lsp.config.
import { beforeAll, describe, expect, test } from 'vitest';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';
import { openNeovim } from './drivers/neovim.ts';
import { BASE, FILE, IN_TOTAL } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';

const suite = 'forky';
beforeAll(async () => void (await install(suite)));

describe('Neovim with its own debounce', () => {
  laws('neovim', (sandbox) => openNeovim(sandbox, { suite, file: FILE, debounced: true }));
});

describe('Neovim without debounce', () => {
  laws('neovim-debounce-0', (sandbox) => openNeovim(sandbox, { suite, file: FILE }));

  test('each edit begins once, ends once, and says how it went', async () => {
    const editor = await openNeovim(new Sandbox({ files: { [FILE]: BASE } }), { suite, file: FILE });
    await editor.goto(IN_TOTAL);
    await editor.instruct('rename sum to amount');
    const end = await editor.ended(1);
    expect(end.outcome).toBe('completed');
    expect(editor.events.map(({ kind }) => kind).filter((kind) => kind === 'begin' || kind === 'end')).toEqual([
      'begin',
      'end',
    ]);
    expect(end.timing?.hunks).toBeGreaterThan(0);
  });

  test('the menu key shows the actions, and the number picks one', async () => {
    const sandbox = new Sandbox({ files: { [FILE]: BASE } });
    const editor = await openNeovim(sandbox, { suite, file: FILE });
    await editor.goto(IN_TOTAL);
    await editor.terminal.type('gra');
    const menu = await editor.terminal.until(/\d+: .*Document/, 'the menu of actions');
    const number = /(\d+): .*Document/.exec(menu)?.[1] ?? '';
    await editor.terminal.type(number);
    await editor.terminal.press('Enter');
    expect((await editor.ended(1)).outcome).toBe('completed');
    expect(await editor.text()).toContain('(rehearsal)');
  });

  test('what a command refuses is said in words', async () => {
    const editor = await openNeovim(new Sandbox({ files: { [FILE]: BASE } }), { suite, file: FILE });
    await expect(editor.request('quickhand.revert', { editId: 'nonsense' })).rejects.toThrow(/editId/);
  });
});

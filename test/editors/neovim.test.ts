// Neovim as most people have it by now: 0.11 or newer, configured by vim.lsp.config.
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';
import { gate, lines, startModel } from './drivers/model.ts';
import { openNeovim } from './drivers/neovim.ts';
import { baseText, inTotal, noted, notes, sampleFile, totalBody } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';

const suite = 'forky';
/** From key to key of a fast typist. Keys that come as fast as they can keep Neovim from everything else. */
const keyMs = 60;
beforeAll(async () => void (await install(suite)));

describe('Neovim with its own debounce', () => {
  laws('neovim', (sandbox) => openNeovim(sandbox, { suite, file: sampleFile, debounced: true }));

  test('an edit under keys that come without a pause says what it waits for, and goes on when there is one', async () => {
    const rest = gate();
    const config = await startModel(async function* ({ scope }) {
      await rest.opened;
      yield* lines(noted(scope));
    });
    const sandbox = new Sandbox({ files: { [sampleFile]: baseText }, config });
    // With 150 ms a stutter of the machine would be a pause.
    const editor = await openNeovim(sandbox, { suite, file: sampleFile, debounced: 1000 });
    await editor.goto(inTotal);
    await editor.instruct('note every line');
    await editor.typeBelow(notes + 1, '');
    const words = () => sandbox.wire.of('$/progress').map(({ message }) => message.params.value.message);
    let typed = '';
    for (; !words().some((said) => /waiting for the editor/.test(said)); typed += 'x') {
      await editor.type('x');
      await setTimeout(keyMs);
      rest.open();
    }
    await sandbox.wire.ended(1);
    await editor.endTyping();
    expect(words().at(-1)).toMatch(/^\d edits? in/);
    expect(await editor.text()).toBe(
      baseText.replace(totalBody, noted(totalBody)).replace('// notes\n\n', `// notes\n\n${typed}\n`),
    );
  });
});

describe('Neovim without debounce', () => {
  laws('neovim-debounce-0', (sandbox) => openNeovim(sandbox, { suite, file: sampleFile }));

  test('each edit begins once, ends once, and says how it went', async () => {
    const editor = await openNeovim(new Sandbox({ files: { [sampleFile]: baseText } }), { suite, file: sampleFile });
    await editor.goto(inTotal);
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
    const sandbox = new Sandbox({ files: { [sampleFile]: baseText } });
    const editor = await openNeovim(sandbox, { suite, file: sampleFile });
    await editor.goto(inTotal);
    await editor.terminal.type('gra');
    const menu = await editor.terminal.until(/\d+: .*Document/, 'the menu of actions');
    const number = /(\d+): .*Document/.exec(menu)?.[1] ?? '';
    await editor.terminal.type(number);
    await editor.terminal.press('Enter');
    expect((await editor.ended(1)).outcome).toBe('completed');
    expect(await editor.text()).toContain('(rehearsal)');
  });

  test('what a command refuses is said in words', async () => {
    const editor = await openNeovim(new Sandbox({ files: { [sampleFile]: baseText } }), { suite, file: sampleFile });
    await expect(editor.request('quickhand.revert', { editId: 'nonsense' })).rejects.toThrow(/editId/);
  });
});

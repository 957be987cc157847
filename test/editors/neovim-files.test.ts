// What a file may be and what may happen to its buffer, in Neovim: line ends, languages, other buffers, two edits at once.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { install } from './drivers/install.ts';
import { gate, lines, startModel } from './drivers/model.ts';
import { type Neovim, openNeovim } from './drivers/neovim.ts';
import { baseText, inLabel, inTotal, noted, sampleFile, totalBody } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';

const suite = 'forky';
beforeAll(async () => void (await install(suite)));

const open = (sandbox: Sandbox, file = sampleFile) => openNeovim(sandbox, { suite, file });

/** Says the first lines of the answer, then waits. */
async function openHalfway() {
  const rest = gate();
  const config = await startModel(async function* ({ scope }) {
    yield* lines(noted(scope)).slice(0, 4);
    await rest.opened;
    yield* lines(noted(scope)).slice(4);
  });
  const editor = await open(new Sandbox({ files: { [sampleFile]: baseText, 'other.ts': 'let other = 1;\n' }, config }));
  await editor.goto(inTotal);
  await editor.instruct('note every line');
  await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first lines are noted');
  return { editor, rest };
}

const textOfFile = (editor: Neovim) =>
  editor.lua<string>(
    "return table.concat(vim.api.nvim_buf_get_lines(vim.fn.bufnr('math.ts'), 0, -1, true), '\\n') .. '\\n'",
  );

describe('Neovim', () => {
  test('line ends, emoji and a missing last line break are as they were', async () => {
    const file = 'const a = "👩‍💻 sum";\r\nfunction f(sum: number) {\r\n  const é = "👩‍💻"; return sum + sum;\r\n}';
    const editor = await open(new Sandbox({ files: { [sampleFile]: file } }));
    await editor.goto(3);
    await editor.instruct('rename sum to amount');
    await editor.ended(1);
    await editor.lua("vim.bo.fixeol = false; vim.cmd('silent write')");
    const [first, ...rest] = file.split('\n');
    const expected = [first, rest.join('\n').replaceAll('sum', 'amount')].join('\n');
    expect(readFileSync(editor.file, 'utf8')).toBe(expected);
  });

  test('a Python function, by its indentation', async () => {
    const file = 'def f(sum):\n    for x in sum:\n        print(x)\n    return sum\n\n\nsum = f([])\n';
    const editor = await open(new Sandbox({ files: { 'a.py': file } }), 'a.py');
    await editor.goto(3);
    await editor.instruct('rename sum to items');
    expect(await editor.ended(1)).toMatchObject({ outcome: 'completed' });
    const [inside, outside] = file.split('\n\n\n');
    expect(await editor.text()).toBe(`${inside!.replaceAll('sum', 'items')}\n\n\n${outside}`);
  });

  test('an edit goes on in a buffer that is no longer shown', async () => {
    const { editor, rest } = await openHalfway();
    await editor.lua("vim.cmd('edit other.ts')");
    rest.open();
    expect(await editor.ended(1)).toMatchObject({ outcome: 'completed' });
    expect(await textOfFile(editor)).toBe(baseText.replace(totalBody, noted(totalBody)));
    expect(await editor.text()).toBe('let other = 1;\n');
  });

  test('a buffer that is closed ends its edit', async () => {
    const { editor, rest } = await openHalfway();
    await editor.lua("vim.cmd('edit other.ts | bwipeout! math.ts')");
    expect(await editor.ended(1)).toMatchObject({ outcome: 'cancelled', reason: expect.stringMatching(/clos/) });
    rest.open();
    expect(await editor.text()).toBe('let other = 1;\n');
  });

  test('two edits side by side are both whole', async () => {
    const both = gate();
    const config = await startModel(async function* ({ scope }) {
      const [first, ...others] = lines(noted(scope));
      yield first!;
      await both.opened;
      yield* others;
    });
    const editor = await open(new Sandbox({ files: { [sampleFile]: baseText }, config }));
    for (const line of [inTotal, inLabel]) {
      await editor.goto(line);
      await editor.instruct('note every line');
    }
    await editor.untilEvent((events) => events.filter(({ kind }) => kind === 'begin').length === 2, 'both have begun');
    both.open();
    await editor.ended(2);
    expect(editor.events.filter(({ kind }) => kind === 'end').map(({ outcome }) => outcome)).toEqual([
      'completed',
      'completed',
    ]);
    expect(await editor.text()).toBe(noted(baseText));
  });

  test('a newer edit of the same function supersedes the one that runs', async () => {
    const { editor, rest } = await openHalfway();
    await editor.goto(inTotal);
    await editor.instruct('note every line again');
    expect(await editor.ended(1)).toMatchObject({ outcome: 'superseded' });
    rest.open();
    expect(await editor.ended(2)).toMatchObject({ outcome: 'completed' });
    expect((await editor.text()).replaceAll(' // noted', '')).toBe(baseText);

    await editor.revert();
    const first = baseText.replace('let sum = 0;', 'let sum = 0; // noted');
    await editor.untilShown(/\n {4}sum \+= price;\n/, 'the newer edit is reverted');
    expect(await editor.text()).toBe(first);
    const { editId } = editor.events.find(({ kind }) => kind === 'begin')!;
    await editor.request('quickhand.revert', { editId });
    await editor.untilGone(/ \/\/ noted/, 'the older edit is reverted');
    expect(await editor.text()).toBe(baseText);
  });

  test('a directive in the code is run from the menu and removed by the same edit', async () => {
    const directed = baseText.replace('  let sum', '  // ai: rename sum to amount\n  let sum');
    const editor = await open(new Sandbox({ files: { [sampleFile]: directed } }));
    await editor.goto(2);
    await editor.action('rename sum to amount');
    await editor.ended(1);
    expect(await editor.text()).toBe(baseText.replaceAll(/\bsum\b/g, 'amount'));
  });
});

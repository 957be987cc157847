// The Neovim plugin, in the newest Neovim and in 0.10, installed as its README says.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { capture } from './drivers/capture.ts';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';
import { gate, lines, startModel } from './drivers/model.ts';
import { type NeovimPlugin, openPlugin, type PluginOptions } from './drivers/neovim-plugin.ts';
import { baseText, inTotal, noted, notes, sampleFile, totalBody } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';

const otherServer = fileURLToPath(new URL('drivers/other-server.mjs', import.meta.url));
const renamed = baseText.replaceAll(/\bsum\b/g, 'amount');
const done = baseText.replace(totalBody, noted(totalBody));

describe.each(['forky', 'trixie'] as const)('the Neovim plugin (%s)', (suite) => {
  beforeAll(async () => void (await install(suite)));
  laws(`neovim-plugin-${suite}`, (sandbox) => openPlugin(sandbox, { suite }));

  const open = async (options: Partial<PluginOptions> = {}, config?: object) => {
    const files = { [sampleFile]: baseText, 'notes.lua': 'local sum = 1\nreturn sum\n' };
    const editor = await openPlugin(new Sandbox({ files, ...(config && { config }) }), { suite, ...options });
    await editor.goto(inTotal);
    return editor;
  };

  /** An edit that says its first lines and then waits for the gate. */
  const openHalfway = async (options: Partial<PluginOptions> = {}, lua = '') => {
    const rest = gate();
    const config = await startModel(async function* ({ scope }) {
      yield* lines(noted(scope)).slice(0, 5);
      await rest.opened;
      yield* lines(noted(scope)).slice(5);
    });
    const editor = await open(options, config);
    await editor.lua(lua);
    await editor.ex('Quickhand note every line');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first line is noted');
    return { editor, rest };
  };

  test('new user: three steps, and the third is the first edit', async () => {
    const readme = readFileSync('clients/neovim/README.md', 'utf8');
    const steps = readme
      .split('## Install')[1]!
      .split('## ')[0]!
      .match(/^\d\. .*/gm)!;
    expect(steps.length).toBeLessThanOrEqual(3);
    const editor = await open();
    await editor.ex(/`:(Quickhand [^`]*)`/.exec(steps.at(-1)!)![1]!);
    expect((await editor.ended(1)).outcome).toBe('completed');
    expect(await editor.text()).toBe(renamed);
  });

  test('ask: the prompt, and Escape in it does nothing', async () => {
    const editor = await open();
    await editor.ex('Quickhand');
    await editor.terminal.until(/^Edit:/m, 'the prompt');
    await editor.terminal.press('Escape');
    await editor.instruct('rename sum to amount');
    await editor.ended(1);
    expect(await editor.text()).toBe(renamed);
    expect(editor.sandbox.wire.of('workspace/executeCommand')).toHaveLength(1);
  });

  test('range: only the selected lines are sent and changed', async () => {
    const editor = await open({}, await startModel(({ scope }) => lines(noted(scope))));
    await editor.goto(2);
    await editor.terminal.type('V');
    await editor.instruct('note it');
    await editor.ended(1);
    expect(await editor.text()).toBe(baseText.replace('sum = 0;', 'sum = 0; // noted'));
  });

  test('action: one word that the server offers is an action, and completion lists it', async () => {
    const editor = await open({}, await startModel(({ instruction }) => [`// ${instruction.slice(0, 8)}\n`]));
    let words: string[] = [];
    // Neovim waits for a second, and the server may still be loading the grammar.
    for (let tries = 0; tries < 20 && !words.includes('simplify'); tries++)
      words = await editor.lua("return vim.fn.getcompletion('Quickhand ', 'cmdline')");
    expect(words).toEqual(expect.arrayContaining(['stop', 'revert', 'steer', 'explain', 'simplify', 'document']));
    expect(await editor.lua("return vim.fn.getcompletion('Quickhand sim', 'cmdline')")).toEqual(['simplify']);
    expect(await editor.lua("return vim.fn.getcompletion('Quickhand rename st', 'cmdline')")).toEqual([]);
    await editor.ex('Quickhand simplify');
    await editor.ended(1);
    const [sent] = editor.sandbox.wire.of('workspace/executeCommand');
    expect(sent!.message.params.arguments[0]).toMatchObject({ action: 'simplify' });
  });

  test('stream: region, hunks and status show while it runs, and are gone afterwards', async () => {
    const { editor, rest } = await openHalfway({ before: 'vim.o.termguicolors = true' });
    const shown = await editor.marks();
    expect(shown.find(({ group }) => group === 'QuickhandRegion')?.text).toMatch(/^export function total.*\n}$/s);
    expect(shown.filter(({ group }) => group === 'QuickhandHunk').map(({ text }) => text)).toContain(' // noted');
    expect(await editor.status()).toMatch(/^quickhand: note every line: /);
    await editor.terminal.until(/total\(.*quickhand: note every line/, 'the words behind the first line');
    if (suite === 'forky') capture('clients/neovim/capture.svg', 'An edit in Neovim', await editor.terminal.colours());
    rest.open();
    await editor.ended(1);
    expect(await editor.text()).toBe(done);
    expect(await editor.marks()).toEqual([]);
    expect(await editor.status()).toBe('');
  });

  test('atomic: with ! everything lands at once', async () => {
    const editor = await open({}, await startModel(({ scope }) => lines(noted(scope))));
    await editor.ex('Quickhand! note every line');
    await editor.ended(1);
    expect(await editor.text()).toBe(done);
    expect(editor.sandbox.wire.of('workspace/applyEdit')).toHaveLength(1);
  });

  const ownKey = `vim.api.nvim_create_autocmd('FileType', { callback = function()
    vim.keymap.set('n', '<Esc>', '<Cmd>let g:own = 1<CR>', { buffer = true })
  end })`;
  const ownKeyIsBack = async (editor: NeovimPlugin) => {
    expect(await editor.lua('return vim.g.own')).toBeNull();
    await editor.terminal.press('Escape');
    await editor.ex('echo "own" g:own');
    await editor.terminal.until(/^own 1$/m, 'the user’s own key');
    expect(await editor.lua("return vim.fn.maparg('<C-c>', 'n')")).toBe('');
  };

  test.each(['Escape', 'C-c'])('stop: %s stops the edit, and is the user’s own key again afterwards', async (key) => {
    const { editor } = await openHalfway({ before: ownKey });
    // All that comes before the gate has come, and by the next answer Neovim is done with it.
    await editor.untilEvent((events) => events.some(({ kind, hunks }) => kind === 'report' && hunks === 1), 'a report');
    await editor.lua('vim.g.own = nil'); // going to the line took an Escape
    await editor.terminal.press(key);
    expect(await editor.ended(1)).toMatchObject({ outcome: 'cancelled' });
    await ownKeyIsBack(editor);
  });

  test('stop: C-c stops the edit while Neovim is busy too, when no mapping hears of it', async () => {
    // Half a second: mostly the key ends it, and else comes to the mapping afterwards.
    const busy = `vim.api.nvim_create_autocmd('User', { pattern = 'QuickhandEdit', callback = function(event)
      if event.data.kind == 'report' and event.data.hunks == 1 and not vim.g.busy then
        vim.g.busy = true
        vim.cmd('let g:t = reltime() | while reltimefloat(reltime(g:t)) < 0.5 | endwhile')
      end
    end })`;
    const { editor } = await openHalfway({}, busy);
    await editor.untilEvent((events) => events.some(({ kind, hunks }) => kind === 'report' && hunks === 1), 'a report');
    await editor.terminal.press('C-c');
    expect(await editor.ended(1)).toMatchObject({ outcome: 'cancelled' });
  });

  test('stop: C-c stops the edit at a hit-enter prompt', async () => {
    const { editor } = await openHalfway();
    await editor.ex('echo "one\\ntwo\\nthree"');
    await editor.terminal.until(/Press ENTER/, 'the prompt');
    await editor.terminal.press('C-c');
    expect(await editor.ended(1)).toMatchObject({ outcome: 'cancelled' });
  });

  test('stop: a server that dies takes everything that showed with it', async () => {
    const { editor } = await openHalfway({ before: ownKey });
    await editor.lua('vim.g.own = nil'); // going to the line took an Escape
    await editor.lua("vim.lsp.get_clients({ name = 'quickhand' })[1].rpc.terminate()");
    await editor.terminal.until(/quit with exit code/, 'Neovim’s own words');
    await editor.terminal.press('Enter'); // they take two lines
    await editor.terminal.until((screen) => !screen.includes('quickhand: note'), 'the words are gone');
    expect(await editor.marks()).toEqual([]);
    await ownKeyIsBack(editor);
  });

  test('undo: one step reverts the whole edit', async () => {
    const { editor, rest } = await openHalfway();
    rest.open();
    await editor.ended(1);
    expect(editor.sandbox.wire.of('workspace/applyEdit').length).toBeGreaterThan(1);
    await editor.undo();
    expect(await editor.text()).toBe(baseText);
    await editor.lua("vim.cmd('silent redo')");
    expect(await editor.text()).toBe(done);
  });

  test('undo: a revert is a step of its own', async () => {
    const { editor, rest } = await openHalfway();
    rest.open();
    await editor.ended(1);
    await editor.revert();
    await editor.untilGone(/noted/, 'the notes');
    await editor.undo();
    expect(await editor.text()).toBe(done);
  });

  test('undo: what the user types meanwhile is a step of its own', async () => {
    const { editor, rest } = await openHalfway();
    const typed = (text: string) => text.replace('// notes\n\n', '// notes\n\nmine\n');
    await editor.typeBelow(notes + 1, 'mine');
    await editor.untilShown(/mine/, 'what is typed');
    rest.open();
    await editor.ended(1);
    await editor.endTyping();
    expect(await editor.text()).toBe(typed(done));
    const texts = [];
    for (let step = 0; step < 3; step++) {
      await editor.undo();
      texts.push(await editor.text());
    }
    expect(texts[0]).toContain('mine'); // the pieces after it
    expect(texts[1]).not.toContain('mine');
    expect(texts[1]).toContain('sum = 0; // noted'); // the pieces before it
    expect(texts[2]).toBe(baseText);
  });

  test('truthful: an edit for another version is refused and changes nothing', async () => {
    const editor = await open();
    const answer = await editor.lua(
      `return vim.lsp.get_clients({ name = 'quickhand' })[1].handlers['workspace/applyEdit'](nil, { edit = { documentChanges = { {
        textDocument = { uri = vim.uri_from_bufnr(0), version = 7 },
        edits = { { range = { start = { line = 0, character = 0 }, ['end'] = { line = 0, character = 1 } }, newText = '' } },
      } } } })`,
    );
    expect(answer).toMatchObject({ applied: false });
    expect(await editor.text()).toBe(baseText);
  });

  test('revert, keep, retry, steer: act on the edit of this buffer', async () => {
    const editor = await open(
      {},
      await startModel(({ instruction, scope }) => lines(noted(scope, instruction.trim()))),
    );
    await editor.ex('Quickhand one');
    await editor.ended(1);
    await editor.ex('Quickhand retry');
    await editor.ended(2);
    await editor.untilShown(/sum = 0; \/\/ one\n/, 'it is there once');
    await editor.ex('Quickhand keep');
    await editor.ex('Quickhand revert');
    await editor.untilGone(/one/, 'the notes');
    expect(await editor.text()).toBe(baseText);
    await editor.ex('Quickhand steer');
    await editor.terminal.until(/^Instead:/m, 'the prompt');
    await editor.terminal.type('two');
    await editor.terminal.press('Enter');
    await editor.untilShown(/two/, 'the correction');
  });

  test('offer: it is said that it is ready, and keep applies it', async () => {
    const config = (await startModel(({ scope }) => lines(noted(scope)))) as { lanes: { fast: object } };
    const actions = [{ id: 'ponder', title: 'Ponder', instruction: 'think about it', lane: 'deep' }];
    const editor = await open({}, { ...config, lanes: { fast: config.lanes.fast, deep: config.lanes.fast }, actions });
    await editor.ex('Quickhand ponder');
    await editor.ended(1);
    await editor.terminal.until(/ready: choose Apply or Discard/, 'the words of the server');
    expect(await editor.text()).toBe(baseText);
    await editor.ex('Quickhand keep');
    await editor.ended(2);
    expect(await editor.text()).toBe(done);
  });

  test('explain: opens in the preview window, and the cursor stays', async () => {
    const editor = await open();
    await editor.ex('Quickhand explain why is there a loop?');
    await editor.terminal.until(/# total/, 'the explanation');
    const [window, name] = await editor.lua<[string, string]>(
      "return { vim.fn.win_gettype(vim.fn.winnr('#') > 0 and 1 or 1), vim.fn.expand('%:t') }",
    );
    expect(name).toBe('math.ts');
    expect(window).toBe('preview');
    const [sent] = editor.sandbox.wire.of('workspace/executeCommand');
    expect(sent!.message.params.arguments[0].question).toBe('why is there a loop?');
  });

  test('verify: runs the user’s check, problems become diagnostics', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the server's
    const command = { command: 'sh', args: ['-c', 'echo "$1:2:3: error: no" >&2; exit 1', 'sh', '${file}'] };
    const editor = await open({}, { verify: [command] });
    await editor.ex('Quickhand verify');
    await editor.terminal.until(/check failed/, 'what came of it');
    expect(await editor.lua('return vim.diagnostic.get(0)[1].lnum')).toBe(1);
  });

  test('status and refusals are said in words', async () => {
    const editor = await open();
    await editor.ex('Quickhand revert');
    await editor.terminal.until(/quickhand: there is no edit to act on/, 'why not');
    await editor.ex('Quickhand status');
    await editor.terminal.until(/fast: .*rehearsal.*0 running/, 'the lanes');
  });

  test('beside another server: both know the buffer, and it hears of what the edit does', async () => {
    const command = JSON.stringify([process.execPath, otherServer]).replace(/^\[(.*)\]$/, '{ $1 }');
    const before = `vim.diagnostic.config({ virtual_text = true })
    vim.api.nvim_create_autocmd('FileType', { callback = function(event)
      vim.lsp.start({ name = 'other', cmd = ${command}, root_dir = vim.fn.getcwd() }, { bufnr = event.buf })
    end })`;
    const editor = await open({ before });
    await editor.terminal.until(/total\(.* other-server: 16 lines, 4 sums/, 'what the other server reports');
    await editor.instruct('rename sum to amount');
    await editor.ended(1);
    await editor.terminal.until(/total\(.* other-server: 16 lines, 0 sums/, 'what it reports of the new text');
    expect(await editor.text()).toBe(renamed);
  });

  test('diagnostics at the cursor go along', async () => {
    const editor = await open();
    await editor.lua(`vim.diagnostic.set(vim.api.nvim_create_namespace('lint'), 0, {
      { lnum = 15, col = 0, message = 'far' }, { lnum = 3, col = 4, message = 'near', source = 'lint' } })`);
    await editor.ex('Quickhand rename sum to amount');
    await editor.ended(1);
    const [sent] = editor.sandbox.wire.of('workspace/executeCommand');
    expect(sent!.message.params.arguments[0].diagnostics.map((one: { message: string }) => one.message)).toEqual([
      'near',
      'far',
    ]);
  });

  test('any file: the command starts the server where it does not attach by itself', async () => {
    const editor = await open();
    await editor.ex('edit notes.lua');
    await editor.ex('Quickhand rename sum to amount');
    expect((await editor.ended(1)).outcome).toBe('completed');
    expect(await editor.text()).toBe('local amount = 1\nreturn amount\n');
  });

  test('health and help: what is installed, what is missing, and the manual', async () => {
    const editor = await open();
    const health = async () => {
      await editor.ex('checkhealth quickhand');
      await editor.terminal.until(/running, attached|not running/, 'the report');
      return await editor.text();
    };
    const report = await health();
    expect(report).toMatch(/OK.*quickhand: quickhand \d/);
    expect(report).toMatch(/OK.*attached to 1 buffer/);
    expect(report).toMatch(/lane fast: .*rehearsal/);
    await editor.lua(
      "vim.cmd('bwipeout!'); vim.cmd('helptags ' .. vim.fn.expand('~/src/quickhand/clients/neovim/doc'))",
    );
    await editor.ex('help :Quickhand');
    await editor.terminal.until(/:\[range\]Quickhand\[!\]/, 'the manual');
  });
});

describe('the Neovim plugin without a server', () => {
  test('health says how to get one', async () => {
    const editor: NeovimPlugin = await openPlugin(new Sandbox({ files: { [sampleFile]: baseText } }), {
      suite: 'forky',
    });
    await editor.lua("vim.lsp.config('quickhand', { cmd = { 'not-there' } })");
    await editor.ex('checkhealth quickhand');
    await editor.terminal.until(/ERROR not-there is not executable/, 'what is missing');
    expect(await editor.text()).toContain('npm install --global quickhand');
  });
});

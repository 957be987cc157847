// The Emacs package in a real Emacs, installed as its README says.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { capture } from './drivers/capture.ts';
import { type Emacs, setTitle } from './drivers/emacs.ts';
import { openPackage, type PackageOptions } from './drivers/emacs-package.ts';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';
import { gate, lines, type Script, startModel } from './drivers/model.ts';
import { baseText, inTotal, noted, notes, sampleFile, totalBody } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';

const renamed = baseText.replaceAll(/\bsum\b/g, 'amount');
const done = baseText.replace(totalBody, noted(totalBody));
const noteAll: Script = ({ scope }) => lines(noted(scope));

beforeAll(async () => void (await install('emacs')));

const open = async (config?: object, options: PackageOptions = {}, base = baseText) => {
  const files = { [sampleFile]: base, 'notes.lua': 'local sum = 1\nreturn sum\n' };
  const editor = await openPackage(new Sandbox({ files, ...(config && { config }) }), options);
  await editor.goto(inTotal);
  return editor;
};

/** An edit that says its first lines and then waits for the gate. */
const openHalfway = async (options: PackageOptions = {}) => {
  const rest = gate();
  const config = await startModel(async function* ({ scope }) {
    yield* lines(noted(scope)).slice(0, 5);
    await rest.opened;
    yield* lines(noted(scope)).slice(5);
  });
  const editor = await open(config, options);
  await editor.instruct('note every line');
  await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first line is noted');
  /** How an edit ended is said before it is forgotten. */
  const forgotten = () => editor.untilGone(/quickhand: note/, 'its words');
  return { editor, rest, ended: () => editor.sandbox.wire.ended(1), forgotten };
};

/** Has Emacs be busy with the next key until C-g comes; the title says when. */
const busyAfterNextKey = async ({ lisp }: Emacs) => {
  const busy = `(remove-hook 'post-command-hook busy t) ${setTitle('busy')} (while (not quit-flag))`;
  await lisp(`(letrec ((busy (lambda () ${busy}))) (add-hook 'post-command-hook busy nil t))`);
};

/** What was sent for the `count`th command. */
const sent = ({ sandbox }: { sandbox: Sandbox }, count = 1) =>
  sandbox.wire.of('workspace/executeCommand')[count - 1]!.message.params.arguments[0];

describe('the Emacs package', () => {
  laws('emacs-package', (sandbox) => openPackage(sandbox));

  test('new user: three steps, and the third is the first edit', async () => {
    const steps = readFileSync('clients/emacs/README.md', 'utf8')
      .split('## Install')[1]!
      .split('## ')[0]!
      .match(/^\d\. .*/gm)!;
    expect(steps.length).toBeLessThanOrEqual(3);
    const editor = await open();
    const [, name, instruction] = /`M-x (\S+) RET ([^`]*) RET`/.exec(steps.at(-1)!)!;
    await editor.command(name!);
    await editor.terminal.until(/^Edit:/m, 'the prompt');
    await editor.terminal.type(instruction!);
    await editor.terminal.press('Enter');
    await editor.sandbox.wire.ended(1);
    expect(await editor.text()).toBe(renamed);
    await editor.terminal.until(/Rehearsal, no AI/, 'that it is a rehearsal');
  });

  test('ask: the prompt remembers; C-g in it asks for nothing', async () => {
    const editor = await open();
    await editor.command('quickhand-edit');
    await editor.terminal.until(/^Edit:/m, 'the prompt');
    await editor.terminal.type('nothing');
    await editor.terminal.until(/^Edit: nothing/m, 'it is asked');
    await editor.atRest();
    await editor.terminal.press('C-g');
    await editor.terminal.until(/^Quit/m, 'the prompt is gone');
    await editor.instruct('rename sum to amount');
    await editor.sandbox.wire.ended(1);
    await editor.command('quickhand-edit');
    await editor.terminal.press('M-p');
    await editor.terminal.until(/^Edit: rename sum to amount/m, 'what was asked before');
    await editor.terminal.press('C-g');
    expect(editor.sandbox.wire.of('workspace/executeCommand')).toHaveLength(1);
  });

  test('range: only the region is sent and changed', async () => {
    const editor = await open(await startModel(noteAll));
    await editor.goto(2);
    await editor.terminal.press('C-Space', 'C-e');
    await editor.instruct('note it');
    await editor.sandbox.wire.ended(1);
    expect(await editor.text()).toBe(baseText.replace('sum = 0;', 'sum = 0; // noted'));
    expect(await editor.lisp('(region-active-p)')).toBe('nil');
  });

  test('action: the menu has what suits the code, and runs it', async () => {
    const editor = await open(await startModel(({ instruction }) => [`// ${instruction.slice(0, 8)}\n`]));
    await editor.command('quickhand-menu');
    await editor.terminal.until(/^Quickhand: *$/m, 'the menu');
    await editor.terminal.press('Tab');
    await editor.terminal.until(/Simplify/, 'the entries');
    await editor.terminal.type('simp');
    await editor.terminal.press('Enter');
    await editor.sandbox.wire.ended(1);
    expect(sent(editor)).toMatchObject({ action: 'simplify' });
  });

  test('directive: a comment in the code asks, and goes with the edit', async () => {
    const directed = baseText.replace('  let sum', '  // ai: rename sum to amount\n  let sum');
    const editor = await open(undefined, {}, directed);
    await editor.goto(2);
    await editor.action('Do:');
    await editor.sandbox.wire.ended(1);
    expect(await editor.text()).toBe(renamed);
  });

  test('stream: region, hunks and status show while it runs, and are gone afterwards', async () => {
    const { editor, rest, ended } = await openHalfway();
    const shown = await editor.marks();
    expect(shown.find(({ face }) => face === 'quickhand-region')?.text).toMatch(/^export function total.*\n}$/s);
    expect(shown.filter(({ face }) => face === 'quickhand-hunk').map(({ text }) => text)).toContain(' // noted');
    await editor.terminal.until(/total\(.*quickhand: note every line/, 'the words behind the first line');
    await editor.terminal.until(/Quickhand\[1 edit\]/, 'what has landed, in the mode line');
    capture('clients/emacs/capture.svg', 'An edit in Emacs', await editor.terminal.colours());
    rest.open();
    await ended();
    await editor.terminal.until(/note every line: \d+ edits in \d+ ms/, 'how it ended');
    expect(await editor.text()).toBe(done);
    expect(await editor.marks()).toEqual([]);
    expect(await editor.lighter()).toBe(' Quickhand');
  });

  test('atomic: with a prefix argument everything lands at once', async () => {
    const editor = await open(await startModel(noteAll));
    await editor.terminal.press('C-u');
    await editor.instruct('note every line');
    await editor.sandbox.wire.ended(1);
    expect(await editor.text()).toBe(done);
    expect(editor.sandbox.wire.of('workspace/applyEdit')).toHaveLength(1);
  });

  test('stop: C-g stops the edit, and is C-g again afterwards', async () => {
    const { editor, ended, forgotten } = await openHalfway();
    expect(await editor.lisp('(key-binding (kbd "C-g"))')).toBe('quickhand-quit');
    await editor.atRest();
    await editor.terminal.press('C-g');
    expect(await ended()).toMatch(/cancelled/);
    await editor.terminal.until(/note every line: cancelled/, 'how it ended');
    await forgotten();
    expect(await editor.lisp('(key-binding (kbd "C-g"))')).toBe('keyboard-quit');
    expect(await editor.marks()).toEqual([]);
  });

  test('stop: C-g that comes before Emacs is done with the last key stops the edit, too', async () => {
    const { editor, ended, forgotten } = await openHalfway();
    await busyAfterNextKey(editor);
    await editor.terminal.press('Right');
    await editor.terminal.titled('busy');
    await editor.terminal.press('C-g');
    expect(await ended()).toMatch(/cancelled/);
    await forgotten();
    expect(await editor.lisp("(local-variable-p 'command-error-function)")).toBe('nil');
  });

  test('stop: C-g that is for something else leaves the edit alone', async () => {
    const { editor, rest, ended } = await openHalfway();
    await editor.terminal.press('C-s');
    await editor.terminal.until(/^I-search:/m, 'the search');
    await busyAfterNextKey(editor);
    await editor.terminal.type('s');
    await editor.terminal.titled('busy');
    await editor.terminal.press('C-g');
    await editor.terminal.until(/^Quit/m, 'it is quit');
    await editor.command('quickhand-edit');
    await editor.terminal.until(/^Edit:/m, 'the prompt');
    await editor.atRest();
    await editor.terminal.press('C-g');
    await editor.terminal.until(/^Quit/m, 'the prompt is gone');
    rest.open();
    expect(await ended()).toMatch(/^\d+ edits? in/);
    expect(await editor.text()).toBe(done);
  });

  test('stop: a server that dies takes everything that showed with it, and the next edit starts another', async () => {
    const { editor, rest, forgotten } = await openHalfway();
    await editor.lisp('(delete-process (jsonrpc--process quickhand--open-in))');
    await forgotten();
    expect(await editor.marks()).toEqual([]);
    expect(await editor.lisp('(key-binding (kbd "C-g"))')).toBe('keyboard-quit');
    rest.open();
    const halfway = await editor.text();
    await editor.instruct('once more');
    await editor.sandbox.wire.ended(1);
    expect(await editor.text()).toBe(noted(totalBody) + halfway.slice(halfway.indexOf('\n}\n') + 2));
  });

  test('undo: one step reverts the whole edit', async () => {
    const { editor, rest, ended } = await openHalfway();
    rest.open();
    await ended();
    expect(editor.sandbox.wire.of('workspace/applyEdit').length).toBeGreaterThan(1);
    await editor.undo();
    expect(await editor.text()).toBe(baseText);
    await editor.command('undo-redo');
    await editor.untilShown(/noted/, 'it is there again');
    expect(await editor.text()).toBe(done);
  });

  test('undo: a revert is a step of its own', async () => {
    const { editor, rest, ended } = await openHalfway();
    rest.open();
    await ended();
    await editor.revert();
    await editor.untilGone(/noted/, 'the notes');
    await editor.undo();
    expect(await editor.text()).toBe(done);
  });

  test('undo: what the user types meanwhile is a step of its own', async () => {
    const { editor, rest, ended } = await openHalfway();
    await editor.typeBelow(notes + 1, 'mine');
    await editor.untilShown(/mine/, 'what is typed');
    rest.open();
    await ended();
    await editor.terminal.type('!');
    await editor.untilShown(/mine!/, 'what is typed afterwards');
    expect(await editor.text()).toBe(done.replace('// notes\n\n', '// notes\n\nmine!\n'));
    const texts = [];
    for (let step = 0; step < 5; step++) {
      await editor.undo();
      texts.push(await editor.text());
    }
    expect(texts[0]).toContain('mine\n'); // what was typed afterwards
    expect(texts[0]).toContain('1 + rate); // noted');
    expect(texts[1]).toContain('mine\n'); // the pieces after it
    expect(texts[1]).not.toContain('1 + rate); // noted');
    expect(texts[2]).not.toContain('mine');
    expect(texts[2]).toContain('sum = 0; // noted'); // the pieces before it
    expect(texts[3]).not.toContain('\n\n\n'); // the line that was opened for it
    expect(texts[4]).toBe(baseText);
  });

  test('truthful: an edit for another version, or of a read-only buffer, is refused and changes nothing', async () => {
    const editor = await open();
    const edit = '[(:range (:start (:line 0 :character 0) :end (:line 0 :character 1)) :newText "")]';
    expect(await editor.lisp(`(plist-get (quickhand--apply ${edit} 7) :applied)`)).toBe(':json-false');
    await editor.lisp('(setq buffer-read-only t)');
    expect(await editor.lisp(`(plist-get (quickhand--apply ${edit} quickhand--version) :applied)`)).toBe(':json-false');
    expect(await editor.text()).toBe(baseText);
  });

  test('truthful: what stands before a place counts as the protocol counts it, and narrowing hides nothing', async () => {
    const odd = baseText.replaceAll('sum', '"😀é"; sum').replace('// notes', '// 😀😀 notes');
    const editor = await open(await startModel(noteAll), {}, odd);
    await editor.lisp('(narrow-to-region (line-beginning-position 0) (line-end-position 2))');
    await editor.instruct('note every line');
    await editor.sandbox.wire.ended(1);
    expect(await editor.lisp('(buffer-narrowed-p)')).toBe('t');
    await editor.lisp('(widen)');
    const end = odd.indexOf('\n}\n') + 2;
    expect(await editor.text()).toBe(noted(odd.slice(0, end)) + odd.slice(end));
  });

  test('revert, keep, retry, steer: act on the edit of this buffer', async () => {
    const editor = await open(await startModel(({ instruction, scope }) => lines(noted(scope, instruction.trim()))));
    await editor.instruct('one');
    await editor.sandbox.wire.ended(1);
    await editor.terminal.press('C-c', 'q', 'r');
    await editor.sandbox.wire.ended(2);
    await editor.untilShown(/sum = 0; \/\/ one\n/, 'it is there once');
    await editor.command('quickhand-keep');
    await editor.command('quickhand-revert');
    await editor.untilGone(/one/, 'the notes');
    expect(await editor.text()).toBe(baseText);
    await editor.command('quickhand-steer');
    await editor.terminal.until(/^Instead:/m, 'the prompt');
    await editor.terminal.type('two');
    await editor.terminal.press('Enter');
    await editor.untilShown(/\/\/ .*two/, 'the correction');
  });

  test('explain: opens in another window, and point stays', async () => {
    const editor = await open();
    await editor.terminal.press('C-u');
    await editor.command('quickhand-explain');
    await editor.terminal.until(/^Question:/m, 'the prompt');
    await editor.terminal.type('why is there a loop?');
    await editor.terminal.press('Enter');
    await editor.terminal.until(/# total/, 'the explanation');
    expect(await editor.lisp('(list (buffer-name (window-buffer)) (length (window-list)))')).toBe('("math.ts" 2)');
    expect(sent(editor).question).toBe('why is there a loop?');
  });

  test('verify: runs the user’s check, Flymake shows what it finds', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the server's
    const command = { command: 'sh', args: ['-c', 'echo "$1:2:3: error: no" >&2; exit 1', 'sh', '${file}'] };
    const editor = await open({ verify: [command] });
    await editor.command('quickhand-verify');
    await editor.terminal.until(/check failed/, 'what came of it');
    await editor.command('flymake-show-buffer-diagnostics');
    await editor.terminal.until(/2 +\d+ error.* no/, 'the list of Flymake');
  });

  test('status and refusals are said in words', async () => {
    const editor = await open();
    await editor.command('quickhand-revert');
    await editor.terminal.until(/Quickhand: there is no edit to act on/, 'why not');
    await editor.command('quickhand-status');
    await editor.terminal.until(/fast: .*rehearsal.*0 running/, 'the lanes');
  });

  test('settings: those of the package reach the server, after a restart too', async () => {
    const before = '(setq quickhand-settings \'(:actions [(:id "shout" :title "Shout it" :instruction "shout")]))';
    const editor = await open(undefined, { before });
    const [initialize] = editor.sandbox.wire.of('initialize');
    expect(initialize!.message.params.initializationOptions).toMatchObject({ actions: [{ id: 'shout' }] });
    await editor.lisp('(setq quickhand-settings nil)');
    await editor.command('quickhand-restart');
    await editor.sandbox.wire.ready(2);
    expect(editor.sandbox.wire.of('initialize')[1]!.message.params.initializationOptions).not.toHaveProperty('actions');
    await editor.instruct('rename sum to amount');
    await editor.sandbox.wire.ended(1);
    expect(await editor.text()).toBe(renamed);
  });

  test('any file: the command starts the server where the mode is not on by itself', async () => {
    const editor = await open();
    await editor.lisp('(find-file "../notes.lua")');
    await editor.untilShown(/local sum/, 'the other file');
    await editor.instruct('rename sum to amount');
    await editor.sandbox.wire.ended(1);
    expect(await editor.text()).toBe('local amount = 1\nreturn amount\n');
  });

  test('no server: says how to get one', async () => {
    const editor = await open();
    await editor.lisp(`(setq quickhand-server-command '("not-there" "--stdio"))`);
    await editor.command('quickhand-restart');
    await editor.terminal.until(/no program not-there; npm install --global quickhand/, 'how to get one');
  });
});

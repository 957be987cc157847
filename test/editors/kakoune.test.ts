// Kakoune with kakoune-lsp, which checks no version and says that it has applied before it has; beside another server, by the README's lines.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { capture } from './drivers/capture.ts';
import { install } from './drivers/install.ts';
import { openKakoune } from './drivers/kakoune.ts';
import { laws } from './drivers/laws.ts';
import { gate, lines, type Script, startModel } from './drivers/model.ts';
import { baseText, inTotal, noted, sampleFile, totalBody } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';

const renamed = baseText.replaceAll(/\bsum\b/g, 'amount');

beforeAll(async () => {
  await install('kakoune');
  await install('kakoune-lsp');
});

const open = async (config?: object, base = baseText) => {
  const editor = await openKakoune(
    new Sandbox({ files: { [sampleFile]: base }, ...(config && { config }) }),
    sampleFile,
  );
  await editor.goto(inTotal);
  return { editor, ended: (count: number) => editor.sandbox.wire.ended(count) };
};

/** Notes the last word of the instruction on every line, in place of what was noted before. */
const echo: Script = ({ instruction, scope }) =>
  lines(noted(scope.replaceAll(/ \/\/ .*$/gm, ''), instruction.trim().split(/\s+/).at(-1)));

describe('Kakoune', () => {
  laws('kakoune', (sandbox) => openKakoune(sandbox, sampleFile));

  test('new user: three steps, and the third is the first edit', async () => {
    const steps = readFileSync('clients/kakoune/README.md', 'utf8')
      .split('## Install')[1]!
      .split('## ')[0]!
      .match(/^\d\. .*/gm)!;
    expect(steps.length).toBeLessThanOrEqual(3);
    const { editor, ended } = await open();
    await editor.command(/`:(quickhand [^`]*)`/.exec(steps.at(-1)!)![1]!);
    await ended(1);
    expect(await editor.text()).toBe(renamed);
  });

  test('stream: what has landed is there while it runs, and the mode line has an hourglass; the other server hears of it', async () => {
    const rest = gate();
    const config = await startModel(async function* ({ scope }) {
      const target = lines(noted(scope).replaceAll('sum', 'amount'));
      yield* target.slice(0, 5);
      await rest.opened;
      yield* target.slice(5);
    });
    const { editor, ended } = await open(config);
    await editor.instruct('note every line');
    await editor.untilShown(/let amount = 0; \/\/ noted/, 'the first line');
    await editor.untilShown(/⌛/, 'the hourglass');
    capture('clients/kakoune/capture.svg', 'An edit in Kakoune', await editor.terminal.colours());
    rest.open();
    await ended(1);
    expect(await editor.text()).toBe(baseText.replace(totalBody, noted(totalBody).replaceAll('sum', 'amount')));
    await editor.command('lsp-diagnostics');
    await editor.untilShown(/other-server: 16 lines, 0 sums/, 'what the other server reports of the new text');
  });

  test('range: the selected lines alone', async () => {
    const { editor, ended } = await open(await startModel(({ scope }) => lines(noted(scope))));
    await editor.goto(6);
    await editor.terminal.type('xJJ');
    await editor.terminal.type(' ql');
    await editor.terminal.until(/edit lines:/, 'the prompt');
    await editor.terminal.type('note it');
    await editor.terminal.press('Enter');
    await ended(1);
    expect(await editor.text()).toBe(baseText.replace("Error('negative');", "Error('negative'); // noted"));
  });

  test('directive: a comment in the code asks, and goes with the edit', async () => {
    const { editor, ended } = await open(
      undefined,
      baseText.replace('  let sum', '  // ai: rename sum to amount\n  let sum'),
    );
    await editor.goto(2);
    await editor.action('Do: rename sum to amount');
    await ended(1);
    expect(await editor.text()).toBe(renamed);
  });

  test('retry, keep, steer, revert: act on the last edit', async () => {
    const { editor, ended } = await open(await startModel(echo));
    await editor.instruct('one');
    await ended(1);
    await editor.command('quickhand-retry');
    await ended(2);
    await editor.untilShown(/let sum = 0; \/\/ one/, 'it is there again');
    await editor.command('quickhand-keep');
    await editor.sandbox.wire.until((wire) => JSON.stringify(wire.messages).includes('"kept"'), 'it is kept');
    await editor.command('quickhand-steer two');
    await editor.untilShown(/let sum = 0; \/\/ .*two/, 'the correction');
    await editor.command('quickhand-revert');
    await editor.untilGone(/two/, 'the correction is gone');
  });

  test('verify: runs the user’s check on the file of the last edit', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the server's
    const command = { command: 'sh', args: ['-c', 'echo "$1:2:3: error: no" >&2; exit 1', 'sh', '${file}'] };
    const { editor, ended } = await open({ verify: [command] });
    await editor.instruct('rename sum to amount');
    await ended(1);
    await editor.command('write');
    await editor.command('quickhand-verify');
    await editor.untilShown(/check failed/, 'what came of it');
    await editor.command('lsp-diagnostics');
    await editor.untilShown(/math\.ts:2:3: \[error\]\[quickhand\].* no/, 'the list of kakoune-lsp');
  });

  test('explain: the key writes an explanation, and it is said where', async () => {
    const { editor } = await open();
    await editor.terminal.press('Escape');
    await editor.terminal.type(' qx');
    await editor.untilShown(/the explanation is in .*\/quickhand\/explanations\//, 'where it is');
  });
});

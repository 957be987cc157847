// Helix by the lines that `quickhand doctor` prints for it: the way of a new user, and every key.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Setup } from '../../server/cli/doctor/editors.ts';
import { capture } from './drivers/capture.ts';
import { openHelix } from './drivers/helix.ts';
import { install } from './drivers/install.ts';
import { gate, lines, type Script, startModel } from './drivers/model.ts';
import { baseText, inTotal, noted, sampleFile, totalBody } from './drivers/project.ts';
import { readmeBlocks } from './drivers/readme.ts';
import { Sandbox } from './drivers/sandbox.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../dist/quickhand.js', import.meta.url));
const readme = 'clients/helix/README.md';
const renamed = baseText.replaceAll(/\bsum\b/g, 'amount');
const done = baseText.replace(totalBody, noted(totalBody));

beforeAll(async () => void (await Promise.all([install('forky'), install('trixie')])));

const open = async (suite: 'forky' | 'trixie', config?: object) => {
  const editor = await openHelix(new Sandbox({ files: { [sampleFile]: baseText }, ...(config && { config }) }), {
    suite,
    file: sampleFile,
  });
  await editor.goto(inTotal);
  const space = async (key: string) => {
    await editor.terminal.press('Space');
    await editor.terminal.type(key);
  };
  return { editor, space, ended: (count: number) => editor.sandbox.wire.ended(count) };
};

/** What the doctor prints to be put into each file of Helix, by its name. */
async function prescribed(suite: 'forky' | 'trixie'): Promise<Record<string, string>> {
  const env = { PATH: `${await install(suite)}/usr/bin`, HOME: '/' };
  const { stdout } = await run(process.execPath, [program, 'doctor', '--json'], { env });
  const { setups } = JSON.parse(stdout).editors.find(({ name }: { name: string }) => name === 'Helix');
  return Object.fromEntries(setups.map(({ into, lines }: Setup) => [into.replace('~/.config/helix/', ''), lines]));
}

describe('the lines for Helix', () => {
  test.each(['README.md', readme])(
    'the doctor prints those of %s, and for 25.01 those without arguments',
    async (path) => {
      const [languages, keys] = readmeBlocks(path === readme ? 'Configuration' : 'Helix', 'toml', path);
      const modern = await prescribed('forky');
      expect(modern).toEqual({ 'languages.toml': languages, 'config.toml': keys });
      const old = await prescribed('trixie');
      expect(old['languages.toml']).toBe(languages);
      expect(keys!.startsWith(old['config.toml']!)).toBe(true);
      expect(old['config.toml']).not.toMatch(/[{%]/);
      expect(old['config.toml']).toContain('quickhand.cancel');
    },
  );
});

describe('Helix 25.07 by its README', () => {
  test('new user: three steps, and the third is the first edit', async () => {
    const steps = readFileSync(readme, 'utf8')
      .split('## Install')[1]!
      .split('## ')[0]!
      .match(/^\d\. .*/gm)!;
    expect(steps.length).toBeLessThanOrEqual(3);
    const [, key, instruction] = /`space (\w)`, then `([^`]*)` and Enter/.exec(steps.at(-1)!)!;
    const { editor, space, ended } = await open('forky');
    await space(key!);
    await editor.untilShown(/selection_line_end}\]} ""/, 'the prompt');
    await editor.terminal.type(instruction!);
    await editor.terminal.press('Enter');
    await ended(1);
    expect(await editor.text()).toBe(renamed);
  });

  test('stream: what has landed is there while it runs, and the status line says how far it is', async () => {
    const rest = gate();
    const config = await startModel(async function* ({ scope }) {
      yield* lines(noted(scope)).slice(0, 5);
      await rest.opened;
      yield* lines(noted(scope)).slice(5);
    });
    const { editor, ended } = await open('forky', config);
    await editor.terminal.type(':set-option lsp.display-progress-messages true');
    await editor.terminal.press('Enter');
    await editor.instruct('note every line');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first line is noted');
    await editor.untilShown(/note every line.* edits? in place, \d+ characters read/, 'the words in the status line');
    capture('clients/helix/capture.svg', 'An edit in Helix', await editor.terminal.colours());
    rest.open();
    await ended(1);
    expect(await editor.text()).toBe(done);
  });

  test.each([
    ['several lines', 6, 'xxx', "Error('negative');"],
    ['the line of the cursor', 2, '', 'sum = 0;'],
  ])('range: %s, and nothing else, is sent and changed', async (_name, line, keys, changed) => {
    const { editor, space, ended } = await open('forky', await startModel(({ scope }) => lines(noted(scope))));
    await editor.goto(line);
    await editor.terminal.type(keys);
    await space('Q');
    await editor.untilShown(/"scope":"selection"} ""/, 'the prompt');
    await editor.terminal.type('note it');
    await editor.terminal.press('Enter');
    await ended(1);
    expect(await editor.text()).toBe(baseText.replace(changed, `${changed} // noted`));
  });

  test('steer: the key asks for a correction of the last edit', async () => {
    const { editor, space, ended } = await open('forky', await startModel(echo));
    await editor.instruct('one');
    await ended(1);
    await space('i');
    await editor.untilShown(/quickhand\.steer {"instruction":""}/, 'the prompt');
    await editor.terminal.type('two');
    await editor.terminal.press('Enter');
    await editor.untilShown(/\/\/ .*two/, 'the correction');
  });

  test('beside another server: it hears of what the edit does', async () => {
    const sandbox = new Sandbox({ files: { [sampleFile]: baseText } });
    sandbox.program('typescript-language-server', fileURLToPath(new URL('drivers/other-server.mjs', import.meta.url)));
    const editor = await openHelix(sandbox, { suite: 'forky', file: sampleFile });
    await editor.goto(1);
    await editor.untilShown(/other-server: 16 lines, 4 sums/, 'what the other server reports');
    await editor.instruct('rename sum to amount');
    await sandbox.wire.ended(1);
    await editor.untilShown(/other-server: 16 lines, 0 sums/, 'what it reports of the new text');
    expect(await editor.text()).toBe(renamed);
  });

  test('explain: the key opens an explanation', async () => {
    const { editor, space } = await open('forky');
    await space('l');
    await editor.untilShown(/# total/, 'the explanation');
  });
});

/** Notes the last word of the instruction on every line, in place of what was noted before. */
const echo: Script = ({ instruction, scope }) =>
  lines(noted(scope.replaceAll(/ \/\/ .*$/gm, ''), instruction.trim().split(/\s+/).at(-1)));

describe.each(['forky', 'trixie'] as const)('the keys that need no arguments (%s)', (suite) => {
  test('retry, keep, revert: act on the last edit', async () => {
    let asked = 0;
    const model = await startModel(({ scope }) => lines(noted(scope, `take ${++asked}`)));
    const { editor, space, ended } = await open(suite, model);
    await editor.action('Simplify');
    await ended(1);
    await space('t');
    await editor.untilShown(/sum = 0; \/\/ take 2/, 'the second take');
    await ended(2);
    await space('o');
    await editor.sandbox.wire.until((wire) => JSON.stringify(wire.messages).includes('"kept"'), 'it is kept');
    await space('z');
    await editor.untilGone(/take/, 'the notes are gone');
    expect(await editor.text()).toBe(baseText);
  });

  test('verify: the key runs the user’s own check on the file of the last edit', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the server's
    const command = { command: 'sh', args: ['-c', 'echo "$1:2:3: error: no" >&2; exit 1', 'sh', '${file}'] };
    const { editor, space, ended } = await open(suite, { verify: [command] });
    await editor.action('Document');
    await ended(1);
    await editor.text(); // it has to be saved
    await space('v');
    const [told] = await editor.sandbox.wire.until(
      (wire) => wire.of('textDocument/publishDiagnostics').length > 0 && wire.of('textDocument/publishDiagnostics'),
      'what the check finds',
    );
    expect(told!.message.params.diagnostics).toMatchObject([{ range: { start: { line: 1 } }, message: 'no' }]);
  });
});

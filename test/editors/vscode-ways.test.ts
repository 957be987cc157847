// What the VS Code extension adds to the server: the way of a new user, the keys, the undo steps, what is shown, the settings.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { install } from './drivers/install.ts';
import { gate, lines, startModel } from './drivers/model.ts';
import { baseText, inLabel, inTotal, noted, notes, sampleFile, totalBody } from './drivers/project.ts';
import { keep, Sandbox } from './drivers/sandbox.ts';
import { openVSCode, type VSCode, vsix } from './drivers/vscode.ts';

beforeAll(async () => {
  await install('vscode');
  await install('chromium');
});

const trimmed = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .sort();

/** Waits until a server has reported `message` of the file that is shown. */
async function untilReported({ probe }: VSCode, message: string): Promise<void> {
  const reported = () =>
    probe.run((vscode) => {
      const { uri } = vscode.window.activeTextEditor!.document;
      return vscode.languages.getDiagnostics(uri).map((one) => one.message);
    });
  await probe.changes.until(
    async () => (await reported()).includes(message),
    async () => `"${message}" is reported, of ${await reported()}`,
  );
}

describe('VS Code', () => {
  test('a new user: install the package, open a file, say what is wanted', async () => {
    const sandbox = new Sandbox({ files: { [sampleFile]: baseText } });
    const editor = await openVSCode(sandbox, { extension: vsix, tapped: false, settings: { 'editor.fontSize': 13 } });
    const { page } = editor;
    await page.keyboard.press('Control+p');
    await page.keyboard.type('math.ts');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'math.ts' }).click();
    await page.locator('.view-line', { hasText: 'let sum' }).click();
    await editor.command('Quickhand: Edit This…');
    await editor.answer('explain each step');
    await page
      .locator('#quickhand\\.quickhand\\.quickhand', { hasText: /\d edits?, \d+ ms to the first token, \d+ tokens\/s/ })
      .waitFor();
    await page.locator('.codelens-decoration', { hasText: 'Revert' }).waitFor();
    keep('vscode after an edit.png', await page.screenshot());
    expect(await editor.text()).toContain('(rehearsal) the loop');
    await editor.undo();
    expect(await editor.text()).toBe(baseText);
  });

  test('undo: an edit is one step, and what is typed meanwhile is another', async () => {
    const rest = gate();
    const config = await startModel(async function* ({ scope, instruction }) {
      if (instruction.includes('label')) return yield noted(scope);
      yield* lines(noted(scope)).slice(0, 4);
      await rest.opened;
      yield* lines(noted(scope)).slice(4);
    });
    const editor = await openVSCode(new Sandbox({ files: { [sampleFile]: baseText }, config }), { file: sampleFile });
    const undo = async () => {
      const before = await editor.text();
      await editor.undo();
      await editor.probe.changes.until(
        async () => (await editor.text()) !== before,
        () => 'undo changes the text',
      );
      return await editor.text();
    };
    const typed = (text: string) => text.replace('// notes\n', '// notesbefore\n');

    // Typing goes straight over into the edit, through it and on after it.
    await editor.goto(notes);
    await editor.page.keyboard.press('End');
    await editor.type('before');
    await editor.untilShown(/notesbefore/, 'what is typed');
    const request = editor.request('quickhand.edit', {
      textDocument: { uri: `file://${editor.file}` },
      position: { line: inTotal - 1, character: 0 },
      instruction: 'note every line',
      wait: true,
    });
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first lines are noted');
    const half = await editor.text();
    await editor.type('during');
    await editor.untilShown(/notesbeforeduring/, 'what is typed');
    const during = await editor.text();
    rest.open();
    await request;
    const whole = await editor.text();
    expect(whole).toBe(baseText.replace(totalBody, noted(totalBody)).replace('// notes\n', '// notesbeforeduring\n'));
    await editor.type('after');
    await editor.untilShown(/notesbeforeduringafter/, 'what is typed');

    expect(await undo()).toBe(whole);
    expect(await undo()).toBe(during);
    expect(await undo()).toBe(half);
    expect(await undo()).toBe(typed(baseText));
    expect(await undo()).toBe(baseText);

    // Two edits after each other are two steps.
    await editor.goto(inTotal);
    await editor.instruct('note every line');
    await editor.sandbox.wire.ended(2);
    const one = await editor.text();
    expect(one).toBe(baseText.replace(totalBody, noted(totalBody)));
    await editor.goto(inLabel);
    await editor.instruct('note the label');
    await editor.sandbox.wire.ended(3);
    expect(await editor.text()).toBe(noted(baseText));
    expect(await undo()).toBe(one);
    expect(await undo()).toBe(baseText);
  });

  test('what is in the code and above it: region, hunks; redirect, stop, keep, revert, retry; what was asked before', async () => {
    const never = gate();
    let told = 0;
    const config = await startModel(async function* ({ scope, instruction }) {
      if (instruction.includes('amount')) return yield scope.replaceAll('sum', 'amount');
      told += 4; // of ten lines: the first statement at first, and the second when asked again
      yield* lines(noted(scope)).slice(0, told);
      await never.opened;
    });
    const editor = await openVSCode(new Sandbox({ files: { [sampleFile]: baseText }, config }), { file: sampleFile });
    const { page } = editor;
    const lens = (title: string) => page.locator('.codelens-decoration a', { hasText: title });
    await editor.goto(inTotal);
    await editor.instruct('note the lines');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first line is noted');
    await lens('Stop').waitFor();
    const { region, landed } = await editor.marks();
    expect(region.sort()).toEqual(trimmed(totalBody.replace('sum = 0;', 'sum = 0; // noted')));
    expect(landed).toEqual(['let sum = 0; // noted']);
    await page.locator('#quickhand\\.quickhand\\.quickhand', { hasText: /1 edit, \d+ characters/ }).waitFor();
    const code = { x: 352, y: 36, width: 848, height: 724 };
    keep('vscode in the middle of an edit.png', await page.screenshot({ clip: code }));
    await lens('Redirect…').click();
    await editor.answer('call it amount');
    await editor.untilShown(/let amount = 0/, 'the correction');
    await lens('Keep').click();
    await lens('Keep').waitFor({ state: 'detached' });
    const kept = await editor.text();
    expect(kept.replaceAll(' // noted', '')).toBe(baseText.replaceAll('sum', 'amount'));
    expect(kept).not.toMatch(/amount \+= price; \/\/ noted/);

    await editor.goto(inTotal);
    await page.keyboard.press('Alt+q');
    await page.locator('.quick-input-list', { hasText: 'note the lines' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await editor.untilShown(/amount \+= price; \/\/ noted/, 'what was asked before');
    await lens('Stop').click();
    await lens('Retry').click();
    await editor.untilShown(/'negative'\); \/\/ noted/, 'what comes when it is asked for once more');
    await lens('Stop').click();
    await lens('Revert').waitFor();
    expect(await editor.marks()).toEqual({ region: [], landed: [] });
    await lens('Revert').click();
    await editor.probe.changes.until(
      async () => (await editor.text()) === kept,
      () => 'the text as it was kept',
    );

    // What the server refuses is said in words.
    await editor.command('Quickhand: Run My Checks');
    await page.locator('.notification-list-item', { hasText: /Quickhand: .*verify/ }).waitFor();
  });

  test('beside another server: an edit goes on behind another tab, revert undoes all of it; the selected lines alone; a comment in the code', async () => {
    const rest = gate();
    const config = await startModel(async function* ({ scope }) {
      yield* lines(noted(scope)).slice(0, 4);
      await rest.opened;
      yield* lines(noted(scope)).slice(4);
    });
    const files = { [sampleFile]: baseText, 'src/other.ts': '// ai: note it\nexport const other = 1;\n' };
    const editor = await openVSCode(new Sandbox({ files, config }), { file: sampleFile, beside: true });
    await untilReported(editor, 'other-server: 16 lines, 4 sums');
    await editor.goto(inTotal);
    await editor.instruct('note every line');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first lines are noted');
    await editor.show('src/other.ts');
    rest.open();
    expect(await editor.sandbox.wire.ended(1)).toMatch(/edits? in/);
    expect(await editor.text()).toBe(files['src/other.ts']);
    await editor.show(sampleFile);
    expect(await editor.text()).toBe(baseText.replace(totalBody, noted(totalBody)));
    await editor.revert();
    await editor.untilGone(/noted/, 'the notes are gone');
    expect(await editor.text()).toBe(baseText);

    await editor.goto(7);
    await editor.page.keyboard.press('Shift+End');
    await editor.instruct('note it');
    await editor.untilShown(/noted/, 'the note');
    expect(await editor.sandbox.wire.ended(2)).toMatch(/^1 edit in/);
    expect(await editor.text()).toBe(baseText.replace("Error('negative');", "Error('negative'); // noted"));

    await editor.show('src/other.ts');
    await editor.goto(1);
    await editor.action('Do: note it');
    await editor.sandbox.wire.ended(3);
    expect(await editor.text()).toBe('export const other = 1; // noted\n');
    await untilReported(editor, 'other-server: 1 lines, 0 sums');
  });

  test('verify: runs the user’s check; an offer is applied; explain opens beside the code, the server can be started anew, the first steps are told', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the server's
    const check = { command: 'sh', args: ['-c', 'echo "$1:2:3: error: no" >&2; exit 1', 'sh', '${file}'] };
    const sandbox = new Sandbox({ files: { [sampleFile]: baseText }, config: { verify: [check] } });
    const editor = await openVSCode(sandbox, { file: sampleFile });
    await editor.command('Quickhand: Restart the Server');
    await editor.sandbox.wire.ready(2);
    await editor.goto(inTotal);
    await editor.instruct('rename sum to amount');
    await editor.untilShown(/return amount/, 'the edit of the new server');
    await editor.page.keyboard.press('Control+s');
    await editor.command('Quickhand: Run My Checks');
    await editor.page.locator('.notification-list-item', { hasText: /check failed/ }).waitFor();
    await untilReported(editor, 'no');
    await editor.request('quickhand.edit', {
      textDocument: { uri: `file://${editor.file}` },
      position: { line: inTotal - 1, character: 0 },
      instruction: 'rename amount to sum',
      lane: 'deep',
      wait: true,
    });
    expect(await editor.text()).toContain('amount');
    await editor.page.locator('.codelens-decoration a', { hasText: 'Apply' }).click();
    await editor.untilShown(/return sum/, 'what was offered');
    await editor.command('Quickhand: Explain This…');
    await editor.answer('');
    await editor.untilShown(/rehearsal/i, 'the explanation');
    await editor.command('Quickhand: Get Started');
    await editor.page.getByText('Say what you want', { exact: true }).first().waitFor();
    keep('vscode walkthrough.png', await editor.page.screenshot());
  });

  test('settings: those of a workspace say nothing of where code goes, defaults do not overrule the user’s file', async () => {
    const settings = {
      'quickhand.lanes': { fast: 'cerebras/evil' },
      'quickhand.guardrails.maxScopeLines': 1,
      'quickhand.client.command': ['false'],
      'quickhand.delivery': 'stream',
    };
    const sandbox = new Sandbox({
      files: { [sampleFile]: baseText, '.vscode/settings.json': JSON.stringify(settings) },
      config: { guardrails: { imports: 'never' } },
    });
    const editor = await openVSCode(sandbox, {
      file: sampleFile,
      settings: { 'quickhand.guardrails.maxChangedLines': 7 },
    });
    const answer = await sandbox.wire.until((wire) => {
      const asked = wire.of('workspace/configuration')[0]?.message;
      return (
        asked &&
        wire.messages.find(({ from, message }) => from === 'editor' && message.id === asked.id && 'result' in message)
      );
    }, 'the settings');
    expect(answer.message.result).toEqual([{ guardrails: { maxChangedLines: 7 }, delivery: 'stream' }]);
    const status = await editor.request<{ lanes: { fast: { rehearsal: boolean } } }>('quickhand.status', {});
    expect(status.lanes.fast.rehearsal).toBe(true);
  });

  test('every setting of the schema has its field, with the words of the schema', () => {
    const schema = JSON.parse(readFileSync(new URL('../../server/config/schema.json', import.meta.url), 'utf8'));
    const manifest = JSON.parse(
      readFileSync(new URL('../../dist-vscode/extension/package.json', import.meta.url), 'utf8'),
    );
    const { properties } = manifest.contributes.configuration;
    for (const key of Object.keys(schema.properties).filter(
      (name) => !['$schema', 'events', 'joinsUndo'].includes(name),
    )) {
      const fields = Object.keys(properties).filter(
        (name) => name === `quickhand.${key}` || name.startsWith(`quickhand.${key}.`),
      );
      expect(fields.length, key).toBeGreaterThan(0);
    }
    for (const name of ['lanes', 'providers', 'verify', 'actions', 'trace', 'guardrails.secrets', 'client.command']) {
      expect(properties[`quickhand.${name}`].scope, name).toBe('machine');
    }
    expect(JSON.stringify(properties)).not.toContain('$ref');
  });
});

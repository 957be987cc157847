// CodeMirror with its own LSP client: what the README's lines make of it, and what the server says where they are missing.
import { beforeAll, describe, expect, test } from 'vitest';
import { openCodeMirror } from './drivers/codemirror.ts';
import { install } from './drivers/install.ts';
import { lines, type Script, startModel } from './drivers/model.ts';
import { baseText, inTotal, noted, sampleFile, totalBody } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';
import { steadily, stormOutside } from './drivers/storm.ts';
import { fileWith, nothing } from './drivers/storm-text.ts';

beforeAll(async () => {
  await install('chromium');
  await install('codemirror');
});

const editCount = 60;

async function start(script: Script, text: string, bare = false) {
  const sandbox = new Sandbox({ files: { [sampleFile]: text }, config: await startModel(script) });
  return await openCodeMirror(sandbox, { file: sampleFile, text, bare });
}

describe('CodeMirror', () => {
  test('an edit lands, and is reverted by undo, or in one step', async () => {
    const editor = await start(({ scope }) => lines(noted(scope)), baseText);
    await editor.ask(inTotal);
    expect(await editor.sandbox.wire.ended(1)).toMatch(/^\d+ edits? in /);
    expect(await editor.text()).toBe(baseText.replace(totalBody, noted(totalBody)));
    for (let steps = 0; steps < 2 && (await editor.text()) !== baseText; steps++) await editor.undo();
    expect(await editor.text()).toBe(baseText);
    await editor.ask(inTotal);
    await editor.sandbox.wire.ended(2);
    await editor.revert();
    await editor.sandbox.wire.until(async () => (await editor.text()) === baseText, 'all is reverted');
  });

  test(`${editCount} edits while somebody types below, above and in front of them`, { timeout: 300_000 }, async () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
    process.stdout.write(`storm: SEED=${seed}\n`);
    const editor = await start(steadily(), fileWith(nothing));
    expect(await stormOutside({ editor, edits: editCount, seed })).toBeGreaterThan(editCount);
  });

  test('without the lines it accepts no edits: that is said once for all, and the menu explains', async () => {
    const editor = await start(({ scope }) => lines(noted(scope)), baseText, true);
    await editor.request('quickhand.edit', { position: { line: 3, character: 4 }, instruction: 'note' });
    const { wire } = editor.sandbox;
    const refused = /failed: .*accepts no edits.*applyEdit/;
    await wire.until(
      () => wire.of('window/showMessage').some(({ message }) => refused.test(message.params.message)),
      'it is said',
    );
    expect((await editor.actions(inTotal)).map(({ title }) => title)).toEqual(['Explain']);
    expect(wire.of('workspace/applyEdit')).toHaveLength(1);
    expect(await editor.text()).toBe(baseText);
  });
});

// Helix 25.01: its commands take no arguments, and it sends changes out of order. The menu and a directive in the code do everything.
import { beforeAll, describe, expect, test } from 'vitest';
import { openHelix } from './drivers/helix.ts';
import { install } from './drivers/install.ts';
import { gate, lines, startModel } from './drivers/model.ts';
import { baseText, expectSound, inTotal, noted, notes, sampleFile, totalBody } from './drivers/project.ts';
import { keep, Sandbox } from './drivers/sandbox.ts';

const suite = 'trixie';
beforeAll(async () => void (await install(suite)));

describe('Helix 25.01', () => {
  test('a directive in the code is run from the menu and removed by the same edit', async () => {
    const directed = baseText.replace('  let sum', '  // ai: rename sum to amount\n  let sum');
    const sandbox = new Sandbox({ files: { [sampleFile]: directed } });
    const editor = await openHelix(sandbox, { suite, file: sampleFile });
    await editor.goto(2);
    await editor.action('Do: rename sum to amount');
    await sandbox.wire.ended(1);
    expect(await editor.text()).toBe(baseText.replaceAll(/\bsum\b/g, 'amount'));
    keep('helix-old after a directive.txt', await editor.screen());
  });

  test('the key for cancel stops an edit, the key for revert reverts it', async () => {
    const rest = gate();
    const config = await startModel(async function* ({ scope }) {
      yield* lines(noted(scope)).slice(0, 4);
      await rest.opened;
    });
    const sandbox = new Sandbox({ files: { [sampleFile]: baseText }, config });
    const editor = await openHelix(sandbox, { suite, file: sampleFile });
    await editor.goto(inTotal);
    await editor.action('Simplify');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first line is noted');
    await editor.stop();
    await sandbox.wire.ended(1);
    rest.open();
    await expectSound(await editor.text());
    await editor.revert();
    await editor.untilGone(/ \/\/ noted/, 'the notes are gone');
    expect(await editor.text()).toBe(baseText);
  });

  test('typing elsewhere in the middle of an edit keeps every character, although changes come out of order', async () => {
    const rest = gate();
    const config = await startModel(async function* ({ scope }) {
      yield* lines(noted(scope)).slice(0, 4);
      await rest.opened;
      yield* lines(noted(scope)).slice(4);
    });
    const sandbox = new Sandbox({ files: { [sampleFile]: baseText }, config });
    const editor = await openHelix(sandbox, { suite, file: sampleFile });
    await editor.goto(inTotal);
    await editor.action('Simplify');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first line is noted');
    const typing = editor.typeBelow(notes + 1, 'typed while it runs, and never lost;');
    rest.open();
    await typing;
    await sandbox.wire.ended(1);
    await editor.endTyping();
    const typed = baseText.replace('// notes\n\n', '// notes\n\ntyped while it runs, and never lost;\n');
    expect(await editor.text()).toBe(typed.replace(totalBody, noted(totalBody)));
  });
});

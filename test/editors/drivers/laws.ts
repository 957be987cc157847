// What holds in every editor: the tests that run through the Editor interface alone.
import { expect, test } from 'vitest';
import type { Editor } from './editor.ts';
import { gate, lines, type Script, startModel } from './model.ts';
import {
  baseText,
  expectSound,
  inLabel,
  inTotal,
  linesBetween,
  noted,
  notes,
  sampleFile,
  totalBody,
} from './project.ts';
import { keep, Sandbox } from './sandbox.ts';
import { promisedUndoSteps } from './undo-table.ts';

/** Registers the tests. `open` starts the editor on the project's file. */
export function laws(name: string, open: (sandbox: Sandbox) => Promise<Editor>): void {
  const start = async (script?: Script) => {
    const config = script && (await startModel(script));
    return await open(new Sandbox({ files: { [sampleFile]: baseText }, ...(config && { config }) }));
  };
  const ended = (editor: Editor, count: number) => editor.sandbox.wire.ended(count);

  test('an instruction of the user renames exactly what it says', async () => {
    const editor = await start();
    await editor.goto(inTotal);
    await editor.instruct('rename sum to amount');
    await ended(editor, 1);
    expect(await editor.text()).toBe(baseText.replaceAll(/\bsum\b/g, 'amount'));
    keep(`${name} after a rename.txt`, await editor.screen());
  });

  test('an action from the menu leaves the model’s text', async () => {
    const editor = await start(({ scope }) => lines(noted(scope)));
    await editor.goto(inTotal);
    await editor.action('Simplify');
    await ended(editor, 1);
    expect(await editor.text()).toBe(baseText.replace(totalBody, noted(totalBody)));
  });

  test('an edit shows before its answer is whole, and undo reverts it in as many steps as the README says', async () => {
    const rest = gate();
    // The last lines stay as they were: what is above them is certain before the answer ends, so that all of it lands at once.
    const goal = (text: string) => noted(text).replaceAll(/(return .*;) \/\/ noted/g, '$1');
    const editor = await start(async function* ({ scope }) {
      const answer = lines(goal(scope));
      yield* answer.slice(0, 3);
      await rest.opened;
      yield answer.slice(3).join('');
    });
    await editor.goto(inTotal);
    await editor.instruct('note every line');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first lines are noted');
    keep(`${name} in the middle of an edit.txt`, await editor.screen());
    rest.open();
    await ended(editor, 1);
    expect(await editor.text()).toBe(baseText.replace(totalBody, goal(totalBody)));
    expect(editor.sandbox.wire.changes()).toEqual([1, 2]); // as the README has it: three changes in two parts

    const promised = promisedUndoSteps(name);
    for (let step = 1; step <= promised; step++) {
      expect(await editor.text(), `before step ${step}`).not.toBe(baseText);
      await editor.undo();
    }
    expect(await editor.text()).toBe(baseText);
  });

  test('cancel in the middle leaves sound code, nothing comes later, revert restores exactly', async () => {
    const editor = await start();
    await editor.goto(inTotal);
    await editor.instruct('slowly explain each step of this');
    await editor.untilShown(/\(rehearsal\)/, 'the first comment');
    await editor.stop();
    await ended(editor, 1);
    const cancelled = await editor.text();
    expect(cancelled).not.toBe(baseText);
    await expectSound(cancelled);

    // Another edit, start to end: anything of the first that was still on its way would be there by now.
    const shift = cancelled.split('\n').length - baseText.split('\n').length;
    await editor.goto(inLabel + shift);
    await editor.instruct('rename name to title');
    await ended(editor, 2);
    expect(await editor.text()).toBe(cancelled.replaceAll(/\bname\b/g, 'title'));

    await editor.revert();
    await editor.untilShown(/label\(name: string\)/, 'the old name is back');
    expect(await editor.text()).toBe(cancelled);
  });

  test('revert undoes a whole edit', async () => {
    const editor = await start();
    await editor.goto(inTotal);
    await editor.instruct('explain this');
    await ended(editor, 1);
    expect(await editor.text()).toContain('(rehearsal)');
    await editor.revert();
    await editor.untilGone(/\(rehearsal\)/, 'the comments are gone');
    expect(await editor.text()).toBe(baseText);
  });

  test('typing elsewhere in the middle of an edit keeps every character, and the edit is whole', async () => {
    const rest = gate();
    const editor = await start(async function* ({ scope }) {
      yield* lines(noted(scope)).slice(0, 4);
      await rest.opened;
      yield* lines(noted(scope)).slice(4);
    });
    await editor.goto(inTotal);
    await editor.instruct('note every line');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first lines are noted');
    const typing = editor.typeBelow(notes + 1, 'typed while it runs, and never lost;');
    rest.open();
    await typing;
    await ended(editor, 1);
    await editor.untilShown(/never lost;/, 'every key has arrived');
    await editor.endTyping();
    const typed = baseText.replace('// notes\n\n', '// notes\n\ntyped while it runs, and never lost;\n');
    expect(await editor.text()).toBe(typed.replace(totalBody, noted(totalBody)));
  });

  test('typing inside interrupts the edit, and every line is the old one or the new one', async () => {
    const rest = gate();
    const editor = await start(async function* ({ scope }) {
      yield* lines(noted(scope)).slice(0, 4);
      await rest.opened;
      yield* lines(noted(scope)).slice(4);
    });
    await editor.goto(inTotal);
    await editor.instruct('note every line');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first lines are noted');
    await editor.typeBelow(8, 'mine();');
    await ended(editor, 1); // by the first key; the others may be on their way through the editor yet
    rest.open();
    await editor.untilShown(/^.* mine\(\);/m, 'every key has arrived');
    await editor.endTyping();
    const text = await editor.text();
    expect(text.match(/^ *mine\(\);\n/m), text).not.toBeNull();
    const others = text.replace(/^ *mine\(\);\n/m, '');
    expect(linesBetween(others, baseText, noted(baseText)), text).toBe(true);
    await expectSound(text);
    await editor.revert();
    await editor.untilGone(/ \/\/ noted/, 'the notes are gone');
    expect((await editor.text()).replace(/^ *mine\(\);\n/m, '')).toBe(baseText);
  });

  test('undo in the middle stops the edit, and the next one works', async () => {
    const rest = gate();
    const editor = await start(async function* ({ scope, instruction }) {
      if (instruction.includes('label')) return yield scope.replaceAll('name', 'title');
      yield* lines(noted(scope)).slice(0, 4);
      await rest.opened;
      yield* lines(noted(scope)).slice(4);
    });
    await editor.goto(inTotal);
    await editor.instruct('note every line');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first lines are noted');
    // An editor that holds its changes back must have told of the hunk: else the server can't know an undo from a lost edit.
    await editor.sandbox.wire.until((wire) => wire.told().includes('// noted'), 'the editor tells of the first hunk');
    await editor.undo();
    await ended(editor, 1);
    rest.open();
    const stopped = await editor.text();
    expect(linesBetween(stopped, baseText, noted(baseText)), stopped).toBe(true);
    expect(stopped).not.toBe(baseText.replace(totalBody, noted(totalBody)));
    await editor.goto(inLabel);
    await editor.instruct('label the title');
    await ended(editor, 2);
    expect(await editor.text()).toBe(stopped.replaceAll(/\bname\b/g, 'title'));
  });
}

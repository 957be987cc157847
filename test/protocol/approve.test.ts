// Imports that an edit needs: proposed, let in only when approved, once, and reverted with the edit.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClientOptions, TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import { inWorld, sharedWorld, type World } from '../client/world.ts';
import { firstAfter, firstDone, otherAfter, otherBefore, sampleText } from './samples.ts';

const inShared = sharedWorld();

const importLine = "import { trim } from 'strings';";
const withImport = firstDone.replace("from './log';\n", `from './log';\n${importLine}\n`);

/** An edit of `first` that has ended, and proposed `lines`. */
const proposing = async ({ client, model }: World, lines: readonly string[] = [importLine], text = sampleText) => {
  const document = client.open(text);
  const edit = await client.edit(document, 'list[0]');
  (await model.next()).answer(lines.map((line) => `<import>${line}</import>\n`).join('') + firstAfter);
  expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  return { document, edit };
};

const approve = (client: TestClient, item: unknown = importLine, more = {}) =>
  client.command('quickhand.approve', { item, ...more });

const menu = async (client: TestClient, document: TestDocument) => {
  const actions = await client.codeActions(document, document.rangeOf('head'));
  return actions.filter(({ title }) => title.startsWith('Add import'));
};

describe('a proposed import', () => {
  test('is not in the buffer; it is said and offered', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await proposing(world);
      expect(document.text).toBe(firstDone);
      const { message } = await client.takeMessage(/proposed/);
      expect(message).toBe(`Quickhand: proposed: ${importLine}`);
      const [action, ...others] = await menu(client, document);
      expect(others).toEqual([]);
      expect(action).toMatchObject({
        title: `Add import: ${importLine}`,
        kind: 'quickfix',
        command: { command: 'quickhand.approve', arguments: [{ editId: edit.editId, item: importLine }] },
      });
    }));

  test('is let in below the others when approved, and is not offered any more', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await proposing(world);
      await client.takeMessage(/proposed/);
      const before = document.undoSteps;
      const [action] = await menu(client, document);
      expect(await client.command(action!.command.command, ...action!.command.arguments)).toEqual({
        editId: edit.editId,
        outcome: 'approved',
      });
      await client.untilText(document, withImport);
      expect(document.undoSteps).toBe(before + 1);
      expect(await menu(client, document)).toEqual([]);
      expect(await approve(client)).toMatchObject({ outcome: 'unchanged' });
      expect(document.text).toBe(withImport);
    }));

  test('is let in once, however often it is approved', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document } = await proposing(world, [importLine, "import { b } from 'b';"]);
      await client.takeMessage(/proposed/);
      await Promise.all([approve(client), approve(client), approve(client, "import { b } from 'b';"), approve(client)]);
      await client.untilText(document, withImport.replace(importLine, `${importLine}\nimport { b } from 'b';`));
      expect(await approve(client)).toMatchObject({ outcome: 'unchanged' });
    }));

  test('goes with the edit when that is reverted, and what the user typed stays', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await proposing(world);
      await client.takeMessage(/proposed/);
      await approve(client);
      await client.untilText(document, withImport);
      document.typeBefore('import', '// mine\n');
      expect(await edit.revert()).toMatchObject({ outcome: 'reverted' });
      await client.untilText(document, `// mine\n${sampleText}`);
      expect(await edit.revert()).toMatchObject({ outcome: 'unchanged' });
    }));

  test('stays if the user has changed it', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await proposing(world);
      await client.takeMessage(/proposed/);
      await approve(client);
      await client.untilText(document, withImport);
      document.typeAfter("from 'str", 'XX');
      await edit.revert();
      await client.untilText(
        document,
        sampleText.replace("'./log';\n", `'./log';\n${importLine.replace("'str", "'strXX")}\n`),
      );
    }));

  test('goes to the top where there is none yet', () =>
    inShared(async (world) => {
      const text = sampleText.slice(sampleText.indexOf('export'));
      const { document } = await proposing(world, [importLine], text);
      await world.client.takeMessage(/proposed/);
      await approve(world.client);
      await world.client.untilText(document, `${importLine}\n\n${firstDone.slice(firstDone.indexOf('export'))}`);
    }));

  test('keeps the line ends of Windows', () =>
    inShared(async (world) => {
      const { document } = await proposing(world, [importLine], sampleText.replaceAll('\n', '\r\n'));
      await world.client.takeMessage(/proposed/);
      await approve(world.client);
      await world.client.untilText(document, withImport.replaceAll('\n', '\r\n'));
    }));

  test('in Python', () =>
    inShared(async ({ client, model }) => {
      const document = client.open('"""Doc."""\n\ndef f(x):\n    return x\n', { name: 'a.py', languageId: 'python' });
      await writeFile(join(client.folder, 'pyproject.toml'), '[project]\ndependencies = ["requests>=2"]\n');
      const edit = await client.edit(document, 'return');
      const lines = ['from json import dumps', 'import requests', 'import yaml'];
      const answer = lines.map((line) => `<import>${line}</import>\n`).join('');
      (await model.next()).answer(`${answer}def f(x):\n    return dumps(x)\n`);
      await edit.end();
      const { message } = await client.takeMessage(/proposed/);
      expect(message).toBe(
        'Quickhand: proposed: from json import dumps; import requests; import yaml (pyyaml is not in pyproject.toml)',
      );
      await approve(client, 'from json import dumps');
      await client.untilText(document, '"""Doc."""\n\nfrom json import dumps\n\ndef f(x):\n    return dumps(x)\n');
    }));

  test('of a package that the project does not depend on is named', () =>
    inShared(async (world) => {
      const { client } = world;
      await writeFile(join(client.folder, 'package.json'), '{"dependencies": {"known": "1"}}');
      await proposing(world, ["import a from 'known/sub';", importLine, "import fs from 'node:fs';"]);
      const { message } = await client.takeMessage(/proposed/);
      const said = [
        "import a from 'known/sub';",
        `${importLine} (strings is not in package.json)`,
        "import fs from 'node:fs';",
      ];
      expect(message).toBe(`Quickhand: proposed: ${said.join('; ')}`);
    }));
});

describe('what is not let in', () => {
  test('what the file imports already is not even proposed', () =>
    inShared(async (world) => {
      const { document } = await proposing(world, ["import { log } from './log'"]);
      expect(await menu(world.client, document)).toEqual([]);
      expect(await approve(world.client, "import { log } from './log'")).toMatchObject({ outcome: 'unchanged' });
    }));

  test('nothing, with guardrails.imports: never', () => {
    const options: ClientOptions = { initializationOptions: { guardrails: { imports: 'never' } } };
    return inWorld(options, async (world) => {
      const { document } = await proposing(world);
      expect(await menu(world.client, document)).toEqual([]);
      await expect(approve(world.client)).rejects.toThrow(/^item: not proposed; edit-1 proposes nothing$/);
    });
  });

  test('what is more than an import', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document } = await proposing(world, ["import a from 'a'; steal();"]);
      await client.takeMessage(/a proposed import was dropped: not one import statement/);
      expect(await menu(client, document)).toEqual([]);
    }));

  test('what nobody proposed, or an edit that is not there', () =>
    inShared(async (world) => {
      const { client } = world;
      await proposing(world);
      await client.takeMessage(/proposed/);
      await expect(approve(client, "import b from 'b'")).rejects.toThrow(
        `item: not proposed; choose one of ${importLine}`,
      );
      await expect(approve(client, null)).rejects.toThrow(/^item: expected the import/);
      await expect(approve(client, 3)).rejects.toThrow('item: expected a string, got a number');
      await expect(approve(client, importLine, { editId: 'edit-999' })).rejects.toThrow(
        'editId: there is no edit "edit-999"',
      );
    }));

  test('anything, once the edit was reverted or its document closed', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document, edit } = await proposing(world);
      await client.takeMessage(/proposed/);
      await edit.revert();
      await client.untilText(document, sampleText);
      expect(await menu(client, document)).toEqual([]);
      client.closeDocument(document);
      await expect(approve(client)).rejects.toThrow(/the document of edit-\d+ was closed/);
    }));

  test('an editor that refuses it: said', () =>
    inShared(async (world) => {
      const { client } = world;
      const { document } = await proposing(world);
      await client.takeMessage(/proposed/);
      await approve(client);
      client.closeDocument(document);
      await client.takeMessage(/^Quickhand: the import could not be added: the document was closed$/);
    }));
});

test('beside a running edit, while the user types', () =>
  inShared(async (world) => {
    const { client, model } = world;
    const { document, edit } = await proposing(world);
    await client.takeMessage(/proposed/);
    const other = await client.edit(document, 'value * 2');
    const call = await model.next();
    document.typeBefore('import', '// mine\n');
    await approve(client, importLine, { editId: edit.editId });
    document.typeAfter("'./log';\n", '// mine too\n');
    await client.until('the import', () => document.text.includes(importLine) || undefined);
    call.answer(otherAfter);
    expect(await other.end()).toMatchObject({ outcome: 'completed' });
    const expected = `// mine\n${withImport.replace(otherBefore, otherAfter)}`;
    expect(document.text.replace('// mine too\n', '')).toBe(expected);
  }));

test('waits for an edit of the whole file', () =>
  inShared(async (world) => {
    const { client, model } = world;
    const { document, edit } = await proposing(world);
    await client.takeMessage(/proposed/);
    const whole = await client.edit(document, 'import', { scope: 'module' });
    const call = await model.next();
    expect(await approve(client, importLine, { editId: edit.editId })).toMatchObject({ outcome: 'approved' });
    await client.command('quickhand.status');
    expect(document.text).toBe(firstDone);
    call.answer('<no-change/>');
    expect(await whole.end()).toMatchObject({ outcome: 'completed' });
    await client.untilText(document, withImport);
  }));

test('on its way out, it is waited for by an edit of the whole file', () =>
  inShared(async (world) => {
    const { client, model } = world;
    const { document, edit } = await proposing(world);
    await client.takeMessage(/proposed/);
    await approve(client);
    await client.untilText(document, withImport);
    const [, whole] = await Promise.all([edit.revert(), client.edit(document, 'import', { scope: 'module' })]);
    const call = await model.next();
    expect(document.text).toBe(sampleText);
    call.answer(firstDone.replace(/\n+$/, ''));
    expect(await whole.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(firstDone);
  }));

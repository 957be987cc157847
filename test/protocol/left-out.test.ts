// An answer that leaves code out: the comment is quoted, nothing of it stays, and the retry asks for the code in full.

import { expect, test } from 'vitest';
import type { TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import { inWorld, sharedWorld } from '../client/world.ts';

const inShared = sharedWorld();

const before = 'function all(x) {\n  const a = x[0];\n  const b = x[1];\n  const d = x[2];\n  return a;\n}';
const short = 'function all(x) {\n  const a = x[0];\n  // 其余代码不变\n  return a + 1;\n}';
const after = before.replace('return a;', 'return a + 1;');
const reason = 'the answer leaves code out: // 其余代码不变 (in place of 2 lines)';

async function retryOf(client: TestClient, document: TestDocument) {
  const actions = await client.codeActions(document, document.rangeOf('x[0]'));
  const { title, command } = actions.find((action) => action.title.startsWith('Retry'))!;
  const run = async () => {
    const { editId } = await client.command<{ editId: string }>(command.command, ...command.arguments);
    return client.handle(editId);
  };
  return { title, run };
}

test.each([
  ['with a grammar', 'typescript', 'a.ts'],
  ['without', 'zig', 'a.zig'],
])('the reason quotes it, %s; the retry says what is wanted', (_, languageId, name) =>
  inShared(async ({ client, model }) => {
    const document = client.open(before, { name, languageId });
    const edit = await client.edit(document, 'x[0]');
    (await model.next()).answer(short);
    expect(await edit.end()).toMatchObject({ outcome: 'rejected', reason, state: 'reverted' });
    await client.takeMessage(/leaves code out/);
    await client.untilText(document, before);
    const retry = await retryOf(client, document);
    expect(retry.title).toBe('Retry, and write it out in full: do it');
    const again = await retry.run();
    const call = await model.next();
    expect(call.prompt).toMatch(
      /<instruction>do it\n\nYour last answer left code out: .*其余代码不变.* Write it out in full/,
    );
    call.answer(after);
    expect(await again.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(after);
  }),
);

test('a retry that leaves out the same is taken', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(before);
    const edit = await client.edit(document, 'x[0]');
    (await model.next()).answer(short);
    await edit.end();
    await client.takeMessage(/leaves code out/);
    await client.untilText(document, before);
    const again = await (await retryOf(client, document)).run();
    (await model.next()).answer(short);
    expect(await again.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(short);
  }));

test('a retry that leaves out other code is not; nor does an ordinary one ask for anything more', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(before);
    const edit = await client.edit(document, 'x[0]');
    (await model.next()).answer(short);
    await edit.end();
    await client.takeMessage(/leaves code out/);
    await client.untilText(document, before);
    const again = await (await retryOf(client, document)).run();
    (await model.next()).answer('function all(x) {\n  // wie gehabt\n  const d = x[2];\n  return a;\n}');
    expect(await again.end()).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('wie gehabt') });
    await client.takeMessage(/wie gehabt/);
    await client.untilText(document, before);
    const third = await (await retryOf(client, document)).run();
    const call = await model.next();
    expect(call.prompt).toMatch(/do it\n\nYour last answer left code out: .*wie gehabt/);
    expect(call.prompt).not.toContain('其余代码不变');
    call.answer('<refuse>no</refuse>');
    await third.end();
    await client.takeMessage(/refused/);
    expect((await retryOf(client, document)).title).toBe('Retry: do it');
  }));

test('placeholders: "allow" takes it at once', () =>
  inWorld({ initializationOptions: { guardrails: { placeholders: 'allow' } } }, async ({ client, model }) => {
    const document = client.open(before);
    const edit = await client.edit(document, 'x[0]');
    (await model.next()).answer(short);
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(short);
  }));

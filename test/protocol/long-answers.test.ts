// Answers without an end: they are stopped where they are too long, the model's stream is closed, and what had landed is reverted.

import { expect, test } from 'vitest';
import { sharedWorld } from '../client/world.ts';
import { firstAfter, firstDone, sampleText } from './samples.ts';

const inShared = sharedWorld();

test('one that says the same again and again is stopped long before its bound', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]');
    const call = await model.next();
    const line = '  if (list.length > 1) log(list);\n';
    call.say(firstAfter.slice(0, firstAfter.indexOf('\n') + 1));
    for (let n = 0; n < 70; n++) call.say(line);
    expect(await edit.end()).toMatchObject({
      outcome: 'rejected',
      reason: expect.stringMatching(/^the answer repeats itself: "if \(list\.length > 1\) log\(list\);/),
    });
    await client.takeMessage(/repeats itself/);
    await client.untilText(document, sampleText);
  }));

test.each<[string, string, RegExp]>([
  ['the same lines over and over', '  if (list) {\n  log(list);\n'.repeat(3000), /maxChangedLines|longer than/],
  ['one line without an end', 'x'.repeat(1_000_000), /longer than/],
  ['a million line breaks', '\n'.repeat(1_000_000), /longer than/],
  ['brackets', '['.repeat(100_000), /longer than/],
])('%s', (_name, answer, reason) =>
  inShared(async ({ client, model }) => {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]');
    (await model.next()).say(answer).done();
    expect(await edit.end()).toMatchObject({ outcome: 'rejected', reason: expect.stringMatching(reason) });
    await client.takeMessage(reason);
    await client.untilText(document, sampleText);
    const next = await client.edit(document, 'list[0]');
    (await model.next()).answer(firstAfter);
    expect(await next.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(firstDone);
  }),
);

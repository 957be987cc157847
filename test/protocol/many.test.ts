// Fifty edits at once, one in each of fifty documents: none waits for the end of another, and all come out right.

import { expect, test } from 'vitest';
import { lying } from '../client/behaviours/lying.ts';
import { replyFirst } from '../client/behaviours/reply-first.ts';
import { strict } from '../client/behaviours/strict.ts';
import type { Call } from '../client/puppet.ts';
import { inWorld } from '../client/world.ts';
import { firstDone, firstParts, sampleText } from './samples.ts';

const many = 50;
/** Answers under way at any time: fewer than a provider is asked for at once, and few enough that none is silent for long on a slow machine. */
const sideBySide = 4;
const [PART_1 = '', ...REST] = firstParts;

test.each([strict(), lying(), replyFirst()])('$name', (behaviour) =>
  inWorld({ behaviour }, async ({ client, model }) => {
    const documents = Array.from({ length: many }, (_, i) => client.open(sampleText, { name: `sample-${i}.ts` }));
    const edits = await Promise.all(documents.map((document) => client.edit(document, 'list[0]')));
    const begun = () => edits.filter(({ hunks }) => hunks.length > 0).length;
    const open: Call[] = [];
    const finish = () => open.shift()?.say(REST.join('')).done();
    for (let i = 1; i <= many; i++) {
      open.push((await model.next()).say(PART_1));
      // It lands while the others are under way.
      await client.until(`a hunk of ${i} edits`, () => begun() >= i || undefined);
      if (i >= sideBySide) finish();
    }
    while (open.length > 0) finish();
    const ends = await Promise.all(edits.map((edit) => edit.end()));
    expect(new Set(ends.map(({ outcome }) => outcome))).toEqual(new Set(['completed']));
    expect(new Set(documents.map(({ text }) => text))).toEqual(new Set([firstDone]));
  }),
);

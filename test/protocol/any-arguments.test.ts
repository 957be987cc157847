// Whatever is sent to a command: it is answered once, what is wrong is said in words, and the server goes on.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { sharedWorld } from '../client/world.ts';
import { sampleText } from './samples.ts';

const inShared = sharedWorld();
const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);

const names = ['edit', 'cancel', 'keep', 'revert', 'steer', 'retry', 'explain', 'verify', 'approve', 'status'];

const odd = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '', ' ', '__proto__', 'edit-1', 'fast', [], {}, [[]], { length: 1 }),
  fc.string({ maxLength: 8 }),
  fc.integer(),
);
const position = fc.record({ line: odd, character: odd }, { requiredKeys: [] });
const field = fc.oneof(
  odd,
  position,
  fc.record({ start: fc.oneof(position, odd), end: fc.oneof(position, odd) }, { requiredKeys: [] }),
  fc.record({ uri: fc.oneof(odd, fc.constant('file:///not/open.ts')) }, { requiredKeys: [] }),
);
const rest =
  'range action scope lane delivery wait editId revert question item directive diagnostics path line sel'.split(' ');
const seldom = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, arbitrary);

/** Also such as are right, for the document with this uri. */
const fieldsFor = (uri: string) =>
  fc.record(
    {
      textDocument: fc.oneof({ weight: 3, arbitrary: fc.constant({ uri }) }, field),
      position: fc.oneof({ weight: 3, arbitrary: fc.constant({ line: 3, character: 2 }) }, field),
      instruction: fc.oneof({ weight: 3, arbitrary: fc.constant('do it') }, odd),
      ...Object.fromEntries(rest.map((name) => [name, seldom(name === 'range' ? field : odd)])),
    },
    { requiredKeys: ['textDocument', 'position', 'instruction'] },
  );

test(
  'no argument of any command brings out anything but an answer or InvalidParams in words',
  { timeout: 60_000 },
  () =>
    inShared(async ({ client, model }) => {
      model.always((call) => call.answer('<no-change/>'));
      const document = client.open(sampleText);
      let refused = 0;
      const args = fc.array(fc.oneof({ weight: 3, arbitrary: fieldsFor(document.uri) }, odd), { maxLength: 2 });
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...names), args, async (name, all) => {
          const answer = await client.command(`quickhand.${name}`, ...all).catch((error: unknown) => error);
          if (!(answer instanceof Error)) return;
          refused++;
          // What else there must not be in it ("undefined", "[object", a TypeError) the client looks for in every message.
          const inWords = expect.stringMatching(/^[\w.[\]]+: .+|^there is no edit/);
          expect(answer).toMatchObject({ code: ErrorCodes.InvalidParams, message: inWords });
        }),
        { seed, numRuns: 600, endOnFailure: true },
      );
      // An explanation is none of the edits that run; its progress ends like theirs.
      const isOver = () => [...client.log.progress.values()].every((values) => values.at(-1)?.kind === 'end');
      await client.until('the end of all', () => (client.log.running.length === 0 && isOver()) || undefined);
      expect(model.calls.length).toBeGreaterThan(0); // not everything was refused
      expect(refused).toBeGreaterThan(0);
      expect(document.text).toBe(sampleText);
    }),
);

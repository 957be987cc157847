// What the progress of an edit says while the model speaks: what has landed, or else why nothing has.

import { describe, expect, test } from 'vitest';
import type { EditEvent } from '../../server/protocol/quickhand-messages.ts';
import type { EditorHands } from '../client/behaviour.ts';
import { strict } from '../client/behaviours/strict.ts';
import type { TestDocument } from '../client/document.ts';
import type { EditHandle } from '../client/edit-handle.ts';
import type { Call } from '../client/puppet.ts';
import { inWorld, sharedWorld, type World } from '../client/world.ts';

const lines = Array.from({ length: 40 }, (_, i) => `  log('this is line ${i} of many');`);
const long = `export function long(value: number): number {\n${lines.join('\n')}\n  return value;\n}`;
const lanes = { fast: { provider: 'puppet', model: 'p', format: 'rewrite' }, deep: { provider: 'puppet', model: 'p' } };
const inShared = sharedWorld({ initializationOptions: { lanes } });

/** What progress said last. */
const words = ({ client }: World) => [...client.log.progress.values()].at(-1)?.at(-1)?.message ?? '';

/** Goes on with `text`, some characters at a time, until progress says `wanted`. */
async function sayUntil(world: World, call: Call, text: string, wanted: RegExp): Promise<void> {
  for (const piece of text.match(/.{1,4}/gsu) ?? []) {
    call.say(piece);
    // An answer of the server's: it has read what came before.
    await world.client.command('quickhand.status', {});
    if (wanted.test(words(world))) return;
  }
  await world.client.until(`the words ${wanted}`, () => wanted.test(words(world)) || undefined);
}

async function asked(world: World, options: Record<string, unknown> = {}) {
  const edit = await world.client.edit(world.client.open(long), 'return value', options);
  return { edit, call: await world.model.next() };
}

/** By the last report. The words of the progress come before it. */
function isThinking(events: readonly EditEvent[]): boolean {
  const report = events.findLast(({ kind }) => kind === 'report');
  return report?.kind === 'report' && report.isThinking === true;
}

describe('while the model thinks', () => {
  const thinking = /^thinking, \d+ s so far$/;
  test('that it does, until the first text', () =>
    inShared(async (world) => {
      const { edit, call } = await asked(world);
      await world.client.until('a word of the thinking', () => {
        call.think('Hm. ');
        return thinking.test(words(world)) || undefined;
      });
      await sayUntil(world, call, long, /^\d+ characters read, the same as the code so far$/);
      await world.client.until('a report without thinking', () => !isThinking(edit.events) || undefined);
      const reports = edit.events.filter(({ kind }) => kind === 'report');
      expect(reports[0]).toMatchObject({ phase: 'pending', isThinking: true, chars: 0 });
      await edit.cancel();
    }));

  test('that it does in the text of its answer, too', () =>
    inShared(async (world) => {
      const { edit, call } = await asked(world);
      call.say('<think>\n');
      await world.client.until('a word of the thinking', () => {
        call.say('Hm. ');
        return thinking.test(words(world)) || undefined;
      });
      call.say('</think>\n');
      await sayUntil(world, call, long, /^\d+ characters read, the same as the code so far$/);
      await world.client.until('a report without thinking', () => !isThinking(edit.events) || undefined);
      await edit.cancel();
    }));

  test('in an offer too; what it thinks is no part of the answer', () =>
    inShared(async (world) => {
      const { edit, call } = await asked(world, { lane: 'deep' });
      await world.client.until('a word of the thinking', () => {
        call.think('export function');
        return thinking.test(words(world)) || undefined;
      });
      call.answer('<no-change/>');
      expect(await edit.end()).toMatchObject({ outcome: 'completed', timing: { hunks: 0 } });
    }));
});

describe('while the model speaks', () => {
  test('what equals the code so far', () =>
    inShared(async (world) => {
      const { edit, call } = await asked(world);
      await sayUntil(world, call, long, /^\d+ characters read, the same as the code so far$/);
      await edit.cancel();
    }));

  test('what waits, and that nothing is in place yet', () =>
    inShared(async (world) => {
      const { edit, call } = await asked(world);
      call.say('export function long(value: number): number {\n  if (value > 0) {\n');
      const indented = lines.map((line) => `  ${line}\n`).join('');
      await sayUntil(
        world,
        call,
        indented,
        /^\d+ characters read, nothing in place yet, \d+ held until more has been read$/,
      );
      await edit.cancel();
    }));

  test('what is in place', () =>
    inShared(async (world) => {
      const { edit, call } = await asked(world);
      await sayUntil(world, call, long.replace('line 0', 'the first line'), /^1 edit in place, \d+ characters read/);
      await edit.cancel();
    }));

  test('what has landed since it was last said, while the model is silent', () =>
    inShared(async (world) => {
      const { edit, call } = await asked(world);
      const said = long.replace('line 0', 'the first line').split('\n').slice(0, 4).join('\n');
      call.say(`${said}\n`);
      const wanted = new RegExp(`^1 edit in place, ${said.length + 1} characters read$`);
      await world.client.until('what has landed', () => wanted.test(words(world)) || undefined);
      await edit.cancel();
    }));

  test('that an edit in one piece lands at the end', () =>
    inShared(async (world) => {
      const { edit, call } = await asked(world, { delivery: 'atomic' });
      const answer = long.replace('line 0', 'the first line');
      await sayUntil(world, call, answer, /^\d+ characters read, to be applied in one edit at the end$/);
      await edit.cancel();
    }));

  test('that an offer changes nothing', () =>
    inShared(async (world) => {
      const { edit, call } = await asked(world, { lane: 'deep' });
      const begun = /^asking puppet\/p, to be offered: nothing changes until you choose Apply$/;
      await world.client.until('that it is said at once', () => begun.test(words(world)) || undefined);
      const answer = long.replace('line 0', 'the first line');
      await sayUntil(
        world,
        call,
        answer,
        /^\d+ characters read, to be offered: nothing changes until you choose Apply$/,
      );
      await edit.cancel();
    }));
});

describe('an editor that tells of no edit while its user types', () => {
  const waiting = /^waiting for the editor to confirm an edit; some wait for a pause in typing$/;

  /** An edit that is in the buffer already, and `pause` tells the server of it. */
  async function unseen(world: World, pause: () => void, ending: (edit: EditHandle, call: Call) => Promise<void>) {
    const { client, model } = world;
    const document = client.open(long);
    const edit = await client.edit(document, 'return value');
    const call = await model.next();
    call.say(long.replace('line 0', 'the first line'));
    await client.until('what is waited for', () => waiting.test(words(world)) || undefined);
    await ending(edit, call);
    pause();
    return { edit, document };
  }

  const inSilence = (scenario: (world: World, pause: () => void) => Promise<void>) => {
    let told = () => {};
    const changed = (document: TestDocument, hands: EditorHands) => {
      told = () => hands.tell(document);
    };
    return inWorld({ behaviour: { ...strict(), changed }, initializationOptions: { lanes } }, (world) =>
      scenario(world, () => told()),
    );
  };

  test('is waited for, in words, and the edit goes on when it tells', () =>
    inSilence(async (world, pause) => {
      const { edit, document } = await unseen(world, pause, async (_, call) => call.done());
      expect(await edit.end()).toMatchObject({ outcome: 'completed', timing: { hunks: 1 } });
      expect(document.text).toBe(long.replace('line 0', 'the first line'));
    }));

  test('the edit can be cancelled meanwhile', () =>
    inSilence(async (world, pause) => {
      const { edit } = await unseen(world, pause, async (running) => void (await running.cancel()));
      expect(await edit.end()).toMatchObject({ outcome: 'cancelled' });
    }));
});

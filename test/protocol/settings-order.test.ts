// Readings of the configuration that overlap: the files may be slow, and the editor may say something new meanwhile.

import { expect, test } from 'vitest';
import type { Layer } from '../../server/config/types.ts';
import { clientFrom } from '../../server/protocol/client.ts';
import type { Wire } from '../../server/protocol/connection/wire.ts';
import { Settings } from '../../server/protocol/settings.ts';
import { Deferred } from '../../server/session/deferred.ts';
import { HandClock } from '../models/hand-clock.ts';

type Layers = { below: readonly Layer[]; above: readonly Layer[] };

/** Settings whose files are read when the test says so. `reads`: one for each reading, oldest first. */
function slowSettings() {
  const reads: { begun: Deferred; layers: Layers }[] = [];
  const loadLayers = async () => {
    const read = { begun: new Deferred(), layers: { below: [], above: [] } as Layers };
    reads.push(read);
    await read.begun.promise;
    return read.layers;
  };
  const client = clientFrom({});
  // Nothing is said: no problem is met, and the editor answers no request for its configuration.
  const settings = new Settings({ wire: {} as Wire, clock: new HandClock(), client: () => client, loadLayers });
  const end = (index: number, instruction: string) => {
    const read = reads[index]!;
    const value = { actions: [{ id: 'a', title: 'A', instruction }] };
    read.layers = { below: [{ source: 'a file', trusted: true, value }], above: [] };
    read.begun.resolve();
  };
  const instruction = () => settings.config.actions.find(({ id }) => id === 'a')?.instruction;
  return { settings, end, instruction };
}

test('a slow reading overwrites no newer one, and who waits for it waits for the newer one', async () => {
  const { settings, end, instruction } = slowSettings();
  const older = settings.begin({});
  const newer = settings.editorChanged({});
  end(1, 'new');
  await newer;
  end(0, 'old');
  await older;
  expect(instruction()).toBe('new');
  expect(settings.refresh()).toBeUndefined();
});

test('while a newer reading goes on, the end of an older one is not taken for its end', async () => {
  const { settings, end, instruction } = slowSettings();
  const older = settings.begin({});
  const newer = settings.editorChanged({});
  end(0, 'old');
  await new Promise((resolve) => setImmediate(resolve)); // whatever follows from that has happened
  const asked = settings.refresh();
  expect(asked).toBeDefined();
  end(1, 'new');
  await Promise.all([older, asked, newer]);
  expect(instruction()).toBe('new');
});

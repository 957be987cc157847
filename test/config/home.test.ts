// A server that is started in a cloned repository takes nothing in it for the user's own file, whatever HOME says.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../server/config/config.ts';
import { noHomeFolder } from '../../server/files/homes.ts';
import { Ledger } from '../../server/ledger/ledger.ts';
import { TestClient } from '../client/client.ts';
import { Puppet } from '../client/puppet.ts';
import { sample } from '../ledger/sample.ts';
import { firstAfter, sampleText } from '../protocol/samples.ts';

/** Wherever in the repository a user's file could be looked for: the key of the model comes from a command that leaves a mark. */
async function hostile(folder: string): Promise<string> {
  const mark = join(folder, 'MARK');
  const config = { providers: { puppet: { apiKeyCommand: ['touch', mark] } } };
  for (const place of ['.config/quickhand', 'quickhand', '~/.config/quickhand']) {
    const path = join(folder, place, 'config.json');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify(config));
  }
  return mark;
}

test.concurrent.each([
  { HOME: '', XDG_CONFIG_HOME: '' },
  { HOME: '.', XDG_CONFIG_HOME: '' },
  { HOME: './', XDG_CONFIG_HOME: '.config' },
  { HOME: '~', XDG_CONFIG_HOME: '.' },
])('%j', async (homes) => {
  const state = await mkdtemp(join(tmpdir(), 'state-'));
  const model = await Puppet.start();
  const { providers, lanes } = model.settings;
  const env = { ...homes, XDG_STATE_HOME: state };
  const client = await TestClient.spawn({ env, initializationOptions: { providers, lanes } });
  try {
    const mark = await hostile(client.folder);
    await client.initialize();
    const edit = await client.edit(client.open(sampleText), 'list[0]');
    (await model.next()).answer(firstAfter);
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
    expect(existsSync(mark)).toBe(false);
  } finally {
    await client.dispose();
    await model.close();
    await rm(state, { recursive: true });
  }
});

test('without any home there is no user file and no ledger; that is said, and the rest works', async () => {
  const layers = [
    { source: 'the user file', trusted: true, value: undefined, missing: noHomeFolder },
    { source: 'the editor settings', trusted: true, value: { lanes: { fast: 'ollama/x' } } },
  ];
  const { config, problems } = parseConfig(layers);
  expect(problems).toEqual([noHomeFolder]);
  expect([config.lanes.fast, config.unusable]).toEqual([expect.objectContaining({ model: 'x' }), {}]);
  const said: string[] = [];
  const ledger = new Ledger({ file: undefined, onProblem: (message) => said.push(message) });
  ledger.record({ editId: '1', ...sample });
  ledger.record({ editId: '2', ...sample });
  await ledger.flush();
  expect(said).toEqual([expect.stringContaining(noHomeFolder)]);
});

// Which model is asked: fallbacks, settings that change, what a workspace may say; and what is written down of it.

import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TestClient } from '../client/client.ts';
import { Puppet } from '../client/puppet.ts';
import { inWorld, sharedWorld, withClient } from '../client/world.ts';
import { firstAfter, firstDone, firstHalf, firstParts, sampleText } from './samples.ts';

const lane = (model: string, more: object = {}) => ({ provider: 'puppet', model, ...more });

describe('a fallback', () => {
  const lanes = {
    fast: { provider: 'nobody', model: 'm', fallback: ['second', 'third'] },
    second: lane('second'),
    third: lane('third'),
  };
  const providers = { nobody: { api: 'chat', baseUrl: 'http://127.0.0.1:9/v1' } };
  const inShared = sharedWorld({ initializationOptions: { lanes, providers } });

  // The world's own provider is needed beside the dead one.
  test('is asked where the first fails before its first hunk, the next one where that does', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      const second = await model.next();
      expect(second.body.model).toBe('second');
      second.say(firstParts[0]!.slice(0, 10));
      second.cut();
      const third = await model.next();
      expect(third.body.model).toBe('third');
      third.answer(firstAfter);
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
    }));

  test('is not asked after the first hunk', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      const second = await model.next();
      second.say(firstParts[0]!);
      await edit.hunk(1);
      second.cut();
      expect(await edit.end()).toMatchObject({ outcome: 'failed' });
      await client.takeMessage(/cut off/);
      expect(document.text).toBe(firstHalf);
      expect(model.calls).toHaveLength(1);
    }));

  test('nor where the model refused', () =>
    inShared(async ({ client, model }) => {
      const edit = await client.edit(client.open(sampleText), 'list[0]');
      (await model.next()).answer('<refuse>no</refuse>');
      expect(await edit.end()).toMatchObject({ outcome: 'rejected' });
      await client.takeMessage(/refused/);
      expect(model.calls).toHaveLength(1);
    }));

  test('is the one that the ledger names, since its times and tokens are there', () =>
    inWorld({ initializationOptions: { lanes, providers } }, async ({ client, model }) => {
      const edit = await client.edit(client.open(sampleText), 'list[0]');
      (await model.next()).answer(firstAfter);
      await edit.end();
      await client.shutdown();
      const line = await readFile(join(client.folder, '.state', 'quickhand', 'edits.jsonl'), 'utf8');
      expect(JSON.parse(line)).toMatchObject({ lane: 'second', model: 'puppet/second', outcome: 'completed' });
    }));
});

test.concurrent('another model in the settings is asked from the next edit on', async () => {
  const [one, two] = [await Puppet.start(), await Puppet.start()];
  const settings: Record<string, unknown> = { ...one.settings };
  await withClient({ settings }, async (client) => {
    const document = client.open(sampleText);
    await client.until('the settings', () => client.configured || undefined);
    const before = await client.edit(document, 'list[0]');
    const call = await one.next();
    Object.assign(settings, two.settings);
    client.wire.notify('workspace/didChangeConfiguration', { settings: null });
    await client.until('the settings', () => client.configured > 1 || undefined);
    call.answer('<no-change/>');
    expect(await before.end()).toMatchObject({ outcome: 'completed' });
    const after = await client.edit(document, 'list[0]');
    (await two.next()).answer(firstAfter);
    expect(await after.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(firstDone);
  });
  await Promise.all([one.close(), two.close()]);
});

test.concurrent('a workspace can not have code sent elsewhere, nor anything run: said, and the rest of its file counts', async () => {
  const model = await Puppet.start();
  const evil = await Puppet.start();
  const file = {
    ...evil.settings,
    verify: [{ command: 'touch', args: ['ran'] }],
    trace: 'stolen.jsonl',
    actions: [{ id: 'theirs', title: 'Theirs', instruction: 'x' }],
  };
  const start = async () => {
    const client = await TestClient.spawn({ initializationOptions: model.settings });
    await writeFile(join(client.folder, '.quickhand.json'), JSON.stringify(file));
    await client.initialize();
    return client;
  };
  await withClient(
    {},
    async (client) => {
      for (const key of ['providers', 'lanes', 'verify', 'trace'])
        await client.takeMessage(new RegExp(`^Quickhand: ${key}: a workspace may not set this \\(in .*workspace file`));
      const document = client.open(sampleText);
      const { start: at } = document.rangeOf('list[0]');
      const titles = (await client.codeActions(document, { start: at, end: at })).map(({ title }) => title);
      expect(titles).toContain('Theirs (from .quickhand.json)');
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).answer(firstAfter);
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      await expect(client.command('quickhand.verify', {})).rejects.toThrow(/no check is configured/);
    },
    start,
  );
  expect(evil.calls).toEqual([]);
  await Promise.all([model.close(), evil.close()]);
});

test.concurrent('the ledger has every figure of an edit, and nothing of its code', () =>
  inWorld({}, async ({ client, model }) => {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]', { instruction: 'use at()' });
    (await model.next()).answer(firstAfter);
    await edit.end();
    await client.command('quickhand.keep', {});
    await client.shutdown();
    const file = join(client.folder, '.state', 'quickhand', 'edits.jsonl');
    const text = await readFile(file, 'utf8');
    const [entry, amendment] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const number = expect.any(Number);
    expect(entry).toEqual({
      ...{ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), editId: edit.editId, run: expect.any(String), lane: 'fast' },
      ...{
        model: 'puppet/puppet',
        languageId: 'typescript',
        format: 'rewrite',
        transport: 'websocket',
        reused: expect.any(Boolean),
      },
      ...{ ttftMs: number, firstHunkMs: number, streamMs: number, totalMs: number, applyRoundTripMs: number },
      ...(entry.tokensPerSecond !== undefined && { tokensPerSecond: number }),
      ...{ inputTokens: 100, cachedTokens: 0, outputTokens: 50, hunks: 2, rebases: 0, outcome: 'completed' },
      ...{ charsChanged: entry.charsLeast, charsLeast: 10 },
    });
    expect(amendment).toMatchObject({ editId: edit.editId, run: entry.run, reaction: 'kept' });
    expect(text).not.toMatch(/list|first of|sample|at\(\)/);
    expect((await stat(file)).mode & 0o077).toBe(0);
  }));

describe.concurrent('the trace', () => {
  test('what is asked and answered, in the file that the user names, and no key', async () => {
    const model = await Puppet.start();
    const { providers, lanes } = model.settings as { providers: { puppet: object }; lanes: object };
    const settings = {
      lanes,
      providers: { puppet: { ...providers.puppet, apiKeyEnv: 'PUPPET_KEY' } },
      trace: 'trace.jsonl',
    };
    await withClient({ initializationOptions: settings, env: { PUPPET_KEY: 'very-secret-key' } }, async (client) => {
      const edit = await client.edit(client.open(sampleText), 'list[0]', { instruction: 'use at()' });
      (await model.next()).answer(firstAfter);
      await edit.end();
      await client.shutdown();
      const file = join(client.folder, '.state', 'quickhand', 'trace.jsonl');
      const text = await readFile(file, 'utf8');
      const [asked, answered] = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(asked).toMatchObject({ id: 1, asked: 'puppet/puppet', model: 'puppet', instructions: expect.any(String) });
      expect(asked.input[0].text).toContain('<instruction>use at()</instruction>');
      expect(answered).toMatchObject({ id: 1, answer: firstAfter, end: 'complete' });
      expect(text).not.toContain('very-secret-key');
      expect((await stat(file)).mode & 0o077).toBe(0);
    });
    await model.close();
  });

  test('an endpoint that says back what it was told says it to nobody: not in a reason, an explanation or the trace', async () => {
    const model = await Puppet.start();
    const { providers, lanes } = model.settings as { providers: { puppet: object }; lanes: object };
    const headers = { 'x-gateway': 'Bearer gateway-secret-1' };
    const puppet = { ...providers.puppet, apiKeyEnv: 'PUPPET_KEY', headers };
    const settings = { lanes, providers: { puppet }, trace: 'trace.jsonl' };
    const told = 'you sent gateway-secret-1 and very-secret-key';
    await withClient({ initializationOptions: settings, env: { PUPPET_KEY: 'very-secret-key' } }, async (client) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      (await model.next()).say(`<refuse>${told}</refuse>`).done();
      expect((await edit.end()).reason).toContain('you sent *** and ***');
      await client.takeMessage(/you sent \*\*\* and \*\*\*/);
      const { start: position } = document.rangeOf('list[0]');
      await client.command('quickhand.explain', { textDocument: { uri: document.uri }, position });
      (await model.next()).say(told).done();
      await client.until('the explanation', () => client.opened.at(-1));
      await client.shutdown();
      const trace = await readFile(join(client.folder, '.state', 'quickhand', 'trace.jsonl'), 'utf8');
      expect(trace).toContain('you sent *** and ***');
      const sent = client.wire.transcript.filter((line) => line.includes(' ← '));
      expect(trace + sent.join('\n')).not.toMatch(/gateway-secret|very-secret/);
    });
    await model.close();
  });

  test('without it nothing of a prompt or an answer is on the disk or in the log', () =>
    inWorld({}, async ({ client, model }) => {
      await mkdir(join(client.folder, '.state'), { recursive: true });
      const edit = await client.edit(client.open(sampleText), 'list[0]', { instruction: 'use at()' });
      (await model.next()).answer(firstAfter);
      await edit.end();
      await client.shutdown();
      const written = await readFile(join(client.folder, '.state', 'quickhand', 'edits.jsonl'), 'utf8');
      expect(`${written}${client.wire.stderr}`).not.toMatch(/at\(|list/);
    }));
});

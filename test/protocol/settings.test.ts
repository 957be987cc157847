// The configuration while the server runs: every source of it, changed and noticed, and what is wrong with it told once.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import { withClient } from '../client/world.ts';
import { sampleText } from './samples.ts';

const action = (title: string) => ({ id: title.toLowerCase(), title, instruction: 'x' });

const userFile = async (client: TestClient, value: unknown) => {
  const folder = join(client.folder, '.config/quickhand');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), typeof value === 'string' ? value : JSON.stringify(value));
};

const workspaceFile = (client: TestClient, value: unknown) =>
  writeFile(join(client.folder, '.quickhand.json'), JSON.stringify(value));

const titles = async (client: TestClient, document: TestDocument) => {
  const { start } = document.rangeOf('list[0]');
  return (await client.codeActions(document, { start, end: start })).map(({ title }) => title);
};

/** Asks for code actions, as an editor does on every move of the cursor, until `title` is (or is no longer) among them. */
const offered = async (client: TestClient, document: TestDocument, title: string, isThere = true) => {
  for (let i = 0; i < 1000; i++) {
    if ((await titles(client, document)).includes(title) === isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${title} ${isThere ? 'in' : 'out of'} the menu`);
};

describe.concurrent('files', () => {
  test('of the user and of the workspace are read at the start', () =>
    withClient(
      {},
      async (client) => {
        const document = client.open(sampleText);
        const all = await titles(client, document);
        expect(all).toContain('Mine');
        expect(all).toContain('Theirs (from .quickhand.json)');
      },
      async (options) => {
        const client = await TestClient.spawn(options);
        await userFile(client, { actions: [action('Mine')] });
        await workspaceFile(client, { actions: [action('Theirs')] });
        await client.initialize();
        return client;
      },
    ));

  test('are read again when they change, without a word of the editor', () =>
    withClient({}, async (client) => {
      const document = client.open(sampleText);
      await userFile(client, { actions: [action('Mine')] });
      await offered(client, document, 'Mine');
      await workspaceFile(client, { actions: [action('Theirs')] });
      await offered(client, document, 'Theirs (from .quickhand.json)');
      await userFile(client, {});
      await offered(client, document, 'Mine', false);
    }));

  test('what is wrong is told with its path, and again only when it has been away; the rest works', () =>
    withClient({}, async (client) => {
      const document = client.open(sampleText);
      const wrong = { guardrails: { maxChangedLines: 'many' } };
      await userFile(client, { ...wrong, actions: [action('One')] });
      await offered(client, document, 'One');
      await client.takeMessage(/^Quickhand: guardrails\.maxChangedLines: expected a whole number.*the user file/);
      await userFile(client, { ...wrong, actions: [action('Two')] });
      await offered(client, document, 'Two');
      await userFile(client, { actions: [action('Three')] });
      await offered(client, document, 'Three');
      await userFile(client, { ...wrong, actions: [action('Four')] });
      await offered(client, document, 'Four');
      await client.takeMessage(/maxChangedLines/);
    }));

  test('one that is being written stops nothing', () =>
    withClient({}, async (client) => {
      const document = client.open(sampleText);
      await userFile(client, '{"actions": [');
      const timer = setInterval(() => void titles(client, document), 50);
      await client.takeMessage(/config\.json:1:\d+/).finally(() => clearInterval(timer));
      await userFile(client, { actions: [action('Mine')] });
      await offered(client, document, 'Mine');
    }));
});

describe.concurrent('the editor', () => {
  test('answers workspace/configuration, and says when to ask again', () => {
    const settings = { actions: [action('First')] };
    return withClient({ settings }, async (client) => {
      const document = client.open(sampleText);
      await offered(client, document, 'First');
      settings.actions = [action('Second')];
      client.wire.notify('workspace/didChangeConfiguration', { settings: null });
      await offered(client, document, 'Second');
      await userFile(client, { actions: [action('Mine')] });
      await offered(client, document, 'Mine');
      expect(await titles(client, document)).toContain('Second');
    });
  });

  test('or pushes its settings', () =>
    withClient({ capabilities: { workspace: { applyEdit: true } } }, async (client) => {
      const document = client.open(sampleText);
      const settings = { quickhand: { actions: [action('Pushed')] } };
      client.wire.notify('workspace/didChangeConfiguration', { settings });
      await offered(client, document, 'Pushed');
    }));
});

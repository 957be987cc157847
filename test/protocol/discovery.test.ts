// Keys and local servers that could answer in place of the rehearsal: named once, after the first edit, and never used.

import { describe, expect, test } from 'vitest';
import type { Behaviour } from '../client/behaviour.ts';
import { lying } from '../client/behaviours/lying.ts';
import { replyFirst } from '../client/behaviours/reply-first.ts';
import type { TestClient } from '../client/client.ts';
import { withModelList } from '../client/model-list.ts';
import { withClient } from '../client/world.ts';
import { sampleText } from './samples.ts';

const notice = /^Rehearsal, no AI/;
const key = 'sk-very-secret-value';

async function edit(client: TestClient): Promise<void> {
  const document = [...client.documents.values()][0] ?? client.open(sampleText);
  const handle = await client.edit(document, 'const head', { instruction: 'rename list to items' });
  await handle.end();
}

describe.concurrent('a key', () => {
  test('is named with the line that would use it, after the notice', () =>
    withClient({ behaviour: replyFirst(), env: { CEREBRAS_API_KEY: key } }, async (client) => {
      await edit(client);
      await client.takeMessage(notice);
      const { message } = await client.takeMessage(/CEREBRAS/);
      expect(message).toBe('CEREBRAS_API_KEY is set: "lanes": {"fast": "cerebras/gpt-oss-120b"} would use it');
      expect(client.wire.transcript.join('\n')).not.toContain(key);
    }));

  test.each([
    ['CEREBRAS_API_KEY', '"fast": "cerebras/gpt-oss-120b" uses CEREBRAS_API_KEY'],
    ['OPENROUTER_API_KEY', 'OPENROUTER_API_KEY could be used: quickhand doctor'],
  ])('%s in Neovim: as much as fits into a line of 80 columns, the rest in the log', (name, short) =>
    withClient({ behaviour: lying(), env: { [name]: key } }, async (client) => {
      await edit(client);
      await client.takeMessage(notice);
      const { message } = await client.takeMessage(new RegExp(name));
      expect(message).toBe(short);
      expect(`LSP[quickhand] ${message}`.length).toBeLessThanOrEqual(68);
      expect(client.wire.transcript.join('\n')).toMatch(new RegExp(`logMessage.*${name} is set: .*would use it`));
    }),
  );

  test('once, however many edits', () =>
    withClient({ behaviour: replyFirst(), env: { CEREBRAS_API_KEY: key } }, async (client) => {
      await edit(client);
      await client.takeMessage(notice);
      await client.takeMessage(/CEREBRAS/);
      await edit(client);
      await edit(client);
      // `close` fails on a message that nobody took.
    }));
});

test.concurrent('a local server is looked at after the first edit, not before, and asked for nothing', () =>
  withModelList({ data: [{ id: 'local-7b' }] }, async ({ baseUrl, origin, requests }) => {
    const settings = { providers: { ollama: { baseUrl } } };
    await withClient(options(replyFirst(), settings), async (client) => {
      client.open(sampleText);
      await client.command('quickhand.status', {});
      expect(requests).toEqual([]);
      await edit(client);
      await client.takeMessage(notice);
      const { message } = await client.takeMessage(/ollama/);
      expect(message).toBe(`ollama is at ${origin}: "lanes": {"fast": "ollama/local-7b"} would use it`);
      await edit(client);
      expect(requests).toEqual(['GET /v1/models without a key']);
    });
  }));

test.concurrent('with a model configured nothing is looked for and nothing said', () =>
  withModelList({ data: [{ id: 'local-7b' }] }, async ({ baseUrl, requests }) => {
    const settings = { providers: { ollama: { baseUrl } }, lanes: { fast: 'groq/some-model' } };
    await withClient(options(replyFirst(), settings), async (client) => {
      await edit(client); // fails for want of a key
      await client.takeMessage(/GROQ_API_KEY/);
      expect(requests).toEqual([]);
    });
  }));

const options = (behaviour: Behaviour, initializationOptions: object) => ({ behaviour, initializationOptions });

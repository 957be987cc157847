// Files that are never sent: by the setting `ignore`, and by git's own rules.

import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClientOptions, TestClient } from '../client/client.ts';
import { inWorld } from '../client/world.ts';
import { FIRST_AFTER, SAMPLE } from './samples.ts';

/** Makes the workspace folder a repository that ignores `*.gen.ts`. */
async function repository(client: TestClient, folder = client.folder): Promise<void> {
  await mkdir(folder, { recursive: true });
  execFileSync('git', ['init', '-q', folder], { stdio: 'ignore' });
  await writeFile(join(folder, '.gitignore'), '*.gen.ts\n');
}

const rejected = (name: string, reason: RegExp, options: ClientOptions = {}, prepare = repository) =>
  inWorld(options, async ({ client, model }) => {
    await prepare(client);
    const document = client.open(SAMPLE, { name });
    const edit = await client.edit(document, 'list[0]');
    expect(await edit.end()).toMatchObject({ outcome: 'rejected', reason: expect.stringMatching(reason) });
    await client.takeMessage(reason);
    expect(model.calls).toEqual([]);
    expect(document.text).toBe(SAMPLE);
  });

const sent = (name: string, options: ClientOptions = {}, prepare: typeof repository = async () => {}) =>
  inWorld(options, async ({ client, model }) => {
    await prepare(client);
    const edit = await client.edit(client.open(SAMPLE, { name }), 'list[0]');
    (await model.next()).answer(FIRST_AFTER);
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  });

describe.concurrent('the setting ignore', () => {
  test('a file that looks like it holds keys is never sent', () => rejected('secrets.ts', /secrets\.\* .*never sent/));

  test('nor one that the user names, anywhere in the workspace', () =>
    rejected('src/deep/model.ts', /src\/\*\*/, { initializationOptions: { ignore: ['src/**'] } }));

  test('a file in a folder of another name is', () =>
    sent('source/model.ts', { initializationOptions: { ignore: ['src/**'] } }));
});

describe.concurrent('git', () => {
  test('a file that git ignores is not sent', () => rejected('api.gen.ts', /git ignores/));

  test('one that it does not ignore is', () => sent('api.ts', {}, repository));

  test('a folder without a repository ignores nothing', () => sent('api.gen.ts'));

  test('a machine without git ignores nothing', () =>
    sent('api.gen.ts', { env: { PATH: '/nonexistent' } }, repository));

  test('a repository inside the workspace has its own rules, also for a file that is not there yet', () =>
    rejected('vendor/part/src/new/api.gen.ts', /git ignores/, {}, (client) =>
      repository(client, join(client.folder, 'vendor/part')),
    ));

  test('an editor that git started does not mislead it', () =>
    rejected('api.gen.ts', /git ignores/, { env: { GIT_DIR: '.git', GIT_INDEX_FILE: '/nonexistent/index' } }));

  test('where git can not tell, nothing is sent', () =>
    rejected('api.ts', /could not find out/, {}, async (client) => {
      await repository(client);
      await writeFile(join(client.folder, '.git/config'), '[core\n');
    }));
});

// Files that are never sent: by the setting `ignore`, and by git's own rules. One after the other: a server that leaves ends every process that this one
// has started.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClientOptions, TestClient } from '../client/client.ts';
import { inWorld } from '../client/world.ts';
import { tricks } from '../git/tricks.ts';
import { firstAfter, sampleText } from './samples.ts';

/** Makes the workspace folder a repository that ignores `*.gen.ts`. */
async function repository(client: TestClient, folder = client.folder): Promise<void> {
  await mkdir(folder, { recursive: true });
  execFileSync('git', ['init', '-q', folder], { stdio: 'ignore' });
  await writeFile(join(folder, '.gitignore'), '*.gen.ts\n');
}

type Prepare = (client: TestClient) => Promise<void>;

/** `name` may also say how the editor spells the uri. */
const rejected = (
  name: string | ((folder: string) => string),
  reason: RegExp,
  options: ClientOptions = {},
  prepare: Prepare = repository,
) =>
  inWorld(options, async ({ client, model }) => {
    await prepare(client);
    const document = client.open(sampleText, typeof name === 'string' ? { name } : { uri: name(client.folder) });
    const edit = await client.edit(document, 'list[0]');
    expect(await edit.end()).toMatchObject({ outcome: 'rejected', reason: expect.stringMatching(reason) });
    await client.takeMessage(reason);
    expect(model.calls).toEqual([]);
    expect(document.text).toBe(sampleText);
  });

const sent = (name: string, options: ClientOptions = {}, prepare: Prepare = async () => {}) =>
  inWorld(options, async ({ client, model }) => {
    await prepare(client);
    const edit = await client.edit(client.open(sampleText, { name }), 'list[0]');
    (await model.next()).answer(firstAfter);
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  });

describe('the setting ignore', () => {
  test('a file that looks like it holds keys is never sent', () => rejected('secrets.ts', /secrets\.\* .*never sent/));

  test('nor one that the user names, anywhere in the workspace', () =>
    rejected('src/deep/model.ts', /src\/\*\*/, { initializationOptions: { ignore: ['src/**'] } }));

  test('a file in a folder of another name is', () =>
    sent('source/model.ts', { initializationOptions: { ignore: ['src/**'] } }));
});

describe('git', () => {
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

describe('a clone that wants git to start something', () => {
  test.each(['a folder that looks like a bare repository', 'a command to fetch with', 'a file system monitor'])(
    '%s: nothing is started, and the answer is right',
    async (trick) => {
      const { prepare, at = '' } = tricks.find(({ name }) => name === trick)!;
      const marked = async (client: TestClient): Promise<string> => {
        const mark = join(client.folder, 'MARK');
        await prepare(client.folder, `touch ${mark}`);
        await rm(mark, { force: true });
        return mark;
      };
      let mark = '';
      await inWorld({}, async ({ client, model }) => {
        mark = await marked(client);
        const edit = await client.edit(client.open(sampleText, { name: join(at, 'a.ts') }), 'list[0]');
        (await model.next()).answer(firstAfter);
        expect(await edit.end()).toMatchObject({ outcome: 'completed' });
        expect(existsSync(mark)).toBe(false);
      });
      await rejected(join(at, 'x.gen.ts'), /git ignores/, {}, async (client) => {
        mark = await marked(client);
      });
      expect(existsSync(mark)).toBe(false);
    },
  );
});

describe('a file by another name', () => {
  const linked = async ({ folder }: TestClient) => {
    await writeFile(join(folder, '.env'), 'KEY=1\n');
    await symlink('.env', join(folder, 'innocent.ts'));
  };

  test('a link to one that is never sent', () => rejected('innocent.ts', /\.env.* never sent/, {}, linked));

  test('a link to one that git ignores', () =>
    rejected('innocent.ts', /git ignores/, {}, async (client) => {
      await repository(client);
      await writeFile(join(client.folder, 'a.gen.ts'), '');
      await symlink('a.gen.ts', join(client.folder, 'innocent.ts'));
    }));

  test('a uri with more escapes than it needs', () =>
    rejected(
      (folder) => `file://${folder}/%2Eenv`,
      /\.env.* never sent/,
      {},
      async () => {},
    ));

  test('a text that is on no disk yet', () =>
    rejected(
      () => 'untitled:.env',
      /\.env.* never sent/,
      {},
      async () => {},
    ));

  test('is not explained either', () =>
    inWorld({}, async ({ client, model }) => {
      await linked(client);
      const document = client.open(sampleText, { name: 'innocent.ts' });
      const about = { textDocument: { uri: document.uri }, position: document.rangeOf('list[0]').start };
      await client.command('quickhand.explain', about);
      await client.takeMessage(/\.env.* never sent/);
      expect(model.calls).toEqual([]);
    }));
});

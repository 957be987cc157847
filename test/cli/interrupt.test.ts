// Ctrl-C: what a command had started is gone, soon, whatever it does about signals.

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gone, isRunning, pidsIn, stubborn } from '../client/processes.ts';
import { type Folder, inFolder } from './run.ts';

/** The user's own model, whose key comes from a program that ignores every signal and writes down the ids of its processes. */
async function withStubbornKey({ path }: Folder): Promise<string> {
  const pids = join(path, 'pids');
  const config = {
    providers: { own: { api: 'chat', baseUrl: 'http://127.0.0.1:9', apiKeyCommand: ['sh', ...stubborn(), pids] } },
    lanes: { fast: 'own/model' },
  };
  await mkdir(join(path, '.config/quickhand'), { recursive: true });
  await writeFile(join(path, '.config/quickhand/config.json'), JSON.stringify(config));
  return pids;
}

describe.concurrent('interrupted while a program is asked for the key', () => {
  test.each([['doctor'], ['edit', 'a.ts:1', 'do it'], ['eval']])('quickhand %s', (...args) =>
    inFolder(async (folder) => {
      const { path, run } = folder;
      const pidFile = await withStubbornKey(folder);
      await mkdir(join(path, 'tmp'));
      await writeFile(join(path, 'a.ts'), 'const a = 1;\n');
      const interrupt = new AbortController();
      const outcome = run(args, { interrupt: interrupt.signal, env: { TMPDIR: join(path, 'tmp') } });
      const pids = await pidsIn(pidFile, 3);
      expect(pids.every(isRunning)).toBe(true);
      interrupt.abort();
      const { status, stderr } = await outcome;
      expect(status).toBe(130);
      expect(stderr).not.toMatch(/^quickhand: /m);
      await gone(pids);
      expect(await readdir(join(path, 'tmp'))).toEqual([]);
    }),
  );
});

// The built program as a shell starts it: npm links it as the command, so it has to be one.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cleanEnv } from '../client/surroundings.ts';

const root = new URL('../..', import.meta.url);

test('dist/quickhand.js runs without node in front of it', async () => {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  const { stdout } = await promisify(execFile)(new URL('dist/quickhand.js', root).pathname, ['--version']);
  expect(stdout.trim()).toBe(`quickhand ${version}`);
});

test('next to nothing is loaded before what it loads is cached', () => {
  const dist = new URL('dist/', root);
  const staticallyFrom = (file: URL): URL[] =>
    [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)"(\.[^"]+)"/g)].map(([, path]) => new URL(path!, file));
  const loaded = new Set([new URL('quickhand.js', dist).href]);
  for (const file of loaded) for (const { href } of staticallyFrom(new URL(file))) loaded.add(href);
  const bytes = [...loaded].reduce((sum, file) => sum + readFileSync(new URL(file)).length, 0);
  expect(loaded.size).toBeGreaterThan(1);
  expect(bytes).toBeLessThan(10_000);
});

test.each([
  ['nobody reads its output any more', 141, (demo: Demo) => demo.stdout.destroy()],
  ['another program ends it', 143, (demo: Demo) => demo.kill('SIGTERM')],
])('when %s it says nothing and leaves nothing behind', async (_name, status, end) => {
  const folder = mkdtempSync(join(tmpdir(), 'quickhand-cli-'));
  const demo = start(folder);
  const errors = text(demo.stderr);
  await once(demo.stdout, 'data');
  end(demo);
  const [code] = await once(demo, 'exit');
  expect([code, await errors, readdirSync(folder)]).toEqual([status, '', []]);
  rmSync(folder, { recursive: true });
});

type Demo = ReturnType<typeof start>;

function start(folder: string) {
  const env = { ...cleanEnv(folder), TMPDIR: folder };
  return spawn(new URL('dist/quickhand.js', root).pathname, ['demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

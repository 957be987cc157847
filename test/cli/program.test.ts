// The built program as a shell starts it: npm links it as the command, so it has to be one.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = new URL('../..', import.meta.url);

test('dist/quickhand.js runs without node in front of it', async () => {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  const { stdout } = await promisify(execFile)(new URL('dist/quickhand.js', root).pathname, ['--version']);
  expect(stdout.trim()).toBe(`quickhand ${version}`);
});

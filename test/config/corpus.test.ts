// Wrong configuration files, each with the exact words a user reads. `UPDATE=1` writes them anew, to be read before they are committed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../server/config/config.ts';
import { loadUserFile, loadWorkspaceFile, userFilePath } from '../../server/config/load.ts';

const corpus = fileURLToPath(new URL('corpus', import.meta.url));
const names = readdirSync(corpus).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'));
  await mkdir(join(folder, 'quickhand'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What is said of a file where it would really lie; files called `workspace-…` lie in a workspace. */
async function problemsOf(name: string): Promise<string> {
  const env = { XDG_CONFIG_HOME: folder };
  const isWorkspace = name.startsWith('workspace-');
  const path = isWorkspace ? join(folder, '.quickhand.json') : userFilePath(env)!;
  await writeFile(path, readFileSync(join(corpus, `${name}.json`)));
  const { config, problems } = parseConfig([isWorkspace ? await loadWorkspaceFile(folder) : await loadUserFile(env)]);
  expect(config.actions.length).toBeGreaterThan(0);
  return problems.map((problem) => `${problem.replace(folder, '')}\n`).join('');
}

it('has many files', () => {
  expect(names.length).toBeGreaterThan(60);
});

it.each(names)('%s', async (name) => {
  const problems = await problemsOf(name);
  const expected = join(corpus, `${name}.txt`);
  if (process.env.UPDATE === '1') writeFileSync(expected, problems);
  expect(problems).not.toBe('');
  expect(problems).toBe(readFileSync(expected, 'utf8'));
  expect(problems).not.toMatch(/undefined|\[object|TypeError|hunter2|sk-/);
});

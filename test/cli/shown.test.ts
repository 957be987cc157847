// What a terminal gets: nothing of a model, a file or a ledger is obeyed there. What a program reads keeps every character.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CliIo } from '../../server/cli/io.ts';
import { control, onTerminal } from '../../server/cli/screen.ts';
import { styleFor } from '../../server/cli/style.ts';
import { findInvisible } from '../../server/text/invisible.ts';
import { Puppet } from '../client/puppet.ts';
import { cleanEnv } from '../client/surroundings.ts';
import { type Folder, inFolder } from './run.ts';

const evil = 'no\u001b]0;owned\u0007\u001b[2J\u202e\u200b\u009b31m';

describe('a screen', () => {
  test('obeys our sequences and shows those of others', () => {
    const { red } = styleFor({ isTTY: true, env: {} } as CliIo);
    expect(onTerminal(red(`${evil}\u001b[31m`))).toBe(
      '\u001b[31mno\\u{1B}]0;owned\\u{7}\\u{1B}[2J\\u{202E}\\u{200B}\\u{9B}31m\\u{1B}[31m\u001b[39m',
    );
    expect(onTerminal(`${control('2A')}a\tb\r\nc`)).toBe('\u001b[2Aa\tb\r\nc');
    expect(onTerminal('\0guessed[2J\0')).toBe('\\u{0}guessed[2J\\u{0}');
  });
});

/** A folder whose model answers whatever it is asked with `answer`. */
const answered = (answer: string, source: string, scenario: (folder: Folder) => Promise<void>) =>
  inFolder(async (folder) => {
    const model = await Puppet.start();
    model.always((call) => call.answer(answer));
    const home = join(cleanEnv(folder.path).XDG_CONFIG_HOME!, 'quickhand');
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'config.json'), JSON.stringify(model.settings));
    await writeFile(join(folder.path, 'area.ts'), source);
    await scenario(folder).finally(() => model.close());
  });

const sourceText = 'function area() {\n  return 1;\n}\n';

describe.concurrent('quickhand edit', () => {
  test('a refusal', () =>
    answered(`<refuse>${evil}</refuse>`, sourceText, async ({ run }) => {
      const { status, stdout, stderr } = await run(['edit', 'area.ts:2', 'x']);
      expect(status).toBe(1);
      expect(stderr).toContain('\\u{1B}]0;owned');
      expect(findInvisible(stdout + stderr)).toEqual([]);
    }));

  test('a diff that is piped keeps the code to the letter; as JSON it is escaped', () =>
    answered('function area() {\n  return 2;\n}', `// \u001b[2J\u202e\n\n${sourceText}`, async ({ run }) => {
      const diff = await run(['edit', 'area.ts:3', 'x']);
      expect(diff.stdout).toContain(' // \u001b[2J\u202e\n');
      const json = await run(['edit', 'area.ts:3', 'x', '--json']);
      expect(findInvisible(json.stdout)).toEqual([]);
      expect(JSON.parse(json.stdout).diff).toBe(diff.stdout);
    }));
});

describe.concurrent('quickhand stats', () => {
  const names = [evil, '<script>alert(1)</script>', '</title><img src=x onerror=alert(1)>', `"' onload='x' a="`];
  const withLedger = (scenario: (folder: Folder) => Promise<void>) =>
    inFolder(async (folder) => {
      const state = join(cleanEnv(folder.path).XDG_STATE_HOME!, 'quickhand');
      await mkdir(state, { recursive: true });
      const lines = names.map((name, i) =>
        JSON.stringify({
          at: i === 1 ? '<script>x</script>' : '2026-01-02T03:04:05Z',
          editId: `e${i}`,
          run: 'r',
          lane: name,
          model: name,
          totalMs: 10,
          firstHunkMs: 5,
          hunks: 1,
          rebases: 0,
          outcome: 'completed',
        }),
      );
      await writeFile(join(state, 'edits.jsonl'), `${lines.join('\n')}\n`);
      await scenario(folder);
    });

  test('in a terminal and as JSON', () =>
    withLedger(async ({ run }) => {
      const table = await run(['stats']);
      expect(table.stdout).toContain('no\\u{1B}]0;owned');
      const json = await run(['stats', '--json']);
      expect(
        JSON.parse(json.stdout)
          .models.map(({ model }: { model: string }) => model)
          .sort(),
      ).toEqual([...names].sort());
      expect(findInvisible(table.stdout + table.stderr + json.stdout)).toEqual([]);
    }));

  test('as a page', () =>
    withLedger(async ({ run, path }) => {
      expect((await run(['stats', '--html', 'page.html'])).status).toBe(0);
      const page = await readFile(join(path, 'page.html'), 'utf8');
      expect(page).not.toMatch(/<script|<img|onload='|<\/title>[\s\S]*<\/title><h1/);
      expect(page.match(/<title>/g)).toHaveLength(1 + page.match(/<rect/g)!.length);
      expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(findInvisible(page)).toEqual([]);
    }));
});

// The commands for Kakoune, in a real one: what they hand to kakoune-lsp, whose command is played by one that writes it down.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { install } from './drivers/install.ts';
import { baseText, sampleFile } from './drivers/project.ts';
import { readmeBlocks } from './drivers/readme.ts';
import { Sandbox } from './drivers/sandbox.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../clients/kakoune/quickhand.kak', import.meta.url));

beforeAll(async () => void (await install('kakoune')));

/** What `lsp-execute-command` is called with while Kakoune does `commands` on the project's file: each command with its arguments. */
async function handed(...commands: string[]): Promise<unknown[][]> {
  const dir = await install('kakoune');
  const sandbox = new Sandbox({ files: { [sampleFile]: baseText, 'notes "1".ts': baseText } });
  sandbox.write('home/handed', '');
  const stub = `define-command lsp-execute-command -params 2 %{ nop %sh{ printf '%s\\t%s\\n' "$1" "$2" >> ~/handed } }`;
  sandbox.write('home/do.kak', [stub, `source ${script}`, ...commands].join('\n'));
  const failed = 'echo -to-file %sh{echo ~/failed} %val{error}';
  const all = `try %{ source %sh{echo ~/do.kak} } catch %{ ${failed} }; quit!`;
  await run(`${dir}/usr/bin/kak`, ['-n', '-ui', 'dummy', '-e', all, sandbox.path('work', sampleFile)], {
    cwd: sandbox.path('work'),
    env: sandbox.env,
  });
  return readFileSync(sandbox.path('home/handed'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
    .map(([command, args]) => [command, ...JSON.parse(args!)]);
}

const place = (from: number, to: number, more = {}) => ({
  path: expect.stringMatching(/\/work\/src\/math\.ts$/),
  line: from,
  sel: [from, to],
  ...more,
});

describe('the commands for Kakoune', () => {
  test('edit: at the cursor, and in the selection whichever way it goes', async () => {
    expect(
      await handed(
        'select 4.5,4.5',
        'quickhand rename sum to amount',
        'select 6.1,8.3',
        'quickhand one',
        'select 8.3,6.1',
        'quickhand-lines two',
      ),
    ).toEqual([
      ['quickhand.edit', place(4, 4), 'rename sum to amount'],
      ['quickhand.edit', place(6, 8), 'one'],
      ['quickhand.edit', place(6, 8, { scope: 'selection' }), 'two'],
    ]);
  });

  test('edit: words arrive as they were said', async () => {
    const words = `say "it's 100%" \\ $HOME \`ls\` naïve 😀`;
    const [edit] = await handed(`quickhand %🐈${words}🐈`);
    expect(edit!.at(-1)).toBe(words);
    const [steer] = await handed(`quickhand-steer %🐈${words}🐈`);
    expect(steer).toEqual(['quickhand.steer', { instruction: words }]);
  });

  test('edit: without words it asks for them', async () => {
    const [edit] = await handed('select 4.5,4.5', "execute-keys ':quickhand<ret>as asked<ret>'");
    expect(edit).toEqual(['quickhand.edit', place(4, 4), 'as asked']);
  });

  test('explain: with a question and without', async () => {
    expect(await handed('select 2.1,2.1', 'quickhand-explain', 'quickhand-explain why a loop?')).toEqual([
      ['quickhand.explain', place(2, 2), ''],
      ['quickhand.explain', place(2, 2), 'why a loop?'],
    ]);
  });

  test('stop, keep, revert, retry: of the last edit', async () => {
    const all = ['quickhand-stop', 'quickhand-keep', 'quickhand-revert', 'quickhand-retry'];
    expect(await handed(...all)).toEqual(
      ['cancel', 'keep', 'revert', 'retry'].map((command) => [`quickhand.${command}`]),
    );
    expect(await handed('quickhand-verify')).toEqual([['quickhand.verify', { wait: false }]]);
  });

  test('the keys of the README', async () => {
    const [given] = readmeBlocks('Install', 'kak', 'clients/kakoune/README.md');
    const [key] = /^ *map .*$/m.exec(given!)!;
    expect(await handed(key.trim(), "execute-keys '<space>qz'", "execute-keys ' qs'")).toEqual([
      ['quickhand.revert'],
      ['quickhand.cancel'],
    ]);
  });
});

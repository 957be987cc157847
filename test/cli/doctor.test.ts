// `quickhand doctor`: what somebody sees of their installation, configuration, models and editors.

import { readdirSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type RehearsalOptions, startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import { findInvisible } from '../../server/text/invisible.ts';
import { withModelList } from '../client/model-list.ts';
import { startHostile } from '../models/hostile.ts';
import { configure } from './configure.ts';
import { type Folder, inFolder } from './run.ts';

const root = new URL('../..', import.meta.url);
const secretKey = 'sk-very-secret-value';

/** With a model that plays a script, as the lane `fast`. */
const withModel = (script: RehearsalOptions, scenario: (folder: Folder) => Promise<void>) =>
  inFolder(async (folder) => {
    const model = await startRehearsal({ rate: 2000, ...script });
    await configure(folder, {
      providers: { mine: { api: 'chat', baseUrl: model.url, apiKeyEnv: 'MY_KEY' } },
      lanes: { fast: 'mine/little' },
    });
    await scenario(folder).finally(() => model.close());
  });

describe.concurrent('with nothing configured', () => {
  test('the rehearsal model is measured and labelled; exit 0', () =>
    inFolder(async ({ run, path }) => {
      const { status, stdout, stderr } = await run(['doctor'], { asProgram: true });
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Quickhand \d+\.\d+\.\d+, Node \d+/);
      expect(stdout).toMatch(/grammars: .*javascript, python,.* typescript/);
      expect(stdout).toContain(`${join(path, '.config', 'quickhand', 'config.json')} (not there)`);
      expect(stdout).toMatch(/fast: rehearsal model \(not an AI\): first token \d+ ms · (\d+ tokens\/s|too fast)/);
      expect(stdout).toMatch(/rehearsal model, which is not an AI/);
      expect(stderr).toMatch(/^asking rehearsal model \(not an AI\) …\n1 of 1 answered, after \d+ s\n$/);
      expect(stdout).not.toContain('\x1b');
    }));

  test('--json: one object, and nothing else on the standard output', () =>
    inFolder(async ({ run }) => {
      const { status, stdout } = await run(['doctor', '--json']);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        works: true,
        installation: { grammars: expect.arrayContaining([{ name: 'tsx' }]), problems: [] },
        configuration: { problems: [], lanes: [] },
        models: [{ lane: 'fast', isRehearsal: true, ttftMs: expect.any(Number) }],
      });
    }));
});

describe.concurrent('models', () => {
  test('an endpoint that says back what it was told, in control characters', () =>
    inFolder(async (folder) => {
      const told = 'you sent gateway-secret-1 and the-key-of-it\u001b[2J\u202e';
      const peer = await startHostile([{ status: 400, body: JSON.stringify({ error: { message: told } }) }]);
      await configure(folder, {
        providers: {
          mine: { api: 'chat', baseUrl: peer.url, apiKeyEnv: 'MY_KEY', headers: { 'x-gateway': 'gateway-secret-1' } },
        },
        lanes: { fast: 'mine/little' },
      });
      const env = { MY_KEY: 'the-key-of-it' };
      const shown = await folder.run(['doctor'], { env });
      const json = await folder.run(['doctor', '--json'], { env });
      for (const { stdout, stderr, status } of [shown, json]) {
        expect(status).toBe(1);
        expect(stdout).toContain('you sent *** and ***');
        expect(stdout + stderr).not.toMatch(/gateway-secret|the-key-of-it/);
        expect(findInvisible(stdout + stderr)).toEqual([]);
      }
      await peer.close();
    }));

  test('each configured one is asked once and measured', () =>
    withModel(
      { script: [{ answer: 'x'.repeat(400), delayMs: 80, usage: { outputTokens: 222 } }], rate: 200 },
      async ({ run }) => {
        const { status, stdout } = await run(['doctor', '--json'], { env: { MY_KEY: secretKey } });
        expect(status).toBe(0);
        const { models } = JSON.parse(stdout);
        expect(models).toMatchObject([{ lane: 'fast', model: 'mine/little', isRehearsal: false, transport: 'sse' }]);
        expect(models).toHaveLength(1);
        expect(models[0].ttftMs).toBeGreaterThanOrEqual(75);
        expect(models[0].tokensPerSecond).toBeGreaterThan(0);
      },
    ));

  test.each<[string, RehearsalOptions, RegExp]>([
    ['one that refuses the key', { script: [{ status: 401 }] }, /mine\/little.*MY_KEY/],
    ['one that breaks off', { script: [{ fault: 'eof', afterChunks: 3 }] }, /mine\/little: mine: .*cut off/],
    ['one that answers nothing', { script: [{ answer: '' }] }, /mine\/little: the model gave an empty answer/],
  ])('%s: said, exit 1', (_name, script, message) =>
    withModel(script, async ({ run }) => {
      const { status, stdout } = await run(['doctor'], { env: { MY_KEY: secretKey } });
      expect(status).toBe(1);
      expect(stdout).toMatch(message);
      expect(stdout).toContain('Something does not work');
      expect(stdout).not.toContain(secretKey);
    }),
  );

  test('a key that is missing is named', () =>
    withModel({}, async ({ run }) => {
      const { status, stdout } = await run(['doctor']);
      expect(status).toBe(1);
      expect(stdout).toMatch(/no key; set MY_KEY/);
    }));

  test('one that does not answer: Ctrl-C ends it with 130', () =>
    withModel({ script: [{ delayMs: 60_000 }] }, async ({ run }) => {
      const interrupt = new AbortController();
      const asked = /asking mine\/little/;
      const onErrors = (soFar: string) => {
        if (asked.test(soFar)) interrupt.abort();
      };
      const { status } = await run(['doctor'], { env: { MY_KEY: secretKey }, interrupt: interrupt.signal, onErrors });
      expect(status).toBe(130);
    }));
});

describe.concurrent('configuration', () => {
  test('each problem with its path; exit 1, although the rest is measured', () =>
    inFolder(async (folder) => {
      const file = await configure(folder, { delivery: 'sometimes', lanes: { fast: 'cerebas/x' } });
      const { status, stdout } = await folder.run(['doctor']);
      expect(status).toBe(1);
      expect(stdout).toContain(`  ${file}\n`);
      expect(stdout).toMatch(/^ {2}delivery: .*\(in the user file\)$/m);
      expect(stdout).toMatch(/^ {2}lanes\.fast\.provider: .*cerebas.*did you mean "cerebras"/m);
    }));

  test('a file that can not be read: where', () =>
    inFolder(async (folder) => {
      const file = await configure(folder, '{\n  "lanes": \n}');
      const { status, stdout } = await folder.run(['doctor']);
      expect(status).toBe(1);
      expect(stdout).toContain(`${file}:3:1`);
    }));

  test('a workspace file that reaches too far', () =>
    inFolder(async ({ run, path }) => {
      await writeFile(join(path, '.quickhand.json'), JSON.stringify({ lanes: { fast: 'openai/x' } }));
      const { status, stdout } = await run(['doctor']);
      expect(status).toBe(1);
      expect(stdout).toMatch(/lanes: a workspace may not set this/);
      expect(stdout).toMatch(/fast: rehearsal model/);
    }));
});

describe.concurrent('what was found and is not configured', () => {
  test('a key: its name and the line that would use it, never what it is', () =>
    inFolder(async ({ run }) => {
      const { status, stdout } = await run(['doctor'], { env: { CEREBRAS_API_KEY: secretKey } });
      expect(status).toBe(0);
      expect(stdout).toContain(
        'CEREBRAS_API_KEY is set: not used; "lanes": {"fast": "cerebras/gpt-oss-120b"} would use it',
      );
      const json = await run(['doctor', '--json'], { env: { CEREBRAS_API_KEY: secretKey } });
      const key = expect.objectContaining({ kind: 'key', name: 'CEREBRAS_API_KEY', isUsed: false });
      expect(JSON.parse(json.stdout).found).toEqual(expect.arrayContaining([key]));
      for (const text of [stdout, json.stdout, json.stderr]) expect(text).not.toContain(secretKey);
    }));

  test('a local server: it is looked at, and asked for nothing', () =>
    withModelList({ data: [{ id: 'local-7b' }] }, ({ baseUrl, origin, requests }) =>
      inFolder(async (folder) => {
        await configure(folder, { providers: { ollama: { baseUrl } } });
        const { status, stdout } = await folder.run(['doctor']);
        expect(status).toBe(0);
        expect(stdout).toContain(`ollama is at ${origin}: not used; "lanes": {"fast": "ollama/local-7b"} would use it`);
        expect(requests).toEqual(['GET /v1/models without a key']);
      }),
    ));
});

describe.concurrent('editors', () => {
  test('those on PATH with their versions, and the lines for them', () =>
    inFolder(async (folder) => {
      const env = await withPrograms(folder, {
        nvim: 'NVIM v0.12.1\nBuild type: Release',
        hx: 'helix 25.07.1 (a05c151b)',
        kak: 'Kakoune v2025.06.03',
        subl: 'never asked',
        quickhand: '',
      });
      const { status, stdout } = await folder.run(['doctor'], { env });
      expect(status).toBe(0);
      expect(stdout).toMatch(/^ {2}Neovim 0\.12\.1 \(.*nvim\): the plugin in clients\/neovim /m);
      expect(stdout).toMatch(/^ {2}Helix 25\.07\.1 /m);
      expect(stdout).toContain(lines('neovim-0.11.lua') + lines('neovim-keys.lua'));
      expect(stdout).not.toContain(lines('neovim-0.10.lua'));
      for (const file of ['helix-languages.toml', 'kakoune.kak', 'sublime-text.jsonc'])
        expect(stdout).toContain(lines(file));
      expect(stdout).toContain(lines('helix-config.toml') + lines('helix-prompt.toml'));
      expect(stdout).not.toContain('never asked');
      expect(stdout).not.toContain('not on PATH');
    }));

  test('older ones get what works for them; where quickhand is not on PATH, what to write', () =>
    inFolder(async (folder) => {
      const env = await withPrograms(folder, { nvim: 'NVIM v0.10.4', hx: 'helix 25.01.1 (e7ac2fcd)' });
      const { stdout } = await folder.run(['doctor'], { env });
      expect(stdout).toContain(lines('neovim-0.10.lua') + lines('neovim-keys.lua'));
      expect(stdout).not.toContain(lines('neovim-0.11.lua'));
      expect(stdout).toContain(lines('helix-languages.toml'));
      expect(stdout).toContain(lines('helix-config.toml'));
      expect(stdout).not.toContain(lines('helix-prompt.toml'));
      expect(stdout).toMatch(/quickhand is not on PATH: .*node .*quickhand\.js/);
    }));

  test('a program in the folder where it is asked is none of them, whatever PATH says', () =>
    inFolder(async (folder) => {
      await withPrograms(folder, { nvim: 'NVIM v0.12.1' });
      const { status, stdout } = await folder.run(['doctor'], { env: { PATH: 'bin:./bin:' } });
      expect(status).toBe(0);
      expect(stdout).not.toContain('Neovim 0.12.1');
    }));

  test('one with several clients gets the lines for each', () =>
    inFolder(async (folder) => {
      const programs = { vim: 'VIM - Vi IMproved 9.1', kate: 'never asked', emacs: 'GNU Emacs 30.2' };
      const { stdout } = await folder.run(['doctor'], { env: await withPrograms(folder, programs) });
      expect(stdout).toMatch(/^ {2}Vim 9\.1 /m);
      for (const file of ['coc-settings.jsonc', 'vim-lsp.vim', 'vim-yegappan-lsp.vim', 'kate.json'])
        expect(stdout).toContain(lines(file));
      for (const file of ['emacs.el', 'emacs-lsp-mode.el']) expect(stdout).toContain(lines(file));
      expect(stdout).not.toContain('never asked');
    }));

  test('one that has no lines is named', () =>
    inFolder(async (folder) => {
      const { stdout } = await folder.run(['doctor'], { env: await withPrograms(folder, { zed: '', code: '' }) });
      expect(stdout).toMatch(/VS Code .*extension/);
      expect(stdout).toMatch(/Zed .*extension/);
    }));

  test('README.md has the same lines', () => {
    const readme = readFileSync(new URL('README.md', root), 'utf8');
    const files = readdirSync(new URL('server/cli/editors', root));
    expect(files.length).toBeGreaterThan(6);
    for (const file of files) expect(readme).toContain(lines(file));
  });
});

test.concurrent.each([
  [['doctor', '--jsn'], /--jsn/],
  [['doctor', '--timeout', '0'], /--timeout: expected a whole number/],
  [['doctor', 'me'], /unexpected argument "me"/],
])('%j: exit 2 with the usage', (args, message) =>
  inFolder(async ({ run }) => {
    const { status, stdout, stderr } = await run(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toContain('usage: quickhand doctor');
  }),
);

test.concurrent('an installation that lost its grammars: said, exit 1', () =>
  inFolder(async ({ run, path }) => {
    const copy = join(path, 'dist');
    await cp(new URL('dist', root), copy, { recursive: true });
    await rm(join(copy, 'grammars', 'python', 'grammar.wasm'));
    const { status, stdout } = await run(['doctor'], { script: join(copy, 'quickhand.js') });
    expect(status).toBe(1);
    expect(stdout).toMatch(/the grammar python can't be loaded/);
  }));

const lines = (file: string): string => readFileSync(new URL(`server/cli/editors/${file}`, root), 'utf8');

/** A PATH of nothing but programs that print what they are told to. */
async function withPrograms({ path }: Folder, programs: Record<string, string>): Promise<Record<string, string>> {
  const bin = join(path, 'bin');
  await mkdir(bin);
  for (const [name, output] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\nprintf '%s\\n' '${output}'\n`);
    await chmod(join(bin, name), 0o755);
  }
  return { PATH: bin };
}

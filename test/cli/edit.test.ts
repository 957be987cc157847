// `quickhand edit`: one edit without an editor, through the same server, on the rehearsal model.

import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Puppet } from '../client/puppet.ts';
import { odd } from '../files/odd.ts';
import { type Folder, inFolder } from './run.ts';

const source = `const before = 1;

export function area(width: number, height: number) {
  const size = width * height;
  return size;
}

const after = 2;
`;
const renamed = source.replaceAll('size', 'extent');
const rename = 'rename size to extent';

const withFile = (scenario: (folder: Folder & { file: string }) => Promise<void>, text: string | Uint8Array = source) =>
  inFolder(async (folder) => {
    const file = join(folder.path, 'area.ts');
    await writeFile(file, text);
    await scenario({ ...folder, file });
  });

describe.concurrent('what it prints', () => {
  test('a unified diff that git can apply, and the file stays as it was', () =>
    withFile(async ({ run, file, path }) => {
      const { status, stdout, stderr } = await run(['edit', 'area.ts:4', rename], { asProgram: true });
      expect(status).toBe(0);
      expect(stderr).toMatch(/rehearsal/i);
      expect(stdout).toMatch(/^--- a\/area\.ts\n\+\+\+ b\/area\.ts\n@@ /);
      expect(await readFile(file, 'utf8')).toBe(source);
      execFileSync('git', ['apply', '-'], {
        cwd: path,
        input: stdout,
        env: { ...process.env, GIT_CEILING_DIRECTORIES: path },
      });
      expect(await readFile(file, 'utf8')).toBe(renamed);
    }));

  test('--json: one object', () =>
    withFile(async ({ run }) => {
      const { status, stdout } = await run(['edit', 'area.ts:4:3', rename, '--json']);
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        file: 'area.ts',
        outcome: 'completed',
        changedLines: 4,
        written: false,
        diff: expect.stringContaining('+  return extent;'),
        timing: { totalMs: expect.any(Number), hunks: expect.any(Number) },
      });
    }));

  test('nothing to change is said, and is no failure', () =>
    withFile(async ({ run }) => {
      expect(await run(['edit', 'area.ts:4', 'rename nothing to something'])).toMatchObject({
        status: 0,
        stdout: '',
        stderr: expect.stringContaining('nothing to change'),
      });
    }));

  test('a language without a grammar: the paragraph, and that nothing checks it', () =>
    inFolder(async ({ run, path }) => {
      await writeFile(join(path, 'notes.txt'), 'one\ntwo\n\none\n');
      const { status, stdout, stderr } = await run(['edit', 'notes.txt:1', 'rename one to uno']);
      expect(status).toBe(0);
      expect(stderr).toContain('notes.txt: plaintext has no grammar here, so nothing checks that it parses\n');
      expect(stdout).toContain('-one\n+uno\n two\n \n one\n');
    }));

  test('the instruction from stdin', () =>
    withFile(async ({ run }) => {
      const { status, stdout } = await run(['edit', 'area.ts:4', '-'], { input: `${rename}\n` });
      expect(status).toBe(0);
      expect(stdout).toContain('+  return extent;');
    }));
});

describe.concurrent('--write', () => {
  test('changes the file, keeps its mode, and leaves nothing else behind', () =>
    withFile(async ({ run, file, path }) => {
      await chmod(file, 0o751);
      const { status, stdout } = await run(['edit', 'area.ts:4', rename, '--write']);
      expect(status).toBe(0);
      expect(stdout).toContain('+  return extent;');
      expect(await readFile(file, 'utf8')).toBe(renamed);
      expect((await stat(file)).mode & 0o777).toBe(0o751);
      expect((await readdir(path)).filter((name) => !name.startsWith('.'))).toEqual(['area.ts']);
      expect((await readdir(path)).filter((name) => name.includes('area'))).toEqual(['area.ts']);
    }));

  test('follows a symbolic link', () =>
    withFile(async ({ run, file, path }) => {
      await symlink('area.ts', join(path, 'link.ts'));
      expect(await run(['edit', 'link.ts:4', rename, '--write'])).toMatchObject({ status: 0 });
      expect(await readFile(file, 'utf8')).toBe(renamed);
    }));

  test.each([
    ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['no final line break', (text: string) => text.trimEnd()],
  ])('keeps %s', (_name, make) =>
    withFile(async ({ run, file }) => {
      expect(await run(['edit', 'area.ts:4', rename, '--write'])).toMatchObject({ status: 0 });
      expect(await readFile(file, 'utf8')).toBe(make(renamed));
    }, make(source)),
  );

  test('refuses if the file was changed meanwhile', () =>
    withModel(async ({ run, file, model }) => {
      const running = run(['edit', 'area.ts:4', 'do it', '--write']);
      const call = await model.next();
      await writeFile(file, `${source}// mine\n`);
      call.answer(call.scope.replaceAll('size', 'extent'));
      expect(await running).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/changed.*meanwhile/),
      });
      expect(await readFile(file, 'utf8')).toBe(`${source}// mine\n`);
    }));
});

describe.concurrent('--max-changed-lines', () => {
  test('over it: exit 1, nothing is written, the diff is there to look at', () =>
    withFile(async ({ run, file }) => {
      const { status, stdout, stderr } = await run([
        'edit',
        'area.ts:4',
        rename,
        '--write',
        '--max-changed-lines',
        '3',
      ]);
      expect(status).toBe(1);
      expect(stderr).toMatch(/4 lines.*--max-changed-lines 3/);
      expect(stdout).toContain('+  return extent;');
      expect(await readFile(file, 'utf8')).toBe(source);
    }));

  test('at it: written', () =>
    withFile(async ({ run, file }) => {
      const { status } = await run(['edit', 'area.ts:4', rename, '--write', '--max-changed-lines', '4']);
      expect(status).toBe(0);
      expect(await readFile(file, 'utf8')).toBe(renamed);
    }));
});

describe.concurrent('what goes wrong', () => {
  const cases: [string, string[], number, RegExp][] = [
    ['a file that is not there', ['edit', 'none.ts:1', 'x'], 1, /none\.ts.*no such file/],
    ['a folder', ['edit', '.:1', 'x'], 1, /folder/],
    ['a line that is not there', ['edit', 'area.ts:99', 'x'], 2, /no line 99.*9/],
    ['line 0', ['edit', 'area.ts:0', 'x'], 2, /no line 0/],
    ['a column that is not there', ['edit', 'area.ts:1:99', 'x'], 2, /no column 99/],
    ['a lane that is not there', ['edit', 'area.ts:4', 'x', '--lane', 'nosuch'], 1, /nosuch/],
  ];
  test.each(cases)('%s', (_name, args, status, message) =>
    withFile(async ({ run }) => {
      expect(await run(args)).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) });
    }),
  );

  test('a file that is no text', () =>
    withFile(
      async ({ run }) => {
        expect(await run(['edit', 'area.ts:1', 'x'])).toMatchObject({
          status: 1,
          stderr: expect.stringMatching(/UTF-8/),
        });
      },
      new Uint8Array([0xff, 0xfe, 0, 1, 2, 0xc3]),
    ));

  test('a model that is configured and not there: exit 1, the file untouched', () =>
    withFile(async ({ run, file }) => {
      const env = { QUICKHAND_MODEL: 'openai/some-model' };
      const { status, stdout, stderr } = await run(['edit', 'area.ts:4', rename, '--write'], { env });
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/OPENAI_API_KEY/);
      expect(await readFile(file, 'utf8')).toBe(source);
    }));

  test('Ctrl-C: exit 130, the model is hung up on, the file untouched', () =>
    withModel(async ({ run, file, model }) => {
      const interrupt = new AbortController();
      const running = run(['edit', 'area.ts:4', 'do it', '--write'], { interrupt: interrupt.signal });
      const call = await model.next();
      interrupt.abort();
      expect(await running).toEqual({ status: 130, stdout: '', stderr: '' });
      await call.untilHungUp();
      expect(await readFile(file, 'utf8')).toBe(source);
    }));

  test('--json tells of a failure too', () =>
    withModel(async ({ run, model }) => {
      const running = run(['edit', 'area.ts:4', 'do it', '--json']);
      (await model.next()).answer('<refuse>it would break callers</refuse>');
      const { status, stdout } = await running;
      expect(status).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        outcome: 'rejected',
        reason: expect.stringContaining('it would break callers'),
        changedLines: 0,
        written: false,
        diff: '',
      });
    }));

  test('a model that stops half-way: exit 1, nothing is written', () =>
    withModel(async ({ run, file, model }) => {
      const running = run(['edit', 'area.ts:4', 'do it', '--write']);
      const call = await model.next();
      call.say(call.scope.replaceAll('size', 'extent').slice(0, -3)).cutByLimit();
      expect(await running).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/failed/) });
      expect(await readFile(file, 'utf8')).toBe(source);
    }));
});

/** With a model that the test speaks for, configured in the user's file. */
function withModel(scenario: (world: Folder & { file: string; model: Puppet }) => Promise<void>): Promise<void> {
  return withFile(async (folder) => {
    const model = await Puppet.start();
    const config = join(folder.path, '.config', 'quickhand');
    await mkdir(config, { recursive: true });
    await writeFile(join(config, 'config.json'), JSON.stringify(model.settings));
    await scenario({ ...folder, model }).finally(() => model.close());
  });
}

describe.concurrent('what is no source file', () => {
  test.each(Object.entries(odd))('%s: exit 1, at once', (_, make) =>
    inFolder(async ({ path, run }) => {
      const undo = await make(join(path, 'odd.ts'));
      const { status, stderr } = await run(['edit', 'odd.ts:1', rename]);
      expect(status).toBe(1);
      expect(stderr).toMatch(/can't read odd\.ts: (it is a folder|it is not a file|larger than \d+ bytes)/);
      await undo?.();
    }),
  );

  test('a link to one that is never sent', () =>
    inFolder(async ({ path, run }) => {
      await writeFile(join(path, '.env'), source);
      await symlink('.env', join(path, 'innocent.ts'));
      const { status, stderr } = await run(['edit', 'innocent.ts:4', rename]);
      expect(status).toBe(1);
      expect(stderr).toMatch(/files like \.env.* are never sent/);
    }));
});

// quickhand.verify: the user's own check, run when asked, as a step of its own; what it says becomes diagnostics.

import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LSPErrorCodes } from 'vscode-languageserver-protocol';
import { type ClientOptions, TestClient } from '../client/client.ts';
import { gone, pidsIn } from '../client/processes.ts';
import { inWorld, type World } from '../client/world.ts';
import { odd } from '../files/odd.ts';
import { firstAfter, sampleText } from './samples.ts';

/** A template of a check's; the quotes are none of TypeScript's. */
const template = (name: string) => `\${${name}}`;
const folder = template('workspaceFolder');

/** A check that is a script for Node; it finds the workspace folder in `folder`. */
const scripted = (script: string, more: object = {}) => ({
  command: process.execPath,
  args: ['-e', `const folder = process.argv[1]; ${script}`, folder],
  ...more,
});

const checkedBy = (...verify: object[]): ClientOptions => ({ initializationOptions: { verify } });

/** A server that ends takes all processes with it that its own has started. So those that do not run as programs run one after the other. */
const programCheckedBy = (...verify: object[]): ClientOptions => ({ ...checkedBy(...verify), asProgram: true });

/** A document that is on the disk as well. */
const saved = async (client: TestClient, text = sampleText, name = 'sample.ts') => {
  const path = join(client.folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return client.open(text, { name });
};

const verify = (client: TestClient, argument: object = {}) => client.command('quickhand.verify', argument);

/** An edit that has ended, and is on the disk. */
const edited = async ({ client, model }: World) => {
  const document = await saved(client);
  const edit = await client.edit(document, 'list[0]');
  (await model.next()).answer(firstAfter);
  const end = await edit.end();
  await writeFile(join(client.folder, 'sample.ts'), document.text);
  return { document, edit, end };
};

const state = async (client: TestClient) => {
  const { last } = await client.command<{ last: { state: string } }>('quickhand.status');
  return last.state;
};

describe('a check that passes', () => {
  test('answers when it is over; a draft is verified', () =>
    inWorld(checkedBy(scripted('')), async (world) => {
      const { client } = world;
      const { end, edit } = await edited(world);
      expect(end).toMatchObject({ state: 'draft' });
      expect(await state(client)).toBe('draft');
      expect(await verify(client, { editId: edit.editId })).toEqual({
        verifyId: expect.any(String),
        ok: true,
        exitCode: 0,
        problems: [],
        output: '',
        totalMs: expect.any(Number),
      });
      expect(await state(client)).toBe('verified');
      const ledger = join(client.folder, '.state', 'quickhand', 'edits.jsonl');
      await client.takeMessage(/^Quickhand: node passed in \d+\.\d s$/);
      const progress = [...client.log.progress.values()].at(-1);
      expect(progress?.[0]).toMatchObject({ title: 'Quickhand: verify sample.ts', cancellable: true });
      expect(progress?.at(-1)?.message).toMatch(/passed/);
      await client.shutdown();
      expect(await readFile(ledger, 'utf8')).toMatch(/"editId":"edit-1","reaction":"verified"/);
    }));

  test('an edit that was kept stays kept, and one that was reverted is not verified', () =>
    inWorld(checkedBy(scripted('')), async (world) => {
      const { client } = world;
      const { document, edit } = await edited(world);
      await client.command('quickhand.keep', {});
      await verify(client);
      expect(await state(client)).toBe('kept');
      await edit.revert();
      await client.untilText(document, sampleText);
      await writeFile(join(client.folder, 'sample.ts'), sampleText);
      await verify(client);
      expect(await state(client)).toBe('reverted');
      await client.takeMessage(/passed/);
      await client.takeMessage(/passed/);
    }));

  test('several run in order, those of other languages do not', () =>
    inWorld(
      checkedBy(
        scripted('console.log("one")', { languages: ['typescript'] }),
        scripted('process.exit(1)', { languages: ['python'] }),
        scripted('console.log("two")'),
      ),
      async ({ client }) => {
        const document = await saved(client);
        expect(await verify(client, { textDocument: { uri: document.uri } })).toMatchObject({
          ok: true,
          output: 'two\n',
        });
        await client.takeMessage(/passed/);
      },
    ));

  test('templates: the file, its package and the workspace; it starts in the package', () =>
    inWorld(
      checkedBy({
        command: process.execPath,
        args: [
          '-e',
          'console.log(JSON.stringify([process.cwd(), ...process.argv.slice(1)]))',
          template('file'),
          `in ${template('packageDir')}`,
          folder,
          '$HOME',
        ],
      }),
      async ({ client }) => {
        const document = await saved(client, sampleText, 'packages/a/src/a b.ts');
        await writeFile(join(client.folder, 'package.json'), '{}');
        await writeFile(join(client.folder, 'packages/a/package.json'), '{}');
        const { output } = await verify(client, { textDocument: { uri: document.uri } });
        const at = join(client.folder, 'packages/a');
        expect(JSON.parse(String(output))).toEqual([at, join(at, 'src/a b.ts'), `in ${at}`, client.folder, '$HOME']);
        await client.takeMessage(/passed/);
      },
    ));
});

describe('a check that fails', () => {
  const checkOutput = [
    'sample.ts(6,16): error TS2322: Type A is not B.',
    "  Types of property 'x' are incompatible.",
    '\u001b[31msample.ts:11:9 - warning: unused\u001b[0m',
    './other.ts:2: no such name',
    'http://localhost:80: not a file',
    '12:30:45: nor a time',
    'Found 3 problems.',
  ].join('\n');
  const failing = checkedBy(scripted(`console.log(${JSON.stringify(checkOutput)}); process.exit(2)`));

  test('its problems are diagnostics of their files, and the edit stays a draft', () =>
    inWorld(failing, async (world) => {
      const { client } = world;
      await writeFile(join(client.folder, 'other.ts'), 'a\nb\n');
      const { document } = await edited(world);
      const answer = await verify(client);
      expect(answer).toMatchObject({ ok: false, exitCode: 2 });
      expect(await state(client)).toBe('draft');
      const source = 'node';
      expect(client.diagnostics.get(document.uri)).toEqual([
        {
          range: { start: { line: 5, character: 15 }, end: { line: 5, character: 16 } },
          severity: 1,
          source,
          code: 'TS2322',
          message: "Type A is not B.\n  Types of property 'x' are incompatible.",
        },
        {
          range: { start: { line: 10, character: 8 }, end: { line: 10, character: 9 } },
          severity: 2,
          source,
          message: 'unused',
        },
      ]);
      const other = pathToFileURL(join(client.folder, 'other.ts')).href;
      expect(client.diagnostics.get(other)).toMatchObject([
        { range: { start: { line: 1, character: 0 } }, severity: 1 },
      ]);
      expect((answer.problems as { uri: string }[]).map(({ uri }) => uri)).toEqual([document.uri, document.uri, other]);
      await client.takeMessage(/^Quickhand: check failed: 3 problems$/);
    }));

  test('each has a fix; one goes when its line changes, the others move with the text', () =>
    inWorld(failing, async ({ client, model }) => {
      const document = await saved(client);
      await verify(client, { textDocument: { uri: document.uri } });
      await client.takeMessage(/failed/);
      const [problem] = client.diagnostics.get(document.uri)!;
      const actions = await client.codeActions(document, problem!.range, { diagnostics: [problem] });
      const fix = actions.find(({ title }) => title.startsWith('Fix: Type A'))!.command;
      const { editId } = await client.command<{ editId: string }>(fix.command, ...fix.arguments);
      const call = await model.next();
      expect(call.prompt).toContain('line 6: Type A is not B.');
      call.answer(firstAfter);
      await client.handle(editId).end();
      document.typeBefore('import', '// one\n// two\n');
      const left = await client.until('the other one, moved', () => {
        const now = client.diagnostics.get(document.uri)!;
        return now.length === 1 && now[0]!.range.start.line === 12 ? now : undefined;
      });
      expect(left[0]?.message).toBe('unused');
    }));

  test('the next check replaces them, closing a document clears its own', () =>
    inWorld(
      checkedBy(
        scripted(
          'const fs = require("fs"); if (!fs.existsSync("fixed")) { console.log("sample.ts:1: bad\\nother.ts:1: bad"); process.exit(1); }',
          { cwd: folder },
        ),
      ),
      async ({ client }) => {
        const document = await saved(client);
        const other = await saved(client, 'x\n', 'other.ts');
        await verify(client, { textDocument: { uri: document.uri } });
        await client.takeMessage(/failed/);
        client.closeDocument(other);
        await client.until('other cleared', () => client.diagnostics.get(other.uri)?.length === 0 || undefined);
        expect(client.diagnostics.get(document.uri)).toHaveLength(1);
        await writeFile(join(client.folder, 'fixed'), '');
        expect(await verify(client, { textDocument: { uri: document.uri } })).toMatchObject({ ok: true });
        expect(client.diagnostics.get(document.uri)).toEqual([]);
        await client.takeMessage(/passed/);
      },
    ));

  test('later ones are not run; without a problem in sight its last line is said', () =>
    inWorld(
      checkedBy(scripted('console.error("it went\\nwrong"); process.exit(1)'), scripted('')),
      async ({ client }) => {
        const document = await saved(client);
        expect(await verify(client, { textDocument: { uri: document.uri } })).toMatchObject({ ok: false, exitCode: 1 });
        await client.takeMessage(/^Quickhand: check failed: wrong$/);
      },
    ));
});

describe.concurrent('stopping it', () => {
  /** Starts a grandchild, writes its process id, and waits for ever. */
  const endlessProgram = `
    const child = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    require('fs').writeFileSync(require('path').join(folder, 'pid'), String(child.pid));
    setInterval(() => {}, 1000);`;

  // A shell begins soon on a busy machine too.
  const endlessScript = { command: 'sh', args: ['-c', 'sleep 1000 & echo $! > pid; wait'], cwd: folder };

  const grandchild = async (client: TestClient) => (await pidsIn(join(client.folder, 'pid'), 1))[0]!;

  const ways: [string, (client: TestClient, request: number) => Promise<unknown>][] = [
    ['quickhand.cancel', (client) => client.command('quickhand.cancel', {})],
    [
      'the progress',
      async (client) => {
        const [token] = [...client.log.progress.keys()];
        client.wire.notify('window/workDoneProgress/cancel', { token });
      },
    ],
  ];
  test.each(ways)('by %s: it and all that it started are gone', (_name, stop) =>
    inWorld(programCheckedBy(scripted(endlessProgram)), async ({ client }) => {
      const document = await saved(client);
      const { id, response } = client.startCommand('quickhand.verify', { textDocument: { uri: document.uri } });
      const pid = await grandchild(client);
      await stop(client, id);
      expect(await response).toMatchObject({ ok: false, reason: 'you cancelled it' });
      await gone([pid]);
    }),
  );

  test('by $/cancelRequest: -32800', () =>
    inWorld(programCheckedBy(scripted(endlessProgram)), async ({ client }) => {
      const document = await saved(client);
      const { id, response } = client.startCommand('quickhand.verify', { textDocument: { uri: document.uri } });
      const pid = await grandchild(client);
      client.wire.notify('$/cancelRequest', { id });
      await expect(response).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
      await gone([pid]);
    }));

  // Within the time the shell must have begun and written the id, also on a busy machine.
  test('by time', () =>
    inWorld(programCheckedBy({ ...endlessScript, timeoutMs: 3000 }), async ({ client }) => {
      const document = await saved(client);
      const answer = verify(client, { textDocument: { uri: document.uri } });
      const pid = await grandchild(client);
      expect(await answer).toMatchObject({ ok: false, reason: expect.stringMatching(/more than 3 s/) });
      await gone([pid]);
      await client.takeMessage(/failed: .*was stopped/);
    }));

  test('by shutting down', () =>
    inWorld(programCheckedBy(scripted(endlessProgram)), async ({ client }) => {
      const document = await saved(client);
      client.startCommand('quickhand.verify', { textDocument: { uri: document.uri } });
      const pid = await grandchild(client);
      await client.shutdown();
      await gone([pid]);
    }));

  test('by an editor that is gone without a word', async () => {
    const client = await TestClient.start(programCheckedBy(scripted(endlessProgram)));
    const document = await saved(client);
    client.startCommand('quickhand.verify', { textDocument: { uri: document.uri } });
    const pid = await grandchild(client);
    client.wire.process.stdin.end();
    expect(await client.exited()).toBe(1);
    await gone([pid]);
    await client.dispose();
  });

  test('a newer check takes the place of one that runs', () =>
    inWorld(
      programCheckedBy(scripted(`if (!require('fs').existsSync('pid')) {${endlessProgram}}`, { cwd: folder })),
      async ({ client }) => {
        const document = await saved(client);
        const first = verify(client, { textDocument: { uri: document.uri } });
        const pid = await grandchild(client);
        expect(await verify(client, { textDocument: { uri: document.uri } })).toMatchObject({ ok: true });
        await gone([pid]);
        expect(await first).toMatchObject({ ok: false, reason: 'a newer check took its place' });
        await client.takeMessage(/passed/);
      },
    ));
});

describe('asking for it', () => {
  test('the code action of a draft does not keep the editor waiting', () =>
    inWorld(checkedBy(scripted('')), async (world) => {
      const { client } = world;
      const { document } = await edited(world);
      const actions = await client.codeActions(document, document.rangeOf('head'));
      const action = actions.find(({ title }) => title === 'Verify: do it')!.command;
      expect(await client.command(action.command, ...action.arguments)).toEqual({ verifyId: expect.any(String) });
      await client.takeMessage(/passed/);
      expect(await state(client)).toBe('verified');
      const later = await client.codeActions(document, document.rangeOf('head'));
      expect(later.filter(({ title }) => title.endsWith(': do it'))).toEqual([]);
    }));

  test('nothing is ever run unasked', () =>
    inWorld(checkedBy(scripted('require("fs").writeFileSync("ran", "")', { cwd: folder })), async (world) => {
      await edited(world);
      await world.client.command('quickhand.keep', {});
      await world.client.shutdown();
      expect(existsSync(join(world.client.folder, 'ran'))).toBe(false);
    }));

  test('without a check the answer says which key to set', () =>
    inWorld({}, async ({ client, model }) => {
      const document = await saved(client);
      await expect(verify(client, { textDocument: { uri: document.uri } })).rejects.toThrow(
        /^verify: no check is configured for typescript; set "verify", for instance to \[{"languages":\["typescript"\]/,
      );
      expect(model.calls).toEqual([]);
    }));

  test('a program that is not there', () =>
    inWorld(checkedBy({ command: 'no-such-program' }), async ({ client }) => {
      const document = await saved(client);
      expect(await verify(client, { textDocument: { uri: document.uri } })).toMatchObject({ ok: false });
      await client.takeMessage(/^Quickhand: failed: no-such-program could not be started: there is no such program/);
    }));

  test('what is not saved, still running or not open is refused', () =>
    inWorld(checkedBy(scripted('')), async ({ client, model }) => {
      const document = await saved(client);
      await expect(verify(client, {})).rejects.toThrow(/nothing has been edited/);
      await expect(verify(client, { textDocument: { uri: 'file:///none.ts' } })).rejects.toThrow(/not open/);
      document.typeBefore('import', '// new\n');
      await expect(verify(client, { textDocument: { uri: document.uri } })).rejects.toThrow(/sample.ts is not saved/);
      const edit = await client.edit(document, 'list[0]');
      await expect(verify(client, { editId: edit.editId })).rejects.toThrow(/still running/);
      (await model.next()).answer('<no-change/>');
      await edit.end();
    }));
});

describe('what a repository can place', () => {
  test.each(Object.entries(odd))('%s is no manifest and no saved file; the server stays what it was', (_, make) =>
    inWorld(checkedBy(scripted('')), async ({ client }) => {
      const document = await saved(client);
      const argument = { textDocument: { uri: document.uri } };
      const undo = await make(join(client.folder, 'package.json'));
      expect(await verify(client, argument)).toMatchObject({ ok: true });
      await client.takeMessage(/passed/);
      await undo?.();
      await rm(join(client.folder, 'sample.ts'));
      const undoFile = await make(join(client.folder, 'sample.ts'));
      await expect(verify(client, argument)).rejects.toThrow(/sample.ts is not saved/);
      await undoFile?.();
    }),
  );
});

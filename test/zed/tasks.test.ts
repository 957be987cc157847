// The tasks and keys of the Zed client: each command as Zed would run it, with the built program and the rehearsal model.

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inFolder } from '../cli/run.ts';
import { type Call, Puppet } from '../client/puppet.ts';
import { clientFile, type Running, spawnTask, substitute, type Task, tasks } from './task.ts';

const source = `const before = 1;

export function area(width: number, height: number) {
  const größe = 'ÄÖÜ äöü €€€'; const size = width * height;
  return size;
}
`;
const renamed = source.replaceAll('size', 'extent');

const [edit, show] = tasks as [Task, Task];

interface Project {
  readonly folder: string;
  readonly file: string;
  run(): Promise<Running>;
}

/** Runs a task with the cursor at the end of line 4, whose column Zed counts in bytes. `name`: of the file. */
async function inProject(task: Task, use: (project: Project) => Promise<void>, name = 'area.ts') {
  await inFolder(async ({ path: folder }) => {
    const file = join(folder, name);
    await writeFile(file, source);
    const column = Buffer.byteLength(source.split('\n')[3]!) + 1;
    await use({ run: () => spawnTask(task, { file, row: 4, column }, folder), file, folder });
  });
}

/** The same up to the moment in which the model has been asked. */
async function whileAsked(use: (asked: { running: Running; call: Call; file: string }) => Promise<void>) {
  const model = await Puppet.start();
  try {
    await inProject(edit, async ({ folder, file, run }) => {
      await mkdir(join(folder, '.config/quickhand'), { recursive: true });
      await writeFile(join(folder, '.config/quickhand/config.json'), JSON.stringify(model.settings));
      const running = await run();
      await running.until('Edit: ');
      running.type('do it\n');
      await use({ running, call: await model.next(), file });
    });
  } finally {
    await model.close();
  }
}

async function answer(task: Running, instruction: string) {
  await task.until('Edit: ');
  task.type(`${instruction}\n`);
  return task.ended;
}

test('edit this: asks, edits and writes the file', () =>
  inProject(edit, async ({ run, file }) => {
    const { status, stderr } = await answer(await run(), 'rename size to extent');
    expect(stderr).toMatch(/rehearsal/i);
    expect(status).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(renamed);
  }));

test('show what an edit would do: prints the difference and leaves the file', () =>
  inProject(show, async ({ run, file }) => {
    const { status, stdout } = await answer(await run(), 'rename size to extent');
    expect(status).toBe(0);
    expect(stdout).toContain('+  return extent;');
    expect(await readFile(file, 'utf8')).toBe(source);
  }));

test('an instruction is never a part of the command, nor an option', () =>
  inProject(edit, async ({ run, file, folder }) => {
    const instruction = '--json "$(touch made)" `touch made` \'; touch made; \\';
    const { status, stdout } = await answer(await run(), instruction);
    expect(status).toBe(0);
    expect(stdout).not.toContain('"outcome"');
    expect(await readFile(file, 'utf8')).toContain('touch made');
    expect(existsSync(join(folder, 'made'))).toBe(false);
  }));

test('a file name is never a part of the command', () =>
  inProject(
    edit,
    async ({ run, file, folder }) => {
      const { status } = await answer(await run(), 'rename size to extent');
      expect(status).toBe(0);
      expect(await readFile(file, 'utf8')).toBe(renamed);
      expect(existsSync(join(folder, 'made'))).toBe(false);
    },
    'a b "$(touch made)" `touch made` $HOME\'.ts',
  ));

test('no instruction: nothing happens, and the terminal stays to say so', () =>
  inProject(edit, async ({ run, file }) => {
    const { status, stderr } = await answer(await run(), '');
    expect(status).toBe(2);
    expect(stderr).toContain('no instruction');
    expect(await readFile(file, 'utf8')).toBe(source);
  }));

test('Ctrl-D at the question: nothing happens', () =>
  inProject(edit, async ({ run, file }) => {
    const task = await run();
    await task.until('Edit: ');
    task.hangUp();
    expect((await task.ended).status).toBe(1);
    expect(await readFile(file, 'utf8')).toBe(source);
  }));

test('Ctrl-C while the model speaks: nothing is written', () =>
  whileAsked(async ({ running, call, file }) => {
    call.say(call.scope.slice(0, -10));
    running.interrupt();
    expect((await running.ended).status).not.toBe(0);
    await call.untilHungUp();
    expect(await readFile(file, 'utf8')).toBe(source);
  }));

test('what was saved meanwhile stays, and it is said', () =>
  whileAsked(async ({ running, call, file }) => {
    await writeFile(file, `${source}// mine\n`);
    call.answer(call.scope.replaceAll('size', 'extent'));
    const { status, stderr } = await running.ended;
    expect(status).toBe(1);
    expect(stderr).toMatch(/changed.*meanwhile/);
    expect(await readFile(file, 'utf8')).toBe(`${source}// mine\n`);
  }));

test('what the instruction could not be done with is said, and the file stays', () =>
  inProject(edit, async ({ run, file }) => {
    await writeFile(file, '\0');
    const { status, stderr } = await answer(await run(), 'rename size to extent');
    expect(status).not.toBe(0);
    expect(stderr).toContain('quickhand: ');
    expect(await readFile(file, 'utf8')).toBe('\0');
  }));

test('the current file is saved first, and what Zed puts in stands in the environment only', () => {
  for (const { save, command, args } of tasks) {
    expect(save).toBe('current');
    expect(args).toBeUndefined();
    expect(substitute(command, {})).toBe(command);
  }
});

test('the keys run tasks that are there', () => {
  const keymap: { bindings: Record<string, string | [string, { task_name: string }]> }[] = JSON.parse(
    clientFile('keymap.json'),
  );
  const bound = keymap.flatMap(({ bindings }) => Object.values(bindings));
  const named = bound
    .filter((action) => typeof action !== 'string')
    .map(([action, { task_name }]) => ({ action, task_name }));
  expect(named).toEqual(tasks.map(({ label }) => ({ action: 'task::Spawn', task_name: label })));
});

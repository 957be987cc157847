// `quickhand eval`: what it says of models that are good, bad, absent and stopped.

import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allCases, interrupted } from '../../server/cli/eval/cases.ts';
import { startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import { type RehearsalTask, readTask } from '../../server/rehearsal/request.ts';
import type { ScriptStep } from '../../server/rehearsal/script.ts';
import { configure } from './configure.ts';
import { type Folder, inFolder } from './run.ts';

/** A whole evaluation is some twenty edits: it takes a while on a busy machine. */
const patient = { timeout: 60_000 };

/** With a model, configured in the user's file, that answers each task as told. */
const withModel = (answer: (task: RehearsalTask) => ScriptStep, scenario: (folder: Folder) => Promise<void>) =>
  inFolder(async (folder) => {
    const model = await startRehearsal({ rate: 5000, answer: ({ text }) => answer(readTask(text)!) });
    const mine = { api: 'responses', transport: 'websocket', baseUrl: model.url };
    await configure(folder, { providers: { mine }, lanes: { fast: 'mine/good', deep: 'mine/other' } });
    await scenario(folder).finally(() => model.close());
  });

/** With a model that answers with endless talk, and notes how much it may say. */
async function withEndless(folder: Folder, limits: unknown[], scenario: () => Promise<void>): Promise<void> {
  const answer = ({ maxOutputTokens }: { maxOutputTokens: number }): ScriptStep => {
    limits.push(maxOutputTokens);
    return { chunks: ['<no', '-chan'], fault: 'stall', afterChunks: 2 };
  };
  const model = await startRehearsal({ answer });
  const mine = { api: 'chat', baseUrl: model.url };
  const fast = { provider: 'mine', model: 'endless', timers: { stallMs: 60_000 } };
  await configure(folder, { providers: { mine }, lanes: { fast: { ...fast, maxOutputTokens: 100_000 } } });
  await scenario().finally(() => model.close());
}

/** `text` in place of the scope, in the format that was asked for. */
function inFormat({ format, scope }: RehearsalTask, text: string): string {
  return format === 'rewrite' ? text : `<<<<<<< SEARCH\n${scope}\n=======\n${text}\n>>>>>>> REPLACE\n`;
}

/** What each case says is right. */
function rightAnswer(task: RehearsalTask): ScriptStep {
  const { before, after } = allCases.find(({ instruction }) => instruction === task.instruction) ?? interrupted;
  if (task.instruction === interrupted.instruction) {
    const lines = task.scope.split('\n').map((line) => `  // what the next line does\n${line}`);
    return { answer: inFormat(task, lines.join('\n')), rate: 300 };
  }
  return { answer: inFormat(task, (after ?? `/** Keeps a value within bounds. */\n${before}`).trimEnd()) };
}

describe.concurrent('a model that does everything right', patient, () => {
  test('is told so: every edit right, with the least patch, and stopped when interrupted', () =>
    withModel(rightAnswer, async ({ run, path }) => {
      const { status, stdout, stderr } = await run(['eval', '--json'], { asProgram: true });
      expect(status).toBe(0);
      const { model, isRehearsal, summary, edits } = JSON.parse(stdout);
      expect(edits.filter(({ right }: { right: boolean }) => !right)).toEqual([]);
      expect([model, isRehearsal]).toEqual(['mine/good', false]);
      const all = allCases.length;
      expect(summary).toMatchObject({ edits: all, answered: all, readable: all, parses: all, right: all });
      expect(summary.patchOverLeast).toMatchObject({ median: 1, p90: 1 });
      for (const figure of ['ttftMs', 'firstHunkMs', 'totalMs', 'stopMs'])
        expect(summary[figure].median).toBeGreaterThan(0);
      expect(stderr).toBe(`trying ${all} edits on mine/good …\n${all} of ${all} edits right\n`);
      await expect(access(join(path, '.state', 'quickhand', 'edits.jsonl'))).rejects.toThrow(/ENOENT/);
    }));

  test('as a table for people; the lane of --lane is the one that is tried', () =>
    withModel(rightAnswer, async ({ run }) => {
      const { status, stdout, stderr } = await run(['eval', '--lane', 'deep']);
      const all = allCases.length;
      const said = `trying ${all} edits on mine/other …\n${all} of ${all} edits right\n`;
      expect([status, stderr]).toEqual([0, said]);
      expect(stdout).toMatch(/^mine\/other\n/);
      expect(stdout).toMatch(/^rename a variable +completed +\d+ ms +\d+ ms +\d+ ms +(\d+|-) +- +yes +yes +1\.00$/m);
      expect(stdout).toMatch(/^put right +0 of \d+$/m);
      expect(stdout).toMatch(new RegExp(`^right +${allCases.length} of ${allCases.length}$`, 'm'));
      expect(stdout).toMatch(/^time to stop +[\d.]+ ms\/[\d.]+ ms$/m);
      expect(stdout).not.toMatch(/rehearsal/);
      expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(140);
    }));
});

test.concurrent('answers that can not be read, do not parse, or change too much are told apart', patient, () => {
  const first = allCases[0]!;
  const answers: Record<string, (task: RehearsalTask) => string> = {
    [first.instruction]: (task) => `${inFormat(task, first.after!.trimEnd())}\n// and a remark`,
    [allCases[1]!.instruction]: ({ scope }) => scope.replace('(text, n):', '(text, n:'),
    [allCases[2]!.instruction]: () => '<refuse>not today</refuse>',
  };
  const answer = (task: RehearsalTask) => ({ answer: answers[task.instruction]?.(task) ?? '<no-change/>' });
  return withModel(answer, async ({ run }) => {
    const { status, stdout } = await run(['eval', '--json']);
    expect(status).toBe(0);
    const [remark, broken, refused, nothing, unchanged] = JSON.parse(stdout).edits;
    expect(remark).toMatchObject({ outcome: 'completed', readable: true, parses: true, right: false });
    expect(remark.patchOverLeast).toBeGreaterThan(1);
    expect(broken).toMatchObject({ outcome: 'rejected', readable: true, parses: false, right: false });
    expect(refused).toMatchObject({ outcome: 'rejected', readable: false, reason: expect.stringMatching(/not today/) });
    expect(refused).not.toHaveProperty('parses');
    expect(nothing).toMatchObject({ name: 'nothing to do', right: true });
    expect(unchanged).toMatchObject({ outcome: 'completed', right: false, patchOverLeast: 0 });
  });
});

describe.concurrent('a model whose answers have to be put right', patient, () => {
  const first = allCases[0]!.instruction;
  const thinking = (task: RehearsalTask): ScriptStep => {
    const { answer = '' } = rightAnswer(task);
    return { answer: task.instruction === first ? `<think>\nHm.\n</think>\n\n\`\`\`\n${answer}\n\`\`\`` : answer };
  };

  test('is told so in figures: of which edits, and what', () =>
    withModel(thinking, async ({ run }) => {
      const { stdout } = await run(['eval', '--json']);
      const { summary, edits } = JSON.parse(stdout);
      expect(summary).toMatchObject({ right: allCases.length, putRight: 1 });
      expect(edits[0].putRight).toEqual([expect.stringMatching(/think/), expect.stringMatching(/fence/)]);
      expect(edits[1]).not.toHaveProperty('putRight');
    }));

  test('and in the table', () =>
    withModel(thinking, async ({ run }) => {
      const { stdout } = await run(['eval']);
      expect(stdout).toMatch(
        /^rename a variable +completed .* ms +(\d+|-) +2 +yes +yes +1\.00\n {2}put right: .*think.*, .*fence.*$/m,
      );
      expect(stdout).toMatch(new RegExp(`^put right +1 of ${allCases.length}$`, 'm'));
    }));
});

test.concurrent('with nothing configured the rehearsal model is tried, and labelled', patient, () =>
  inFolder(async ({ run }) => {
    const { status, stdout } = await run(['eval']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^rehearsal model \(not an AI\)\n.*not what a model can do/);
    expect(stdout).toMatch(/^rename a variable +completed .* yes +yes +1\.00$/m);
    expect(stdout).toMatch(/^parses +16 of 16$/m);
  }),
);

describe.concurrent('what goes wrong', () => {
  test('a model that is not there: exit 1 after two edits', () =>
    withModel(
      () => ({ status: 500 }),
      async ({ run }) => {
        const { status, stderr } = await run(['eval', '--json']);
        expect(status).toBe(1);
        expect(stderr).toMatch(/the model does not answer: .*500/);
        expect(stderr.split('\n')).toHaveLength(3);
      },
    ));

  test('a model that does not come to an end: given up after --timeout, exit 1 after two edits', () => {
    const limits: unknown[] = [];
    return inFolder((folder) =>
      withEndless(folder, limits, async () => {
        const { status, stdout, stderr } = await folder.run(['eval', '--timeout', '1']);
        expect(status).toBe(1);
        expect(stderr).toMatch(/^quickhand: the model does not answer: no end of its answer within 1 s/m);
        expect(stdout.match(/^ {2}no end of its answer within 1 s/gm)).toHaveLength(2);
        expect(limits).toEqual([2048, 2048]);
      }),
    );
  });

  test('Ctrl-C: exit 130, and nothing is left behind', () =>
    withModel(
      () => ({ delayMs: 60_000 }),
      async ({ run, path }) => {
        const interrupt = new AbortController();
        const onErrors = () => interrupt.abort();
        const options = { env: { TMPDIR: path }, interrupt: interrupt.signal, onErrors };
        expect(await run(['eval', '--json'], options)).toMatchObject({ status: 130 });
        expect((await readdir(path)).filter((name) => name.startsWith('quickhand-'))).toEqual([]);
      },
    ));

  const cases: [string[], number, RegExp][] = [
    [['eval', '--lane', 'nosuch'], 1, /no lane "nosuch"; there are fast, deep/],
    [['eval', 'me'], 2, /unexpected argument "me".*usage: quickhand eval/s],
    [['eval', '--lane'], 2, /lane.*usage/s],
    [['eval', '--timeout', 'soon'], 2, /--timeout: expected a whole number.*usage/s],
  ];
  test.each(cases)('%j: exit %i', (args, status, message) =>
    inFolder(async ({ run }) => {
      expect(await run(args)).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) });
    }),
  );

  test('a lane that is wrong in the configuration: exit 1, with what is wrong', () =>
    inFolder(async ({ run }) => {
      const outcome = await run(['eval'], { env: { QUICKHAND_MODEL: 'cerebas/x' } });
      expect(outcome).toMatchObject({ status: 1, stderr: expect.stringMatching(/did you mean "cerebras"/) });
    }));
});

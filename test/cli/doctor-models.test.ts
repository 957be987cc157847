// `quickhand doctor` and models that take long, or that do not come to an end: how long it waits, and what it says meanwhile.

import { expect, test } from 'vitest';
import { startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import type { ScriptStep } from '../../server/rehearsal/script.ts';
import { startRawPeer } from '../models/raw-peer.ts';
import { Random } from '../simulation/random.ts';
import { configure } from './configure.ts';
import { inFolder } from './run.ts';

test.concurrent('without a terminal one line at the start and one at the end, whatever the number of models', () =>
  inFolder(async (folder) => {
    const model = await startRehearsal({ answer: ({ model }) => (model === 'bad' ? { status: 400 } : undefined) });
    const providers = { mine: { api: 'chat', baseUrl: model.url } };
    await configure(folder, { providers, lanes: { fast: 'mine/a', deep: 'mine/bad', other: 'mine/c', no: 'x/y' } });
    const { stderr, stdout } = await folder.run(['doctor', '--json']);
    expect(stderr).toMatch(/^asking mine\/a, mine\/bad, mine\/c …\n2 of 3 answered, after \d+ s\n$/);
    expect(JSON.parse(stdout).models).toHaveLength(4);
    const atTerminal = await folder.run(['doctor'], { isTTY: true });
    expect(atTerminal.stderr).toMatch(/^asking mine\/a …\n {2}first token after \d+ ms\nasking mine\/bad …\n/);
    await model.close();
  }));

test.concurrent('one that does not come to an end is given up after --timeout; it may not say much either', () =>
  inFolder(async (folder) => {
    const limits: number[] = [];
    const answer = ({ maxOutputTokens }: { maxOutputTokens: number }): ScriptStep => {
      limits.push(maxOutputTokens);
      return { chunks: ['word '], fault: 'stall', afterChunks: 1 };
    };
    const model = await startRehearsal({ answer });
    const timers = { stallMs: 60_000 };
    const lane = { provider: 'mine', model: 'a', timers };
    const lanes = {
      fast: lane,
      deep: { ...lane, maxOutputTokens: 300 },
      other: { ...lane, maxOutputTokens: 90_000 },
    };
    await configure(folder, { providers: { mine: { api: 'chat', baseUrl: model.url } }, lanes });
    const { status, stdout, stderr } = await folder.run(['doctor', '--timeout', '1']);
    expect(status).toBe(1);
    expect(stdout.match(/mine\/a: no end of its answer within 1 s \(--timeout\)$/gm)).toHaveLength(3);
    expect(stderr).toMatch(/0 of 3 answered/);
    expect(limits).toEqual([2048, 300, 2048]);
    await model.close();
  }));

test.concurrent('one that only thinks: that is said', () =>
  inFolder(async (folder) => {
    const thought = { choices: [{ index: 0, delta: { reasoning: 'Hm.' } }] };
    const peer = await startRawPeer({ body: `data: ${JSON.stringify(thought)}\n\n`, after: 'silence' }, new Random(1));
    const fast = { provider: 'mine', model: 'a' };
    await configure(folder, { providers: { mine: { api: 'chat', baseUrl: peer.url } }, lanes: { fast } });
    const { stdout } = await folder.run(['doctor', '--timeout', '1']);
    expect(stdout).toContain('no end of its answer within 1 s (--timeout): it was still thinking');
    await peer.close();
  }));

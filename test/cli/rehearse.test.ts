// `quickhand rehearse`: the rehearsal model for other programs.

import { expect, test } from 'vitest';
import { inFolder } from './run.ts';

test('says where it listens, answers there, and ends with Ctrl-C', () =>
  inFolder(async ({ run }) => {
    const interrupt = new AbortController();
    let answer: Promise<string> | undefined;
    const onOutput = (soFar: string) => {
      const url = /http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions/.exec(soFar)?.[0];
      if (url) answer ??= ask(url).finally(() => interrupt.abort());
    };
    const { status, stdout, stderr } = await run(['rehearse', '--rate', '100000'], {
      interrupt: interrupt.signal,
      onOutput,
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('not an AI');
    expect(await answer).toContain('const two');
  }));

test('a port that is taken: exit 1', () =>
  inFolder(async ({ run }) => {
    const interrupt = new AbortController();
    let second: ReturnType<typeof run> | undefined;
    const onOutput = (soFar: string) => {
      const port = /127\.0\.0\.1:(\d+)/.exec(soFar)?.[1];
      if (port) second ??= run(['rehearse', '--port', port]).finally(() => interrupt.abort());
    };
    await run(['rehearse'], { interrupt: interrupt.signal, onOutput });
    expect(await second).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/can't listen.*in use/i),
    });
  }));

async function ask(url: string): Promise<string> {
  const content =
    '<scope path="a.ts" language="typescript" lines="1-1" format="rewrite">\nconst one = 1;\n</scope>\n<instruction>rename one to two</instruction>';
  const body = JSON.stringify({ model: 'rehearsal', stream: true, messages: [{ role: 'user', content }] });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const events = (await response.text()).matchAll(/^data: (\{.*)$/gm);
  return [...events].map(([, data = '']) => JSON.parse(data).choices?.[0]?.delta?.content ?? '').join('');
}

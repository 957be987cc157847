// What goes wrong outside of us: each thing is a clear end, and then the next edit works (DESIGN.md §4.2 and §6).

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { type Rehearsal, startRehearsal } from '../../server/rehearsal/rehearsal.ts';
import type { ScriptStep } from '../../server/rehearsal/script.ts';
import { TestClient } from '../client/client.ts';
import type { EndEvent } from '../client/edit-log.ts';
import { inWorld, sharedWorld, withClient } from '../client/world.ts';
import { firstAfter, firstBefore, firstDone, firstHalf, firstParts, sampleText } from './samples.ts';

const [PART_1 = ''] = firstParts;
const inShared = sharedWorld();
const good: ScriptStep = { answer: firstAfter };

interface Mishap {
  /** What the model does; the last one is repeated until the edit has ended. */
  readonly steps: readonly ScriptStep[];
  readonly end: Partial<EndEvent>;
  /** What the document reads after it; by default what it was. */
  readonly text?: string;
}

const failed = (reason: RegExp) => ({ outcome: 'failed' as const, reason: expect.stringMatching(reason) });
const rejected = (reason: RegExp) => ({ outcome: 'rejected' as const, reason: expect.stringMatching(reason) });

const everywhere: Record<string, Mishap> = {
  'a key that is refused': { steps: [{ status: 401 }], end: failed(/401.*; check its key/) },
  'a server that is broken': { steps: [{ status: 500 }], end: failed(/500.*; retry/) },
  'a request that it finds wrong': { steps: [{ status: 400 }], end: failed(/400.*; check the lane's model/) },
  'a connection cut before the first hunk': {
    steps: [{ chunks: ['export function'], fault: 'reset', afterChunks: 1 }],
    end: failed(/./),
  },
  'a connection cut after the first hunk': {
    steps: [{ chunks: [PART_1, 'x'], fault: 'reset', afterChunks: 1, rate: 20 }],
    end: failed(/./),
    text: firstHalf,
  },
  'an error in the stream': { steps: [{ chunks: [PART_1], fault: 'errorEvent' }], end: failed(/./) },
  'the output limit': {
    steps: [{ chunks: [PART_1, 'x'], fault: 'incomplete', afterChunks: 1, rate: 20 }],
    end: failed(/limit; select less, or raise maxOutputTokens/),
    text: firstHalf,
  },
  'a refusal': {
    steps: [{ answer: '<refuse>it would break callers</refuse>' }],
    end: rejected(/it would break callers/),
  },
  'prose instead of code': {
    steps: [{ answer: 'Sure! I would be happy to help you with that. Here is what I would do.' }],
    end: rejected(/./),
  },
  'code that does not parse': {
    steps: [{ answer: firstBefore.replace('list[0];', 'list[0;') }],
    end: rejected(/pars/),
  },
  'an empty answer': { steps: [{ answer: '' }], end: rejected(/./) },
};

const byHttp: Record<string, Mishap> = {
  'a web page with status 200': { steps: [{ fault: 'html' }], end: failed(/web page .* 200 OK.*; check its baseUrl/) },
  'a stream that just ends': {
    steps: [{ chunks: [PART_1], fault: 'eof', afterChunks: 1 }],
    end: failed(/./),
    text: firstHalf,
  },
};

const transports = [
  ['responses', 'websocket', everywhere],
  ['responses', 'sse', { ...everywhere, ...byHttp }],
  ['chat', 'sse', { ...everywhere, ...byHttp }],
] as const;

/** What a model that plays a mishap says once it is well again. */
interface Patient {
  readonly model: Rehearsal;
  heal(): void;
}

async function ill({ steps }: Mishap): Promise<Patient> {
  let isWell = false;
  const answer = () => (isWell ? good : steps.at(-1));
  const model = await startRehearsal({ script: steps.slice(0, -1), answer, rate: 20_000 });
  return {
    model,
    heal() {
      isWell = true;
    },
  };
}

describe.each(transports)('over %s by %s', (api, transport, mishaps) => {
  const patients = new Map<string, Patient>();
  let client: TestClient;
  beforeAll(async () => {
    const lanes: Record<string, object> = {};
    const providers: Record<string, object> = {};
    for (const [i, [name, mishap]] of Object.entries(mishaps).entries()) {
      const patient = await ill(mishap);
      patients.set(name, patient);
      providers[`p${i}`] = { api, baseUrl: patient.model.url, ...(api === 'responses' && { transport }) };
      lanes[`lane${i}`] = { provider: `p${i}`, model: 'm' };
    }
    client = await TestClient.start({ initializationOptions: { providers, lanes } });
  });
  afterAll(async () => {
    await client.close();
    await Promise.all([...patients.values()].map(({ model }) => model.close()));
  });

  const cases = Object.entries(mishaps).map(([name, mishap], i) => [name, `lane${i}`, mishap] as const);
  test.each(cases)('%s', async (name, lane, { end, text = sampleText }) => {
    const document = client.open(sampleText, { name: `${lane}.ts` });
    const edit = await client.edit(document, 'const head', { lane });
    const seen = await edit.end();
    expect(seen).toMatchObject(end);
    expect(document.text).toBe(text);
    await client.takeMessage(/Quickhand/);
    patients.get(name)!.heal();
    const next = await client.edit(document, 'const head', { lane });
    expect(await next.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(firstDone);
  });
});

describe.concurrent('models that are not there', () => {
  const lanes = (provider: object) => ({
    providers: { test: provider },
    lanes: { fast: { provider: 'test', model: 'm' } },
  });

  test('nobody listens', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const options = { initializationOptions: lanes({ api: 'chat', baseUrl: `http://127.0.0.1:${port}/v1` }) };
    await withClient(options, async (client) => {
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'const head');
      expect(await edit.end()).toMatchObject(failed(/test.*ECONNREFUSED.*; check that it runs/));
      await client.takeMessage(/Quickhand/);
      const started = await startRehearsal({ port, answer: () => good });
      const next = await client.edit(document, 'const head');
      expect(await next.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(firstDone);
      await started.close();
    });
  });

  test('a key that is not set is named, and setting none sends nothing', async () => {
    let requests = 0;
    const server = createServer((_, response: ServerResponse) => {
      requests++;
      response.end();
    });
    const port = await listening(server);
    const provider = { api: 'chat', baseUrl: `http://127.0.0.1:${port}/v1`, apiKeyEnv: 'TEST_KEY_THAT_IS_NOT_SET' };
    const { lanes: named, providers } = lanes(provider);
    const initializationOptions = { providers, lanes: { ...named, other: 'rehearsal/any' } };
    await withClient({ initializationOptions }, async (client) => {
      const document = client.open(sampleText);
      for (let i = 0; i < 2; i++) {
        const edit = await client.edit(document, 'const head');
        expect(await edit.end()).toMatchObject(failed(/TEST_KEY_THAT_IS_NOT_SET/));
        await client.takeMessage(/TEST_KEY_THAT_IS_NOT_SET/);
      }
      const next = await client.edit(document, 'const head', { lane: 'other', instruction: 'rename head to top' });
      expect(await next.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toContain('const top =');
      await client.takeMessage(/[Rr]ehearsal/);
    });
    expect(requests).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('documents that are none of ours', () => {
  test('prose: the paragraph, without a parse gate', () =>
    inShared(async ({ client, model }) => {
      const text = 'one one\none two\n\ntwo one\ntwo two\n\nthree\n';
      const document = client.open(text, { name: 'a.md', languageId: 'markdown' });
      const edit = await client.edit(document, 'two two');
      const call = await model.next();
      expect(call.scope).toBe('two one\ntwo two');
      call.answer('two one\ntwo (((');
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe('one one\none two\n\ntwo one\ntwo (((\n\nthree\n');
      const [[begin] = []] = [...client.log.progress.values()];
      expect(begin?.message).toMatch(/the paragraph: markdown has no grammar here, so nothing checks that it parses/);
    }));

  test('binary text', () =>
    inShared(async ({ client, model }) => {
      const bytes = Array.from({ length: 4000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join('');
      const document = client.open(bytes, { name: 'a.bin', languageId: 'plaintext' });
      const position = { line: 0, character: 0 };
      for (const command of ['edit', 'explain']) {
        const argument = { textDocument: { uri: document.uri }, position, instruction: 'do it' };
        await expect(client.command(`quickhand.${command}`, argument)).rejects.toMatchObject({
          code: ErrorCodes.InvalidParams,
          message: expect.stringMatching(/^textDocument: it is binary/),
        });
      }
      expect(document.text).toBe(bytes);
      const sample = client.open(sampleText);
      const edit = await client.edit(sample, 'list[0]');
      (await model.next()).answer(firstAfter);
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
    }));

  test(
    'five megabytes of code',
    () =>
      inShared(async ({ client, model }) => {
        // Mostly comments: so much of anything else is given up after five seconds of work, on a machine that is busy.
        const comment = ' // and a longer comment to fill the line up with'.repeat(8);
        const filler = Array.from(
          { length: 10_200 },
          (_, i) => `export function filler${i}(a: number): number {\n  return a * ${i} + 1;${comment}\n}\n`,
        );
        const text = filler.slice(0, 5100).join('\n') + sampleText + filler.slice(5100).join('\n');
        expect(text.length).toBeGreaterThan(4_500_000);
        const document = client.open(text);
        const edit = await client.edit(document, 'list[0]');
        (await model.next()).answer(firstAfter);
        expect(await edit.end()).toMatchObject({ outcome: 'completed' });
        expect(document.text).toBe(text.replace(firstBefore, firstAfter));
      }),
    60_000,
  );
});

describe.concurrent('configuration of wrong types', () => {
  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ['lanes that are a number', { lanes: 7 }, /lanes/],
    ['a guardrail that is a string', { guardrails: { maxScopeLines: 'many' } }, /guardrails\.maxScopeLines/],
    ['a key that nobody knows', { guardrial: {} }, /guardrial/],
    ['actions that are an object', { actions: {} }, /actions/],
    ['a delivery that does not exist', { delivery: 'pigeon' }, /delivery/],
  ];
  test.each(wrong)('%s: said with its path, and the rest works', (_name, options, message) =>
    inWorld({ initializationOptions: options }, async ({ client, model }) => {
      await client.takeMessage(message);
      const document = client.open(sampleText);
      const edit = await client.edit(document, 'list[0]');
      if ('lanes' in options) expect(await edit.end()).toMatchObject({ outcome: 'failed' });
      else {
        (await model.next()).answer(firstAfter);
        expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      }
      if ('lanes' in options) await client.takeMessage(/lane/);
    }),
  );

  test.each([[null], [7], ['x'], [[]]])('initializationOptions %j: as if there were none', (initializationOptions) =>
    withClient({ initializationOptions }, async (client) => {
      expect(await client.command('quickhand.status', {})).toHaveProperty('lanes');
    }),
  );
});

async function listening(server: import('node:http').Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

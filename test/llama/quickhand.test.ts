// A real model server behind the whole of Quickhand: what it streams lands in an editor's buffer, and what is cancelled stops there at once.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import type { EditHandle } from '../client/edit-handle.ts';
import { withClient } from '../client/world.ts';
import { chat, overSse, type Way } from '../models/ask.ts';
import { fewestMs, idleWithinMs, type LlamaServer, literally, startLlamaServer } from './llama-server.ts';

const before = `const limit = 3;

export function greet(name: string): string {
  const text = 'Hello ' + name;
  if (text.length > limit) return text;
  for (const letter of name) {
    if (letter === 'ü') return letter;
  }
  return name;
}

export const last = greet('you');
`;
const after = before
  .replace("'Hello ' + name", `\`Grüße, \${name} 👋\``)
  .replace('letter === ', '!letter || letter === ')
  .replace('  return name;', '  return name.trim();');
const scope = after.slice(after.indexOf('export function'), after.indexOf('\n\nexport const'));
/** As far as the first change and the lines that make it certain; after it the model never comes to an end. */
const beginning = scope.slice(0, scope.indexOf('    if (!letter'));

let server: LlamaServer;
beforeAll(async () => {
  server = await startLlamaServer();
});
afterAll(() => server?.stop());

/** The lane `fast` answers with the edit, the lane `endless` begins it and goes on for ever. */
function settings({ api, transport }: Way) {
  const endpoint = { api, transport, baseUrl: server.url };
  const usage = api === 'chat' ? { stream_options: { include_usage: true } } : {};
  const endless = `root ::= ${JSON.stringify(`${beginning}    // `)} [a-z]+`;
  return {
    joinsUndo: true,
    providers: {
      whole: { ...endpoint, extraBody: { ...literally(scope), ...usage } },
      endless: { ...endpoint, extraBody: { grammar: endless, ignore_eos: true } },
    },
    lanes: {
      fast: { provider: 'whole', model: 'random', format: 'rewrite' },
      endless: { provider: 'endless', model: 'random', format: 'rewrite' },
    },
  };
}

function begin(client: TestClient, document: TestDocument, lane: string): Promise<EditHandle> {
  return client.edit(document, 'const text', { lane });
}

/** How many ms after the cancel of an edit that never comes to an end its slot is idle. */
async function cancelInTheMiddle(client: TestClient, document: TestDocument): Promise<number> {
  const edit = await begin(client, document, 'endless');
  await edit.hunk();
  expect(await server.busy()).toBe(1);
  const cancelledAt = performance.now();
  const cancelled = edit.cancel();
  await server.untilIdle();
  const idleAfterMs = performance.now() - cancelledAt;
  expect(await cancelled).toMatchObject({ outcome: 'cancelled' });
  expect((await edit.end()).outcome).toBe('cancelled');
  return idleAfterMs;
}

describe.each([chat, overSse])('$name', (way) => {
  it('an edit streams into the buffer, hunk by hunk', () =>
    withClient({ asProgram: true, initializationOptions: settings(way) }, async (client) => {
      const document = client.open(before);
      const edit = await begin(client, document, 'fast');
      const end = await edit.end();
      expect([end.outcome, document.text]).toEqual(['completed', after]);
      expect(edit.hunks.length).toBeGreaterThan(1);
      const { firstHunkMs = 0, totalMs = 0, tokensPerSecond } = end.timing ?? {};
      expect(firstHunkMs).toBeLessThan(totalMs);
      console.log(
        `${way.name}: ${edit.hunks.length} hunks, the first after ${firstHunkMs} of ${totalMs} ms, ${tokensPerSecond} tokens/s`,
      );
    }));

  it('an edit that is cancelled in the middle leaves its slot idle within 250 ms, and the next one works', () =>
    withClient({ asProgram: true, initializationOptions: settings(way) }, async (client) => {
      const documents: TestDocument[] = [];
      const idleAfterMs = await fewestMs(() => {
        documents.push(client.open(before, { name: `${documents.length}.ts` }));
        return cancelInTheMiddle(client, documents.at(-1)!);
      });
      const document = documents.at(-1)!;
      console.log(`${way.name}: slot idle ${idleAfterMs.toFixed(0)} ms after the cancel`);
      expect(idleAfterMs).toBeLessThan(idleWithinMs);
      expect(document.text).toContain('👋');
      expect((await (await begin(client, document, 'fast')).end()).outcome).toBe('completed');
      expect(document.text).toBe(after);
    }));
});

// What a model is told beside the scope: within a budget, what the scope names first; and what of it is measured (DESIGN.md §6 and §9).

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inWorld, sharedWorld } from '../client/world.ts';

const inShared = sharedWorld();

const filler = Array.from(
  { length: 200 },
  (_, i) => `export function unrelated${i}(value: number): number {\n  return value;\n}\n`,
);
const imports = Array.from(
  { length: 60 },
  (_, i) => `import { thing${i} } from './things/of/a/long/name/number-${i}';\n`,
);
const file = `${imports.join('')}import {
  format,
  parse,
} from './dates';

${filler.slice(0, 100).join('\n')}
/** Not the body. */
export async function lookUp(id: string): Promise<Item> {
  const secret = 'the body of lookUp';
  return secret;
}

${filler.slice(100).join('\n')}
export async function show(id: string) {
  const item = await lookUp(id);
  return parse(item.date) + thing59(item);
}
`;

test('imports and signatures that it names are there, however many others there are; the rest is cut to a budget', () =>
  inShared(async ({ client, model }) => {
    const document = client.open(file);
    const edit = await client.edit(document, 'const item');
    const { prompt, scope } = await model.next().then((call) => {
      call.answer('<no-change/>');
      return call;
    });
    await edit.end();
    expect(scope).toMatch(/^export async function show/);
    const context = prompt.slice(0, prompt.indexOf('<scope '));
    expect(context).toContain("\nimport { format, parse, } from './dates';\n");
    expect(context).toContain("\nimport { thing59 } from './things/of/a/long/name/number-59';\n");
    expect(context).toContain('\nexport async function lookUp(id: string): Promise<Item>\n');
    expect(context).not.toContain('the body of lookUp');
    expect(context.length).toBeLessThan(1500);
  }));

test('the tokens of an edit are in the ledger', () =>
  inWorld({}, async ({ client, model }) => {
    const edit = await client.edit(client.open(file), 'const item');
    (await model.next()).answer('<no-change/>');
    await edit.end();
    await client.shutdown();
    const line = await readFile(join(client.folder, '.state', 'quickhand', 'edits.jsonl'), 'utf8');
    expect(JSON.parse(line)).toMatchObject({
      inputTokens: 100,
      outputTokens: 50,
      cachedTokens: 0,
      outcome: 'completed',
    });
    expect(line).not.toMatch(/lookUp|item|sample/);
  }));

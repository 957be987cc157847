// Files that the parser takes to be broken, although the language takes them: they can be edited, and what an edit breaks is still found.

import { describe, expect, test } from 'vitest';
import type { TestDocument } from '../client/document.ts';
import { sharedWorld, type World } from '../client/world.ts';
import { scopesFor, snapshotOf } from '../scope/fixture.ts';

const inShared = sharedWorld();

const loader = `import { load } from './load';

export async function one(name: string): Promise<string> {
  const found = await load<typeof import('./one')>();
  if (!found) return name;
  return found.title;
}

export function two(value: number): number {
  const twice = value * 2;
  return twice;
}
`;

const page = `export function Links({ name }: Props) {
  const title = name.trim();
  return (
    <nav>
      <a href="?a=1&b=2">{title}</a>
    </nav>
  );
}

export function Total({ value }: Props) {
  const twice = value * 2;
  return <b>{twice}</b>;
}
`;

interface File {
  readonly name: string;
  readonly languageId: string;
  readonly text: string;
  /** In the function with what the parser does not know. */
  readonly inside: string;
  readonly changed: string;
}

const files: Record<string, File> = {
  'a type of an import as an argument': {
    name: 'a.ts',
    languageId: 'typescript',
    text: loader,
    inside: 'return name;',
    changed: "return name.trim() || 'one';",
  },
  'an address in an attribute': {
    name: 'a.tsx',
    languageId: 'typescriptreact',
    text: page,
    inside: 'name.trim();',
    changed: 'name.trim().toUpperCase();',
  },
};

/** Edits the function at `mark`; the answer is its text with something in the place of that. */
async function edit({ client, model }: World, document: TestDocument, [mark, put]: readonly [string, string]) {
  const handle = await client.edit(document, mark);
  const call = await model.next();
  expect(call.scope).toContain(mark);
  call.answer(call.scope.replace(mark, () => put));
  return handle.end();
}

const beside = 'value * 2;';

describe.each(Object.entries(files))('%s', (_, { name, languageId, text, inside, changed }) => {
  test('counts as broken', async () => {
    const scopes = await scopesFor(languageId);
    const check = scopes.parseCheck(snapshotOf(languageId, text), { from: 0, to: text.length })!;
    expect([check.parses('const = 1;'), check.parses('const = 1;\nf(;\n}')]).toEqual([true, false]);
    check.dispose();
    scopes.dispose();
  });

  test.each([
    ['beside it', [beside, 'value + value;']],
    ['in the function that holds it', [inside, changed]],
    ['in it, in several lines', [inside, `void 0;\n  if (name) {\n    log(name);\n  }\n  ${inside}`]],
  ] as const)('an edit %s lands', (_, [mark, put]) =>
    inShared(async (world) => {
      const document = world.client.open(text, { name, languageId });
      expect(await edit(world, document, [mark, put])).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(text.replace(mark, () => put));
    }),
  );

  test.each([
    ['beside it', [beside, 'value * (2;']],
    ['in the function that holds it', [inside, `(${inside}`]],
    ['in it, a bracket too many', [inside, `${inside} }`]],
  ] as const)('an error %s is refused', (_, [mark, put]) =>
    inShared(async (world) => {
      const document = world.client.open(text, { name, languageId });
      expect(await edit(world, document, [mark, put])).toMatchObject({
        outcome: 'rejected',
        reason: expect.stringMatching(/^the new text does not parse/),
      });
      await world.client.takeMessage(/does not parse/);
      expect(document.text).toBe(text);
    }),
  );

  test('what is sound only in the end is held till then', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(text, { name, languageId });
      const handle = await client.edit(document, beside);
      const call = await model.next();
      const [head, rest] = call.scope.split(beside) as [string, string];
      call.say(`${head}[value].map((each) => {\n    log(each);\n    log(each + 1);\n    log(each + 2);\n`);
      call.say(`    return each * 2;\n  })[0]!;${rest}`).done();
      expect(await handle.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toContain('})[0]!;');
      const states = [...document.history.values()].map((state) => state.text);
      expect(states.filter((state) => state.includes('map((') !== state.includes('})[0]!;'))).toEqual([]);
    }));
});

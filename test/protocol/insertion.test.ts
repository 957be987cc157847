// New code on a blank line between two items: it is inserted with one blank line on each side, and nothing else changes.

import { describe, expect, test } from 'vitest';
import { sharedWorld } from '../client/world.ts';
import { insertAt, one, openMarked, three, two, typescript } from './insertion-steps.ts';

const inShared = sharedWorld();

const python = { name: 'a.py', languageId: 'python' };
const go = { name: 'a.go', languageId: 'go' };

const inClass = 'class A:\n    def one(self):\n        return 1\n\n    def two(self):\n        return 2\n';
const member = 'def three(self):\n    return 3';
const indented = '    def three(self):\n        return 3';
const withMember = inClass.replace('\n\n    def two', `\n\n${indented}\n\n    def two`);

const goOne = 'package a\n\nfunc one() int {\n\treturn 1\n}\n';
const goTwo = '\nfunc two() int {\n\treturn 2\n}\n';

interface Case {
  readonly language: { readonly name: string; readonly languageId: string };
  readonly text: string;
  readonly answer: string;
  readonly expected: string;
}

const cases: Record<string, Case> = {
  'one blank line': {
    language: typescript,
    text: `${one}\n|\n${two}\n`,
    answer: three,
    expected: `${one}\n\n${three}\n\n${two}\n`,
  },
  'two blank lines': {
    language: typescript,
    text: `${one}\n|\n\n${two}\n`,
    answer: three,
    expected: `${one}\n\n${three}\n\n${two}\n`,
  },
  'three blank lines': {
    language: typescript,
    text: `${one}\n\n\n|\n${two}\n`,
    answer: three,
    expected: `${one}\n\n${three}\n\n${two}\n`,
  },
  'a blank line that holds white space': {
    language: typescript,
    text: `${one}\n  |  \n${two}\n`,
    answer: three,
    expected: `${one}\n\n${three}\n    \n${two}\n`,
  },
  'an answer with blank lines around it, in a fence, with words before it': {
    language: typescript,
    text: `${one}\n|\n${two}\n`,
    answer: `Here is the function:\n\n\`\`\`ts\n\n${three}\n\n\`\`\`\n`,
    expected: `${one}\n\n${three}\n\n${two}\n`,
  },
  'blank lines within the answer': {
    language: typescript,
    text: `${one}\n|\n${two}\n`,
    answer: `\n\nconst x = 1;\n\n\n${three}\n\n`,
    expected: `${one}\n\nconst x = 1;\n\n\n${three}\n\n${two}\n`,
  },
  'the end of the file': {
    language: typescript,
    text: `${one}\n|`,
    answer: three,
    expected: `${one}\n\n${three}\n`,
  },
  'the end of a file with blank lines there': {
    language: typescript,
    text: `${one}\n\n\n|`,
    answer: three,
    expected: `${one}\n\n${three}\n`,
  },
  'the start of the file': {
    language: typescript,
    text: `|\n${one}\n`,
    answer: three,
    expected: `${three}\n\n${one}\n`,
  },
  'the start of a file with blank lines there': {
    language: typescript,
    text: `\n|\n${one}\n`,
    answer: three,
    expected: `${three}\n\n${one}\n`,
  },
  CRLF: {
    language: typescript,
    text: `${one}\n|\n${two}\n`.replaceAll('\n', '\r\n'),
    answer: three,
    expected: `${one}\n\n${three}\n\n${two}\n`.replaceAll('\n', '\r\n'),
  },
  'members of a TypeScript class, the answer flush left': {
    language: typescript,
    text: 'class A {\n  one() {\n    return 1;\n  }\n|\n  two = 2;\n}\n',
    answer: 'three() {\n  return 3;\n}',
    expected: 'class A {\n  one() {\n    return 1;\n  }\n\n  three() {\n    return 3;\n  }\n\n  two = 2;\n}\n',
  },
  'the end of a class': {
    language: typescript,
    text: 'class A {\n  one() {\n    return 1;\n  }\n|\n}\n',
    answer: 'three() {\n  return 3;\n}',
    expected: 'class A {\n  one() {\n    return 1;\n  }\n\n  three() {\n    return 3;\n  }\n\n}\n',
  },
  'methods of a Python class, the answer flush left': {
    language: python,
    text: inClass.replace('\n\n', '\n|\n'),
    answer: member,
    expected: withMember,
  },
  'methods of a Python class, the answer in its place': {
    language: python,
    text: inClass.replace('\n\n', '\n|\n'),
    answer: indented,
    expected: withMember,
  },
  'a Python module': {
    language: python,
    text: `import os\n\n\n|\ndef one():\n    return os\n`,
    answer: 'def three():\n    return 3',
    expected: `import os\n\ndef three():\n    return 3\n\ndef one():\n    return os\n`,
  },
  Go: {
    language: go,
    text: `${goOne}|${goTwo}`,
    answer: 'func three() int {\n\treturn 3\n}',
    expected: `${goOne}\nfunc three() int {\n\treturn 3\n}\n${goTwo}`,
  },
};

describe('inserts', () => {
  test.each(Object.entries(cases))('%s', (_, { language, text, answer, expected }) =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, text, language);
      const before = document.text;
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      expect([call.scope, call.prompt.includes('format="rewrite"')]).toEqual(['', true]);
      call.answer(answer);
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(expected);
      expect(await edit.revert()).toMatchObject({ outcome: 'reverted' });
      await client.untilText(document, before);
      expect(client.applyEdits.length).toBeLessThanOrEqual(9);
    }),
  );

  test('and says where: the code around the place, and that only the new code is wanted', () =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, `import a from 'a';\n\n${one}\n|\n${two}\n`, typescript);
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      expect(call.prompt).toContain(
        `Right above the scope:\nimport a from 'a';\n\n${one}\nRight below the scope:\n${two}\n`,
      );
      expect(call.prompt).toContain(
        '\n<scope path="a.ts" language="typescript" lines="6-6" format="rewrite">\n\n</scope>\n',
      );
      expect(call.body.instructions).toMatch(/the <scope> is empty\. It is a place for new code/);
      call.answer('<no-change/>');
      expect(await edit.end()).toMatchObject({ outcome: 'completed' });
      expect(client.applyEdits).toEqual([]);
    }));

  test('without a key that stands beside the place', () =>
    inShared(async ({ client, model }) => {
      const key = 'sk-proj-a8Fk2mZ9qLw4XvT7bN1cR6yH3dJ5sG0e';
      const { document, at } = openMarked(client, `const a = '${key}';\n|\n${two}\n`, typescript);
      const edit = await insertAt(client, document, at);
      const call = await model.next();
      expect(call.prompt).toContain('const a = ');
      expect(call.prompt).not.toContain(key);
      call.answer(three);
      await edit.end();
    }));
});

describe('an answer that is not only new code', () => {
  const file = (...parts: string[]) => `${parts.join('\n\n')}\n`;

  test.each([
    ['the whole file', file(one, three, two)],
    ['the function above', file(one, three)],
    ['the function below', file(three, two)],
    ['the function below, in another indentation', file(three, two.replace(/^/gm, '  '))],
  ])('is rejected: %s', (_, answer) =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, file(one, `|\n${two}`).replace('\n\n|', '\n|'), typescript);
      const before = document.text;
      const edit = await insertAt(client, document, at);
      (await model.next()).answer(answer);
      expect(await edit.end()).toMatchObject({
        outcome: 'rejected',
        reason: 'the answer repeats code that stands beside the place',
      });
      await client.takeMessage(/repeats code/);
      await client.untilText(document, before);
    }),
  );

  test.each([
    ['does not parse', 'function three() {', /does not parse/],
    ['is prose', 'I can not do that here.', /prose/],
    ['is empty', '\n\n', /empty/],
  ])('is rejected if it %s', (_, answer, reason) =>
    inShared(async ({ client, model }) => {
      const { document, at } = openMarked(client, `${one}\n|\n${two}\n`, typescript);
      const before = document.text;
      const edit = await insertAt(client, document, at);
      (await model.next()).answer(answer);
      expect(await edit.end()).toMatchObject({ outcome: 'rejected', reason: expect.stringMatching(reason) });
      await client.takeMessage(reason);
      await client.untilText(document, before);
    }),
  );
});

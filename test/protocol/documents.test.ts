// Documents of every make: what the edit does not mean to change stays as it was, to the last unit.

import { describe, expect, test } from 'vitest';
import { sharedWorld } from '../client/world.ts';

const inShared = sharedWorld();

interface Sample {
  readonly text: string;
  readonly mark: string;
  /** What the model is shown, and what it answers. */
  readonly scope: string;
  readonly answer: string;
  readonly after: string;
  readonly name?: string;
  readonly languageId?: string;
}

const fn = (body: string) => `function f() {\n${body}\n}`;

const samples: Record<string, Sample> = {
  'Windows line ends, and a new line gets them': {
    text: `${fn('  const a = 1;\n  return a;')}\n`.replaceAll('\n', '\r\n'),
    mark: 'const a',
    scope: fn('  const a = 1;\n  return a;'),
    answer: fn('  const a = 1;\n  log(a);\n  return a;'),
    after: `${fn('  const a = 1;\n  log(a);\n  return a;')}\n`.replaceAll('\n', '\r\n'),
  },
  'mixed line ends: kept lines keep theirs': {
    text: 'function f() {\r\n  const a = 1;\n  const b = 2;\r\n  return a;\n}\n',
    mark: 'const a',
    scope: 'function f() {\n  const a = 1;\n  const b = 2;\n  return a;\n}',
    answer: 'function f() {\n  const a = 1;\n  const b = 22;\n  return a;\n}',
    after: 'function f() {\r\n  const a = 1;\n  const b = 22;\r\n  return a;\n}\n',
  },
  tabs: {
    text: 'class A {\n\tf() {\n\t\tconst a = 1;\n\t\treturn a;\n\t}\n}\n',
    mark: 'const a',
    scope: '\tf() {\n\t\tconst a = 1;\n\t\treturn a;\n\t}',
    answer: '\tf() {\n\t\tconst a = 2;\n\t\treturn a;\n\t}',
    after: 'class A {\n\tf() {\n\t\tconst a = 2;\n\t\treturn a;\n\t}\n}\n',
  },
  'no final line break': {
    text: fn('  return 1;'),
    mark: 'return',
    scope: fn('  return 1;'),
    answer: fn('  return 2;'),
    after: fn('  return 2;'),
  },
  'an answer that ends with line breaks': {
    text: `${fn('  return 1;')}\n\nnext();\n`,
    mark: 'return',
    scope: fn('  return 1;'),
    answer: `${fn('  return 2;')}\n\n`,
    after: `${fn('  return 2;')}\n\nnext();\n`,
  },
  'beyond the basic plane, before and inside the scope': {
    text: `// 🙂🙂 é\n\n${fn("  const face = '🙂';\n  return face;")}\n`,
    mark: 'return',
    scope: fn("  const face = '🙂';\n  return face;"),
    answer: fn("  const face = '🙃';\n  return face + '🙂';"),
    after: `// 🙂🙂 é\n\n${fn("  const face = '🙃';\n  return face + '🙂';")}\n`,
  },
  'a byte order mark that the editor passes on': {
    text: `\uFEFF${fn('  return 1;')}\n`,
    mark: 'return',
    scope: fn('  return 1;'),
    answer: fn('  return 2;'),
    after: `\uFEFF${fn('  return 2;')}\n`,
  },
  'other code on the line of the scope': {
    text: 'const both = [() => 1, function g() { return 2; }];\n',
    mark: 'return 2',
    scope: 'function g() { return 2; }',
    answer: 'function g() { return 3; }',
    after: 'const both = [() => 1, function g() { return 3; }];\n',
  },
  'a comment and a decorator belong to the scope': {
    text: 'class A {\n  a = 1;\n\n  /** Says it. */\n  @bound\n  say() {\n    return 1;\n  }\n}\n',
    mark: 'return 1',
    scope: '  /** Says it. */\n  @bound\n  say() {\n    return 1;\n  }',
    answer: '  /** Says two. */\n  @bound\n  say() {\n    return 2;\n  }',
    after: 'class A {\n  a = 1;\n\n  /** Says two. */\n  @bound\n  say() {\n    return 2;\n  }\n}\n',
  },
  'a component in TSX': {
    text: 'export const Hello = ({ name }: Props) => {\n  return <p title="x">Hello {name}</p>;\n};\n',
    mark: 'return',
    scope: 'export const Hello = ({ name }: Props) => {\n  return <p title="x">Hello {name}</p>;\n};',
    answer: 'export const Hello = ({ name }: Props) => {\n  return <p>Hello {name}!</p>;\n};',
    after: 'export const Hello = ({ name }: Props) => {\n  return <p>Hello {name}!</p>;\n};\n',
    name: 'hello.tsx',
    languageId: 'typescriptreact',
  },
  'a function in Python': {
    text: 'x = 1\n\n\ndef f(a):\n    b = a\n    return b\n\n\ny = 2\n',
    mark: 'return',
    scope: 'def f(a):\n    b = a\n    return b',
    answer: 'def f(a):\n    b = a + 1\n    return b',
    after: 'x = 1\n\n\ndef f(a):\n    b = a + 1\n    return b\n\n\ny = 2\n',
    name: 'f.py',
    languageId: 'python',
  },
  'an answer in a fence': {
    text: `${fn('  return 1;')}\n`,
    mark: 'return',
    scope: fn('  return 1;'),
    answer: `\`\`\`ts\n${fn('  return 2;')}\n\`\`\``,
    after: `${fn('  return 2;')}\n`,
  },
  'a scope that holds the tag of scopes': {
    text: `${fn("  const end = '\\n</scope>';\n  return '<scope>';")}\n`,
    mark: 'return',
    scope: fn("  const end = '\\n</scope>';\n  return '<scope>';"),
    answer: fn("  const end = '\\n</scope>';\n  return '<scopes>';"),
    after: `${fn("  const end = '\\n</scope>';\n  return '<scopes>';")}\n`,
  },
};

test.each(Object.entries(samples))('%s', (_name, { text, mark, scope, answer, after, ...item }) =>
  inShared(async ({ client, model }) => {
    const document = client.open(text, item);
    const edit = await client.edit(document, mark);
    const call = await model.next();
    expect(call.scope).toBe(scope);
    call.answer(answer);
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toBe(after);
    await edit.revert();
    await client.untilText(document, text);
  }),
);

describe('scopes that are asked for', () => {
  const text = 'class A {\n  one() {\n    return 1;\n  }\n\n  two() {\n    return 2;\n  }\n}\n\nlast();\n';
  test.each([
    ['function', 'return 1', 1, 3],
    ['class', 'return 1', 0, 8],
    ['module', 'return 1', 0, 10],
    ['selection', 'return 1', 2, 2],
    ['auto', 'return 1', 1, 3],
  ])('%s', (scope, mark, from, to) =>
    inShared(async ({ client, model }) => {
      const document = client.open(text);
      const edit = await client.edit(document, mark, { scope, select: true });
      const call = await model.next();
      const expected = text
        .split('\n')
        .slice(from, to + 1)
        .join('\n');
      expect(call.scope.trim()).toBe(expected.trim());
      call.answer('<no-change/>');
      await edit.end();
    }),
  );
});

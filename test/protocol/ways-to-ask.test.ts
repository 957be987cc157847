// Ways to say what is wanted, in every language: the menu by situation, templates of the user's own actions, directives of every form.

import { describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import type { TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import type { ReadyAction } from '../client/ready-action.ts';
import { sharedWorld } from '../client/world.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the server fills them in
const actions = [
  { id: 'whole', title: 'Whole', instruction: '${file} ${language} ${scope} [${selection}] ${unknown}' },
  { id: 'class', title: 'Of the class', instruction: 'do it', scope: 'class' },
  { id: 'careful', title: 'Careful', instruction: 'do it', lane: 'careful' },
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: the server fills them in
const lanes = {
  fast: { provider: 'puppet', model: 'quick' },
  careful: { provider: 'puppet', model: 'thorough' },
  blocks: { provider: 'puppet', model: 'quick', format: 'search-replace' },
};
const inShared = sharedWorld({ initializationOptions: { actions, lanes } });

const offered = async (client: TestClient, document: TestDocument, mark: string): Promise<ReadyAction[]> => {
  const { start } = document.rangeOf(mark);
  return client.codeActions(document, { start, end: start });
};
const run = (client: TestClient, { command }: ReadyAction) =>
  client.command<{ editId: string }>(command.command, ...command.arguments);

const own = new Set(['Whole', 'Of the class', 'Careful', 'Explain']);

describe('the menu', () => {
  const rewriteTitles = ['Simplify', 'Handle errors'];
  const cases: [situation: string, file: string, text: string, mark: string, titles: string[]][] = [
    [
      'JavaScript',
      'a.js',
      'function f(a) {\n  return a + 1;\n}\n',
      'return',
      [...rewriteTitles, 'Make async', 'Document'],
    ],
    [
      'a component in TSX',
      'a.tsx',
      'export function Hi({ name }: P) {\n  return <p>{name}</p>;\n}\n',
      'return',
      [...rewriteTitles, 'Make async', 'Add types', 'Document'],
    ],
    [
      'a method',
      'a.ts',
      'class A {\n  f(a: number) {\n    return a + 1;\n  }\n}\n',
      'return',
      [...rewriteTitles, 'Make async', 'Add types', 'Document'],
    ],
    ['a class', 'a.ts', 'class A {\n  a = 1;\n  b = 2;\n}\n', 'class', [...rewriteTitles, 'Add types', 'Document']],
    [
      'Python',
      'a.py',
      'def f(a):\n    return a + 1\n',
      'return',
      [...rewriteTitles, 'Make async', 'Add types', 'Document'],
    ],
    [
      'an async one in Python',
      'a.py',
      'async def f(a):\n    return a + 1\n',
      'return',
      [...rewriteTitles, 'Add types', 'Document'],
    ],
    [
      'an empty one in Python',
      'a.py',
      'def f(a):\n    pass\n',
      'pass',
      ['Implement the empty body', 'Add types', 'Document'],
    ],
    [
      'a TODO in Python',
      'a.py',
      'def f(a):\n    # TODO: more\n    return a + 1\n',
      'return',
      ['Implement the TODO', ...rewriteTitles, 'Make async', 'Add types', 'Document'],
    ],
    ['Rust', 'a.rs', 'fn f(a: u8) -> u8 {\n    a + 1\n}\n', 'a + 1', [...rewriteTitles, 'Make async', 'Document']],
    [
      'an empty one in Rust',
      'a.rs',
      'fn f(a: u8) -> u8 {\n    todo!()\n}\n',
      'todo',
      ['Implement the empty body', 'Document'],
    ],
    ['Go', 'a.go', 'package a\n\nfunc f(a int) int {\n\treturn a + 1\n}\n', 'return', [...rewriteTitles, 'Document']],
    ['a paragraph of a language without a grammar', 'a.weird', 'one\ntwo\n\nthree\n', 'two', []],
  ];
  test.each(cases)('%s', (_situation, name, text, mark, titles) =>
    inShared(async ({ client }) => {
      const document = client.open(text, { name, languageId: languageOf(name) });
      const all = (await offered(client, document, mark)).map(({ title }) => title);
      expect(all.filter((title) => !own.has(title))).toEqual(titles);
      expect(all.slice(-4)).toEqual([...own]);
    }),
  );
});

describe("the user's own actions", () => {
  const sourceCode = 'class A {\n  one() {\n    return 1;\n  }\n\n  two() {\n    return 2;\n  }\n}\n';

  test('templates are filled in, and what nobody knows stays', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sourceCode, { name: 'src/a.ts' });
      const edit = await client.edit(document, 'return 1', { action: 'whole', select: true });
      const call = await model.next();
      expect(call.prompt).toMatch(/<instruction>src\/a\.ts typescript one \[return 1\] \$\{unknown\}<\/instruction>/);
      call.answer('<no-change/>');
      await edit.end();
    }));

  test('what a person says is no template', () =>
    inShared(async ({ client, model }) => {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is to stay
      const instruction = 'use `${file}` and ${selection} here';
      const edit = await client.edit(client.open(sourceCode), 'return 1', { instruction, select: true });
      const call = await model.next();
      expect(call.prompt).toContain(`<instruction>${instruction}</instruction>`);
      call.answer('<no-change/>');
      await edit.end();
    }));

  test('their scope and their lane', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(sourceCode);
      const menu = await offered(client, document, 'return 1');
      for (const [title, scope, asked] of [
        ['Of the class', sourceCode.trimEnd(), 'quick'],
        ['Careful', '  one() {\n    return 1;\n  }', 'thorough'],
      ]) {
        const { editId } = await run(client, menu.find((action) => action.title === title)!);
        const call = await model.next();
        expect([call.scope, call.body.model]).toEqual([scope, asked]);
        call.answer('<no-change/>');
        await client.handle(editId).end();
      }
    }));

  test('the scope and the lane of the request win', () =>
    inShared(async ({ client, model }) => {
      const edit = await client.edit(client.open(sourceCode), 'return 1', {
        action: 'class',
        scope: 'function',
        lane: 'careful',
      });
      const call = await model.next();
      expect([call.scope, call.body.model]).toEqual(['  one() {\n    return 1;\n  }', 'thorough']);
      call.answer('<no-change/>');
      await edit.end();
    }));
});

describe('directives', () => {
  interface Directed {
    readonly name: string;
    /** With the directive, and as it reads without it. */
    readonly text: string;
    readonly without: string;
    readonly says: string;
    readonly scope: string;
  }
  const jsCode = 'function f(a) {\n  const b = a;\n  return b;\n}';
  const pyCode = 'def f(a):\n    b = a\n    return b';
  const tsxCode = 'export function Hi({ name }: P) {\n  return (\n    <p>\n      <b>{name}</b>\n    </p>\n  );\n}';
  const put = (code: string, before: string, directive: string) => code.replace(before, () => `${directive}${before}`);
  const cases: Record<string, Directed> = {
    'inside the scope': {
      name: 'a.js',
      text: `x();\n\n${put(jsCode, '  return b', '  // ai: return early\n')}\n`,
      without: `x();\n\n${jsCode}\n`,
      says: 'return early',
      scope: jsCode,
    },
    'of several lines': {
      name: 'a.js',
      text: `${put(jsCode, '  return b', '  // ai: return early,\n  // and say why\n  // in a comment\n')}\n`,
      without: `${jsCode}\n`,
      says: 'return early, and say why in a comment',
      scope: jsCode,
    },
    'right above the scope': {
      name: 'a.js',
      text: `// ai: inline b\n${jsCode}\n`,
      without: `${jsCode}\n`,
      says: 'inline b',
      scope: jsCode,
    },
    'a block comment': {
      name: 'a.js',
      text: `/* ai: inline b\n * everywhere */\n${jsCode}\n`,
      without: `${jsCode}\n`,
      says: 'inline b everywhere',
      scope: jsCode,
    },
    'behind code on its line': {
      name: 'a.js',
      text: `${jsCode.replace('const b = a;', 'const b = a; // ai: inline it')}\n`,
      without: `${jsCode}\n`,
      says: 'inline it',
      scope: jsCode,
    },
    'in the markup of TSX': {
      name: 'a.tsx',
      text: `${put(tsxCode, '      <b>', '      {/* ai: make it a link */}\n')}\n`,
      without: `${tsxCode}\n`,
      says: 'make it a link',
      scope: tsxCode,
    },
    'in Python': {
      name: 'a.py',
      text: `${put(pyCode, '    return b', '    # ai: return early\n    # and raise otherwise\n')}\n`,
      without: `${pyCode}\n`,
      says: 'return early and raise otherwise',
      scope: pyCode,
    },
    'above a function in Python': {
      name: 'a.py',
      text: `# ai: add types\n${pyCode}\n`,
      without: `${pyCode}\n`,
      says: 'add types',
      scope: pyCode,
    },
    'with Windows line ends': {
      name: 'a.js',
      text: `${put(jsCode, '  return b', '  // ai: return early\n')}\n`.replaceAll('\n', '\r\n'),
      without: `${jsCode}\n`.replaceAll('\n', '\r\n'),
      says: 'return early',
      scope: jsCode,
    },
  };

  test.each(Object.entries(cases))(
    '%s: the title says it, the model does not see it, the same edit removes it',
    (_name, one) =>
      inShared(async ({ client, model }) => {
        const document = client.open(one.text, { name: one.name, languageId: languageOf(one.name) });
        const action = (await offered(client, document, 'ai:')).find(({ title }) => title.startsWith('Do: '))!;
        expect(action).toMatchObject({ title: `Do: ${one.says}`, kind: 'quickfix' });
        const { editId } = await run(client, action);
        const call = await model.next();
        expect(call.prompt).toContain(`<instruction>${one.says}</instruction>`);
        expect(call.scope).toBe(one.scope);
        // Before the directive and behind it.
        const changed = (text: string) =>
          text
            .replace('b = a', 'b = -a')
            .replace('return b', 'return b + b')
            .replace(/<(\/?)[pb]>/g, '<$1i>');
        call.answer(changed(call.scope));
        expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
        expect(document.text).toBe(changed(one.without));
        await client.handle(editId).revert();
        await client.untilText(document, one.text);
      }),
  );

  test('with an answer in blocks', () =>
    inShared(async ({ client, model }) => {
      const document = client.open(`${put(jsCode, '  return b', '  // ai: return early\n')}\n`, {
        name: 'a.js',
        languageId: 'javascript',
      });
      const [action] = await offered(client, document, 'ai:');
      const [argument = {}] = action!.command.arguments as object[];
      const { editId } = await client.command<{ editId: string }>('quickhand.edit', { ...argument, lane: 'blocks' });
      (await model.next()).answer('<<<<<<< SEARCH\n  const b = a;\n=======\n  const b = -a;\n>>>>>>> REPLACE\n');
      expect(await client.handle(editId).end()).toMatchObject({ outcome: 'completed' });
      expect(document.text).toBe(`${jsCode.replace('b = a', 'b = -a')}\n`);
    }));

  test('one that is gone by the time it is asked for is refused', () =>
    inShared(async ({ client }) => {
      const document = client.open(`// ai: inline b\n${jsCode}\n`, { name: 'a.js', languageId: 'javascript' });
      const [action] = await offered(client, document, 'ai:');
      document.replace([{ from: 0, to: '// ai: inline b\n'.length, insert: '' }]);
      await expect(run(client, action!)).rejects.toMatchObject({
        code: ErrorCodes.InvalidParams,
        message: expect.stringMatching(/directive/),
      });
    }));

  test.each(['// ai:', '// ai: \n', '// fair: play', '// say ai: x', "const s = '// ai: x';"])('%j is none', (line) =>
    inShared(async ({ client }) => {
      const document = client.open(`${line}\n${jsCode}\n`, { name: 'a.js', languageId: 'javascript' });
      const all = await client.codeActions(document, {
        start: { line: 0, character: 3 },
        end: { line: 0, character: 3 },
      });
      expect(all.filter(({ title }) => title.startsWith('Do: '))).toEqual([]);
    }),
  );
});

function languageOf(name: string): string {
  const ids: Record<string, string> = {
    js: 'javascript',
    tsx: 'typescriptreact',
    ts: 'typescript',
    py: 'python',
    rs: 'rust',
    go: 'go',
  };
  return ids[name.split('.').at(-1)!] ?? 'weird';
}

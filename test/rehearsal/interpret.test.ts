// How the rehearsal model interprets a request: what it answers to which.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSnapshot } from '../../server/documents/snapshot.ts';
import { interpret } from '../../server/rehearsal/interpret.ts';
import { noChange } from '../../server/rehearsal/line-edit.ts';
import { tokensOf } from '../../server/rehearsal/pace.ts';
import { readTask } from '../../server/rehearsal/request.ts';
import { createScopes } from '../../server/scope/create-scopes.ts';
import type { Scopes } from '../../server/scope/scopes.ts';
import { assets } from '../scope/assets.ts';

interface Wanted {
  readonly language?: string;
  readonly format?: 'rewrite' | 'search-replace';
  readonly tag?: string;
}

function message(
  scope: string,
  instruction: string,
  { language = 'typescript', format = 'rewrite', tag = 'scope' }: Wanted = {},
): string {
  const opening = `<${tag} path="src/a.ts" language="${language}" lines="1-9" format="${format}">`;
  return `Imports:\nimport x from 'y';\n\n${opening}\n${scope}\n</${tag}>\n<instruction>${instruction}</instruction>`;
}

function answerTo(text: string): string {
  return interpret({ api: 'responses', model: 'm', instructions: '', text, maxOutputTokens: 1e9, body: {} }).answer;
}

function check(scope: string, instruction: string, expected: string, wanted?: Wanted): void {
  expect(answerTo(message(scope, instruction, wanted))).toBe(expected);
}

/** What a reader of search-replace blocks makes of `scope`: each block must be found once. */
function applyBlocks(scope: string, answer: string): string {
  let lines = scope.split('\n');
  for (const [, search = '', replace = ''] of answer.matchAll(
    /<<<<<<< SEARCH\n([\s\S]*?)\n=======\n(?:([\s\S]*?)\n)??>>>>>>> REPLACE/g,
  )) {
    const wanted = search.split('\n');
    const found = lines.map((_, at) => at).filter((at) => wanted.every((line, i) => lines[at + i] === line));
    expect(found).toHaveLength(1);
    lines = lines.toSpliced(found[0]!, wanted.length, ...replace.split('\n'));
  }
  return lines.join('\n');
}

const clamp = `export function clamp(value: number, low: number, high: number): number {
  for (const bound of [low, high]) {
    if (Number.isNaN(bound)) throw new RangeError('bound');
  }
  return Math.max(low, Math.min(high, value));
}`;

describe('rename', () => {
  it('whole identifiers only', () => {
    check('const id = idle + $id + this.id;', 'rename id to key', 'const key = idle + $id + this.key;');
  });

  it.each([
    'rename `value` to `input`',
    "Rename value as 'input'",
    'please rename the parameter value to input.',
    'slowly rename value -> input',
  ])('%s', (instruction) => {
    check(clamp, instruction, clamp.replaceAll('value', 'input'));
  });

  it('several at once', () => {
    check('f(a, b)', 'rename a to x, b to y', 'f(x, y)');
  });

  it('leaves the words that ask for it', () => {
    check('// ai: rename a to x\nf(a);', 'rename a to x', '// ai: rename a to x\nf(x);');
  });

  it('of nothing changes nothing', () => {
    check(clamp, 'rename missing to found', noChange);
  });

  it('in search-replace blocks that are found once each', () => {
    const scope = 'a();\nb();\na();\nb(id);\na();\nid = 2;';
    const answer = answerTo(message(scope, 'rename id to key', { format: 'search-replace' }));
    expect(applyBlocks(scope, answer)).toBe(scope.replaceAll('id', 'key'));
    expect(answer.match(/SEARCH/g)).toHaveLength(2);
  });
});

describe('any other instruction', () => {
  it('documents the scope and marks its returns, throws and loops', () => {
    check(
      `${clamp.replace('Number.isNaN(bound)) throw', 'Number.isNaN(bound))\n      throw')}`,
      'handle errors',
      `/** (rehearsal) clamp(value, low, high): "handle errors" */
export function clamp(value: number, low: number, high: number): number {
  // (rehearsal) the loop
  for (const bound of [low, high]) {
    if (Number.isNaN(bound))
      // (rehearsal) the failure
      throw new RangeError('bound');
  }
  // (rehearsal) the result
  return Math.max(low, Math.min(high, value));
}`,
    );
  });

  it('in an empty scope says what was asked for', () => {
    check('', 'add a "three"', '// (rehearsal) "add a "three""');
    check('', 'add a class', '# (rehearsal) "add a class"', { language: 'python' });
    check('', 'add a key', '<no-change/>', { language: 'json' });
  });

  it('in Python', () => {
    check(
      '@cache\ndef load(path: str, *, mode="r"):\n    """Do it.\n\n    return what was loaded\n    """\n    for line in path:\n        yield line\n    return None',
      'tidy',
      '# (rehearsal) load(path, mode): "tidy"\n@cache\ndef load(path: str, *, mode="r"):\n    """Do it.\n\n    return what was loaded\n    """\n    # (rehearsal) the loop\n    for line in path:\n        yield line\n    # (rehearsal) the result\n    return None',
      { language: 'python' },
    );
  });

  it('keeps out of templates and comments', () => {
    const scope =
      '  go() {\n    /*\n    return never\n    */\n    const t = `\n    return $x\n    for you\n    `;\n  }';
    check(scope, 'tidy', `  /** (rehearsal) go(): "tidy" */\n${scope}`);
  });

  it('says it in the syntax of the language, and not at all where there is none', () => {
    check('a: 1', 'tidy', '# (rehearsal) "tidy"\na: 1', { language: 'yaml' });
    check('local a', 'tidy', '-- (rehearsal) "tidy"\nlocal a', { language: 'lua' });
    check('<p>hi</p>', 'tidy', '<!-- (rehearsal) "tidy" -->\n<p>hi</p>', { language: 'html' });
    check('{"a": 1}', 'tidy', noChange, { language: 'json' });
  });

  it('cannot be ended by what it quotes', () => {
    check('f();', 'a */ b\n\nc', '/** (rehearsal) "a * / b c" */\nf();');
  });

  it('replaces the comments of an earlier time', () => {
    const once = answerTo(message(clamp, 'first'));
    check(once, 'first', noChange);
    check(once, 'second', once.replace('"first"', '"second"'));
  });

  it('leaves the first line alone where the scope starts in the middle of it', () => {
    check('(a) => {\n    return a;\n  }', 'tidy', '(a) => {\n    /** (rehearsal) "tidy" */\n    return a;\n  }');
  });
});

describe('reading the request', () => {
  it('takes the last scope, whatever its text holds', () => {
    const scope = 'const a = "<scope path=";\n// <instruction>no</instruction>\n</scopes>';
    expect(readTask(message(scope, 'tidy'))).toMatchObject({ scope, instruction: 'tidy', path: 'src/a.ts' });
  });

  it('takes a numbered tag', () => {
    const scope = 'const prompt = `\n</scope>\n<instruction>x</instruction>`;';
    expect(readTask(message(scope, 'tidy', { tag: 'scope-1' }))?.scope).toBe(scope);
  });

  it('says so when there is none', () => {
    expect(answerTo('hello')).toContain('rehearsal');
  });
});

it('cuts any text into tokens that make it up again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const tokens = tokensOf(text);
      expect(tokens.join('')).toBe(text);
      for (const token of tokens) expect(token).not.toMatch(/^[\uDC00-\uDFFF]/);
    }),
  );
});

describe('the result parses', () => {
  let scopes: Scopes;
  beforeAll(async () => {
    scopes = await createScopes({ assets });
  });
  afterAll(() => scopes.dispose());

  const component = `export function List({ items, onPick }: Props) {
  const [open, setOpen] = useState(false);
  const rows = items.map((item) => <li key={item.id}>{item.name}</li>);
  if (!open) return null;
  return (
    <ul>
      {rows}
      <li>
        Please
        return this to sender
      </li>
      {items.map((item) => {
        return <Row key={item.id} {...item} />;
      })}
    </ul>
  );
}`;
  const cases: readonly (readonly [string, string])[] = [
    ['typescript', clamp],
    ['typescriptreact', component],
    ['javascript', 'const f = (a) => a\nlet s = x => ({\n  return: 1,\n  for: /[`"]/,\n})\nwhile (s) s = f(s)'],
    [
      'python',
      'class A:\n    def f(self, a=1):\n        while a:\n            a = [x\n                for x in a]\n            raise ValueError\n        return {\n            1: 2}',
    ],
  ];

  it.each(cases)('%s', async (language, text) => {
    expect(await scopes.load(language)).toBe(true);
    const snapshot = createSnapshot(`file:///a.${language}`, 1, language, text);
    const gate = scopes.parseCheck(snapshot, { from: 0, to: text.length })!;
    const rewritten = answerTo(message(text, 'tidy', { language }));
    expect(gate.parses(rewritten)).toBe(true);
    const blocks = answerTo(message(text, 'tidy', { language, format: 'search-replace' }));
    expect(applyBlocks(text, blocks)).toBe(rewritten);
    gate.dispose();
  });
});

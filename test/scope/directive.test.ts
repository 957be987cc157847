// Directives, i.e. comments that ask for an edit: where they are found, what they say, what is removed with them.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scopes } from '../../server/scope/scopes.ts';
import { readSelection, scopesFor, snapshotOf } from './fixture.ts';

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor('typescript', 'typescriptreact', 'python');
});
afterAll(() => scopes.dispose());

/** `source` holds a cursor or a selection; `rest` is the text without what the directive says to remove. */
function check(languageId: string, source: string, expected: { text: string; rest: string } | undefined): void {
  const { text, selection } = readSelection(source);
  const directive = scopes.directiveAt(snapshotOf(languageId, text), selection);
  const found = directive && {
    text: directive.text,
    rest: text.slice(0, directive.span.from) + text.slice(directive.span.to),
  };
  expect(found).toEqual(expected);
}

describe('a directive', () => {
  it('is a line comment of its own, and goes with its line', () => {
    check('typescript', 'a();\n  // ai: do $0it\nb();\n', { text: 'do it', rest: 'a();\nb();\n' });
  });

  it('is found from its indentation and from its end', () => {
    check('typescript', 'a();\n$0  // ai: do it\nb();\n', { text: 'do it', rest: 'a();\nb();\n' });
    check('typescript', 'a();\n  // ai: do it$0\nb();\n', { text: 'do it', rest: 'a();\nb();\n' });
  });

  it('is not found from the lines beside it', () => {
    check('typescript', 'a();$0\n// ai: do it\nb();\n', undefined);
    check('typescript', 'a();\n// ai: do it\n$0b();\n', undefined);
  });

  it('is found anywhere in a scope, and the first one counts', () => {
    check('typescript', '‹function f() {\n  // ai: one\n  a();\n  // ai: two\n}›', {
      text: 'one',
      rest: 'function f() {\n  a();\n  // ai: two\n}',
    });
  });

  it('goes on over the line comments directly below it', () => {
    const source = '// ai: return early\n// instead of nesting,\n// please$0\nf();\n';
    check('typescript', source, { text: 'return early instead of nesting, please', rest: 'f();\n' });
  });

  it('goes on, whichever of its lines the cursor is on', () => {
    check('typescript', '// ai: o$0ne\n// two\nf();\n', { text: 'one two', rest: 'f();\n' });
  });

  it('ends at a blank line, at another kind of comment, at the next directive', () => {
    check('typescript', '// ai: one$0\n\n// two\n', { text: 'one', rest: '\n// two\n' });
    check('typescript', '// ai: one$0\n/* two */\n', { text: 'one', rest: '/* two */\n' });
    check('typescript', '// ai: one$0\n// ai: two\n', { text: 'one', rest: '// ai: two\n' });
  });

  it('may be below other comments', () => {
    check('typescript', '// What it does.\n// AI: do it$0\nf();\n', {
      text: 'do it',
      rest: '// What it does.\nf();\n',
    });
  });

  it('behind code goes alone, with the blanks before it', () => {
    check('typescript', 'a(); // ai: do it$0\n// more\n', { text: 'do it', rest: 'a();\n// more\n' });
  });

  it('before code goes with the blanks behind it', () => {
    check('typescript', '/* ai: do it */ $0a();\n', { text: 'do it', rest: 'a();\n' });
  });

  it('may be a block comment, over several lines', () => {
    check('typescript', '/**\n * ai: return $0early\n * please\n */\nf();\n', {
      text: 'return early please',
      rest: 'f();\n',
    });
    check('typescript', '/* ai: do\n   it */\nf($0);\n', undefined);
  });

  it('in markup goes with its braces', () => {
    const source = (comment: string) => `const a = (\n  <ul>\n${comment}    <li />\n  </ul>\n);\n`;
    check('typescriptreact', source('    {/* ai: add a key$0 */}\n'), { text: 'add a key', rest: source('') });
    check('typescriptreact', 'const a = <b>{/* ai: x$0 */}</b>;', { text: 'x', rest: 'const a = <b></b>;' });
  });

  it('in markup beside an expression leaves that alone', () => {
    check('typescriptreact', 'const a = <b>{c /* ai: x$0 */}</b>;', { text: 'x', rest: 'const a = <b>{c }</b>;' });
  });

  it('in Python', () => {
    check('python', 'def f():\n    # ai: do it\n    # twice$0\n    pass\n', {
      text: 'do it twice',
      rest: 'def f():\n    pass\n',
    });
  });

  it('in a language without a grammar', () => {
    check('ruby', 'def f\n  # ai: do it$0\n  # twice\n  1\nend\n', { text: 'do it twice', rest: 'def f\n  1\nend\n' });
    check('sql', 'select 1 -- ai: two$0\nfrom a\n', { text: 'two', rest: 'select 1\nfrom a\n' });
    check('html', '<p>\n  <!-- ai: bold$0 -->\n</p>\n', { text: 'bold', rest: '<p>\n</p>\n' });
    check('text', 'see http://ai: it$0\n', undefined);
  });

  it('on the last line takes the line break before it', () => {
    check('typescript', 'a();\n// ai: do it$0', { text: 'do it', rest: 'a();' });
    check('typescript', '// ai: do it$0', { text: 'do it', rest: '' });
  });

  it('with CRLF goes with the whole line break', () => {
    check('typescript', 'a();\r\n// ai: do it\r\n// now$0\r\nb();\r\n', {
      text: 'do it now',
      rest: 'a();\r\nb();\r\n',
    });
  });

  it('may say nothing yet', () => {
    check('typescript', '// ai:$0\n', { text: '', rest: '' });
  });

  it('is not just any comment, nor a string', () => {
    check('typescript', "// the ai is: good$0\nconst a = '// ai: x';\n", undefined);
    check('typescript', "const a$0 = '// ai: x';\n", undefined);
    check('typescript', '// email: x$0\n', undefined);
  });
});

describe('the comments of a span', () => {
  it('are those that touch it, in order', () => {
    const { text, selection } = readSelection('// a\n‹f(/* b */);\n// c\n›// d\n// e\n');
    const found = scopes.comments(snapshotOf('typescript', text), selection);
    expect(found.map(({ from, to }) => text.slice(from, to))).toEqual(['/* b */', '// c', '// d']);
  });

  it('are known to be none in a language without a grammar', () => {
    expect(scopes.comments(snapshotOf('ruby', '# a'), { from: 0, to: 3 })).toEqual([]);
  });
});

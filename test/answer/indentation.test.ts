// Answers that stand elsewhere than their scope, or in another unit, are put into the document's indentation while they stream.

import { describe, expect, it } from 'vitest';
import { Indentation } from '../../server/answer/indentation/indentation.ts';
import type { Surroundings } from '../../server/answer/surroundings.ts';
import { around, through } from './stage.ts';

const read = (base: string, answer: string, more: Partial<Surroundings> = {}, startsLine = true) =>
  through(new Indentation({ base, surroundings: around(more), startsLine }), answer);

const method = '    def total(self, rate):\n        return rate';
const inTs = '  total(rate: number) {\n    if (rate) {\n      go();\n    }\n    return rate;\n  }';
const inGo = 'func F(a int) int {\n\tif a > 0 {\n\t\treturn a\n\t}\n\treturn 0\n}';

describe('an answer that is right as it is', () => {
  it.each([
    ['in its place', inTs, inTs.replace('go', 'come')],
    [
      'with a new block around its lines',
      inTs,
      '  total(rate: number) {\n    try {\n      if (rate) {\n        go();\n      }\n    } catch {}\n  }',
    ],
    ['in a new block as a whole', '  go();\n  come();', '  if (a) {\n    go();\n    come();\n  }'],
    ['taken out of its block', '  if (a) {\n    go();\n    come();\n  }', '  go();\n  come();'],
    ['with a list that goes on far in', method, '    def total(\n            self, rate):\n        return rate'],
    ['with an aligned list', method, '    def total(self,\n              rate):\n        return rate'],
    [
      'with cases where the switch stands',
      inGo,
      'func F(a int) int {\n\tswitch a {\n\tcase 1:\n\t\treturn a\n\t}\n\treturn 0\n}',
    ],
    [
      'with directives at the start of their lines',
      '  void a() {\n    b();\n  }',
      '  void a() {\n#ifdef X\n    b();\n#endif\n  }',
    ],
    ['in a literal', '  a(`\nx\n`);\n  b();', '  a(`\ny\n`);\n  b();'],
    ['a list of Markdown', '- a\n    - b', '- a\n  - b\n  - c'],
    ['variables of a Makefile', 'A = \\\n  b', 'A = \\\n  c'],
    ['without any line', inTs, ''],
    ['with lines of white space', '  a();\n\n  b();', '\n   \n  a();\n \t\n  c();'],
  ])('passes: %s', (name, base, answer) => {
    const languageId = name.includes('Markdown') ? 'markdown' : name.includes('Makefile') ? 'makefile' : '';
    expect(read(base, answer, { languageId })).toMatchObject({ text: answer, putRight: [] });
  });

  it('passes at once, and nothing of it is in the way of who looks ahead', () => {
    expect(read(inTs, inTs).out).toEqual([1, 2, 3, 4, 5, 6]);
    const stage = new Indentation({ base: inTs, surroundings: around({}), startsLine: true });
    stage.push('  total() {');
    expect(stage.isPlain).toBe(true);
    const held = new Indentation({ base: inTs, surroundings: around({}), startsLine: true });
    held.push('total() {');
    expect(held.isPlain).toBe(false);
  });

  it.each([
    'Indent this by one level',
    'use tabs',
    'reformat',
    'run through black',
    'Rücke das ein: einrücken',
    '缩进四个空格',
    'use 4 spaces',
    'align the columns',
    'nest them one level deeper',
  ])('passes where indentation was asked for: %s', (instruction) =>
    expect(read(method, 'def total(self):\n  return 1', { instruction }).text).toBe('def total(self):\n  return 1'),
  );

  it('passes where the block is all that was changed of some statements', () => {
    const before = 'def run(jobs):\n    for job in jobs:\n        go()\n';
    const base = '        job.wait()\n        log(job)';
    expect(read(base, '    job.wait()\n    log(job)', { before }).putRight).toEqual([]);
    expect(read(base, 'job.wait()\nlog(job)', { before }).text).toBe(base);
    expect(read(base, '      job.wait()\n      log(job)', { before }).text).toBe(base);
    expect(read(base, '    job.wait()\n    log()', { before }).text).toBe(base.replace('log(job)', 'log()'));
    expect(read(method, method.replace(/^ {2}/gm, ''), { before: 'class A:\n  a = 1\n' }).text).toBe(method);
  });

  it('is not what an instruction means that speaks of other formats', () => {
    const instruction = 'format the date as ISO, in black, and make the tab prettier';
    expect(read(method, 'def total(self):\n    return 1', { instruction }).text).toBe(
      '    def total(self):\n        return 1',
    );
  });
});

describe('an answer that stands elsewhere', () => {
  it.each([
    [
      'flush left',
      method,
      'def total(self, rate):\n    return rate * 2',
      '    def total(self, rate):\n        return rate * 2',
    ],
    [
      'flush left, with a line further out than its decorator',
      method,
      '@a\ndef total(self):\n    return 1',
      '    @a\n    def total(self):\n        return 1',
    ],
    ['too far in', inTs, inTs.replace(/^/gm, '    '), inTs],
    ['but for its first line', inTs, inTs.trimStart(), inTs],
    ['but for its first line, in Python', method, method.trimStart(), method],
    ['in its first line only', inTs, inTs.replace(/^ {2}/gm, '').replace(/^/, '  '), inTs],
    [
      'in its first line only, in HTML',
      '  <ul>\n    <li>\n    </li>\n  </ul>',
      '  <ul>\n  <li>\n  </li>\n</ul>',
      '  <ul>\n    <li>\n    </li>\n  </ul>',
    ],
    [
      'in its first line only, in Python',
      method,
      '    def total(self):\n    return 1',
      '    def total(self):\n        return 1',
    ],
    [
      'as statements',
      '    a();\n    b();',
      'a();\nc();\nif (x) {\n  d();\n}',
      '    a();\n    c();\n    if (x) {\n      d();\n    }',
    ],
    ['as statements, but for the first one', '    a();\n    b();', 'a();\n    c();', '    a();\n    c();'],
    [
      'with a first line that was further in than others',
      '      return a;\n    }\n    go();',
      '  return b;\n}\ngo();',
      '      return b;\n    }\n    go();',
    ],
    ['one line', '    return a', 'return b', '    return b'],
  ])('is moved: %s', (_, base, answer, wanted) =>
    expect(read(base, answer)).toMatchObject({ text: wanted, putRight: ['the indentation'] }),
  );

  it('is not moved where less of a ragged scope is left', () => {
    expect(read('      return a;\n    }\n    go();', '    go();\n    come();').text).toBe('    go();\n    come();');
  });

  it('is no block that stands further in than a whole statement', () => {
    const base = '            go()\n            stop()';
    expect(read(base, 'go()\n            halt(1)', { languageId: 'python' }).text).toBe(
      base.replace('stop()', 'halt(1)'),
    );
  });

  it('comes out as soon as a line decides', () => {
    expect(read(method, 'def total(self):\n    a = 1\n    return a').out).toEqual([0, 2, 3]);
    expect(read(inTs, 'total(rate: number) {\n  a();\n}').out).toEqual([0, 2, 3]);
    // Four blanks may be two levels of the document, or one of an answer that is flush left.
    const trimmed = 'total(rate: number) {\n    a();\n    if (b) {\n      c();\n    }\n  }';
    expect(read(inTs, trimmed).out).toEqual([0, 0, 0, 4, 5, 6]);
  });

  it('keeps what is data, and moves docstrings with their code', () => {
    const base = '    def a(self):\n        """Says.\n\n        more\n        """\n        return """\nx\n  y\n"""';
    const flush = 'def a(self):\n    """Says.\n\n    more\n    """\n    return """\nx\n  y\n"""';
    expect(read(base, flush.replace('more', 'less')).text).toBe(base.replace('more', 'less'));
    expect(read('  a(`\n    x\n  `);\n  b();', 'a(`\n  x\n`);\nc();').text).toBe('  a(`\n    x\n  `);\n  c();');
  });

  it('may stand in a document with other line ends', () => {
    expect(read(inTs.replaceAll('\n', '\r\n'), inTs.trimStart()).text).toBe(inTs);
  });
});

describe('an answer in another unit', () => {
  const in4 = inTs.replace(/^ +/gm, (blanks) => blanks.repeat(2));
  it.each([
    ['blanks for tabs', inGo, inGo.replaceAll('\t', '    '), inGo],
    ['two blanks for tabs', inGo, inGo.replaceAll('\t', '  '), inGo],
    ['tabs for blanks', method, method.replaceAll('    ', '\t'), method],
    ['four blanks for two', inTs.replace(/^ {2}/gm, ''), in4.replace(/^ {4}/gm, ''), inTs.replace(/^ {2}/gm, '')],
    ['two blanks for four', in4, inTs, in4],
    ['four blanks for two, flush left', inTs, in4.replace(/^ {4}/gm, ''), inTs],
    ['tabs for two blanks, its first line trimmed', inTs, inTs.replaceAll('  ', '\t').trimStart(), inTs],
    [
      'with stars of comments',
      '\t/**\n\t * a\n\t */\n\ta() {\n\t\tb();\n\t}',
      '  /**\n   * a\n   */\n  a() {\n    c();\n  }',
      '\t/**\n\t * a\n\t */\n\ta() {\n\t\tc();\n\t}',
    ],
    [
      'with an aligned list',
      'def a(x):\n  b(x)',
      'def a(x,\n      y):\n    if x:\n        b(x)\n    c()',
      'def a(x,\n      y):\n  if x:\n    b(x)\n  c()',
    ],
  ])('gets that of the document: %s', (_, base, answer, wanted) => expect(read(base, answer).text).toBe(wanted));

  it('gets that of the document where the scope has none', () => {
    const answer = 'def a(x):\n  if x:\n    b()\n  return 1';
    expect(read('def a(x): return x', answer, { unit: '    ' }).text).toBe(
      answer.replace(/^ +/gm, (all) => all.repeat(2)),
    );
    expect(read('def a(x): return x', answer).text).toBe(answer);
  });

  it('has the unit of the blocks around a scope without one, whatever the caller knows', () => {
    const before = 'def run(jobs):\n    for job in jobs:\n';
    const answer = '        if job:\n            go()\n            stop()';
    expect(read('        go()\n        stop()', answer, { before, unit: '        ' }).text).toBe(answer);
  });

  it('has tabs in the recipes of a Makefile', () => {
    const base = 'all: a\n\tgo a\n';
    expect(read(base, 'all: a\n    go b\n    go c\n\nA = b', { languageId: 'makefile' }).text).toBe(
      'all: a\n\tgo b\n\tgo c\n\nA = b',
    );
  });

  it('is left alone in a scope that has both', () => {
    const base = 'a {\n\tb();\n}\nc {\n    d();\n}';
    expect(read(base, 'a {\n\tb();\n\te();\n}\nc {\n    d();\n    e();\n}').putRight).toEqual([]);
  });
});

describe('a scope that begins inside a line', () => {
  const before = 'function a() {\n  return ';
  const base = 'go({\n    a,\n  })';
  it.each([
    ['in its place', 'go({\n    a,\n    b,\n  })'],
    ['flush left', 'go({\n  a,\n  b,\n})'],
    ['with an indentation in front', '  go({\n    a,\n    b,\n  })'],
  ])('is put right behind its first line: %s', (_, answer) =>
    expect(read(base, answer, { before }, false).text).toBe('go({\n    a,\n    b,\n  })'),
  );
});

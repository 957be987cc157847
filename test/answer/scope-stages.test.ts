// What the steps of the reading put right together, in their order.

import { expect, it } from 'vitest';
import { scopeStages } from '../../server/answer/code-reading.ts';
import { LineChain } from '../../server/answer/line-chain.ts';
import { around, through } from './stage.ts';

const py = '    @a\n    @cached\n    def total(self):\n        """Says."""\n        return 1';
const ts = '  /** Says. */\n  public total(a: number) {\n    return a;\n  }';

it.each([
  ['flush left, without its decorators and its docstring', py, 'def total(self):\n    return 2', py.replace('1', '2')],
  ['flush left, with one decorator', py, '@a\ndef total(self):\n    return 2', py.replace('1', '2')],
  ['in tabs', py, '@a\ndef total(self):\n\treturn 2', py.replace('1', '2')],
  ['first line trimmed', py, 'def total(self):\n        return 2', py.replace('1', '2')],
  ['flush left, without its comment', ts, 'total(a: number) {\n  return -a;\n}', ts.replace('return a', 'return -a')],
  [
    'first line trimmed, without its comment',
    ts,
    'total(a: number) {\n    return -a;\n  }',
    ts.replace('return a', 'return -a'),
  ],
])('%s', (_, base, answer, wanted) => {
  const stages = new LineChain(scopeStages(base, around({ before: 'class A\n', after: '\n' })));
  expect(through(stages, answer).text).toBe(wanted);
});

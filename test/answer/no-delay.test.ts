// A right answer is not held: what of it has come is given out at the latest with the line that says what it is.

import { expect, it } from 'vitest';
import { scopeStages } from '../../server/answer/code-reading.ts';
import { LineChain } from '../../server/answer/line-chain.ts';
import { around } from './stage.ts';

const withDoc = '/**\n * Adds.\n * @param a one\n */\nfunction add(a) {\n  return a;\n}';

it.each([
  ['a doc comment that stays', withDoc, withDoc.replace('return a', 'return -a'), 1],
  [
    'a property with a comment of several lines',
    '/**\n * The id.\n */\nid: string;',
    '/**\n * The id.\n */\nid?: string;',
    1,
  ],
  [
    'a new comment of the kind that documents in Lua',
    'function M.add(a)\n  return a\nend',
    '---Adds.\n---@param a number\nfunction M.add(a)\n  return a\nend',
    3,
  ],
  [
    'a first line that another method in the file has, too',
    'def __init__(self, a):\n    self.a = a\n    return None',
    'def __init__(\n    self, a, b\n):\n    self.a = a\n    return None',
    1,
  ],
])('%s', (_, base, answer, most) => {
  const before = 'class A\ndef __init__(\n    self\n):\n    pass\n';
  const stages = new LineChain(scopeStages(base, around({ before, after: '\n' })));
  let waiting = 0;
  const held = answer.split('\n').map((line) => {
    waiting += 1 - stages.pushAll([line]).lines.length;
    return waiting;
  });
  expect(Math.max(...held)).toBeLessThan(most);
  expect(held.at(-1)).toBe(0);
});

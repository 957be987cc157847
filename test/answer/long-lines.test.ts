// Lines of a size that nobody writes: what is judged of them by patterns must not take the square of their length, or the server stands still. Such a pattern
// takes minutes here, and runs into the time that bounds a test.

import { expect, test } from 'vitest';
import { noSurroundings } from '../../server/answer/surroundings.ts';
import { defaults } from '../../server/config/config.ts';
import { createEngine } from '../../server/edit/create-engine.ts';
import { beginHunkChecks, checkHunk } from '../../server/guardrails/check-hunk.ts';

const base = 'function f(a) {\n  a();\n  b();\n  return a;\n}';
const heads = [
  '',
  '```',
  '// ',
  '/** ',
  '# ',
  'function ',
  'const a = ',
  'export default ',
  '@a(',
  'Here is ',
  '<code ',
  '1 | ',
];
const units = ['a', ' ', '\t', '~', '`', '*', ')', '(', '[', '<', '-', '=', '.', ',', 'a ', 'a.', '@a ', '/* ', '&lt;'];
const languages = ['typescript', 'markdown', 'html', 'json'];

test.each(languages)('a long line in an answer: %s', (languageId) => {
  const surroundings = { ...noSurroundings, before: 'x\n', after: '\ny\n', languageId, instruction: 'x', unit: '  ' };
  for (const head of heads)
    for (const unit of units) {
      const line = `${head}${unit.repeat(200_000 / unit.length)}`;
      for (const end of ['`', '!']) {
        const engine = createEngine({ base, eol: '\n', format: 'rewrite', surroundings });
        const { hunks } = engine.push(`${line}${end}\n`);
        expect(hunks).toEqual([]);
      }
    }
});

test('a long line in a hunk', () => {
  const rules = { ...defaults.guardrails };
  for (const head of heads)
    for (const unit of units) {
      const state = beginHunkChecks({ base, languageId: 'typescript', rules, accepted: undefined });
      const verdict = checkHunk(state, {
        edits: [{ from: 16, to: 22, insert: `${head}${unit.repeat(50_000 / unit.length)}!` }],
      });
      expect(typeof verdict.ok).toBe('boolean');
    }
});

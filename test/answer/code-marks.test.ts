// An expression that was answered in backticks.

import { expect, it } from 'vitest';
import { CodeMarks } from '../../server/answer/code-marks.ts';
import { around, through } from './stage.ts';

/** `document` with « » around the scope. */
const read = (document: string, answer: string, instruction = '', languageId = '') => {
  const [before, base, after] = document.split(/[«»]/) as [string, string, string];
  return through(new CodeMarks({ base, surroundings: around({ before, after, instruction, languageId }) }), answer);
};

it('is what stands between them', () => {
  expect(read('  return «a + 1»;', '`a + 2`')).toMatchObject({ text: 'a + 2', putRight: ['backticks'] });
});

it.each([
  ['whole lines', 'b;\n«a;»\nc;', '`d`', '', ''],
  ['a scope with quotes', '  return «a + "b"»;', '`a b`', '', ''],
  ['a template with code in it', '  return «a + b»;', ['`$', '{a}`'].join(''), '', ''],
  ['a template that was asked for', '  return «a + b»;', '`a b`', 'make it a template', ''],
  ['a sentence of Markdown', 'Run «it» now.', '`npm`', '', 'markdown'],
  ['two lines', '  return «a»;', '`a`\nb', '', ''],
  ['code', '  return «a»;', 'f(`a`)', '', ''],
])('is left alone: %s', (_, document, answer, instruction, languageId) =>
  expect(read(document, answer, instruction, languageId)).toMatchObject({ text: answer, putRight: [] }),
);

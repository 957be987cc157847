// The format of a case's file, and the ways that its answer takes.

import { expect, test } from 'vitest';
import { readCase } from './case-file.ts';
import { chatEvent } from './chat-events.ts';
import { answerText, waysOf } from './ways.ts';

const text = `file: src/a.ts
instruction: add one
line ends: crlf
escapes
=== base, no final line break
let a = ‸1;
=== before, same line
<|message|>
=== answer
let a = 2; // \\u{200C}
=== after
Done.
=== wanted
let a = 2;
=== refused: invisible | seen
`;

test('a file is read into a case', () => {
  expect(readCase('kind/name', text)).toEqual({
    id: 'kind/name',
    file: 'src/a.ts',
    languageId: 'typescript',
    base: 'let a = 1;',
    place: { from: 8, to: 8 },
    isSelection: false,
    instruction: 'add one',
    answer: { before: '<|message|>', code: 'let a = 2; // \u200C', after: '\nDone.' },
    wanted: ['let a = 2;\r\n'],
    refused: ['invisible', 'seen'],
    rewriteOnly: false,
  });
});

test('a block goes around the code, and not around what stands before and behind it', () => {
  const parts = { before: '```\n', code: 'b', after: '\n```' };
  expect(answerText(parts, 'rewrite', undefined)).toBe('```\nb\n```');
  expect(answerText(parts, 'block', 'a')).toBe('```\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n```');
  expect(answerText(parts, 'block', undefined), 'a place for new code').toBe('```\nb\n```');
});

test('events are a chat endpoint’s only', () => {
  const { answer } = readCase(
    'a',
    'file: a.ts\n=== base\n‸\n=== events\ndelta {"content":"x"}\nraw data: [DONE]\n=== refused\n',
  );
  expect(answer).toEqual({ events: ['delta {"content":"x"}', 'raw data: [DONE]'] });
  expect(waysOf({ ...readCase('a', text), answer })).toEqual([{ form: 'rewrite', wire: 'sse' }]);
  expect(chatEvent('raw data: [DONE]')).toBe('data: [DONE]\n\n');
  expect(chatEvent('delta {"content":"x"}')).toMatch(/^data: \{.*"delta":\{"content":"x"\}/);
});

test.each([
  ['file: a.ts\n=== base\nx\n=== answer\ny\n=== wanted\ny\n', /one ‸/],
  ['file: a.ts\n=== base\n‸x\n=== answer\ny\n', /wanted/],
  ['file: a.ts\n=== base\n‸x\n=== wanted\ny\n', /answer/],
  ['=== base\n‸x\n=== answer\ny\n=== wanted\ny\n', /file/],
  ['file: a.unheard\n=== base\n‸x\n=== answer\ny\n=== wanted\ny\n', /language/],
  ['file: a.ts\nwanted: y\n=== base\n‸x\n=== answer\ny\n=== refused\n', /what is "wanted: y"/],
])('what is wrong in a file is said: %j', (wrong, said) => {
  expect(() => readCase('wrong', wrong)).toThrow(said);
});

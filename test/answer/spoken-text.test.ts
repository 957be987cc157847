// Thinking and the tokens of chat templates, in any chunking.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpokenText } from '../../server/answer/spoken-text.ts';
import { checked } from '../text/property.ts';

interface Said {
  readonly text: string;
  readonly putRight: readonly string[];
  readonly isThinking: boolean;
}

/** What is said of an answer that comes in these chunks. */
function said(chunks: readonly string[], base = 'let x;', hasTags = false): Said {
  const spoken = new SpokenText(base, hasTags);
  let text = '';
  const add = (pieces: ReturnType<SpokenText['push']>) => {
    for (const piece of pieces) {
      if (piece.restart) text = '';
      if (piece.trims) text = text.replace(/[^\S\n]+$/, '');
      text += piece.text;
    }
  };
  for (const chunk of chunks) add(spoken.push(chunk));
  add(spoken.finish());
  return { text, putRight: spoken.putRight, isThinking: spoken.isThinking };
}

const code = 'a();\nb();\n';

describe('what is not said', () => {
  const cases: Readonly<Record<string, string>> = {
    'a block of thinking': `<think>\nHm, a < b?\n</think>\n\n${code}`,
    'one on the line of the code': `<think>hm</think>${code}`,
    'one in capitals, with blanks': `< THINK >hm</ Think >\n${code}`,
    'one of another name': `<reasoning>\nhm\n</reasoning>\n${code}`,
    'one in brackets': `[THINK]hm[/THINK]${code}`,
    'an end of thinking without a beginning': `I don't know, "maybe".\na();\n</think>\n${code}`,
    'two blocks': `<think>a</think>\n<think>b</think>\n${code}`,
    channels: `<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>${code}<|return|>`,
    'a channel with a format': `<|channel|>final <|constrain|>code<|message|>${code}`,
    'text in front of the final channel': `Hm.<|end|><|start|>assistant<|channel|>final<|message|>${code}`,
    'the end of a turn': `${code}<|im_end|>`,
    'the end of a turn, and another turn': `${code}<|im_end|>\n<|im_start|>user\nmore\n<|im_end|>`,
    'the end of a text': `${code}</s>`,
    'the head of a turn': `<|start_header_id|>assistant<|end_header_id|>\n\n${code}<|eot_id|>`,
    'a token of another script': `${code}<｜end▁of▁sentence｜>`,
  };
  it.each(Object.entries(cases))('%s', (_, answer) => {
    expect(said([answer]).text).toBe(code);
    expect(said([answer]).putRight).not.toEqual([]);
    for (const size of [1, 2, 3, 7]) {
      const chunks = answer.match(new RegExp(`[^]{1,${size}}`, 'gu'))!;
      expect(said(chunks)).toEqual(said([answer]));
    }
  });

  it('blanks in front of a token that ends the answer', () => {
    expect(said(['a();  ', '<|im_end|>']).text).toBe('a();');
  });
});

describe('what is code', () => {
  const cases: readonly (readonly [what: string, answer: string, base?: string, hasTags?: boolean])[] = [
    ['a token in a string', 'const stop = ["<|im_end|>", \'</s>\', `<think>`];\n'],
    ['a token of the scope', 'x = <think>\n', 'if <think>'],
    ['a strike-through', '<p><s>old</s></p>\n', '<p>', true],
    ['a strike-through at both ends', '<s>old</s>', '<p>', true],
    ['comparisons and types', 'if (a < b && c[i] <| f) x<T>(y);\n'],
    ['a tag of documents behind code', 'a();\n<analysis>\n', 'a();'],
    ['an operator', 'f <| g\n'],
  ];
  it.each(cases.map((one) => [one[0], one] as const))('%s', (_, [, answer, base, hasTags]) => {
    for (const size of [1, 3, 99])
      expect(said(answer.match(new RegExp(`[^]{1,${size}}`, 'gu'))!, base, hasTags)).toEqual({
        text: answer,
        putRight: [],
        isThinking: false,
      });
  });
});

it('thinking that does not end is known as such', () => {
  expect(said(['<think>', 'and so on'])).toMatchObject({ text: '', isThinking: true });
});

it('any chunking says the same', () => {
  const part = fc.constantFrom(
    ...['<think>', '</think>', '<|im_end|>', '<|channel|>', 'final', 'analysis', '<|message|>', '<|end|>', '<|start|>'],
    ...['</s>', '<s>', '[/INST]', 'assistant', 'a < b', '"', "don't", '\n', ' ', 'x[0]', '<', '<|', '<t', '```'],
  );
  const property = fc.property(
    fc.array(part, { maxLength: 12 }),
    fc.array(fc.nat(6), { minLength: 1 }),
    (parts, sizes) => {
      const answer = parts.join('');
      const chunks: string[] = [];
      for (let at = 0, i = 0; at < answer.length; i++) {
        const size = 1 + sizes[i % sizes.length]!;
        chunks.push(answer.slice(at, at + size));
        at += size;
      }
      expect(said(chunks)).toEqual(said([...answer].map(String)));
    },
  );
  checked(property, 0.5);
});

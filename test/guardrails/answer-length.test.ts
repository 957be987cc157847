// How long an answer may get.

import { describe, expect, it } from 'vitest';
import { AnswerLength, answerBoundFor } from '../../server/guardrails/answer-length.ts';

const rules = { maxChangedLines: 400 };
const bound = (text: string, more: { isStub?: boolean; maxOutputTokens?: number } = {}) =>
  answerBoundFor({ text, isStub: false, maxOutputTokens: undefined, rules, ...more });

describe('the bound of an answer', () => {
  it('is four times its scope and 4,096 tokens', () => {
    expect(bound('x'.repeat(1000))).toMatchObject({ units: 4000 + 4 * 4096 });
  });

  it('counts lines as well', () => {
    expect(bound('x\n'.repeat(10)).lines).toBe(40 + 1024);
  });

  it('of what is still to be written is that of the lines that may change', () => {
    expect(bound('function f() {}', { isStub: true })).toMatchObject({ units: 32_000, lines: 1024 });
    expect(bound('   ').units).toBe(32_000);
  });

  it('is what the lane says, if it says anything', () => {
    expect(bound('x'.repeat(1000), { isStub: true, maxOutputTokens: 100 })).toMatchObject({ units: 400 });
    expect(bound('x', { maxOutputTokens: 100_000 }).units).toBe(400_000);
  });

  it.each([
    ['characters', 'x'.repeat(1000), (n: number) => `line ${n} of many `.repeat(20), /longer than 20384 characters/],
    ['lines', 'x\ny', (n: number) => `${n}\n`, /longer than 1028 lines/],
  ])('is kept in %s, however the answer is cut', (_, text, chunk, reason) => {
    const length = new AnswerLength(bound(text));
    let verdict = length.add(chunk(0));
    for (let n = 1; n < 2000 && verdict.ok; n++) verdict = length.add(chunk(n));
    expect(verdict).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });
});

// An answer that says the same again and again is stopped, and code that has to is not.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Repetition } from '../../server/guardrails/repetition.ts';

/** The reason, and how much of the answer had come by then. */
function read(answer: string, { base = '', cut = 4 } = {}): { reason?: string; at: number } {
  const repetition = new Repetition(base);
  for (let at = 0; at < answer.length; at += cut) {
    const verdict = repetition.add(answer.slice(at, at + cut));
    if (!verdict.ok) return { reason: verdict.reason, at };
  }
  return { at: answer.length };
}

const line = '  const total = compute(items);\n';
const block = Array.from({ length: 30 }, (_, n) => `  const total${n} = compute(items, ${n * 7});\n`).join('');
const lines = (count: number, of: (n: number) => string) => Array.from({ length: count }, (_, n) => of(n)).join('');

describe('stops', () => {
  it.each([
    ['a line', line.repeat(500), '"const total = compute(items);'],
    ['behind code', block + line.repeat(500), '"const total = compute(items);'],
    ['a block of lines', block.repeat(20), '"const total'],
    ['lines that come twice in what repeats', `${line}${line}  done();\n  done();\n`.repeat(200), '"'],
    ['words within a line', `// ${'and so on and on '.repeat(1000)}`, '"'],
    ['one word', `// ${'very '.repeat(2000)}`, 'very'],
    ['signs', '-'.repeat(8000), '"----'],
    ['blank lines', '\n'.repeat(8000), 'nothing but blanks'],
  ])('%s', (_, answer, quoted) => {
    const { reason, at } = read(answer);
    expect(reason).toMatch(/^the answer repeats itself: /);
    expect(reason).toContain(quoted);
    expect(reason!.length).toBeLessThan(100);
    expect(at).toBeLessThan(8000);
  });

  it('a short line within the time of 500 tokens', () => expect(read(line.repeat(500)).at).toBeLessThan(2200));
});

describe('does not stop', () => {
  it.each([
    ['a table of zeros', `const zeros = [\n${`  ${'0, '.repeat(64)}\n`.repeat(64)}];`],
    ['a table of hexadecimal zeros', '0x00, '.repeat(4000)],
    ['a table of values', lines(300, () => '  [false, false, false, null],\n')],
    ['fixtures that differ in a number', lines(300, (n) => `  { name: 'one', value: ${n} },\n`)],
    ['closing brackets', lines(40, (n) => `${'  '.repeat(40 - n)}},\n`)],
    ['a block that comes three times', block + block + block],
    ['twenty lines that are the same', line.repeat(20)],
    ['a long line in Base64', `'${'A'.repeat(3000)}'`],
  ])('%s', (_, answer) => expect(read(answer).reason).toBeUndefined());

  it('what the code itself repeats', () => {
    const base = `${block}${line.repeat(500)}`;
    expect(read(base.replace('total3', 'sum'), { base }).reason).toBeUndefined();
    expect(read(base, { base: block }).reason).toBeDefined();
  });
});

it('the chunks make no difference', () => {
  const answer = `${block}${line.repeat(300)}`;
  const { reason } = read(answer, { cut: 1 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12_000 }), (cut) => {
      expect(read(answer, { cut }).reason).toBe(reason);
    }),
    { numRuns: 50 },
  );
});

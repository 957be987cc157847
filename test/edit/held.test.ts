// An answer that does not parse until its end: how often and how much is parsed grows with its length, not with the square of it.

import { describe, expect, it } from 'vitest';
import { createEngine, createSteppedEngine } from '../../server/edit/create-engine.ts';
import { stream } from './stream.ts';

const lines = (count: number) =>
  Array.from({ length: count }, (_, n) => `  total += items[${n}]!.price * rates.at(${n});`);
const baseOf = (count: number) => ['function sum() {', ...lines(count), '}'].join('\n');
const wrapped = (count: number) =>
  [
    'function sum() {',
    '  try {',
    ...lines(count).map((line) => `  ${line}`),
    '  } catch {',
    '    return;',
    '  }',
    '}',
  ].join('\n');

/** A stand-in for a parser: `try` needs its `catch`. Counts its calls. */
function counted() {
  const seen = { parses: 0 };
  const parses = (text: string) => {
    seen.parses++;
    return text.includes('try {') === text.includes('} catch {');
  };
  return { seen, parses };
}

describe('a body that is wrapped in try and catch', () => {
  it('is parsed less and less often while it does not parse, and arrives exactly', () => {
    const [small, large] = [400, 1600].map((count) => {
      const { seen, parses } = counted();
      const { text, finish } = stream({ base: baseOf(count), answer: wrapped(count), parses });
      expect(finish.kind).toBe('edited');
      expect(text).toBe(wrapped(count));
      return seen;
    });
    // It would be four times as many if each line parsed what is held.
    expect(large!.parses).toBeLessThan(3 * small!.parses);
  });

  it('gives the same edits for any chunks', () => {
    const answers = [[1], [4], [7, 100], [100_000]].map((cuts) =>
      stream({ base: baseOf(300), answer: wrapped(300), parses: counted().parses, cuts }),
    );
    for (const { edits } of answers) expect(edits).toEqual(answers[0]!.edits);
  });

  it('holds lines that count as changed', () => {
    const engine = createEngine({ base: baseOf(100), eol: '\n', format: 'rewrite', parses: counted().parses });
    engine.push(wrapped(100).slice(0, 4000));
    expect(engine.heldLines).toBeGreaterThan(30);
    engine.push(wrapped(100).slice(4000));
    engine.finish();
    expect(engine.heldLines).toBe(0);
  });
});

describe('in steps', () => {
  it('an answer in one chunk can be paused after each line', () => {
    const engine = createSteppedEngine({ base: baseOf(100), eol: '\n', format: 'rewrite' });
    let steps = 0;
    for (const work = engine.push(wrapped(100)); !work.next().done; ) steps++;
    expect(steps).toBeGreaterThan(100);
  });
});

// The `rewrite` format: what reaches the buffer for answers as models really give them.

import { describe, expect, it } from 'vitest';
import { stream } from './stream.ts';

const BASE = `function total(items) {
  let sum = 0
  for (const item of items) {
    sum += item.price
  }
  return sum
}`;
const NEW = `function total(items) {
  let sum = 0
  for (const item of items) {
    sum += item.price * item.count
  }
  return sum
}`;

function check(answer: string, expected: string, base = BASE): void {
  const { finish, text } = stream({ base, answer });
  expect(finish).toMatchObject({ kind: base === expected ? 'unchanged' : 'edited' });
  expect(text).toBe(expected);
}

describe('rewrite', () => {
  it.each([
    ['bare', NEW],
    ['with line breaks around it', `\n\n${NEW}\n\n`],
    ['in CRLF', NEW.replaceAll('\n', '\r\n')],
    ['in a fence', `\`\`\`js\n${NEW}\n\`\`\`\n`],
    ['in a fence of tildes', `~~~\n${NEW}\n~~~`],
    ['in a fence that never closes', `\`\`\`js\n${NEW}`],
    ['before a fence that was never opened', `${NEW}\n\`\`\``],
    ['after a sentence and a fence', `Here is the updated function:\n\n\`\`\`js\n${NEW}\n\`\`\``],
    ['after a sentence', `Sure! Here's the new code:\n${NEW}`],
    ['before an explanation', `${NEW}\n\nThis multiplies the price by the count.`],
    [
      'in a fence before an explanation',
      `\`\`\`\n${NEW}\n\`\`\`\n\nI changed \`total\` so that it counts.\n- one\n- two`,
    ],
    ['in scope tags', `<scope path="a.js" language="javascript" lines="1-7" format="rewrite">\n${NEW}\n</scope>\n`],
    ['with the closing tag on the last line', `${NEW}</scope>`],
    ['with a numbered closing tag', `<scope-1>\n${NEW}\n</scope-1>`],
    ['in other tags that do not match', `<code>\n${NEW}\n</answer>`],
    ['in tags and a fence', `<scope>\n\`\`\`js\n${NEW}\n\`\`\`\n</scope>`],
    ['followed by an echoed instruction', `<scope>\n${NEW}\n</scope>\n<instruction>count</instruction>`],
  ])('takes an answer %s', (_, answer) => check(answer, NEW));

  it('collects imports before and after the code', () => {
    const { finish, text } = stream({
      base: BASE,
      answer: `<import>import a from "a"</import>\n${NEW}\n<import>import b from "b"</import>\n`,
    });
    expect(finish).toMatchObject({ kind: 'edited', imports: ['import a from "a"', 'import b from "b"'] });
    expect(text).toBe(NEW);
  });

  it('says that nothing changed', () => {
    expect(stream({ base: BASE, answer: BASE }).finish).toEqual({ kind: 'unchanged', imports: [] });
    expect(stream({ base: BASE, answer: '<no-change/>\n' }).finish).toEqual({ kind: 'unchanged', imports: [] });
  });

  it('passes a refusal on', () => {
    expect(stream({ base: BASE, answer: '<refuse>not\nhere</refuse>' }).finish).toEqual({
      kind: 'refused',
      reason: 'not\nhere',
    });
  });

  it.each([
    '// ... existing code ...',
    '// rest unchanged',
    '# rest of the function remains the same',
    '  /* ... */',
    '// …',
    '<!-- rest of the code unchanged -->',
    '{/* ... other props ... */}',
    '-- remaining code',
    '... rest of the code unchanged ...',
    '// (unchanged)',
  ])('rejects an answer that leaves code out: %s', (line) => {
    const { finish, text } = stream({ base: BASE, answer: NEW.replace('  return sum', line) });
    expect(finish).toMatchObject({ kind: 'rejected' });
    expect(text).not.toContain(line);
  });

  it.each(['// keep existing values first', '  ...rest,', '// wait for it...', '# other', '  return ...', '...'])(
    'takes a line for code that only looks like a placeholder: %s',
    (line) => check(NEW.replace('  return sum', line), NEW.replace('  return sum', line)),
  );

  it('takes a placeholder that the base has too', () => {
    const base = `${BASE}\n// ...`;
    check(`${NEW}\n// ...`, `${NEW}\n// ...`, base);
  });

  it.each(['I cannot do that.', 'Sure, I can help with that!', ''])('rejects an answer without code: %s', (answer) => {
    expect(stream({ base: BASE, answer }).finish).toMatchObject({ kind: 'rejected' });
  });

  it('keeps the line ends of kept lines and gives new ones those of the document', () => {
    const { text } = stream({ base: 'a\r\nb\nc\r\nd', answer: 'a\nb\nnew\nc\nd', eol: '\r\n' });
    expect(text).toBe('a\r\nb\nnew\r\nc\r\nd');
  });

  it('keeps the line breaks at the ends of the base', () => {
    expect(stream({ base: '\na\nb\n\n', answer: 'a\nc' }).text).toBe('\na\nc\n\n');
  });

  it('releases a hunk while the answer streams', () => {
    const { steps } = stream({ base: BASE, answer: NEW });
    const first = steps.findIndex((step) => step.hunks.length > 0);
    expect(first).toBeGreaterThan(0);
    expect(first * 4).toBeLessThan(NEW.length - 4);
  });

  it.each([
    ['', '  // none yet\n'],
    ['behind a blank line', '  // none yet\n\n'],
  ])('releases new lines when the next one begins like an old one, before it is whole %s', (_, inserted) => {
    const base = inserted.endsWith('\n\n') ? BASE.replace('  for', '\n  for') : BASE;
    const answer = BASE.replace('  for', `${inserted}  for`);
    const { steps, text } = stream({ base, answer, cuts: [1] });
    const first = steps.findIndex((step) => step.hunks.length > 0);
    expect(answer.slice(0, first + 1)).toMatch(/\n {2}for \(con$/);
    expect(text).toBe(answer);
  });

  it('rejects a text that parses worse, and releases nothing unsound on the way', () => {
    const parses = (text: string) => text.split('{').length === text.split('}').length;
    const { finish, states } = stream({ base: BASE, answer: NEW.replace('  }\n', ''), parses });
    expect(finish).toMatchObject({ kind: 'rejected' });
    for (const state of states) expect(parses(state)).toBe(true);
  });
});

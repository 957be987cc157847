// The `rewrite` format: what reaches the buffer for answers as models really give them.

import { describe, expect, it } from 'vitest';
import { doesNotPair, doesNotParse, isUnsoundReason } from '../../server/edit/engine.ts';
import { stream } from './stream.ts';

const baseText = `function total(items) {
  let sum = 0
  for (const item of items) {
    sum += item.price
  }
  return sum
}`;
const newText = `function total(items) {
  let sum = 0
  for (const item of items) {
    sum += item.price * item.count
  }
  return sum
}`;

function check(answer: string, expected: string, base = baseText): void {
  const { finish, text } = stream({ base, answer });
  expect(finish).toMatchObject({ kind: base === expected ? 'unchanged' : 'edited' });
  expect(text).toBe(expected);
}

describe('rewrite', () => {
  it.each([
    ['bare', newText],
    ['with line breaks around it', `\n\n${newText}\n\n`],
    ['in CRLF', newText.replaceAll('\n', '\r\n')],
    ['in a fence', `\`\`\`js\n${newText}\n\`\`\`\n`],
    ['in a fence of tildes', `~~~\n${newText}\n~~~`],
    ['in a fence that never closes', `\`\`\`js\n${newText}`],
    ['before a fence that was never opened', `${newText}\n\`\`\``],
    ['after a sentence and a fence', `Here is the updated function:\n\n\`\`\`js\n${newText}\n\`\`\``],
    ['after a sentence', `Sure! Here's the new code:\n${newText}`],
    ['before an explanation', `${newText}\n\nThis multiplies the price by the count.`],
    [
      'in a fence before an explanation',
      `\`\`\`\n${newText}\n\`\`\`\n\nI changed \`total\` so that it counts.\n- one\n- two`,
    ],
    ['in scope tags', `<scope path="a.js" language="javascript" lines="1-7" format="rewrite">\n${newText}\n</scope>\n`],
    ['with the closing tag on the last line', `${newText}</scope>`],
    ['with a numbered closing tag', `<scope-1>\n${newText}\n</scope-1>`],
    ['in other tags that do not match', `<code>\n${newText}\n</answer>`],
    ['in tags and a fence', `<scope>\n\`\`\`js\n${newText}\n\`\`\`\n</scope>`],
    ['followed by an echoed instruction', `<scope>\n${newText}\n</scope>\n<instruction>count</instruction>`],
  ])('takes an answer %s', (_, answer) => check(answer, newText));

  it('collects imports before and after the code', () => {
    const { finish, text } = stream({
      base: baseText,
      answer: `<import>import a from "a"</import>\n${newText}\n<import>import b from "b"</import>\n`,
    });
    expect(finish).toMatchObject({ kind: 'edited', imports: ['import a from "a"', 'import b from "b"'] });
    expect(text).toBe(newText);
  });

  it('reports that nothing changed', () => {
    expect(stream({ base: baseText, answer: baseText }).finish).toEqual({ kind: 'unchanged', imports: [] });
    expect(stream({ base: baseText, answer: '<no-change/>\n' }).finish).toEqual({ kind: 'unchanged', imports: [] });
  });

  it('passes a refusal on', () => {
    expect(stream({ base: baseText, answer: '<refuse>not\nhere</refuse>' }).finish).toEqual({
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
    const { finish, text } = stream({ base: baseText, answer: newText.replace('  return sum', line) });
    expect(finish).toMatchObject({ kind: 'rejected' });
    expect(text).not.toContain(line);
  });

  it.each(['// keep existing values first', '  ...rest,', '// wait for it...', '# other', '  return ...', '...'])(
    'takes a line for code that only looks like a placeholder: %s',
    (line) => check(newText.replace('  return sum', line), newText.replace('  return sum', line)),
  );

  it('takes a placeholder that the base has too', () => {
    const base = `${baseText}\n// ...`;
    check(`${newText}\n// ...`, `${newText}\n// ...`, base);
  });

  it.each(['I cannot do that.', 'Sure, I can help with that!', ''])('rejects an answer without code: %s', (answer) => {
    expect(stream({ base: baseText, answer }).finish).toMatchObject({ kind: 'rejected' });
  });

  it('keeps the line ends of kept lines and gives new ones those of the document', () => {
    const { text } = stream({ base: 'a\r\nb\nc\r\nd', answer: 'a\nb\nnew\nc\nd', eol: '\r\n' });
    expect(text).toBe('a\r\nb\nnew\r\nc\r\nd');
  });

  it('keeps the line breaks at the ends of the base', () => {
    expect(stream({ base: '\na\nb\n\n', answer: 'a\nc' }).text).toBe('\na\nc\n\n');
  });

  it('releases a hunk while the answer streams', () => {
    const { steps } = stream({ base: baseText, answer: newText });
    const first = steps.findIndex((step) => step.hunks.length > 0);
    expect(first).toBeGreaterThan(0);
    expect(first * 4).toBeLessThan(newText.length - 4);
  });

  it.each([
    ['', '  // none yet\n'],
    ['behind a blank line', '  // none yet\n\n'],
  ])('releases new lines when the next one begins like a base line, before it is complete %s', (_, inserted) => {
    const base = inserted.endsWith('\n\n') ? baseText.replace('  for', '\n  for') : baseText;
    const answer = baseText.replace('  for', `${inserted}  for`);
    const { steps, text } = stream({ base, answer, cuts: [1] });
    const first = steps.findIndex((step) => step.hunks.length > 0);
    expect(answer.slice(0, first + 1)).toMatch(/\n {2}for \(con$/);
    expect(text).toBe(answer);
  });

  it('rejects a text that parses worse, and releases nothing unsound on the way', () => {
    const parses = (text: string) => text.split('{').length === text.split('}').length;
    const { finish, states } = stream({ base: baseText, answer: newText.replace('  }\n', ''), parses });
    expect(finish).toMatchObject({ kind: 'rejected', reason: expect.toSatisfy(isUnsoundReason) });
    for (const state of states) expect(parses(state)).toBe(true);
  });

  it('that it parses worse is known by the reason, whatever detail stands behind it', () => {
    for (const reason of [doesNotParse, doesNotPair]) {
      expect(isUnsoundReason(reason)).toBe(true);
      expect(isUnsoundReason(`${reason} (line 12: the block is not closed)`)).toBe(true);
    }
    for (const reason of [undefined, '', 'it would leave out code', `${doesNotParse}r`])
      expect(isUnsoundReason(reason)).toBe(false);
  });
});

// The `search-replace` format: blocks find their place or are rejected with a reason, and nothing is guessed.

import { describe, expect, it } from 'vitest';
import { stream } from './stream.ts';

const BASE = `class Cart {
  add(item) {
    this.items.push(item)
    this.changed = true
  }

  remove(item) {
    this.items.delete(item)
    this.changed = true
  }

  get total() {
    return sum(this.items.map((item) => item.price))
  }
}`;

function block(search: string, replace: string): string {
  return `<<<<<<< SEARCH\n${search}\n=======\n${replace === '' ? '' : `${replace}\n`}>>>>>>> REPLACE\n`;
}

function check(answer: string, expected: string, base = BASE): void {
  const { finish, text } = stream({ base, answer, format: 'search-replace' });
  expect(finish).toMatchObject({ kind: 'edited' });
  expect(text).toBe(expected);
}

function checkRejected(answer: string, reason: RegExp): void {
  const { finish } = stream({ base: BASE, answer, format: 'search-replace' });
  expect(finish).toMatchObject({ kind: 'rejected', reason: expect.stringMatching(reason) });
}

const ADD = '    this.items.push(item)';
const ADD_TWICE = `${ADD}\n    this.count++`;
const TOTAL = '    return sum(this.items.map((item) => item.price))';

describe('search-replace', () => {
  it('replaces what a block finds', () => check(block(ADD, ADD_TWICE), BASE.replace(ADD, ADD_TWICE)));

  it('takes blocks in any order of position, and has those of one chunk in order', () => {
    const answer = block(TOTAL, '    return 0') + block(ADD, ADD_TWICE);
    const expected = BASE.replace(TOTAL, '    return 0').replace(ADD, ADD_TWICE);
    check(answer, expected);
    const whole = stream({ base: BASE, answer, cuts: [answer.length], format: 'search-replace' });
    expect([whole.text, whole.edits.length]).toEqual([expected, whole.steps[0]!.hunks[0]!.edits.length]);
  });

  it('ignores prose, fences and tags around and between blocks', () => {
    const answer = `Here:\n\n\`\`\`\n${block(ADD, ADD_TWICE)}\`\`\`\nand then\n\`\`\`js\n${block(TOTAL, '    return 0')}\`\`\`\nDone.`;
    check(answer, BASE.replace(TOTAL, '    return 0').replace(ADD, ADD_TWICE));
  });

  it.each([
    ['other marks', `<<<<<<< ORIGINAL\n${ADD}\n=======\n${ADD_TWICE}\n>>>>>>> UPDATED`],
    ['a wrong end mark', `<<<<<<< SEARCH\n${ADD}\n=======\n${ADD_TWICE}\n<<<<<<< REPLACE\n`],
    ['a wrong end tag', `<<<<<<< SEARCH\n${ADD}\n=======\n${ADD_TWICE}\n</replace>\n`],
    ['a fence for an end mark', `\`\`\`\n<<<<<<< SEARCH\n${ADD}\n=======\n${ADD_TWICE}\n\`\`\`\n`],
    [
      'a fence inside',
      `<<<<<<< SEARCH\n\`\`\`js\n${ADD}\n\`\`\`\n=======\n\`\`\`js\n${ADD_TWICE}\n\`\`\`\n>>>>>>> REPLACE\n`,
    ],
    ['no end mark', `<<<<<<< SEARCH\n${ADD}\n=======\n${ADD_TWICE}`],
    ['CRLF', block(ADD, ADD_TWICE).replaceAll('\n', '\r\n')],
    ['blank lines around the search', block(`\n${ADD}\n`, ADD_TWICE)],
    ['lost indentation', block(ADD.trim(), `${ADD.trim()}\nthis.count++`)],
    ['a shifted indentation', block(`  ${ADD}`, `  ${ADD}\n      this.count++`)],
    ['tabs for blanks', block(`\t\t${ADD.trim()}`, `\t\t${ADD.trim()}\n\t\tthis.count++`)],
    [
      'other white space within a line',
      block('    this.items.push( item )', '    this.items.push( item )\n    this.count++'),
    ],
    ['a line that is remembered wrongly', block('    this.items.push(items)', ADD_TWICE)],
  ])('tolerates %s', (_, answer) => check(answer, BASE.replace(ADD, ADD_TWICE)));

  it.each([
    ['on both sides, with blanks in it', block(`\n  \n${ADD}\n`, `\n\n${ADD_TWICE}\n  `)],
    ['before alone', block(`\n${ADD}`, `\n${ADD_TWICE}`)],
    ['behind alone', block(`${ADD}\n\n`, `${ADD_TWICE}\n\n`)],
    ['on one side each', block(`\n${ADD}`, `${ADD_TWICE}`)],
    ['around lost indentation', block(`\n${ADD.trim()}\n`, `\n${ADD.trim()}\nthis.count++\n`)],
    ['around lines remembered wrongly', block('\n    this.items.push(items)\n', `\n${ADD_TWICE}\n`)],
  ])('cancels padding: %s', (_, answer) => check(answer, BASE.replace(ADD, ADD_TWICE)));

  it('cancels no more padding than the search has too much', () => {
    check(block(`\n${ADD}\n`, `\n\n${ADD_TWICE}\n\n\n`), BASE.replace(ADD, `\n${ADD_TWICE}\n\n`));
    check(block(`\n${ADD}`, `${ADD_TWICE}\n`), BASE.replace(ADD, `${ADD_TWICE}\n`));
    check(block(`\n${ADD}\n`, `\n${ADD}\n\n    this.count++\n`), BASE.replace(ADD, `${ADD}\n\n    this.count++`));
  });

  it('takes blank lines that are in the code for code', () => {
    const kept = block('\n  remove(item) {', '\n\n  remove(item) {');
    check(kept, BASE.replace('\n  remove(item) {', '\n\n  remove(item) {'));
    check(block('\n  remove(item) {', '  remove(item) {'), BASE.replace('\n  remove(item) {', '  remove(item) {'));
  });

  it('takes a blank line for code at one end, though there is none at the other', () => {
    check(block('\na\n', 'a'), 'a\nb', 'a\n\nb');
    check(block('\nb\n', 'b'), 'a\nb\nc', 'a\n\nb\nc');
  });

  it('deletes what is replaced by padding alone', () => {
    check(block(`\n${ADD}\n`, '\n'), BASE.replace(`${ADD}\n`, ''));
    check(block('\nitem.price\n', '\nitem.cost\n'), BASE.replace('item.price', 'item.cost'));
  });

  it('deletes lines with their line end', () => {
    check(block(`${ADD}\n    this.changed = true`, '    this.changed = true'), BASE.replace(`${ADD}\n`, ''));
    check(block('c', ''), 'a\nb', 'a\nb\nc');
    check(block('b', '') + block('c', ''), 'a', 'a\nb\nc');
    check(block('c', '') + block('b', ''), 'a', 'a\nb\nc');
  });

  it('finds a text inside a line', () =>
    check(block('item.price', 'item.cost'), BASE.replace('item.price', 'item.cost')));

  it('knows the end of a text by the blank line behind it', () => {
    check(block('b\n', 'c'), 'b\na\nc\n', 'b\na\nb\n');
    check(block('b\n', 'c\n'), 'b\na\nc\n', 'b\na\nb\n');
  });

  it('rejects an ambiguous search', () =>
    checkRejected(block('    this.changed = true', '    // gone'), /fits 2 places/));
  it('rejects a search that resembles two places', () =>
    checkRejected(block('    this.changes = true', '    // gone'), /resembles several/));
  it('rejects a search without a match', () =>
    checkRejected(block('    nothing like it', 'x'), /nothing in the scope/));
  it('rejects an empty search', () => checkRejected(block('', 'x'), /empty/));
  it('rejects overlapping blocks', () =>
    checkRejected(block(ADD, 'x') + block(`${ADD}\n    this.changed = true\n  }`, 'y'), /overlap/));
  it('rejects a placeholder', () => checkRejected(block(ADD, '    // ... existing code ...'), /leaves code out/));
  it('rejects an answer without blocks', () => checkRejected('Sure, I can do that.', /no SEARCH block/));
  it('rejects half a block', () => checkRejected(`<<<<<<< SEARCH\n${ADD}\n`, /ends inside/));
  it('rejects two dividers', () =>
    checkRejected(`<<<<<<< SEARCH\n${ADD}\n=======\nx\n=======\ny\n>>>>>>> REPLACE`, /two dividers/));

  it('says that nothing changed, and passes a refusal on', () => {
    const options = { base: BASE, format: 'search-replace' } as const;
    expect(stream({ ...options, answer: '<no-change/>' }).finish).toEqual({ kind: 'unchanged', imports: [] });
    expect(stream({ ...options, answer: block(ADD, ADD) }).finish).toEqual({ kind: 'unchanged', imports: [] });
    expect(stream({ ...options, answer: '<refuse>no</refuse>' }).finish).toEqual({ kind: 'refused', reason: 'no' });
  });

  it('releases a changed line as soon as it is whole', () => {
    const { steps } = stream({
      base: BASE,
      answer: block(ADD, ADD_TWICE) + block(TOTAL, '    return 0'),
      format: 'search-replace',
    });
    const first = steps.findIndex((step) => step.hunks.length > 0) * 4;
    expect(first).toBeLessThan(block(ADD, ADD_TWICE).length + 4);
  });
});

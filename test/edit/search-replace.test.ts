// The `search-replace` format: blocks are located or rejected with a reason, never guessed.

import { describe, expect, it } from 'vitest';
import { noSurroundings } from '../../server/answer/surroundings.ts';
import { createEngine } from '../../server/edit/create-engine.ts';
import { stream } from './stream.ts';

const baseText = `class Cart {
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

function check(answer: string, expected: string, base = baseText): void {
  const { finish, text } = stream({ base, answer, format: 'search-replace' });
  expect(finish).toMatchObject({ kind: 'edited' });
  expect(text).toBe(expected);
}

function checkRejected(answer: string, reason: RegExp): void {
  const { finish } = stream({ base: baseText, answer, format: 'search-replace' });
  expect(finish).toMatchObject({ kind: 'rejected', reason: expect.stringMatching(reason) });
}

const add = '    this.items.push(item)';
const addTwice = `${add}\n    this.count++`;
const total = '    return sum(this.items.map((item) => item.price))';

describe('search-replace', () => {
  it('replaces what a block finds', () => check(block(add, addTwice), baseText.replace(add, addTwice)));

  it('takes blocks in any order of position, and has those of one chunk in order', () => {
    const answer = block(total, '    return 0') + block(add, addTwice);
    const expected = baseText.replace(total, '    return 0').replace(add, addTwice);
    check(answer, expected);
    const whole = stream({ base: baseText, answer, cuts: [answer.length], format: 'search-replace' });
    expect([whole.text, whole.edits.length]).toEqual([expected, whole.steps[0]!.hunks[0]!.edits.length]);
  });

  it('ignores prose, fences and tags around and between blocks', () => {
    const answer = `Here:\n\n\`\`\`\n${block(add, addTwice)}\`\`\`\nand then\n\`\`\`js\n${block(total, '    return 0')}\`\`\`\nDone.`;
    check(answer, baseText.replace(total, '    return 0').replace(add, addTwice));
  });

  it.each([
    ['other markers', `<<<<<<< ORIGINAL\n${add}\n=======\n${addTwice}\n>>>>>>> UPDATED`],
    ['a wrong end marker', `<<<<<<< SEARCH\n${add}\n=======\n${addTwice}\n<<<<<<< REPLACE\n`],
    ['a wrong end tag', `<<<<<<< SEARCH\n${add}\n=======\n${addTwice}\n</replace>\n`],
    ['a fence for an end marker', `\`\`\`\n<<<<<<< SEARCH\n${add}\n=======\n${addTwice}\n\`\`\`\n`],
    [
      'a fence inside',
      `<<<<<<< SEARCH\n\`\`\`js\n${add}\n\`\`\`\n=======\n\`\`\`js\n${addTwice}\n\`\`\`\n>>>>>>> REPLACE\n`,
    ],
    ['no end marker', `<<<<<<< SEARCH\n${add}\n=======\n${addTwice}`],
    ['CRLF', block(add, addTwice).replaceAll('\n', '\r\n')],
    ['blank lines around the search', block(`\n${add}\n`, addTwice)],
    ['lost indentation', block(add.trim(), `${add.trim()}\nthis.count++`)],
    ['a shifted indentation', block(`  ${add}`, `  ${add}\n      this.count++`)],
    ['tabs for blanks', block(`\t\t${add.trim()}`, `\t\t${add.trim()}\n\t\tthis.count++`)],
    [
      'other white space within a line',
      block('    this.items.push( item )', '    this.items.push( item )\n    this.count++'),
    ],
    ['a line that is quoted inexactly', block('    this.items.push(items)', addTwice)],
  ])('tolerates %s', (_, answer) => check(answer, baseText.replace(add, addTwice)));

  it.each([
    ['on both sides, with blanks in it', block(`\n  \n${add}\n`, `\n\n${addTwice}\n  `)],
    ['before alone', block(`\n${add}`, `\n${addTwice}`)],
    ['behind alone', block(`${add}\n\n`, `${addTwice}\n\n`)],
    ['on one side each', block(`\n${add}`, `${addTwice}`)],
    ['around lost indentation', block(`\n${add.trim()}\n`, `\n${add.trim()}\nthis.count++\n`)],
    ['around lines quoted inexactly', block('\n    this.items.push(items)\n', `\n${addTwice}\n`)],
  ])('takes padding off: %s', (_, answer) => check(answer, baseText.replace(add, addTwice)));

  it('takes off no more padding than the search text has too much', () => {
    check(block(`\n${add}\n`, `\n\n${addTwice}\n\n\n`), baseText.replace(add, `\n${addTwice}\n\n`));
    check(block(`\n${add}`, `${addTwice}\n`), baseText.replace(add, `${addTwice}\n`));
    check(block(`\n${add}\n`, `\n${add}\n\n    this.count++\n`), baseText.replace(add, `${add}\n\n    this.count++`));
  });

  it('takes blank lines that are in the code for code', () => {
    const kept = block('\n  remove(item) {', '\n\n  remove(item) {');
    check(kept, baseText.replace('\n  remove(item) {', '\n\n  remove(item) {'));
    check(block('\n  remove(item) {', '  remove(item) {'), baseText.replace('\n  remove(item) {', '  remove(item) {'));
  });

  it('takes a blank line for code at one end, though there is none at the other', () => {
    check(block('\na\n', 'a'), 'a\nb', 'a\n\nb');
    check(block('\nb\n', 'b'), 'a\nb\nc', 'a\n\nb\nc');
  });

  it('deletes what is replaced by padding alone', () => {
    check(block(`\n${add}\n`, '\n'), baseText.replace(`${add}\n`, ''));
    check(block('\nitem.price\n', '\nitem.cost\n'), baseText.replace('item.price', 'item.cost'));
  });

  it('deletes lines with their line end', () => {
    check(block(`${add}\n    this.changed = true`, '    this.changed = true'), baseText.replace(`${add}\n`, ''));
    check(block('c', ''), 'a\nb', 'a\nb\nc');
    check(block('b', '') + block('c', ''), 'a', 'a\nb\nc');
    check(block('c', '') + block('b', ''), 'a', 'a\nb\nc');
  });

  it('finds a text inside a line', () =>
    check(block('item.price', 'item.cost'), baseText.replace('item.price', 'item.cost')));

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
  it.each([1, 2, 3])('takes neighbouring changes with %i lines of context, in any order', (count) => {
    const lines = ['a();', 'b();', 'c();', 'd();', 'e();', 'f();', 'g();', 'h();'];
    const changes: [at: number, removed: number, added: string[]][] = [
      [1, 1, ['b(1);']],
      [3, 0, ['between();', 'again();']],
      [4, 1, []],
      [6, 1, ['g(2);', 'more();']],
    ];
    const blocks = changes.map(([at, removed, added]) => {
      const [before, after] = [
        lines.slice(Math.max(0, at - count), at),
        lines.slice(at + removed, at + removed + count),
      ];
      const search = [...before, ...lines.slice(at, at + removed), ...after].join('\n');
      return block(search, [...before, ...added, ...after].join('\n'));
    });
    const expected = 'a();\nb(1);\nc();\nbetween();\nagain();\nd();\nf();\ng(2);\nmore();\nh();';
    for (const answer of [blocks, blocks.toReversed()]) check(answer.join(''), expected, lines.join('\n'));
  });

  it('takes a line after another block has changed the one before it, whose change ends where it begins', () => {
    check(block('a\nb', 'a\nb\nx') + block('b\nc', 'c'), 'a\nx\nc', 'a\nb\nc');
    check(block('b\nc', 'b\ny\nc') + block('a\nb', 'a'), 'a\ny\nc', 'a\nb\nc');
    check(block('b\nc', 'b\nxc') + block('a\nb\nc', 'a\nb\ny\nc'), 'a\nb\ny\nxc', 'a\nb\nc');
  });

  it('waits with a block of shared lines for its end, and says how much it holds', () => {
    const engine = createEngine({ base: 'a\nb\nc', eol: '\n', format: 'search-replace' });
    expect(engine.push(block('a\nb', 'A\nb')).hunks).toHaveLength(1);
    expect(engine.push('<<<<<<< SEARCH\na\nb\nc\n=======\na\nb\nC\n').hunks).toEqual([]);
    expect(engine.held).toBe('a\nb\nC\n'.length);
    expect(engine.push('>>>>>>> REPLACE\n').hunks).toEqual([{ edits: [{ from: 4, to: 5, insert: 'C' }] }]);
    expect(engine.held).toBe(0);
  });

  it('rejects blocks that change the same line, or insert at the same place', () => {
    checkRejected(block(add, 'x') + block(`${add}\n    this.changed = true\n  }`, 'y'), /change the same lines/);
    checkRejected(
      block(add, addTwice) +
        block(`${add}\n    this.changed = true\n  }`, `${add}\n// y\n    this.changed = true\n  }`),
      /change the same lines/,
    );
    checkRejected(block('item.price', 'item.cost') + block(total, '    return 0'), /change the same lines/);
    checkRejected(block(total, '    return 0') + block('item.price', 'item.cost'), /change the same lines/);
  });

  it('rejects a placeholder', () => checkRejected(block(add, '    // ... existing code ...'), /leaves code out/));
  it('rejects an answer without blocks', () => checkRejected('Sure, I can do that.', /no SEARCH block/));
  it('rejects half a block', () => checkRejected(`<<<<<<< SEARCH\n${add}\n`, /ends inside/));
  it('rejects one that is cut off where its replacement would begin', () =>
    checkRejected(`<<<<<<< SEARCH\n${add}\n=======\n`, /ends inside a block/));
  it('rejects one that takes away all of the scope, unasked', () => {
    const surroundings = { ...noSurroundings, instruction: 'make it faster' };
    const options = { base: baseText, answer: block(baseText, ''), format: 'search-replace' } as const;
    expect(stream({ ...options, surroundings }).finish).toMatchObject({
      reason: 'the answer takes the whole scope away',
    });
    expect(stream({ ...options, surroundings: { ...surroundings, instruction: 'delete it' } }).finish.kind).toBe(
      'edited',
    );
  });
  it('rejects two dividers', () =>
    checkRejected(`<<<<<<< SEARCH\n${add}\n=======\nx\n=======\ny\n>>>>>>> REPLACE`, /two dividers/));

  it('reports that nothing changed, and passes a refusal on', () => {
    const options = { base: baseText, format: 'search-replace' } as const;
    expect(stream({ ...options, answer: '<no-change/>' }).finish).toEqual({ kind: 'unchanged', imports: [] });
    expect(stream({ ...options, answer: block(add, add) }).finish).toEqual({ kind: 'unchanged', imports: [] });
    expect(stream({ ...options, answer: '<refuse>no</refuse>' }).finish).toEqual({ kind: 'refused', reason: 'no' });
  });

  it('releases a changed line as soon as it is complete', () => {
    const { steps } = stream({
      base: baseText,
      answer: block(add, addTwice) + block(total, '    return 0'),
      format: 'search-replace',
    });
    const first = steps.findIndex((step) => step.hunks.length > 0) * 4;
    expect(first).toBeLessThan(block(add, addTwice).length + 4);
  });
});

// Answers that hold more than the scope, or another thing: cut down to the scope, or refused.

import { describe, expect, it } from 'vitest';
import { shaped } from './shaped.ts';

const file = `import { round } from './math';

export function net(a: number) {
  return a;
}

«export function total(a: number) {
  return a * 2;
}»

/** Half. */
export function half(a: number) {
  return a / 2;
}
`;
const total = 'export function total(a: number) {\n  return round(a * 2);\n}';
const [front = '', , behind = ''] = file.split(/[«»]/);

const cart = `class Cart {
  items = [];

«  total(rate: number) {
    return rate;
  }»

  clear() {
    this.items = [];
  }
}
`;
const method = '  total(rate: number) {\n    return rate * 2;\n  }';

describe('an answer that begins as the scope does', () => {
  it('passes line by line', () => {
    expect(shaped({ document: file, answer: total })).toMatchObject({ text: total, early: 3, putRight: [] });
    expect(shaped({ document: cart, answer: 'total(rate: number, tax = 0) {\n  return rate + tax;\n}' })).toMatchObject(
      { early: 3 },
    );
  });

  it('may have a helper beside it that is nowhere else', () => {
    const answer = `${total}\n\nfunction twice(a: number) {\n  return a * 2;\n}`;
    expect(shaped({ document: file, answer })).toMatchObject({ text: answer, putRight: [] });
  });
});

describe('the whole file', () => {
  it('is cut down to the scope', () => {
    expect(shaped({ document: file, answer: front + total + behind })).toEqual({
      text: total,
      reason: undefined,
      putRight: ['more than the scope'],
      imports: [],
      early: 0,
    });
  });

  it('may end with the scope, begin anywhere above it, or be moved as a whole', () => {
    const part = `export function net(a: number) {\n  return a;\n}\n\n${total}`;
    expect(shaped({ document: file, answer: front + total }).text).toBe(total);
    expect(shaped({ document: file, answer: part }).text).toBe(total);
    const moved = part.replace(/^(?=.)/gm, '    ');
    expect(shaped({ document: file, answer: moved }).text).toBe(total.replace(/^(?=.)/gm, '    '));
  });

  it('may say that other functions are left out', () => {
    const answer = `import { round } from './math';\n\n// ... other functions\n\n${total}\n\n// ... rest of the file unchanged`;
    expect(shaped({ document: file, answer }).text).toBe(total);
  });

  it('is refused if it changes what is not the scope', () => {
    const above = (front + total + behind).replace('return a;', 'return a ?? 0;');
    expect(shaped({ document: file, answer: above }).reason).toBe(
      'the answer also changes code outside the scope: `return a ?? 0;`',
    );
    const below = `${total}\n\n/** Half. */\nexport function half(a: number) {\n  return a * 0.5;\n}`;
    expect(shaped({ document: file, answer: below }).reason).toBe(
      'the answer also changes code outside the scope: `return a * 0.5;`',
    );
  });

  it('gives a new import as a proposal, and drops those that are there', () => {
    const wanted = "import {\n  ceil,\n} from './ceil';";
    expect(shaped({ document: file, answer: `${wanted}\n${front}${total}${behind}` })).toMatchObject({
      text: total,
      imports: [wanted],
    });
    expect(shaped({ document: file, answer: `${wanted}\nimport { round } from './math'\n\n${total}` })).toMatchObject({
      text: total,
      imports: [wanted],
      putRight: ['imports that are there already'],
    });
  });
});

describe('a neighbour', () => {
  it('behind the scope is dropped with its comment', () => {
    const answer = `${total}${behind}`.trimEnd();
    expect(shaped({ document: file, answer })).toMatchObject({
      text: total,
      putRight: ['more than the scope'],
      early: 3,
    });
  });

  it('alone is not the scope', () => {
    const answer = 'export function net(a: number) {\n  return round(a);\n}';
    expect(shaped({ document: file, answer }).reason).toBe('the answer is `export function net`, not the scope');
  });

  it('that was there twice afterwards is refused', () => {
    const answer = `${total}\n\nexport function net(a: number) {\n  return a;\n}`;
    expect(shaped({ document: file, answer }).reason).toBe(
      'the answer also holds `export function net(a: number) {`, which is outside the scope',
    );
  });
});

describe('the class of a method', () => {
  it.each([
    ['whole', `class Cart {\n  items = [];\n\n${method}\n\n  clear() {\n    this.items = [];\n  }\n}`],
    ['without its other members', `class Cart {\n${method}\n}`],
    ['with placeholders', `class Cart {\n  // ... existing code ...\n\n${method}\n\n  // ... other methods\n}`],
    ['from the method on', `${method}\n\n  clear() {\n    this.items = [];\n  }\n}`],
    ['by its bracket only', `${method}\n}`],
  ])('%s, is cut down to the method', (_, answer) => {
    expect(shaped({ document: cart, answer })).toMatchObject({ text: method, putRight: ['more than the scope'] });
  });

  it('is refused if something else in it has changed', () => {
    const answer = `class Cart {\n  items = [];\n  rate = 1;\n\n${method}\n\n  clear() {\n    this.items = [];\n  }\n}`;
    expect(shaped({ document: cart, answer }).reason).toBe(
      'the answer also changes code outside the scope: `rate = 1;`',
    );
  });

  it('is cut down in Python', () => {
    const document =
      'class Cart:\n    def net(self):\n        return 1\n\n«    def total(self):\n        return 2»\n\n    def clear(self):\n        pass\n';
    const answer =
      'class Cart:\n    def net(self):\n        return 1\n\n    def total(self):\n        return 3\n\n    def clear(self):\n        pass';
    expect(shaped({ document, answer, languageId: 'python' }).text).toBe('    def total(self):\n        return 3');
  });
});

describe('a scope that declares nothing', () => {
  const css = '.a {\n  color: red;\n}\n\n«.b {\n  color: blue;\n}»\n\n.c {\n  color: green;\n}\n';
  const rule = '.b {\n  color: navy;\n}';

  it('is found in the whole file, and with the rule behind it', () => {
    const whole = `.a {\n  color: red;\n}\n\n${rule}\n\n.c {\n  color: green;\n}`;
    expect(shaped({ document: css, answer: whole, languageId: 'css' }).text).toBe(rule);
    expect(shaped({ document: css, answer: `${rule}\n\n.c {\n  color: green;\n}`, languageId: 'css' }).text).toBe(rule);
  });

  it('is found by its neighbours if its first line has changed', () => {
    const document = '# Title\n\nFirst.\n\n«Second.»\n\nLast.\n';
    const answer = '# Title\n\nFirst.\n\nSecond, and more.\n\nLast.';
    expect(shaped({ document, answer, languageId: 'markdown' }).text).toBe('Second, and more.');
    expect(shaped({ document, answer: 'First.\n\nSecond, and more.', languageId: 'markdown' }).text).toBe(
      'First.\n\nSecond, and more.',
    );
  });

  it('may begin with a line that stands elsewhere', () => {
    const document = 'setUp();\nrun(a);\n\n«run(b);»\n\ntearDown();\n';
    expect(shaped({ document, answer: 'setUp();\nrun(b);' })).toMatchObject({ text: 'setUp();\nrun(b);' });
  });
});

// Answers that hold only a part of the scope: put in their place if only one can be meant, else refused.

import { describe, expect, it } from 'vitest';
import { shaped } from './shaped.ts';

const part = 'the answer is only a part of the scope, and its place is not certain';

const body = `  const price = a * rate;
  if (price > limit) {
    log('over');
  }
  const tax = price * 0.2;
  return price + tax;`;
const document = `const rate = 2;

«export function total(a: number) {
${body}
}»
`;
const scope = `export function total(a: number) {\n${body}\n}`;

function placed(answer: string): string | undefined {
  const { text, putRight, reason } = shaped({ document, answer, instruction: 'round it' });
  if (text !== undefined) expect(putRight).toEqual(['only the changed lines']);
  else expect(reason).toBe(part);
  return text;
}

describe('changed lines', () => {
  it('replace what lies between the lines that they begin and end with', () => {
    expect(placed("  if (price > limit) {\n    log('over', price);\n  }\n  const tax = price * 0.2;")).toBe(
      scope.replace("log('over')", "log('over', price)"),
    );
  });

  it('replace the only line that they can be the new text of', () => {
    expect(placed('  return round(price + tax);')).toBe(scope.replace('price + tax', 'round(price + tax)'));
    expect(placed('const tax = price * 0.3;')).toBe(scope.replace('0.2', '0.3'));
  });

  it('get the indentation of the scope', () => {
    const answer = "if (price > limit) {\n    log('over');\n    stop();\n}\nconst tax = price * 0.2;";
    expect(placed(answer)).toBe(scope.replace("    log('over');\n", "    log('over');\n    stop();\n"));
    const trimmed = "if (price > limit) {\n    log('over');\n    stop();\n  }\n  const tax = price * 0.2;";
    expect(placed(trimmed)).toBe(placed(answer));
  });

  it.each([
    ['a new line', '  console.log(price);'],
    ['a line that may stand beside one', "  if (price > most) {\n    log('over');\n  }"],
    ['a way out in front of the result', '  if (tax === 0) return price + tax;'],
    ['lines of which some are left out between', '  const price = a * rate;\n  return price + tax;'],
    ['a part that was moved out of a block', "  const price = a * rate;\n  log('over');\n  const tax = price * 0.2;"],
    ['lines without the end of a block', '  const price = a * rate;\n  if (price > limit) {'],
    ['lines of it as they are', '  const tax = price * 0.2;\n  return price + tax;'],
  ])('are refused: %s', (_, answer) => {
    expect(placed(answer)).toBeUndefined();
  });
});

describe('an answer that ends in the middle', () => {
  it('goes on as the scope does', () => {
    const answer = 'export function total(a: number) {\n  const price = round(a * rate);\n  if (price > limit) {';
    expect(placed(answer)).toBe(scope.replace('a * rate', 'round(a * rate)'));
    expect(placed(answer.split('\n').slice(0, 2).join('\n'))).toBeUndefined();
  });

  it('is refused in Python, unless that was asked for', () => {
    const python = 'def total(a):\n    price = a * rate\n    if price > limit:\n        log(price)\n    return price';
    const ask = (instruction: string) =>
      shaped({
        document: `«${python}»\n`,
        answer: 'def total(a):\n    price = a * rate',
        languageId: 'python',
        instruction,
      });
    expect(ask('round it').reason).toBe(part);
    expect(ask('remove the check and the result').text).toBe('def total(a):\n    price = a * rate');
  });
});

describe('one method of a class', () => {
  const cart = `«class Cart {
  /** All. */
  total(rate: number) {
    return rate;
  }

  @logged
  clear() {
    const drop = () => {
      this.items = [];
    };
    drop();
  }
}»
`;
  const inner = cart.replace(/[«»]/g, '').trimEnd();

  it('replaces that method, in whatever indentation', () => {
    const wanted = inner.replace('return rate;', 'return rate * 2;');
    expect(shaped({ document: cart, answer: '  total(rate: number) {\n    return rate * 2;\n  }' }).text).toBe(wanted);
    expect(shaped({ document: cart, answer: 'total(rate: number) {\n  return rate * 2;\n}' })).toMatchObject({
      text: wanted,
      putRight: ['only the changed lines'],
    });
    expect(shaped({ document: cart, answer: 'total(rate: number) {\n    return rate * 2;\n  }' }).text).toBe(wanted);
  });

  it('replaces a function inside of one', () => {
    const answer = 'const drop = () => {\n  this.items.length = 0;\n};';
    expect(shaped({ document: cart, answer }).text).toBe(inner.replace('this.items = []', 'this.items.length = 0'));
  });

  it('is refused if it ends elsewhere than the method does', () => {
    const python =
      'class Cart:\n    def clear(self):\n        if self.done:\n            return\n        drop(self)\n        return None';
    const answer = '    def clear(self):\n        if self.closed:\n            return';
    expect(shaped({ document: `«${python}»\n`, answer, languageId: 'python' }).reason).toBe(part);
  });

  it('is refused if it is not whole', () => {
    expect(shaped({ document: cart, answer: 'clear() {\n  const drop = () => {' }).reason).toBe(part);
  });
});

describe('names', () => {
  const cart =
    '«class Cart {\n  total() {\n    return sum(this.items);\n  }\n\n  clear() {\n    this.items = [];\n  }\n}»\n';
  const without = 'class Cart {\n  total() {\n    return sum(this.items);\n  }\n}';

  it('are not given up unasked', () => {
    expect(shaped({ document: cart, answer: without, instruction: 'add a comment' }).reason).toBe(
      'the answer no longer has `clear`',
    );
  });

  it.each([
    'remove what is not used',
    'only `total` and no clear()',
    'lösche die zweite Methode',
    '删除第二个方法',
    'удали второй метод',
  ])('go if the instruction says so: %s', (instruction) => {
    expect(shaped({ document: cart, answer: without, instruction }).text).toBe(without);
  });

  it('may change', () => {
    const answer = cart.replace(/[«»]/g, '').replace('clear()', 'reset()').trimEnd();
    expect(shaped({ document: cart, answer, instruction: 'a better name' }).text).toBe(answer);
  });

  it('are not there twice', () => {
    const answer = cart.replace(/[«»]/g, '').replace(/\n}\n$/, '\n\n  clear() {\n    this.items = [];\n  }\n}');
    expect(shaped({ document: cart, answer }).reason).toBe('the answer declares `clear` twice');
  });

  it.each([
    [
      'typescript',
      'function f(a: string): void;\nfunction f(a: number): void;\nfunction f(a: unknown) {\n  g(a);\n}',
      'function f(a: unknown) {\n  g(a);\n}',
    ],
    [
      'python',
      'class A:\n    @property\n    def x(self):\n        return 1\n\n    @x.setter\n    def x(self, value):\n        pass',
      'class A:\n    @property\n    def x(self):\n        return 1',
    ],
    [
      'rust',
      '#[cfg(unix)]\nfn f() {\n    a();\n}\n\n#[cfg(windows)]\nfn f() {\n    b();\n}',
      '#[cfg(unix)]\nfn f() {\n    a();\n}',
    ],
    [
      'java',
      'class A {\n  int f(int a) {\n    return a;\n  }\n\n  int f(long a) {\n    return 1;\n  }\n}',
      'class A {\n  int f(int a) {\n    return a;\n  }\n}',
    ],
  ])('may be there twice where that is right: %s', (languageId, answer, base) => {
    expect(shaped({ document: `«${base}»\n`, answer, languageId }).text).toBe(answer);
  });
});

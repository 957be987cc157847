// Problems in what checks say, in the words of the checks that people run.

import { expect, it } from 'vitest';
import { type CheckProblem, problemsIn } from '../../server/verify/check-problems.ts';
import { cpuMs } from '../text/property.ts';

const files = new Set(['src/a.ts', './a.go', 'a b.py', '/abs/a.c', 'C:\\x\\a.ts', 'src/a.rs']);

const read = (output: string) => problemsIn(output, (file) => files.has(file));

it.each<[string, string, CheckProblem]>([
  [
    'tsc',
    'src/a.ts(3,5): error TS2322: Type A is not B.',
    { file: 'src/a.ts', line: 3, column: 5, severity: 'error', code: 'TS2322', message: 'Type A is not B.' },
  ],
  [
    'tsc --pretty',
    '\u001b[96msrc/a.ts\u001b[0m:\u001b[93m3\u001b[0m:\u001b[93m5\u001b[0m - \u001b[91merror\u001b[0m\u001b[90m TS1005: \u001b[0m; expected.',
    { file: 'src/a.ts', line: 3, column: 5, severity: 'error', code: 'TS1005', message: '; expected.' },
  ],
  [
    'eslint --format unix',
    'src/a.ts:3:5: Unexpected var. [Error/no-var]',
    { file: 'src/a.ts', line: 3, column: 5, message: 'Unexpected var. [Error/no-var]' },
  ],
  [
    'mypy',
    'a b.py:3: error: Incompatible types  [assignment]',
    { file: 'a b.py', line: 3, severity: 'error', message: 'Incompatible types  [assignment]' },
  ],
  [
    'mypy, a note',
    'a b.py:3: note: See here',
    { file: 'a b.py', line: 3, severity: 'information', message: 'See here' },
  ],
  [
    'ruff',
    'a b.py:1:8: F401 `os` imported but unused',
    { file: 'a b.py', line: 1, column: 8, message: 'F401 `os` imported but unused' },
  ],
  [
    'pyright',
    '  /abs/a.c:3:5 - warning: Import is unused',
    { file: '/abs/a.c', line: 3, column: 5, severity: 'warning', message: 'Import is unused' },
  ],
  ['go vet', './a.go:7:2: unreachable code', { file: './a.go', line: 7, column: 2, message: 'unreachable code' }],
  [
    'gcc',
    '/abs/a.c:3:5: fatal error: x.h: No such file',
    { file: '/abs/a.c', line: 3, column: 5, severity: 'error', message: 'x.h: No such file' },
  ],
  [
    'cargo --message-format short',
    'src/a.rs:3:5: error[E0308]: mismatched types',
    { file: 'src/a.rs', line: 3, column: 5, severity: 'error', code: 'E0308', message: 'mismatched types' },
  ],
  ['a drive', 'C:\\x\\a.ts:3:5: oh', { file: 'C:\\x\\a.ts', line: 3, column: 5, message: 'oh' }],
])('%s', (_name, line, expected) => expect(read(`> check\n${line}\r\ndone\n`)).toEqual([expected]));

it('indented lines go on with a message of TypeScript, and with nobody else’s', () => {
  const [one, two] = read('src/a.ts(1,1): error TS1: a\n  b\n    c\nsrc/a.ts:2:1: d\n  e\n');
  expect(one?.message).toBe('a\n  b\n    c');
  expect(two?.message).toBe('d');
});

it('the same problem counts once', () => {
  expect(read('src/a.ts:2:1: d\nsrc/a.ts:2:1: d\nsrc/a.ts:2:1: e\n')).toHaveLength(2);
});

it('what names no file is none', () => {
  expect(read('http://localhost:80: no\n12:30:45: no\nnone.ts:1:1: no\nsrc/a.ts: no\nsrc/a.ts:1:1:\n')).toEqual([]);
});

it('two hundred are enough, and a long message is cut', () => {
  const lines = Array.from({ length: 500 }, (_, i) => `src/a.ts:${i + 1}: ${'x'.repeat(5000)}`);
  const found = read(lines.join('\n'));
  expect([found.length, found[0]?.message.length]).toEqual([200, 1000]);
});

it('takes time in proportion to what a check says', () => {
  const said = `${'('.repeat(50_000)}\n${':'.repeat(50_000)}\n${'a:1'.repeat(20_000)}\n${' '.repeat(50_000)}x\n`;
  expect(cpuMs(() => read(said))).toBeLessThan(2000);
});

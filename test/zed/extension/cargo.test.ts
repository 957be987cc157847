// The Zed extension on this machine: formatted, without warnings, and its own tests.

import { expect, test } from 'vitest';
import { cargo } from './cargo.ts';

test('is formatted', () => cargo('fmt', '--check'));

test('compiles', () => cargo('check', '--locked'));

test('has no warnings, tests included', () => cargo('clippy', '--locked', '--all-targets', '--', '--deny', 'warnings'));

test('passes its own tests', async () => {
  const output = await cargo('test', '--locked');
  expect(Number(/test result: ok\. (\d+) passed/.exec(output)?.[1])).toBeGreaterThan(0);
});

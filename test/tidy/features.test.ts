// The table of README.md says what is true: each tick has its test, each test its tick, and the sizes are those of the sources.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type EditorName, editors, features, type Proof } from './features.ts';
import { sizeOf } from './sizes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

const section = read('README.md').split('## What works where\n')[1]!.split('\n## ')[0]!;
const [header, , ...body] = section
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').slice(1, -1))
  .map((cells) => cells.map((cell) => cell.trim()));
const rows = body.map(([label = '', ...cells]) => ({ label, cells }));
const marks = rows.filter(({ label }) => !label.startsWith('size'));

test('one row for each feature, one column for each editor, nothing else in the cells', () => {
  expect(header!.slice(1)).toEqual(editors);
  const known = Object.keys(features);
  expect(marks.map(({ label }) => known.find((name) => label.startsWith(name)) ?? label)).toEqual(known);
  expect(marks.flatMap(({ cells }) => cells).filter((cell) => !['✓', '○', '–'].includes(cell))).toEqual([]);
});

test('a tick for each feature and editor that a test stands behind, and no other', () => {
  const ticked = marks.flatMap(({ label, cells }) =>
    editors.filter((_, column) => cells[column] === '✓').map((editor) => `${label}: ${editor}`),
  );
  const proven = marks.flatMap(({ label }) => {
    const proofs = Object.entries(features).find(([name]) => label.startsWith(name))?.[1] ?? {};
    return editors.filter((editor) => editor in proofs).map((editor) => `${label}: ${editor}`);
  });
  expect(ticked).toEqual(proven);
  expect(ticked.length).toBeGreaterThan(50);
});

test('the tests behind the ticks are there', () => {
  const missing = Object.entries(features).flatMap(([feature, proofs]) =>
    Object.entries(proofs)
      .filter(([, proof]) => !isThere(proof))
      .map(([editor, [file, name]]) => `${feature}: ${editor}: ${file} has no test "${name}"`),
  );
  expect(missing).toEqual([]);
});

test('the sizes are those of the sources, to about a tenth', () => {
  const { cells } = rows.find(({ label }) => label.startsWith('size'))!;
  for (const [column, editor] of editors.entries()) expectSize(cells[column]!, editor);
  expectSize(/has (\d+ kB) of sources/.exec(section)![1]!, 'the server');
});

function isThere([file, name]: Proof): boolean {
  const path = `test/editors/${file}`;
  if (!existsSync(`${root}/${path}`)) return false;
  const own = read(path);
  const laws = /\blaws\(/.test(own) ? namesIn(read('test/editors/drivers/laws.ts')) : [];
  return [...namesIn(own), ...laws].some((found) => found.includes(name));
}

/** What stands first in each call of `test`, of whatever kind. */
function namesIn(text: string): string[] {
  const calls = text.matchAll(/\btest(?:\.each\([\s\S]*?\]\))?\(\s*'([^\n]*)',/g);
  return [...calls].map(([, name]) => name!);
}

function expectSize(said: string, name: EditorName | 'the server'): void {
  const kilobytes = sizeOf(name) / 1000;
  expect(Math.abs(Number.parseInt(said, 10) - kilobytes), `${name} has ${kilobytes} kB, not ${said}`).toBeLessThan(
    1 + kilobytes / 10,
  );
}

// Comments and documents cite only what is there: sections of our own documents, and files of the project.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { root, sources } from './sources.ts';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '');

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** What people read: whole documents, and the comments of sources. */
const prose = [
  ...files.filter((path) => path.endsWith('.md')).map((path) => ({ path, text: read(path) })),
  ...sources.map(({ path, text }) => ({ path, text: commentsOf(text) })),
];

/** A document by its path in `server/`, and one section of it, or two. */
const citation = /(?:\[)?([\w./-]+\.md)(?:\]\([^)]*\))? §(\d+(?:\.\d+)?)(?: and §(\d+(?:\.\d+)?))?/g;

test('every section that is cited is there', () => {
  const wrong = prose.flatMap(({ path, text }) =>
    [...text.matchAll(citation)].flatMap(([words, document = '', ...sections]) =>
      sections
        .filter((section) => section !== undefined && !sectionsOf(`server/${document}`).includes(section))
        .map(() => `${path}: ${words}`),
    ),
  );
  expect(wrong).toEqual([]);
});

test('a section is cited with its document, but within that', () => {
  const wrong = prose
    .filter(({ path }) => !/DESIGN\.md$|references\.test\.ts$/.test(path))
    .flatMap(({ path, text }) => (text.replace(citation, '').includes('§') ? [path] : []));
  expect(wrong).toEqual([]);
  const own = [
    ...read('server/DESIGN.md')
      .replace(citation, '')
      .matchAll(/§(\d+(?:\.\d+)?)/g),
  ].map(([, section]) => section);
  expect(own.filter((section) => !sectionsOf('server/DESIGN.md').includes(section!))).toEqual([]);
});

/** Stands for any file. */
const pattern = /LANGUAGE|\*|\$|^a\.ts$|^x\.gen\.ts$/;

test('every file that is named is there', () => {
  const wrong = prose.flatMap(({ path, text }) =>
    [...text.matchAll(/`([\w./*$-]+\.(?:ts|mjs|md|scm))`|\b([\w./-]+\.md)\b/g)]
      .map(([, quoted, document]) => (quoted ?? document)!)
      .filter((name) => !pattern.test(name) && !isThere(name))
      .map((name) => `${path}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('DESIGN.md and the README have the commands that there are', () => {
  const index = read('server/protocol/commands/index.ts');
  const commands = [...index.matchAll(/^ {2}'(quickhand\.\w+)':/gm)].map(([, name]) => name);
  expect(commands.length).toBeGreaterThan(5);
  for (const document of ['server/DESIGN.md', 'README.md']) {
    const rows = read(document)
      .split('\n')
      .filter((line) => line.startsWith('| `quickhand.'));
    const listed = rows.flatMap((row) => row.split(' | ')[0]!.match(/quickhand\.\w+/g) ?? []);
    expect(listed.sort(), document).toEqual([...commands].sort());
  }
});

test('every link of a document to a file leads somewhere', () => {
  const wrong = files
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...read(path).matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)/g)]
        .map(([, target = '']) => posix.join(posix.dirname(path), target).replace(/\/$/, ''))
        .filter((target) => !files.some((file) => file === target || file.startsWith(`${target}/`)))
        .map((target) => `${path}: ${target}`),
    );
  expect(wrong).toEqual([]);
});

function isThere(name: string): boolean {
  const end = name.replace(/^(?:\.{1,2}\/)+/, '');
  return files.some((path) => path === end || path.endsWith(`/${end}`));
}

/** `4` and `4.2` of the headings `## 4. …` and `### 4.2. …`; none of a document that is not there. */
function sectionsOf(document: string): string[] {
  if (!files.includes(document)) return [];
  return [...read(document).matchAll(/^#{2,3} (\d+(?:\.\d+)?)\. /gm)].map(([, section = '']) => section);
}

function commentsOf(text: string): string {
  return [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*|^\s*(?:--|;|#).*/gm)].join('\n');
}

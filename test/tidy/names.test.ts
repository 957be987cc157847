// One word for one idea: no two things of the server are called alike.

import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { server } from './sources.ts';

/** Names that still stand for two things. A list that only becomes shorter. */
const homonyms: readonly string[] = ['Explained: server/delivery/explain-text.ts, server/session/explain-scope.ts'];

/** What `quickhand NAME` and `quickhand.NAME` do is called alike in the terminal and in an editor. */
const command = /^server\/(?:protocol\/commands|cli)\/(\w+)\.ts$/;

test('no name is exported twice by the server', () => {
  const exported =
    /^export (?:declare )?(?:abstract )?(?:async )?(?:type|interface|class|function\*?|const|enum|let) (\w+)/gm;
  const places = server.flatMap(({ path, text }) =>
    [...text.matchAll(exported)].flatMap(([, name = '']) => (command.exec(path)?.[1] === name ? [] : [{ name, path }])),
  );
  expect(places.length).toBeGreaterThan(500);
  expect(twiceIn(places)).toEqual(homonyms);
});

test('no file of the server is named like another', () => {
  const named = server.filter(({ path }) => !command.test(path));
  expect(twiceIn(named.map(({ path }) => ({ name: basename(path), path })))).toEqual([]);
});

/** `name: its places`, of the names that have more than one. An overloaded function has one place. */
function twiceIn(places: readonly { readonly name: string; readonly path: string }[]): string[] {
  const byName = new Map<string, Set<string>>();
  for (const { name, path } of places) byName.set(name, (byName.get(name) ?? new Set()).add(path));
  return [...byName].filter(([, paths]) => paths.size > 1).map(([name, paths]) => `${name}: ${[...paths].join(', ')}`);
}

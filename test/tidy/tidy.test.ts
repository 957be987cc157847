// The shape of the code: floors, owners of outside packages, header lines, sizes, cycles (DESIGN.md §2).

import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { localImports, packageOf, partOf, root, server, sources } from './sources.ts';

/** What each part of server/ may import, beside itself (the floors of server/README.md). A part is a folder, or a file at the top. */
const floor0 = ['text', 'processes', 'config', 'ledger', 'errors', 'clock', 'program-version', 'turns', 'files', 'git'];
const floor2 = [...floor0, 'documents', 'answer', 'edit', 'scope'];
const below5 = [
  ...floor2,
  'listen',
  'project',
  'verify',
  'models',
  'rehearsal',
  'prompt',
  'guardrails',
  'delivery',
  'session',
];
const mayImport: Record<string, readonly string[]> = {
  text: [],
  processes: [],
  files: [],
  git: ['files', 'processes'],
  config: ['files'],
  ledger: ['files', 'text'],
  listen: [],
  errors: [],
  clock: [],
  'program-version': [],
  turns: [],
  project: ['files'],
  verify: ['config', 'processes'],
  documents: ['text'],
  answer: ['text'],
  edit: ['text', 'turns', 'answer'],
  models: floor0,
  rehearsal: [...floor0, 'listen'],
  scope: ['text', 'turns', 'documents'],
  prompt: floor2,
  guardrails: floor2,
  delivery: [...floor0, 'documents'],
  session: below5,
  protocol: below5,
  cli: [...below5, 'protocol'],
  main: [...below5, 'protocol', 'cli'],
  quickhand: ['files', 'cli', 'main'],
};

/** The one part that knows each outside package. */
const owners: Record<string, readonly string[]> = {
  diff: ['cli'],
  'eventsource-parser': ['models'],
  'fast-myers-diff': ['text'],
  'jsonc-parser': ['config'],
  'vscode-languageserver-textdocument': ['documents'],
  'web-tree-sitter': ['scope'],
  'vscode-languageserver': ['protocol'],
  // The client's and the server's side of one protocol.
  'vscode-languageserver-protocol': ['protocol', 'cli'],
  // The rehearsal model shares no code with the clients that it is there to be asked by.
  ws: ['models', 'rehearsal'],
};

/** What of the file system looks at nothing. */
const writing = /^(mkdir|mkdtemp|rm|writeFile|writeSync|appendFile|rename|chmod|symlink|constants|type \w+)$/;

/** Beside `files/`, what looks at the disk: files of our own or of the user, where no repository can place one. */
const readers: Record<string, string> = {
  'server/ledger/ledger.ts': 'the ledger in the state folder',
  'server/ledger/read-entries.ts': 'the ledger in the state folder',
  'server/ledger/generations.ts': 'the ledger in the state folder',
  'server/processes/descendants.ts': 'what /proc says of our own processes',
  'server/cli/doctor/editors.ts': 'lines beside the program; programs on PATH',
  'server/cli/atomic-write.ts': 'the mode of a file, the new file that it makes',
};

/** What can run where there is no Node, in a page: it is handed what it needs of a disk or a process. */
const core =
  /^server\/(?:(?:text|documents|answer|edit|scope|prompt|guardrails|delivery|session|protocol(?!\/connection))\/|errors\.ts)/;

/** Files of more than 300 lines. A list that only becomes shorter. */
const tooLong: readonly string[] = [
  'test/client/client.ts',
  'test/editors/clients-emacs.test.ts',
  'test/editors/clients-neovim.test.ts',
  'test/models/faults.test.ts',
  'test/models/provider.test.ts',
  'test/protocol/behaviours.test.ts',
  'test/protocol/deep.test.ts',
  'test/protocol/steer.test.ts',
  'test/protocol/verify.test.ts',
  'test/protocol/ways-to-ask.test.ts',
  'test/simulation/editor.ts',
  'test/simulation/oracle/sending.ts',
  'test/simulation/oracle/watched.ts',
];

/** The one file that starts git. */
const gitCaller = 'server/git/run-git.ts';

test('there is something to check', () => {
  expect(server.length).toBeGreaterThan(50);
  expect(server.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
});

test('imports lead downwards only', () => {
  const wrong = server.flatMap((source) =>
    localImports(source)
      .filter(
        (target) => partOf(target) !== partOf(source.path) && !mayImport[partOf(source.path)]?.includes(partOf(target)),
      )
      .map((target) => `${source.path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('every part of the server has a floor', () => {
  expect([...new Set(server.map(({ path }) => partOf(path)))].filter((part) => !(part in mayImport))).toEqual([]);
});

test('the floors of server/README.md are those of the code', () => {
  const rows = readFileSync(join(root, 'server/README.md'), 'utf8').matchAll(/^\| (\d) +\| ([^|]+)\|/gm);
  const floors = new Map(
    [...rows].flatMap(([, floor, names = '']) =>
      [...names.matchAll(/`([\w-]+)(?:\/|\.ts)`/g)].map(([, part = '']) => [part, Number(floor)]),
    ),
  );
  expect([...floors.keys()].sort()).toEqual(Object.keys(mayImport).sort());
  const upwards = Object.entries(mayImport).flatMap(([part, below]) =>
    below.filter((other) => floors.get(other)! > floors.get(part)!).map((other) => `${part} may import ${other}`),
  );
  expect(upwards).toEqual([]);
});

test('every outside package has one owner', () => {
  const wrong = server.flatMap(({ path, imports }) =>
    imports
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
      .filter((name) => !owners[packageOf(name)]?.includes(partOf(path)))
      .map((name) => `${path} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('the core needs no Node', () => {
  const bound = server.filter(({ path, text, imports }) => {
    if (!core.test(path)) return false;
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    return imports.some((name) => name.startsWith('node:')) || /\bprocess\.|\bBuffer\b|\bsetImmediate\b/.test(code);
  });
  expect(bound.map(({ path }) => path)).toEqual([]);
});

test('what a repository can place is looked at and read by files/ only', () => {
  const wrong = server.flatMap(({ path, text }) => {
    if (partOf(path) === 'files' || path in readers) return [];
    const names = [...text.matchAll(/import ([^;]+?) from 'node:fs(?:\/promises)?'/g)].flatMap(([, what = '']) =>
      what.startsWith('{') ? what.replace(/[{}\s]+/g, ' ').split(',') : [what],
    );
    const found = names.map((name) => name.trim()).filter((name) => name !== '' && !writing.test(name));
    return found.map((name) => `${path} imports ${name}`);
  });
  expect(wrong).toEqual([]);
  expect(Object.keys(readers).filter((path) => !server.some((source) => source.path === path))).toEqual([]);
});

test('git is started in one place', () => {
  const wrong = server.filter(
    ({ path, text }) =>
      path !== gitCaller && /\b(spawn|startChild|outputOf|exec(File)?)(Sync)?\(\s*['"`]git\b/.test(text),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('every dependency is used, and nothing else is', () => {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const used = new Set(
    server
      .flatMap(({ imports }) => imports.filter((name) => /^[a-z@]/.test(name) && !name.startsWith('node:')))
      .map(packageOf),
  );
  expect([...used].sort()).toEqual(Object.keys(dependencies).sort());
});

test('no cycles', () => {
  const graph = new Map(server.map((source) => [source.path, localImports(source)]));
  expect(cycleIn(graph)).toBeUndefined();
});

test('the first line says what the file owns', () => {
  const silent = sources.filter(({ text }) => !/^(#![^\n]*\n)?(\/\/|#|--|;|\/\*\*?) ?\S/.test(text));
  expect(silent.map(({ path }) => path)).toEqual([]);
});

test('every test can fail: none has an empty body', () => {
  const empty = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/^ *(?:test|it)[.(].*=> \{\s*\}(?:, \d+)?\)+;?$/gm)].map(([line]) => `${path}: ${line.trim()}`),
  );
  expect(empty).toEqual([]);
});

test('no file over 300 lines', () => {
  const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > 300);
  expect(long.map(({ path }) => path).sort()).toEqual(tooLong);
});

test('private members are `#x`, and constants are named like everything else', () => {
  const ts = sources.filter(({ path }) => path.endsWith('.ts'));
  const wrong = ts.flatMap(({ path, text }) =>
    [
      ...text.matchAll(/^[ \t]+(?:private|protected) (?!constructor).+|^[ \t]*(?:export )?const [A-Z][A-Z\d_]+\b.*/gm),
    ].map(([line]) => `${path}: ${line.trim()}`),
  );
  expect(wrong).toEqual([]);
});

test('standard output belongs to the protocol: nothing in the server prints', () => {
  const printing = server.filter(
    ({ path, text }) => partOf(path) !== 'cli' && /console\.(log|info|debug)\(|process\.stdout\.write/.test(text),
  );
  expect(printing.map(({ path }) => path)).toEqual([]);
});

test('only one place opens a port', () => {
  const opening = server.filter(
    ({ path, text }) =>
      partOf(path) !== 'listen' && /\bcreateServer\b|new WebSocketServer\((?!\{ noServer: true)/.test(text),
  );
  expect(opening.map(({ path }) => path)).toEqual([]);
});

test('nothing is imported from outside the project', () => {
  const outside = sources.flatMap(({ path, imports }) =>
    imports.filter(
      (name) => name.startsWith('.') && relative(root, resolve(root, dirname(path), name)).startsWith('..'),
    ),
  );
  expect(outside).toEqual([]);
});

test('no test is skipped, focused or left to do', () => {
  const words = /\b(?:test|it|describe)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf)\b/;
  const idle = sources.filter(
    ({ path, text }) => path.endsWith('.test.ts') && !path.endsWith('tidy.test.ts') && words.test(text),
  );
  expect(idle.map(({ path }) => path)).toEqual([]);
});

function cycleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return undefined;
}

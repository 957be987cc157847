// The shape of the code: floors, owners of outside packages, header lines, sizes, cycles (design §2).

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What each part of server/ may import, beside itself (the table of design §2). A part is a folder, or a file at the top. */
const floor0 = ['text', 'processes', 'config', 'ledger', 'errors', 'clock', 'turns', 'files', 'git'];
const floor2 = [...floor0, 'documents', 'edit', 'scope'];
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
  config: ['files', 'processes'],
  ledger: ['files', 'text'],
  listen: [],
  errors: [],
  clock: [],
  turns: [],
  project: ['files'],
  verify: ['config', 'processes'],
  documents: ['text'],
  edit: ['text', 'turns'],
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
};

/** The one part that knows each outside package. */
const owners: Record<string, readonly string[]> = {
  diff: ['cli'],
  'eventsource-parser': ['models'],
  'fast-myers-diff': ['text'],
  'vscode-languageserver-textdocument': ['documents'],
  'web-tree-sitter': ['scope'],
  // The client's and the server's side of one protocol.
  'vscode-languageserver': ['protocol', 'cli'],
  'vscode-jsonrpc': ['protocol', 'cli'],
  // The rehearsal model shares no code with the clients that it is there to be asked by.
  ws: ['models', 'rehearsal'],
};

/** What of the file system looks at nothing. */
const writing = /^(mkdir|mkdtemp|rm|writeFile|writeSync|appendFile|rename|chmod|symlink|constants|type \w+)$/;

/** Beside `files/`, what looks at the disk: files of our own or of the user, where no repository can place one. */
const readers: Record<string, string> = {
  'server/ledger/ledger.ts': 'the ledger in the state folder',
  'server/ledger/read.ts': 'the ledger in the state folder',
  'server/ledger/generations.ts': 'the ledger in the state folder',
  'server/session/explanation-file.ts': 'explanations in the state folder',
  'server/scope/grammar.ts': 'grammars beside the program',
  'server/scope/core.ts': 'grammars beside the program',
  'server/scope/languages.ts': 'grammars beside the program',
  'server/scope/manifest.ts': 'grammars beside the program',
  'server/processes/strays.ts': 'what /proc says of our own processes',
  'server/cli/doctor/editors.ts': 'lines beside the program; programs on PATH',
  'server/cli/atomic-write.ts': 'the mode of a file, the new file that it makes',
};

/** The one file that starts git. */
const gitCaller = 'server/git/run.ts';

interface Source {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const folders = ['server', 'test', 'clients'].map((name) => join(root, name)).filter((folder) => existsSync(folder));
const sources = folders.flatMap(sourcesIn);
const server = sources.filter(({ path }) => path.startsWith('server/') && path.endsWith('.ts'));

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

test('every outside package has one owner', () => {
  const wrong = server.flatMap(({ path, imports }) =>
    imports
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
      .filter((name) => !owners[packageOf(name)]?.includes(partOf(path)))
      .map((name) => `${path} imports ${name}`),
  );
  expect(wrong).toEqual([]);
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

test('no file over 400 lines', () => {
  const long = sources.filter(({ text }) => text.split('\n').length > 400);
  expect(long.map(({ path }) => path)).toEqual([]);
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

function sourcesIn(folder: string): Source[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|js|lua|sh|el)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/node_modules|[/\\](fixtures|corpus|dist|artefacts)[/\\]/.test(path))
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      return { path: relative(root, path), text, imports: importsOf(text) };
    });
}

/** Static and dynamic imports, of types too: a type is knowledge as well. */
function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:^(?:import|export)\b[^'"]*?from\s*|^import\s*|\bimport\(\s*)['"]([^'"]+)['"]/gm);
  return [...found].map(([, name = '']) => name);
}

function localImports({ path, imports }: Source): string[] {
  const local = imports.filter((name) => name.startsWith('.') && name.endsWith('.ts'));
  return local.map((name) => relative(root, resolve(root, dirname(path), name)));
}

/** `server/text/span.ts` → `text`, `server/clock.ts` → `clock`. */
function partOf(path: string): string {
  return (path.split(/[/\\]/)[1] ?? '').replace(/\.ts$/, '');
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

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

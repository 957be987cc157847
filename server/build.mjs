// Makes dist/: the bundled server, the grammars' WebAssembly with their data, and the licences of everything in it.
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'dist');
/** Built beside and moved into place, so that a running build never leaves half a dist/ to somebody else. */
const dist = `${target}.${process.pid}`;
/** Folder of an installed package. */
const packageDir = (name) => join(root, 'node_modules', name);
const main = join(root, 'server/main.ts');
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'grammars'), { recursive: true });

await build({
  entryPoints: { quickhand: join(root, 'server/quickhand.ts'), main },
  plugins: [oneChunk(), shortDependencies()],
  outdir: dist,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: { __VERSION__: JSON.stringify(manifest.version) },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// npm links the program itself as the command.
const program = join(dist, 'quickhand.js');
await writeFile(program, `#!/usr/bin/env node\n${await readFile(program, 'utf8')}`);
await chmod(program, 0o755);

await cp(join(packageDir('web-tree-sitter'), 'web-tree-sitter.wasm'), join(dist, 'web-tree-sitter.wasm'));

const packages = new Set();
for (const name of Object.keys(manifest.dependencies)) await addWithDependencies(name);

for (const language of await readdir(join(root, 'grammars'))) {
  const from = join(root, 'grammars', language);
  const grammar = await readFile(join(from, 'grammar.json'), 'utf8').catch(() => undefined);
  if (!grammar) continue;
  await cp(from, join(dist, 'grammars', language), { recursive: true });
  const { package: name, wasm } = JSON.parse(grammar);
  await cp(join(packageDir(name), wasm), join(dist, 'grammars', language, 'grammar.wasm'));
  packages.add(name);
}

const licences = [];
for (const name of [...packages].sort()) {
  const dir = packageDir(name);
  const file = (await readdir(dir)).find((entry) => /^licen[cs]e/i.test(entry));
  const { version, license } = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8'));
  const text = file ? await readFile(join(dir, file), 'utf8') : `License: ${license}\n`;
  licences.push(`${name} ${version}\n\n${text}`);
}
await writeFile(join(dist, 'LICENCES.txt'), licences.join('\n\n----\n\n'));

// What `quickhand doctor` tells people to copy.
await cp(join(root, 'server/cli/editors'), join(dist, 'editors'), { recursive: true });

// Editors take completion and errors of the configuration file from it.
await cp(join(root, 'server/config/schema.json'), join(dist, 'schema.json'));

await rm(target, { recursive: true, force: true });
await rename(dist, target);

/** What a package is bundled with stands beside it: npm puts one version of each at the top. */
async function addWithDependencies(name) {
  if (packages.has(name)) return;
  packages.add(name);
  const { dependencies = {} } = JSON.parse(await readFile(join(packageDir(name), 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) await addWithDependencies(dependency);
}

/**
 * What the server always loads becomes one file, not one for each set of parts that share it: each file costs Node about a millisecond at the start.
 * So every part that is loaded later says that it needs main.ts, which is there by then.
 */
function oneChunk() {
  const later = new Set();
  return {
    name: 'one-chunk',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind === 'dynamic-import') later.add(join(resolveDir, path));
        return undefined;
      });
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (path === main || !later.has(path)) return undefined;
        return { contents: `${await readFile(path, 'utf8')}\nimport ${JSON.stringify(main)};\n`, loader: 'ts' };
      });
    },
  };
}

/** Names inside of dependencies are shortened, which a start has less to read of. Ours stay: the log says where something broke. */
function shortDependencies() {
  return {
    name: 'short-dependencies',
    setup({ onLoad }) {
      onLoad({ filter: /node_modules.*\.js$/ }, async ({ path }) => {
        const { code } = await transform(await readFile(path, 'utf8'), {
          minify: true,
          target: 'node20',
          sourcefile: path,
        });
        return { contents: code, loader: 'js' };
      });
    },
  };
}

// The sources of the project as the tidy tests look at them: paths, texts and imports.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Source {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const folders = ['server', 'test', 'clients'].map((name) => join(root, name)).filter((folder) => existsSync(folder));
export const sources = folders.flatMap(sourcesIn);
export const server = sources.filter(({ path }) => path.startsWith('server/') && path.endsWith('.ts'));

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

export function localImports({ path, imports }: Source): string[] {
  const local = imports.filter((name) => name.startsWith('.') && name.endsWith('.ts'));
  return local.map((name) => relative(root, resolve(root, dirname(path), name)));
}

/** `server/text/span.ts` → `text`, `server/clock.ts` → `clock`. */
export function partOf(path: string): string {
  return (path.split(/[/\\]/)[1] ?? '').replace(/\.ts$/, '');
}

export function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

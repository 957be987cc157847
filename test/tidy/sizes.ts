// How large the sources of each client are, beside the server's: what is not documentation, pictures, tests or lock files. `npm run sizes` prints it.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EditorName } from './features.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What git has of each, by its patterns for paths. */
const sources: Readonly<Record<EditorName | 'the server', readonly string[]>> = {
  Neovim: ['clients/neovim/*.lua'],
  'VS Code': ['clients/vscode/src/*.ts', 'clients/vscode/package.json', 'clients/vscode/configuration.mjs'],
  Emacs: ['clients/emacs/*.el'],
  Helix: ['server/cli/editors/helix-*.toml'],
  Zed: ['clients/zed/src/*.rs', 'clients/zed/*.toml', 'clients/zed/*.json', ':!clients/zed/src/fake.rs'],
  Kakoune: ['clients/kakoune/*.kak'],
  'Sublime Text': ['clients/sublime/*.py', 'clients/sublime/*-commands', 'server/cli/editors/sublime-*'],
  'the server': ['server/*.ts', 'grammars/*.scm', 'grammars/*.json'],
};

/** Bytes, as they lie in the work tree. */
export function sizeOf(name: keyof typeof sources): number {
  const listed = execFileSync('git', ['ls-files', '-z', '--', ...sources[name]], { cwd: root, encoding: 'utf8' });
  const files = listed.split('\0').filter((file) => file !== '');
  return files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of Object.keys(sources) as (keyof typeof sources)[]) {
    console.log(`${String(Math.round(sizeOf(name) / 1000)).padStart(4)} kB  ${name}`);
  }
}

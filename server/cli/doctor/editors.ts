// The editors on this machine, and the lines that set each of them up. The lines themselves are files beside the program, the same as in README.md.

import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { CliIo } from '../io.ts';

/** Where lines go, and what they are. */
export interface Setup {
  readonly into: string;
  readonly lines: string;
}

export interface FoundEditor {
  readonly name: string;
  /** Of the program. */
  readonly path: string;
  /** As the program tells it; absent where it is not asked. */
  readonly version?: string;
  readonly setups: readonly Setup[];
  /** What there is to say beside the lines, or in place of them. */
  readonly note?: string;
}

interface KnownEditor {
  readonly name: string;
  readonly programs: readonly string[];
  /** What makes it print its version and end. Absent for those that could open a window. */
  readonly versionFlag?: string;
  /** Files of lines for a version. */
  readonly setups?: (version: Version) => readonly { readonly into: string; readonly files: readonly string[] }[];
  readonly note?: string;
}

/** Major and minor; that of an editor that would not tell is higher than all. */
type Version = readonly [major: number, minor: number];

const isAtLeast = ([major, minor]: Version, [wantedMajor, wantedMinor]: Version): boolean =>
  major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);

const known: readonly KnownEditor[] = [
  {
    name: 'Neovim',
    programs: ['nvim'],
    versionFlag: '--version',
    note: 'the plugin in clients/neovim does more than these lines',
    setups(version) {
      const own = isAtLeast(version, [0, 11]) ? 'neovim-0.11.lua' : 'neovim-0.10.lua';
      return [{ into: '~/.config/nvim/init.lua', files: [own, 'neovim-keys.lua'] }];
    },
  },
  {
    name: 'Helix',
    programs: ['hx', 'helix'],
    versionFlag: '--version',
    setups(version) {
      const languages = { into: '~/.config/helix/languages.toml', files: ['helix-languages.toml'] };
      const withPrompt = isAtLeast(version, [25, 7]) ? ['helix-prompt.toml'] : [];
      return [languages, { into: '~/.config/helix/config.toml', files: ['helix-config.toml', ...withPrompt] }];
    },
  },
  {
    name: 'Emacs',
    programs: ['emacs'],
    versionFlag: '--version',
    note: 'the package in clients/emacs does more than these lines',
    setups: () => [
      { into: '~/.emacs.d/init.el, with eglot', files: ['emacs.el'] },
      { into: '~/.emacs.d/init.el, with lsp-mode', files: ['emacs-lsp-mode.el'] },
    ],
  },
  {
    name: 'Kakoune',
    programs: ['kak'],
    versionFlag: '-version',
    note: 'clients/kakoune has commands and keys',
    setups: () => [{ into: '~/.config/kak/kakrc', files: ['kakoune.kak'] }],
  },
  {
    name: 'Sublime Text',
    programs: ['subl'],
    note: 'clients/sublime has a command that asks',
    setups: () => [{ into: 'Packages/User/LSP.sublime-settings', files: ['sublime-text.jsonc'] }],
  },
  {
    name: 'Vim',
    programs: ['vim', 'gvim'],
    versionFlag: '--version',
    note: 'the lines for the plugin that you have',
    setups: () => [
      { into: 'coc-settings.json, with coc.nvim', files: ['coc-settings.jsonc'] },
      { into: '~/.vimrc, with vim-lsp', files: ['vim-lsp.vim'] },
      { into: '~/.vimrc, with yegappan/lsp', files: ['vim-yegappan-lsp.vim'] },
    ],
  },
  {
    name: 'Kate',
    programs: ['kate'],
    note: 'takes edits for two seconds after a command; what comes later is offered in its menu of code actions',
    setups: () => [{ into: '~/.config/kate/lspclient/settings.json', files: ['kate.json'] }],
  },
  { name: 'VS Code', programs: ['code', 'codium'], note: 'needs the extension in clients/vscode' },
  { name: 'Zed', programs: ['zed', 'zeditor'], note: 'needs the extension in clients/zed' },
];

/** A program that does not tell its version within this time is taken for one that has none. */
const versionTimeoutMs = 3000;

/** Those on PATH. `assets`: the folder that holds `editors/`. Starts only programs that print their version and end. */
export async function findEditors(io: CliIo, assets: string): Promise<FoundEditor[]> {
  const found = await Promise.all(known.map((editor) => look(editor, io, assets)));
  return found.filter((editor) => editor !== undefined);
}

async function look(editor: KnownEditor, io: CliIo, assets: string): Promise<FoundEditor | undefined> {
  const path = await findProgram(editor.programs, io.env.PATH);
  if (path === undefined) return undefined;
  const { name, versionFlag, note, setups } = editor;
  const version = versionFlag === undefined ? undefined : await versionOf(path, versionFlag, io);
  const read = (file: string) => readFile(join(assets, 'editors', file), 'utf8');
  const wanted = setups?.(numbersIn(version)) ?? [];
  return {
    name,
    path,
    ...(version !== undefined && { version }),
    setups: await Promise.all(
      wanted.map(async ({ into, files }) => ({ into, lines: (await Promise.all(files.map(read))).join('') })),
    ),
    ...(note !== undefined && { note }),
  };
}

/** The first of `names` that a folder of PATH holds as a program. A relative folder does not count: a repository could hold one. */
export async function findProgram(names: readonly string[], path = ''): Promise<string | undefined> {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const files = names.flatMap((name) => suffixes.map((suffix) => name + suffix));
  for (const folder of path.split(delimiter).filter(isAbsolute))
    for (const file of files) if (await isProgram(join(folder, file))) return join(folder, file);
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The first thing that looks like a version in what the program prints. */
function versionOf(path: string, flag: string, { env, interrupted }: CliIo): Promise<string | undefined> {
  const options = { env, signal: interrupted, timeout: versionTimeoutMs, maxBuffer: 1 << 20 };
  return new Promise((resolve) => {
    execFile(path, [flag], options, (_error, stdout) => resolve(/\d+\.\d+(?:\.\d+)?\S*/.exec(stdout)?.[0]));
  });
}

function numbersIn(version: string | undefined): Version {
  const [major, minor] =
    /^(\d+)\.(\d+)/
      .exec(version ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  return [major ?? Number.POSITIVE_INFINITY, minor ?? 0];
}

// Where an edit of the command line goes: `FILE:LINE[:COL]`, the file's text, its language.

import { extname, resolve } from 'node:path';
import { programFiles } from '../files/program-files.ts';
import { readRegularFile } from '../files/read.ts';
import { resolveLinks } from '../files/resolve-links.ts';
import { createScopes } from '../scope/create-scopes.ts';
import { hasLayoutCheck } from '../scope/layout/layout-check.ts';
import type { CheckBasis } from '../scope/scopes.ts';
import { CliError, systemWords, usageError } from './io.ts';

/** No source file that an edit makes sense in is larger; tree-sitter and the server hold several times as much. */
const maxBytes = 50_000_000;

/** A file as it was read. */
export interface Target {
  /** As the user wrote it. */
  readonly name: string;
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** Without a byte order mark. */
  readonly text: string;
  /** What the text was preceded by in the file: a byte order mark or nothing. */
  readonly mark: '' | '\uFEFF';
  /** Zero-based, UTF-16 units. */
  readonly position: { readonly line: number; readonly character: number };
}

/** What `FILE:LINE[:COL]` says; a path may hold colons. */
export async function readTarget(word: string, cwd: string, usage: string): Promise<Target> {
  const [, name, line, column] = /^(.+?):(\d+)(?::(\d+))?$/s.exec(word) ?? [];
  if (name === undefined || line === undefined) throw usageError(`"${word}" is not FILE:LINE or FILE:LINE:COL`, usage);
  const named = resolve(cwd, name);
  const whole = decode(await readRegularFile(named, { maxBytes }).catch((error) => fail(name, error)), name);
  const { real: path } = await resolveLinks(named);
  const mark = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = whole.slice(mark.length);
  return { name, path, text, mark, position: positionIn(text, { name, line, column, usage }) };
}

/** Strict UTF-8, so that writing the text back gives the same bytes. */
export function decode(bytes: Uint8Array, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {} // said below
  throw new CliError(1, `${name} is not a text file in UTF-8`);
}

/**
 * The language, by the id that editors give a file of this name: that of the installed grammars first, then of the best known languages without
 * one; `plaintext` where nobody knows. `assets`: the folder that holds `grammars/`.
 */
export async function languageOf(path: string, assets: string): Promise<Language> {
  const known = (await createScopes({ assets: programFiles(assets) })).languageOf(path);
  const id = known ?? withoutGrammar[extname(path).slice(1).toLowerCase()] ?? 'plaintext';
  return { id, basis: known !== undefined ? 'tree' : hasLayoutCheck(id) ? 'layout' : undefined };
}

export interface Language {
  /** As in LSP. */
  readonly id: string;
  /** By what an edit is checked, if anything does. */
  readonly basis: CheckBasis | undefined;
}

/** LSP's names of languages by file type; the model is told. */
const withoutGrammar: Record<string, string> = {
  ...{
    rs: 'rust',
    go: 'go',
    java: 'java',
    rb: 'ruby',
    php: 'php',
    lua: 'lua',
    cs: 'csharp',
    swift: 'swift',
    kt: 'kotlin',
  },
  ...{ c: 'c', h: 'c', cc: 'cpp', cpp: 'cpp', hpp: 'cpp', sh: 'shellscript', css: 'css', html: 'html' },
  ...{ json: 'json', yaml: 'yaml', yml: 'yaml', md: 'markdown' },
};

function positionIn(
  text: string,
  { name, line, column, usage }: { name: string; line: string; column: string | undefined; usage: string },
) {
  const lines = text.split(/\r\n|\r|\n/);
  const content = lines[Number(line) - 1];
  if (content === undefined) throw usageError(`${name} has no line ${line}; it has ${lines.length}`, usage);
  const most = content.length + 1;
  if (column !== undefined && (Number(column) < 1 || Number(column) > most)) {
    throw usageError(`line ${line} of ${name} has no column ${column}; its last is ${most}`, usage);
  }
  const indent = /^\s*/.exec(content)![0].length;
  return { line: Number(line) - 1, character: column === undefined ? indent : Number(column) - 1 };
}

function fail(name: string, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException;
  const why: Record<string, string> = {
    ENOENT: 'there is no such file',
    folder: 'it is a folder',
    noFile: 'it is not a file',
    EACCES: 'permission denied',
  };
  throw new CliError(1, `can't read ${name}: ${why[code ?? ''] ?? systemWords(error)}`);
}

// The languages and what their syntax is called in their grammars: as much of it as the edits need.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language as Grammar, Parser } from 'web-tree-sitter';
import { root } from '../../scope/assets.ts';

/** One way to put a run of statements inside another: its lines, between which the run stands with one more indentation. */
export interface Wrap {
  readonly name: string;
  readonly head: string;
  readonly tail?: string;
}

export interface Language {
  readonly name: string;
  readonly languageId: string;
  readonly extensions: readonly string[];
  readonly family: 'script' | 'python' | 'go' | 'rust';
  readonly functions: readonly string[];
  readonly wraps: readonly Wrap[];
  /** Statements around a block, as which they can be taken away. */
  readonly wrappers: readonly string[];
  /** Lists of items between brackets. */
  readonly lists: readonly string[];
  readonly cases: readonly string[];
  parser(): Promise<Parser>;
}

type Data = Pick<Language, 'family' | 'functions' | 'wraps' | 'wrappers' | 'lists' | 'cases'>;

const script: Data = {
  family: 'script',
  functions: ['function_declaration', 'method_definition', 'lexical_declaration'],
  wraps: [
    { name: 'if', head: 'if (isReady) {', tail: '}' },
    { name: 'if else', head: 'if (isReady) {', tail: '} else {\n\tfail();\n}' },
    { name: 'try catch', head: 'try {', tail: '} catch (error) {\n\tthrow wrapped(error);\n}' },
    { name: 'try finally', head: 'try {', tail: '} finally {\n\tcleanUp();\n}' },
    { name: 'for', head: 'for (const entry of entries) {', tail: '}' },
    { name: 'while', head: 'while (isReady()) {', tail: '}' },
  ],
  wrappers: ['if_statement', 'for_statement', 'for_in_statement', 'while_statement', 'try_statement'],
  lists: ['array', 'object', 'arguments', 'formal_parameters', 'object_pattern'],
  cases: ['switch_case', 'switch_default'],
};

const languages: Readonly<Record<string, Data>> = {
  typescript: script,
  tsx: script,
  javascript: script,
  python: {
    family: 'python',
    functions: ['function_definition'],
    wraps: [
      { name: 'if', head: 'if ready:' },
      { name: 'if else', head: 'if ready:', tail: 'else:\n\traise ValueError(ready)' },
      { name: 'try except', head: 'try:', tail: 'except ValueError as error:\n\tlog(error)\n\traise' },
      { name: 'try finally', head: 'try:', tail: 'finally:\n\tclean_up()' },
      { name: 'with', head: 'with lock:' },
      { name: 'for', head: 'for entry in entries:' },
      { name: 'while', head: 'while not done():' },
    ],
    wrappers: ['if_statement', 'for_statement', 'while_statement', 'with_statement', 'try_statement'],
    lists: ['list', 'dictionary', 'set', 'tuple', 'argument_list', 'parameters'],
    cases: ['elif_clause', 'except_clause', 'case_clause'],
  },
  go: {
    family: 'go',
    functions: ['function_declaration', 'method_declaration'],
    wraps: [
      { name: 'if', head: 'if ready {', tail: '}' },
      { name: 'if else', head: 'if ready {', tail: '} else {\n\tfail()\n}' },
      { name: 'for', head: 'for _, entry := range entries {', tail: '}' },
      { name: 'func', head: 'func() {', tail: '}()' },
      { name: 'go func', head: 'go func() {', tail: '}()' },
      { name: 'switch', head: 'switch mode {\ncase ready:', tail: '}' },
    ],
    wrappers: ['if_statement', 'for_statement', 'block'],
    lists: ['literal_value', 'argument_list', 'parameter_list'],
    cases: ['expression_case', 'type_case', 'communication_case', 'default_case'],
  },
  rust: {
    family: 'rust',
    functions: ['function_item'],
    wraps: [
      { name: 'if', head: 'if ready {', tail: '}' },
      { name: 'if else', head: 'if ready {', tail: '} else {\n\tfail();\n}' },
      { name: 'if let', head: 'if let Some(entry) = entry {', tail: '}' },
      { name: 'for', head: 'for entry in entries {', tail: '}' },
      { name: 'loop', head: 'loop {', tail: '}' },
      { name: 'unsafe', head: 'unsafe {', tail: '}' },
      { name: 'closure', head: 'let run = || {', tail: '};' },
    ],
    wrappers: ['if_expression', 'for_expression', 'while_expression', 'loop_expression', 'unsafe_block'],
    lists: ['arguments', 'field_initializer_list', 'array_expression', 'parameters', 'tuple_expression'],
    cases: ['match_arm'],
  },
};

export const languageNames = Object.keys(languages);

export function languageOf(name: string): Language {
  const manifest = JSON.parse(readFileSync(join(root, 'grammars', name, 'grammar.json'), 'utf8'));
  return {
    ...languages[name]!,
    name,
    languageId: manifest.languageIds[0],
    extensions: manifest.extensions,
    async parser() {
      const wasm = createRequire(import.meta.url).resolve(`${manifest.package}/${manifest.wasm}`);
      return new Parser().setLanguage(await Grammar.load(wasm));
    },
  };
}

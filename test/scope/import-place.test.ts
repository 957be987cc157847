// Where a new import goes: `$0` marks the place; the numbers are the line breaks before and after the new line.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scopes } from '../../server/scope/scopes.ts';
import { scopesFor, snapshotOf } from './fixture.ts';

let scopes: Scopes;
beforeAll(async () => {
  scopes = await scopesFor('typescript', 'python', 'go', 'rust');
});
afterAll(() => scopes.dispose());

const below = [1, 0] as const;
const first = [2, 0] as const;
const top = [0, 2] as const;

it.each([
  [
    'below the last import, whole',
    'typescript',
    "import a from 'a';\nimport {\n  b,\n} from 'b'; // b$0\n\nf();\n",
    below,
  ],
  ['with the line ends of Windows', 'typescript', "import a from 'a';$0\r\n\r\nf();\r\n", below],
  ['not below imports further down', 'typescript', "import a from 'a';$0\nf();\nimport b from 'b';\n", below],
  ['comments between imports do not end them', 'typescript', "import 'a';\n\n// why\nimport 'b';$0\nf();\n", below],
  ['at the end of the file', 'typescript', "import 'a';$0", below],
  ['at the top without any', 'typescript', '$0f();\n', top],
  ['in an empty file', 'typescript', '$0', top],
  ['behind a byte order mark', 'typescript', '\uFEFF$0f();\n', top],
  ['below a line for the shell', 'typescript', '#!/usr/bin/env node$0\n\nf();\n', first],
  ['below directives', 'typescript', "'use client';$0\n\nf();\n", first],
  ['below the comment of the file', 'typescript', '// Licence.\n// More.$0\n\nf();\n', first],
  ['above the comment of a declaration', 'typescript', '$0/** Does f. */\nfunction f() {}\n', top],
  ['above it, below that of the file', 'typescript', '// Licence.$0\n\n/** Does f. */\nfunction f() {}\n', first],
  ['below a docstring', 'python', '"""What it is."""$0\n\ndef f(): pass\n', first],
  ['below imports from the future', 'python', '"""X."""\nfrom __future__ import a$0\n\ndef f(): pass\n', below],
  ['not in a guarded block', 'python', 'import os$0\nif TYPE_CHECKING:\n    import a\n', below],
  ['below the package, apart from what follows', 'go', 'package main$0\nfunc f() {}\n', [2, 1] as const],
  ['below a list', 'go', 'package main\n\nimport (\n\t"fmt"\n)$0\n\nfunc f() {}\n', below],
  ['below the attributes of a crate', 'rust', '#![allow(x)]$0\n\nfn f() {}\n', first],
  ['below its uses', 'rust', 'use a::B;$0\n\nfn f() {}\n', below],
  ['by the look, without a grammar', 'java', 'package a;\n\nimport b.C;$0\n\nclass D {}\n', below],
  ['without a grammar and without any', 'lua', '$0local a = 1\n', top],
])('%s (%s)', (_name, languageId, source, [before, after]) => {
  const at = source.indexOf('$0');
  const text = source.replace('$0', '');
  expect(scopes.importPlace(snapshotOf(languageId, text))).toEqual({ at, before, after });
});

// Puts the scope floor together: languages by name, trees by uri.

import { join } from 'node:path';
import type { Snapshot } from '../documents/snapshot.ts';
import { commentsIn } from './comments.ts';
import { directiveIn, guessDirective } from './directive.ts';
import { findScope } from './find.ts';
import { createGate } from './gate.ts';
import { guessImportPlace, importPlace } from './import-place.ts';
import { Languages } from './languages.ts';
import { readFolders } from './manifest.ts';
import { importsOf, signaturesAround } from './outline.ts';
import { findPlain } from './plain.ts';
import type { Scope, Scopes } from './scopes.ts';
import { Trees } from './trees.ts';

export interface ScopesOptions {
  /**
   * Folder that holds `grammars/`, and the WebAssembly either as the build lays it out (`web-tree-sitter.wasm`,
   * `grammars/LANGUAGE/grammar.wasm`) or in `node_modules`.
   */
  readonly dir: string;
}

/** A longer text is treated as one without a grammar: its first parse would take a second or more (bench: scope). */
const MOST_UNITS = 2_000_000;

/** Reads the manifests; web-tree-sitter and the grammars themselves are only loaded when a language first is. */
export async function createScopes({ dir }: ScopesOptions): Promise<Scopes> {
  const languages = new Languages(dir, await readFolders(join(dir, 'grammars')));
  const trees = new Trees();
  const parsedOf = (snapshot: Snapshot) => {
    const grammar = snapshot.text.length <= MOST_UNITS ? languages.get(snapshot.languageId) : undefined;
    return grammar && trees.of(snapshot, grammar);
  };
  return {
    load: (languageId) => languages.load(languageId),
    ready: (languageId) => languages.get(languageId) !== undefined,
    languageOf: (path) => languages.byPath(path),
    commentSyntax: (languageId) => languages.folder(languageId)?.manifest.comments,
    find(snapshot, selection, request) {
      const parsed = parsedOf(snapshot);
      const scope = parsed ? findScope(parsed, selection, request) : findPlain(snapshot.text, selection, request);
      return scope && behindMark(snapshot.text, scope);
    },
    gate(snapshot, span) {
      const parsed = parsedOf(snapshot);
      return parsed && createGate(parsed.share(), span);
    },
    comments(snapshot, span) {
      const parsed = parsedOf(snapshot);
      return parsed ? commentsIn(parsed, span).map((comment) => comment.span) : [];
    },
    directiveAt(snapshot, span) {
      const parsed = parsedOf(snapshot);
      return parsed ? directiveIn(parsed, span) : guessDirective(snapshot.text, span);
    },
    signatures(snapshot, span) {
      const parsed = parsedOf(snapshot);
      return parsed ? signaturesAround(parsed, span) : [];
    },
    imports(snapshot) {
      const parsed = parsedOf(snapshot);
      return parsed ? importsOf(parsed) : [];
    },
    importPlace(snapshot) {
      const parsed = parsedOf(snapshot);
      return parsed ? importPlace(parsed) : guessImportPlace(snapshot.text);
    },
    update: (snapshot) => void parsedOf(snapshot),
    close: (uri) => trees.close(uri),
    dispose() {
      trees.dispose();
      languages.dispose();
    },
  };
}

/** A byte order mark that the editor passes on is no code: a model would not repeat it. */
function behindMark(text: string, scope: Scope): Scope {
  const isMarked = scope.span.from === 0 && text.startsWith('\uFEFF');
  return isMarked ? { ...scope, span: { from: 1, to: scope.span.to } } : scope;
}

// Puts the scope floor together: languages by name, trees by uri.

import { join } from 'node:path';
import type { Snapshot } from '../documents/snapshot.ts';
import { type Turns, unhurried } from '../turns.ts';
import { commentsIn } from './comments.ts';
import { isBreakdown } from './core.ts';
import { directiveIn, guessDirective } from './directive.ts';
import { TooMuchWork } from './effort.ts';
import { findScope } from './find.ts';
import { contained, createGate } from './gate.ts';
import { guessImportPlace, importPlace } from './import-place.ts';
import { Languages } from './languages.ts';
import { readFolders } from './manifest.ts';
import { importsOf, signaturesAround } from './outline.ts';
import type { Parsed } from './parsed.ts';
import { findPlain } from './plain.ts';
import type { Scope, Scopes, ScopesListener } from './scopes.ts';
import { Trees } from './trees.ts';

export interface ScopesOptions extends ScopesListener {
  /**
   * Folder that holds `grammars/`, and the WebAssembly either as the build lays it out (`web-tree-sitter.wasm`,
   * `grammars/LANGUAGE/grammar.wasm`) or in `node_modules`.
   */
  readonly dir: string;
  /** Absent: every text is parsed in the turn in which it is asked about. */
  readonly turns?: Turns;
}

/**
 * A longer text is treated as one without a grammar: its first parse would take a second or more in one turn, or more than five in many, and its tree fifty times
 * the memory (bench: scope). UTF-16 units.
 */
const MOST_UNITS = { inOneTurn: 2_000_000, inMany: 16_000_000 };

/** Reads the manifests; web-tree-sitter and the grammars themselves are only loaded when a language first is. */
export async function createScopes(options: ScopesOptions): Promise<Scopes> {
  const { dir, turns = unhurried, onGivenUp, onBreakdown } = options;
  const languages = new Languages(dir, await readFolders(join(dir, 'grammars')), turns);
  let isBroken = false;
  const onBroken = (error: unknown) => {
    if (!isBreakdown(error)) throw error;
    if (isBroken) return;
    isBroken = true;
    languages.abandon();
    trees.abandon();
    onBreakdown?.();
  };
  const trees = new Trees({ turns, onGivenUp: (uri) => onGivenUp?.(uri), onBroken });
  const mostUnits = turns === unhurried ? MOST_UNITS.inOneTurn : MOST_UNITS.inMany;
  const grammarOf = ({ languageId, uri, text }: Snapshot) =>
    text.length <= mostUnits && !isBroken && !trees.isGivenUp(uri) ? languages.get(languageId) : undefined;
  const parsedOf = (snapshot: Snapshot) => {
    const grammar = grammarOf(snapshot);
    return grammar && trees.of(snapshot, grammar);
  };
  return {
    load: (languageId) => languages.load(languageId),
    ready: (languageId) => languages.get(languageId) !== undefined,
    languageOf: (path) => languages.byPath(path),
    commentSyntax: (languageId) => languages.folder(languageId)?.manifest.comments,
    find(snapshot, selection, request) {
      const scope = answered(
        parsedOf(snapshot),
        (parsed) => findScope(parsed, selection, request),
        () => findPlain(snapshot.text, selection, request),
      );
      return scope && behindMark(snapshot.text, scope);
    },
    gate(snapshot, span) {
      const grammar = grammarOf(snapshot);
      if (!grammar) return undefined;
      const gate = createGate({ grammar, text: snapshot.text, span, base: parsedOf(snapshot)?.share() });
      return contained(gate, onBroken);
    },
    comments(snapshot, span) {
      const comments = answered(
        parsedOf(snapshot),
        (parsed) => commentsIn(parsed, span),
        () => [],
      );
      return comments.map((comment) => comment.span);
    },
    directiveAt(snapshot, span) {
      return answered(
        parsedOf(snapshot),
        (parsed) => directiveIn(parsed, span),
        () => guessDirective(snapshot.text, span),
      );
    },
    signatures(snapshot, span) {
      return answered(
        parsedOf(snapshot),
        (parsed) => signaturesAround(parsed, span),
        () => [],
      );
    },
    imports(snapshot) {
      return answered(parsedOf(snapshot), importsOf, () => []);
    },
    importPlace(snapshot) {
      return answered(parsedOf(snapshot), importPlace, () => guessImportPlace(snapshot.text));
    },
    update: (snapshot) => void parsedOf(snapshot),
    whenParsed(snapshot) {
      const grammar = grammarOf(snapshot);
      return grammar && trees.whenParsed(snapshot, grammar);
    },
    close: (uri) => trees.close(uri),
    dispose() {
      trees.dispose();
      languages.dispose();
    },
  };

  /** By the tree where there is one and it can be asked at a price that is known beforehand, else by the text alone. */
  function answered<T>(parsed: Parsed | undefined, byTree: (parsed: Parsed) => T, byText: () => T): T {
    if (!parsed) return byText();
    parsed.effort.renew();
    try {
      return byTree(parsed);
    } catch (error) {
      if (!(error instanceof TooMuchWork)) onBroken(error);
      return byText();
    }
  }
}

/** A byte order mark that the editor passes on is no code: a model would not repeat it. */
function behindMark(text: string, scope: Scope): Scope {
  const isMarked = scope.span.from === 0 && text.startsWith('\uFEFF');
  return isMarked ? { ...scope, span: { from: 1, to: scope.span.to } } : scope;
}

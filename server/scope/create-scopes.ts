// Puts the scope floor together: languages by name, trees by uri.

import type { Snapshot } from '../documents/snapshot.ts';
import type { Span } from '../text/span.ts';
import { oneTurn, type Turns } from '../turns.ts';
import type { Assets } from './assets.ts';
import { commentsIn } from './comments.ts';
import { isBreakdown } from './core.ts';
import { directiveIn, guessDirective } from './directive.ts';
import { DocumentTrees } from './document-trees.ts';
import { findScope } from './find-scope.ts';
import type { Grammar } from './grammar.ts';
import { readGrammarFolders } from './grammar-manifest.ts';
import { guessImportPlace, importPlace } from './import-place.ts';
import { Languages } from './languages.ts';
import { createLayoutCheck, hasLayoutCheck } from './layout/layout-check.ts';
import { findScopeByLines } from './line-scopes.ts';
import { importsOf, signaturesAround } from './outline.ts';
import { createParseCheck, reportingBreakdown } from './parse-check.ts';
import type { ParsedText } from './parsed-text.ts';
import type { CheckBasis, ParseCheck, Scope, Scopes, ScopesListener } from './scopes.ts';
import { BudgetExceeded } from './work-budget.ts';

export interface ScopesOptions extends ScopesListener {
  readonly assets: Assets;
  /** Those of {@link loadLanguages}, which outlive these scopes; absent: the scopes load their own. */
  readonly languages?: Languages;
  /** Absent: every text is parsed in the turn in which it is asked about. */
  readonly turns?: Turns;
}

/**
 * UTF-16 units. A longer text is treated as one without a grammar: its first parse would take a second or more in one turn, or more than five in many, and its
 * tree fifty times the memory of the text (test/bench/scope.ts).
 */
const maxParsedUnits = { inOneTurn: 2_000_000, inManyTurns: 16_000_000 };

/** Reads the manifests; web-tree-sitter and the grammars themselves are only loaded when a language first is. Who loads them disposes of them. */
export async function loadLanguages(assets: Assets, turns = oneTurn): Promise<Languages> {
  return new Languages(assets, await readGrammarFolders(assets), turns);
}

export async function createScopes(options: ScopesOptions): Promise<Scopes> {
  const { assets, turns = oneTurn } = options;
  const languages = options.languages ?? (await loadLanguages(assets, turns));
  const syntax = new Syntax(languages, options);
  return {
    load: (languageId) => languages.load(languageId),
    ready: (languageId) => languages.get(languageId) !== undefined,
    languageOf: (path) => languages.names.byPath(path),
    commentSyntax: (languageId) => languages.folder(languageId)?.manifest.comments,
    find(snapshot, selection, request, bounds) {
      const byTree = (parsed: ParsedText) => findScope(parsed, { selection, request, bounds });
      const scope = syntax.ask(snapshot, byTree, () => findScopeByLines(snapshot, selection, request, bounds));
      return withoutByteOrderMark(snapshot.text, scope);
    },
    parseCheck: (snapshot, span) => syntax.parseCheck(snapshot, span),
    checkBasis: (snapshot) => syntax.checkBasis(snapshot),
    comments: (snapshot, span) =>
      syntax.ask(snapshot, (parsed) => commentsIn(parsed, span), none).map((one) => one.span),
    directiveAt(snapshot, span) {
      return syntax.ask(
        snapshot,
        (parsed) => directiveIn(parsed, span),
        (text) => guessDirective(text, span),
      );
    },
    signatures: (snapshot, span) => syntax.ask(snapshot, (parsed) => signaturesAround(parsed, span), none),
    imports: (snapshot) => syntax.ask(snapshot, importsOf, none),
    importPlace: (snapshot) => syntax.ask(snapshot, importPlace, guessImportPlace),
    update: (snapshot) => syntax.update(snapshot),
    whenParsed: (snapshot) => syntax.whenParsed(snapshot),
    close: (uri) => syntax.close(uri),
    dispose() {
      syntax.dispose();
      if (languages !== options.languages) languages.dispose();
    },
  };
}

const none = () => [];

/** What there is a tree for, and what is done where there is none: no grammar, a text that is too long, a question that costs too much, a breakdown of tree-sitter. */
class Syntax {
  readonly #languages: Languages;
  readonly #trees: DocumentTrees;
  readonly #maxUnits: number;
  readonly #onBreakdown: ScopesListener['onBreakdown'];
  #isBroken = false;

  constructor(languages: Languages, { turns = oneTurn, onGivenUp, onBreakdown }: ScopesOptions) {
    this.#languages = languages;
    this.#trees = new DocumentTrees({ turns, onGivenUp: (uri) => onGivenUp?.(uri), onBroken: this.#broke });
    this.#maxUnits = turns === oneTurn ? maxParsedUnits.inOneTurn : maxParsedUnits.inManyTurns;
    this.#onBreakdown = onBreakdown;
  }

  /** The result by the tree where there is one and the work budget suffices, else by the text alone. */
  ask<T>(snapshot: Snapshot, byTree: (parsed: ParsedText) => T, byText: (text: string) => T): T {
    const parsed = this.#parsedOf(snapshot);
    if (!parsed) return byText(snapshot.text);
    parsed.budget.reset();
    try {
      return byTree(parsed);
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) this.#broke(error);
      return byText(snapshot.text);
    }
  }

  parseCheck(snapshot: Snapshot, span: Span): ParseCheck | undefined {
    const { text, languageId } = snapshot;
    const grammar = this.#grammarOf(snapshot);
    if (!grammar) return this.checkBasis(snapshot) && createLayoutCheck({ languageId, text, span });
    const base = this.#parsedOf(snapshot)?.share();
    return reportingBreakdown(createParseCheck({ grammar, text, span, base }), this.#broke);
  }

  checkBasis(snapshot: Snapshot): CheckBasis | undefined {
    if (this.#grammarOf(snapshot)) return 'tree';
    const { text, languageId } = snapshot;
    return text.length <= this.#maxUnits && hasLayoutCheck(languageId) ? 'layout' : undefined;
  }

  update(snapshot: Snapshot): void {
    this.#parsedOf(snapshot);
  }

  whenParsed(snapshot: Snapshot): Promise<void> | undefined {
    const grammar = this.#grammarOf(snapshot);
    return grammar && this.#trees.whenParsed(snapshot, grammar);
  }

  close(uri: string): void {
    this.#trees.close(uri);
  }

  dispose(): void {
    this.#trees.dispose();
  }

  #grammarOf({ languageId, uri, text }: Snapshot): Grammar | undefined {
    if (text.length > this.#maxUnits || this.#isBroken || this.#trees.isGivenUp(uri)) return undefined;
    return this.#languages.get(languageId);
  }

  #parsedOf(snapshot: Snapshot): ParsedText | undefined {
    const grammar = this.#grammarOf(snapshot);
    return grammar && this.#trees.get(snapshot, grammar);
  }

  /** From a breakdown on no text has a tree: there is no second tree-sitter in a process. Any other error is thrown. */
  readonly #broke = (error: unknown): void => {
    if (!isBreakdown(error)) throw error;
    if (this.#isBroken) return;
    this.#isBroken = true;
    this.#languages.abandon();
    this.#trees.abandon();
    this.#onBreakdown?.();
  };
}

/** A byte order mark that the editor passes on is not code: a model would not repeat it. */
function withoutByteOrderMark(text: string, scope: Scope): Scope {
  const isMarked = scope.span.from === 0 && text.startsWith('\uFEFF');
  return isMarked ? { ...scope, span: { from: 1, to: Math.max(scope.span.to, 1) } } : scope;
}

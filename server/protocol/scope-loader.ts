// tree-sitter for the protocol's handlers: loaded when a document first needs it, one grammar per language, and never ahead of the latest text.

import type { Documents } from '../documents/documents.ts';
import { relativePath } from '../files/uri-paths.ts';
import type { Scopes, ScopesListener } from '../scope/scopes.ts';
import type { Wire } from './connection/wire.ts';
import { showMessage } from './feedback/messages.ts';

export interface ScopeLoaderOptions {
  /** Loads tree-sitter; called once. */
  readonly createScopes: (listener: ScopesListener) => Promise<Scopes>;
  readonly documents: Documents;
  readonly wire: Wire;
}

export class ScopeLoader {
  readonly #options: ScopeLoaderOptions;
  #scopes: Scopes | undefined;
  #loading: Promise<Scopes> | undefined;

  constructor(options: ScopeLoaderOptions) {
    this.#options = options;
  }

  /** Undefined until tree-sitter is loaded. */
  get loaded(): Scopes | undefined {
    return this.#scopes;
  }

  /** Resolves when the grammar of a language is loaded (or known not to be), and the latest text of the document `uri` parsed. */
  async load(languageId: string, uri = ''): Promise<Scopes> {
    this.#loading ??= this.#options.createScopes(this.#listener());
    this.#scopes ??= await this.#loading;
    if (!this.#scopes.ready(languageId)) await this.#scopes.load(languageId);
    for (let parsing = this.#parsing(uri); parsing; parsing = this.#parsing(uri)) await parsing;
    return this.#scopes;
  }

  /** Resolves when the latest text of a document is parsed; undefined if it is. */
  #parsing(uri: string): Promise<void> | undefined {
    const snapshot = this.#options.documents.get(uri);
    return snapshot && this.#scopes?.whenParsed(snapshot);
  }

  #listener(): ScopesListener {
    const { wire } = this.#options;
    const byLines = 'treated by lines, and no more than brackets, quotes and indentation is checked';
    return {
      onGivenUp: (uri) => {
        showMessage(wire, 'info', `${relativePath({ uri }, [])} takes too long to parse: it is ${byLines}`);
      },
      onBreakdown: () =>
        showMessage(wire, 'warning', `the parser broke down: until the server is restarted all code is ${byLines}`),
    };
  }
}

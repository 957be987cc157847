// What the menu leaves out: commands that would be refused. Asks what the commands themselves ask, as far as that takes no disk.

import type { Snapshot } from '../../documents/snapshot.ts';
import { ClientError } from '../../errors.ts';
import { checkScope } from '../../guardrails/check-scope.ts';
import type { Scope, ScopeRequest, Scopes } from '../../scope/scopes.ts';
import { selection } from '../arguments.ts';
import { boundsOf, checkedScope, scopeToExplain } from '../commands/target.ts';
import type { ServerContext } from '../server-context.ts';

/** What an action would ask for. */
export interface ActionTarget {
  /** As in the command's argument. */
  readonly range: unknown;
  readonly request?: ScopeRequest | undefined;
  readonly lane: string;
}

/** For one menu. Editors ask for one on every cursor move, and its actions mostly share a scope: what was found once is kept. */
export class Refusals {
  readonly #context: ServerContext;
  readonly #scopes: Scopes;
  readonly #snapshot: Snapshot;
  readonly #found = new Map<string, Scope>();
  readonly #isClean = new Map<string, boolean>();

  constructor(context: ServerContext, scopes: Scopes, snapshot: Snapshot) {
    this.#context = context;
    this.#scopes = scopes;
    this.#snapshot = snapshot;
  }

  /** What an edit would be of; undefined if it would be refused. */
  scopeOfEdit({ range, request = 'auto', lane }: ActionTarget): Scope | undefined {
    return this.#allowed(lane, () => {
      const chosen = selection({ range }, this.#snapshot);
      const key = `${chosen.from} ${chosen.to} ${request}`;
      const known = this.#found.get(key);
      const scope = known ?? this.#scopes.find(this.#snapshot, chosen, request, boundsOf(this.#context));
      this.#found.set(key, scope);
      return scope;
    });
  }

  /** The same of an explanation. */
  scopeOfExplanation({ range, lane }: ActionTarget): Scope | undefined {
    const snapshot = this.#snapshot;
    return this.#allowed(lane, () =>
      scopeToExplain(this.#context, this.#scopes, snapshot, selection({ range }, snapshot)),
    );
  }

  #allowed(lane: string, find: () => Scope): Scope | undefined {
    try {
      const scope = checkedScope(this.#context, { snapshot: this.#snapshot, scope: find(), lane });
      return this.#mayBeSent(scope) ? scope : undefined;
    } catch (error) {
      if (error instanceof ClientError) return undefined;
      throw error;
    }
  }

  /** Whether it holds nothing that looks like a key. */
  #mayBeSent({ span: { from, to } }: Scope): boolean {
    const key = `${from} ${to}`;
    const known = this.#isClean.get(key);
    const isClean = known ?? checkScope(this.#snapshot.text.slice(from, to), this.#context.config.guardrails).ok;
    this.#isClean.set(key, isClean);
    return isClean;
  }
}

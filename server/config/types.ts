// The shape of a complete, checked configuration, and of the layers it is made from.

import type { Action } from './actions.ts';
import type { ProviderConfig, Timers } from './presets.ts';

/** A model, and the provider that serves it. */
export interface Lane {
  readonly provider: string;
  readonly model: string;
  readonly format?: 'rewrite' | 'search-replace';
  readonly maxOutputTokens?: number;
  /** Longer scopes are refused, and the deep lane is offered. */
  readonly maxScopeLines?: number;
  /** Names of lanes, tried in this order before the first hunk. */
  readonly fallback?: readonly string[];
  readonly timers?: Partial<Timers>;
  /** In place of the provider's. */
  readonly trustDone?: boolean;
}

/** Plain bounds; see DESIGN.md §7 and the schema. */
export interface Guardrails {
  readonly maxChangedLines: number;
  readonly maxScopeLines: number;
  /** UTF-16 units: minified code has few lines. */
  readonly maxScopeChars: number;
  /** Of an object or a whole file that nobody asked for by name: of a longer one a part is the scope. */
  readonly maxModuleLines: number;
  readonly requireParse: boolean;
  readonly imports: 'ask' | 'never';
  readonly placeholders: 'reject' | 'allow';
  readonly invisibleCharacters: 'reject' | 'allow';
  readonly secrets: 'reject' | 'allow';
}

/** One of the user's own checks, with the placeholders that the schema describes. Only from a trusted layer. */
export interface Check {
  /** Language ids; absent: all. */
  readonly languages?: readonly string[];
  /** A program, started without a shell. */
  readonly command: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

/** The whole configuration, complete and checked. */
export interface Config {
  readonly lanes: Readonly<Record<string, Lane>>;
  /** The presets and the user's own, all complete. */
  readonly providers: Readonly<Record<string, ProviderConfig>>;
  /** Built in, then the user's, then the workspace's; ids are unique. */
  readonly actions: readonly Action[];
  readonly guardrails: Guardrails;
  readonly delivery: 'auto' | 'stream' | 'atomic';
  readonly format: 'auto' | 'rewrite' | 'search-replace';
  /** The checks for a file's language run in this order until one fails, on request only. */
  readonly verify: readonly Check[];
  readonly ignore: readonly string[];
  readonly timers: Timers;
  readonly trace?: string;
  readonly events: boolean;
  readonly joinsUndo: boolean;
  /** Why a lane (`lanes.fast`), all lanes (`lanes`) or a provider (`providers.x`) that is configured can't be used. */
  readonly unusable: Readonly<Record<string, string>>;
}

/** One source of configuration. */
export interface Layer {
  /** Named in problems, e.g. `the user file`. */
  readonly source: string;
  /** False for a workspace file: a cloned repository must not send code somewhere or run something. */
  readonly trusted: boolean;
  /** As parsed from JSON; undefined and null mean nothing. */
  readonly value: unknown;
  /** Why the source can't be read at all. Its lanes are unknown then, and no weaker layer's are used instead. */
  readonly unreadable?: string;
  /** Why there is no such source, where the user should know. The other layers are used. */
  readonly missing?: string;
}

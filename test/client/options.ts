// What a test client is started with: the editor it plays, its settings, its environment.

import type { Behaviour } from './behaviour.ts';

export interface ClientOptions {
  readonly behaviour?: Behaviour;
  /** Configuration, as the editor sends it. `events` is true unless told otherwise. */
  readonly initializationOptions?: unknown;
  /** What `workspace/configuration` answers for the section `quickhand`. */
  readonly settings?: unknown;
  readonly env?: Record<string, string>;
  /** The built server in a process of its own, for what only a process has: signals, pipes, an exit, a parent. Default: in the test's. */
  readonly asProgram?: boolean;
  /** Client capabilities beside the usual ones, by top-level name. */
  readonly capabilities?: Record<string, unknown>;
  /** `initialize.processId`; default: the test's own. */
  readonly processId?: number | null;
}

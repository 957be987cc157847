// What the handlers of the protocol share. Made once by the server; each part is owned elsewhere.

import type { CancellationToken } from 'vscode-languageserver-protocol';
import type { Clock } from '../clock.ts';
import type { Action, Config } from '../config/config.ts';
import type { Documents } from '../documents/documents.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { LanguageNames } from '../scope/language-names.ts';
import type { Edits } from '../session/edits.ts';
import type { Lanes } from '../session/lanes.ts';
import type { RunOne } from '../verify/sequence.ts';
import type { Client } from './client.ts';
import type { Wire } from './connection/wire.ts';
import type { DiagnosticsPublisher } from './diagnostics/publish-diagnostics.ts';
import type { Disk } from './disk.ts';
import type { WorkDone } from './feedback/work-done.ts';
import type { Proposals } from './proposals.ts';
import type { ScopeLoader } from './scope-loader.ts';
import type { Tasks } from './tasks.ts';

export interface ServerContext {
  readonly client: Client;
  /** Whether the editor takes edits, as far as is known. */
  readonly takesEdits: boolean;
  readonly config: Config;
  readonly documents: Documents;
  /** Undefined: a document is in the language that the editor says. */
  readonly languageNames: LanguageNames | undefined;
  readonly edits: Edits;
  readonly lanes: Lanes;
  readonly scopes: ScopeLoader;
  /** Explanations and checks. */
  readonly tasks: Tasks;
  /** Imports that edits proposed. */
  readonly proposals: Proposals;
  /** Progress of edits and tasks, for editors that show it. */
  readonly workDone: WorkDone;
  /** All that is published. */
  readonly diagnostics: DiagnosticsPublisher;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly version: string;
  /** Runs one of the user's checks; undefined: none is ever run. */
  readonly runCheck: RunOne | undefined;
  readonly disk: Disk | undefined;
  /** Why nothing of the document may be sent to a model; undefined if it may. Never rejects. */
  forbidden(snapshot: Snapshot): Promise<string | undefined>;
  /** The same by the document's own name and the patterns of the configuration alone: without a disk, so that it takes no time. */
  forbiddenByName(snapshot: Snapshot): Promise<string | undefined>;
  /** Runs a task right after the answer to the request that is being handled. */
  afterAnswer(task: () => void): void;
}

/** A command: reads its arguments, acts, and returns its answer or a promise of it. */
export type Command<Answer = unknown> = (
  context: ServerContext,
  args: unknown,
  token: CancellationToken,
) => Answer | Promise<Answer>;

/** The actions offered for a language, in the order of the menu. */
export function actionsFor({ actions }: Config, languageId: string): Action[] {
  return actions.filter(({ languages }) => !languages || languages.includes(languageId));
}

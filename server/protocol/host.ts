// What the handlers of the protocol share. Made once by the server; each part is owned elsewhere.

import type { Clock } from '../clock.ts';
import type { Action, Config } from '../config/config.ts';
import type { Documents } from '../documents/documents.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { Scopes } from '../scope/scopes.ts';
import type { EditSession } from '../session/edit-session.ts';
import type { Edits } from '../session/edits.ts';
import type { Lanes } from '../session/lanes.ts';
import type { RunOne } from '../verify/sequence.ts';
import type { Client } from './client.ts';
import type { Proposals } from './proposals.ts';
import type { Published } from './published.ts';
import type { Tasks } from './tasks.ts';
import type { CancellationToken, Wire } from './wire.ts';

export interface Host {
  readonly client: Client;
  /** Whether the editor takes edits, as far as is known. */
  readonly takesEdits: boolean;
  readonly config: Config;
  readonly documents: Documents;
  readonly edits: Edits;
  readonly lanes: Lanes;
  /** Explanations and checks. */
  readonly tasks: Tasks;
  /** Imports that edits proposed. */
  readonly proposals: Proposals;
  /** What the last check reported. */
  readonly published: Published;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly version: string;
  /** Runs one of the user's checks; undefined: none is ever run. */
  readonly runCheck: RunOne | undefined;
  /** Where files of ours may be written; undefined: nowhere. */
  readonly stateFolder: string | undefined;
  /** The grammar of a document's language is loaded (or known not to be) once this resolves, and the latest text of the document `uri` parsed. */
  scopes(languageId: string, uri?: string): Promise<Scopes>;
  /** Why nothing of the document may be sent to a model; undefined if it may. Never rejects. */
  forbidden(snapshot: Snapshot): Promise<string | undefined>;
  /** Runs a task right after the answer to the request that is being handled. */
  afterAnswer(task: () => void): void;
  /** Waits for the end of an edit on behalf of a request that stays open. */
  awaitEnd(session: EditSession, token: CancellationToken): Promise<unknown>;
}

/** A command: reads its arguments, acts, and returns its answer or a promise of it. */
export type Command = (host: Host, args: unknown, token: CancellationToken) => unknown;

/** The actions offered for a language, in the order of the menu. */
export function actionsFor({ actions }: Config, languageId: string): Action[] {
  return actions.filter(({ languages }) => !languages || languages.includes(languageId));
}

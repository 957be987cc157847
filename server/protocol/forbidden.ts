// Whether anything of a document may be sent to a model at all: the user's `ignore` patterns and git's rules, by the path of its uri.

import type { Config } from '../config/config.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { createIgnore } from '../guardrails/ignored.ts';
import type { Client } from './client.ts';
import { filePath, relativePath } from './paths.ts';

export interface ForbiddenOptions {
  readonly config: () => Config;
  readonly client: () => Client;
  /** Whether git ignores the file at an absolute path. If it rejects, the file is not sent. Absent: there is no git. */
  readonly gitIgnored?: (path: string) => Promise<boolean>;
}

/** Why nothing of the document may be sent; undefined if it may. Never rejects. */
export function createForbidden({ config, client, gitIgnored }: ForbiddenOptions) {
  return async (document: Pick<Snapshot, 'uri'>): Promise<string | undefined> => {
    const { folders } = client();
    const path = filePath(document.uri);
    const isInside = folders.some((folder) => document.uri.startsWith(`${folder}/`));
    const mayBeSent = createIgnore({
      patterns: config().ignore,
      gitIgnored: async () => (path === undefined ? false : (gitIgnored?.(path) ?? false)),
    });
    const verdict = await mayBeSent(path === undefined || isInside ? relativePath(document, folders) : path);
    return verdict.ok ? undefined : verdict.reason;
  };
}

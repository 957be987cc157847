// Whether anything of a document may be sent to a model at all: the user's `ignore` patterns and git's rules, by every name that the file goes by.

import type { Config } from '../config/config.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import type { ResolvedPath } from '../files/resolve-links.ts';
import { isAbsolute, pathsOf, relativeTo } from '../files/uri-paths.ts';
import { isWithin } from '../files/within.ts';
import { createIgnore } from '../guardrails/ignored-files.ts';
import type { Verdict } from '../guardrails/verdict.ts';
import type { Client } from './client.ts';

export interface ForbiddenOptions {
  readonly config: () => Config;
  readonly client: () => Client;
  /** Whether git ignores the file at an absolute path. If it rejects, the file is not sent. Absent: there is no git. */
  readonly gitIgnored?: (path: string) => Promise<boolean>;
  /** Where an absolute path really leads. Absent: where it says, as there is no disk. */
  readonly resolveLinks?: (path: string) => Promise<ResolvedPath>;
}

/** Why nothing of the document may be sent; undefined if it may. Never rejects. */
export function createForbidden({ config, client, gitIgnored, resolveLinks = asSaid }: ForbiddenOptions) {
  return async ({ uri }: Pick<Snapshot, 'uri'>): Promise<string | undefined> => {
    const names = await namesOf(uri, client().folders, resolveLinks).catch(() => undefined);
    if (names === undefined) return 'could not find out which file this really is; nothing was sent';
    const byPattern = createIgnore({ patterns: config().ignore, gitIgnored: async () => false });
    const byGit = createIgnore({ patterns: [], gitIgnored: async (path) => (await gitIgnored?.(path)) ?? false });
    return (
      refusal(await Promise.all(names.paths.map(byPattern))) ?? refusal(await Promise.all(names.onDisk.map(byGit)))
    );
  };
}

function refusal(verdicts: readonly Verdict[]): string | undefined {
  const refused = verdicts.find((verdict) => !verdict.ok);
  return refused && !refused.ok ? refused.reason : undefined;
}

const asSaid = async (path: string): Promise<ResolvedPath> => ({ links: [], real: path });

/** No path that a file can have is longer, with every byte escaped (PATH_MAX is 4096). */
const maxUri = 13_000;

/** What a document goes by. */
interface Names {
  /** For patterns: relative to each workspace folder that it is in, else absolute or a bare name. */
  readonly paths: readonly string[];
  /** For git: absolute, without links in their folders. */
  readonly onDisk: readonly string[];
}

/**
 * A link counts by its own name and by that of what it leads to: both hold what is sent. Outside of the workspace a link's own name is the user's
 * business: a home folder under version control often ignores everything in it.
 */
async function namesOf(
  uri: string,
  folderUris: readonly string[],
  resolveLinks: (path: string) => Promise<ResolvedPath>,
): Promise<Names> {
  if (uri.length > maxUri) throw new Error('no file has such a long name');
  const named = folderUris.map((folder) => pathsOf(folder)[0]!);
  const real = await Promise.all(named.filter(isAbsolute).map(async (folder) => (await resolveLinks(folder)).real));
  const paths = new Set<string>();
  const onDisk = new Set<string>();
  const add = (path: string) => {
    const inside = relativeTo([...named, ...real], path);
    for (const name of inside.length > 0 ? inside : [path]) paths.add(name);
  };
  for (const path of pathsOf(uri)) {
    if (path.includes('\0')) throw new Error('no file has such a name');
    add(path);
    if (!isAbsolute(path)) continue;
    const resolved = await resolveLinks(path);
    const links = resolved.links.filter((link) => real.some((folder) => isWithin(folder, link)));
    for (const place of [...links, resolved.real]) {
      add(place);
      onDisk.add(place);
    }
  }
  return { paths: [...paths], onDisk: [...onDisk] };
}

// Resolves the symbolic links of a path: each link on the way, and the real path at the end.

import { readlink, realpath } from 'node:fs/promises';
import { dirname, join, normalize, parse, resolve, sep } from 'node:path';

/** As in Linux; a longer chain is taken for a circle. */
const maxLinks = 40;

export interface ResolvedPath {
  /** Each link that was followed, by a path without links before it; in order. */
  readonly links: readonly string[];
  /** Without links. What does not exist (yet) counts by the real path of the nearest folder that does. */
  readonly real: string;
}

/** `path` is absolute and need not exist. Rejects if its links go in a circle. */
export async function resolveLinks(path: string): Promise<ResolvedPath> {
  const links: string[] = [];
  const { root } = parse(path);
  let at = root;
  const names = namesIn(normalize(path).slice(root.length));
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const here = name === '..' ? dirname(at) : join(at, name);
    const target = await readlink(here).catch(() => undefined);
    if (target === undefined) at = here;
    else {
      links.push(here);
      if (links.length > maxLinks) throw new Error(`${path}: too many links`);
      const { root: start } = parse(target);
      at = resolve(at, start);
      names.unshift(...namesIn(target.slice(start.length)));
    }
  }
  return { links, real: await asSpelled(at) };
}

const namesIn = (path: string): string[] =>
  path.split(sep === '\\' ? /[\\/]/ : '/').filter((name) => name !== '' && name !== '.');

/** As the disk spells it: where letter case or short names do not count, one file has several paths. */
async function asSpelled(path: string): Promise<string> {
  const spelled = await realpath(path).catch(() => undefined);
  if (spelled !== undefined || dirname(path) === path) return spelled ?? path;
  return join(await asSpelled(dirname(path)), path.slice(dirname(path).length));
}

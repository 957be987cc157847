// Whether a path lies in a folder: by its names, not by how it begins.

import { isAbsolute, relative, sep } from 'node:path';

/** Both absolute. The folder itself lies in it. Looks at no disk: ask with real paths where links count. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

// Everything that is no ordinary file and can lie where one is expected. Opened and read as a file it hangs, never ends, or fills the memory.

import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** Each puts one at a path; what it returns takes away more than the path. */
export const odd: Readonly<Record<string, (path: string) => Promise<(() => Promise<unknown>) | undefined>>> = {
  'a folder': (path) => mkdir(path).then(nothingMore),
  'a pipe': async (path) => void execFileSync('mkfifo', [path]) as undefined,
  'a link to the standard input': (path) => symlink('/dev/stdin', path).then(nothingMore),
  'a link to the terminal': (path) => symlink('/dev/tty', path).then(nothingMore),
  'a link to an endless device': (path) => symlink('/dev/zero', path).then(nothingMore),
  'ten gigabytes': (path) =>
    writeFile(path, '')
      .then(() => truncate(path, 10_000_000_000))
      .then(nothingMore),
  async 'a socket'(path) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    return () => new Promise((resolve) => server.close(resolve));
  },
};

const nothingMore = (): undefined => undefined;

// The program: turns on Node's compile cache before anything worth caching is loaded, then starts the server or a command of the terminal.

import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isServerCommand } from './cli/server-command.ts';
import { cacheFolder } from './files/homes.ts';

const { env } = process;

/**
 * In the user's cache folder, never in the repository that is edited; and not in Node's default place, which is a folder that others on the machine may
 * write to, because what it holds is run. Node 20 has no such cache. It never throws: what can't be read or written there is compiled as ever.
 */
const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown };
const caches = cacheFolder(env);
if (caches !== undefined) enableCompileCache?.(join(caches, 'quickhand', 'compiled'));

const script = fileURLToPath(import.meta.url);
const argv = process.argv.slice(2);
if (isServerCommand(argv)) (await import('./main.ts')).startServer(dirname(script));
else {
  const { runCli } = await import('./cli/run-cli.ts');
  const { outputOn } = await import('./cli/io.ts');
  const [stdout, stderr] = [outputOn(process.stdout), outputOn(process.stderr)];
  const isTTY = process.stdout.isTTY === true;
  const streams = { stdin: process.stdin, stdout, stderr, isTTY };
  const status = await runCli(argv, { ...streams, env, cwd: process.cwd(), script, nodeFlags: process.execArgv });
  // Nothing that is still open keeps the terminal waiting; what was written has arrived.
  process.exit(status);
}

// The composition root: puts the parts together and starts what was asked for. No logic.

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asksForServer } from './cli/serving.ts';
import { systemClock } from './clock.ts';
import { environmentLayer } from './config/lanes.ts';
import { loadUserFile, loadWorkspaceFile, stampFiles } from './config/load.ts';
import { placesOf } from './files/places.ts';
import { createGitIgnored } from './git/ignored.ts';
import { Ledger, ledgerPath } from './ledger/ledger.ts';
import { endChildren } from './processes/child.ts';
import { serve } from './protocol/server.ts';
import { openStdio } from './protocol/stdio.ts';
import { Lanes } from './session/lanes.ts';
import { eventLoopTurns } from './turns.ts';

declare const __VERSION__: string;

const { env } = process;
const script = fileURLToPath(import.meta.url);
/** Where the build puts the grammars and tree-sitter beside us. */
const assets = fileURLToPath(new URL('.', import.meta.url));

/** Between asking what still runs to end and ending it. */
const checkGraceMs = 1000;

function startServer(): void {
  const file = ledgerPath(env);
  const ours = file === undefined ? undefined : dirname(file);
  const ledger = new Ledger({ file, onProblem: (message) => stdio.log(message) });
  const stdio = openStdio(() => Promise.all([ledger.flush(), endChildren(checkGraceMs)]));
  const turns = eventLoopTurns();
  serve({
    ...stdio,
    clock: systemClock,
    version: __VERSION__,
    book: ledger,
    afterAnswer: (task) => void setImmediate(task),
    placesOf,
    turns,
    createScopes: async (told) =>
      (await import('./scope/create-scopes.ts')).createScopes({ dir: assets, turns, ...told }),
    gitIgnored: createGitIgnored({ env, now: () => systemClock.now() }),
    runCheck: async (invocation, signal) => (await import('./verify/run.ts')).runCheck(invocation, { env, signal }),
    ...(ours !== undefined && { stateFolder: ours }),
    loadAsk: async (options) => (await import('./session/ask.ts')).createAsk(options),
    createLanes: (config) =>
      new Lanes({
        clock: systemClock,
        env,
        config,
        ...(ours !== undefined && { traceFolder: ours }),
        createProvider: async (provider) =>
          (await import('./models/create-provider.ts')).createProvider(provider, { clock: systemClock, env }),
        startRehearsal: async () =>
          (await (await import('./rehearsal/rehearsal.ts')).startRehearsal({ hidden: true })).url,
      }),
    findModels: async ({ providers }) =>
      (await import('./models/discovery.ts')).discover({ providers, env, timeoutMs: 500 }),
    stampLayers: (folders) => stampFiles(env, folders),
    loadLayers: async (folders) => ({
      below: await Promise.all([loadUserFile(env), ...folders.map(loadWorkspaceFile)]),
      above: [environmentLayer(env)],
    }),
  });
  stdio.listen();
}

const argv = process.argv.slice(2);
if (asksForServer(argv)) startServer();
else {
  const { runCli } = await import('./cli/run.ts');
  const { outputOn } = await import('./cli/io.ts');
  const [stdout, stderr] = [outputOn(process.stdout), outputOn(process.stderr)];
  const isTTY = process.stdout.isTTY === true;
  const status = await runCli(argv, { stdin: process.stdin, stdout, stderr, env, cwd: process.cwd(), isTTY, script });
  // Nothing that is still open keeps the terminal waiting; what was written has arrived.
  process.exit(status);
}

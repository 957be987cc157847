// The composition root of the server: puts the parts together. No logic.

import { dirname, join, resolve } from 'node:path';
import { systemClock } from './clock.ts';
import { environmentLayer } from './config/choose-model.ts';
import { loadUserFile, loadWorkspaceFile, stampFiles } from './config/load.ts';
import { isFile } from './files/look.ts';
import { programFiles } from './files/program-files.ts';
import { readText } from './files/read.ts';
import { resolveLinks } from './files/resolve-links.ts';
import { createGitIgnored } from './git/git-ignored.ts';
import { Ledger, ledgerPath } from './ledger/ledger.ts';
import { endChildren } from './processes/child.ts';
import { programVersion } from './program-version.ts';
import { nearestManifests, packageFolder } from './project/nearest-manifest.ts';
import { openStdio, type Stdio } from './protocol/connection/stdio.ts';
import { serve } from './protocol/server.ts';
import { readLanguageNames } from './scope/language-names.ts';
import type { Languages } from './scope/languages.ts';
import { Lanes } from './session/lanes.ts';
import { eventLoopTurns, type Turns } from './turns.ts';

/** Between asking what still runs to end and ending it. */
const checkGraceMs = 1000;

export interface ServerParts {
  /** Where the build puts the grammars and tree-sitter, beside the program. This file may be bundled into another folder. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Languages that outlive the server, and the turns that they parse in. Absent: it loads its own when a document first needs them. */
  readonly shared?: { readonly languages: Languages; readonly turns: Turns };
  /** Opens the way to the editor; `onLeave` runs once before the server ends. */
  readonly open: (onLeave: () => Promise<unknown>) => Stdio;
}

/** The server of this process, on its standard input and output. */
export function startServer(folder: string): void {
  assembleServer({ folder, env: process.env, open: openStdio });
}

/** Starts to serve whoever is at the other end of `open`. */
export function assembleServer({ folder, env, shared, open }: ServerParts): void {
  const assets = programFiles(folder);
  const file = ledgerPath(env);
  const ours = file === undefined ? undefined : dirname(file);
  const ledger = new Ledger({ file, onProblem: (message) => stdio.log(message) });
  const stdio = open(() => Promise.all([ledger.flush(), endChildren(checkGraceMs)]));
  const turns = shared?.turns ?? eventLoopTurns();
  serve({
    ...stdio,
    clock: systemClock,
    version: programVersion,
    ledger,
    afterAnswer: (task) => void setImmediate(task),
    resolveLinks,
    turns,
    readLanguageNames: () => readLanguageNames(assets),
    createScopes: async (told) =>
      (await import('./scope/create-scopes.ts')).createScopes({
        assets,
        turns,
        ...(shared && { languages: shared.languages }),
        ...told,
      }),
    gitIgnored: createGitIgnored({ env, now: () => systemClock.now() }),
    runCheck: async (invocation, signal) =>
      (await import('./verify/run-check.ts')).runCheck(invocation, { env, signal }),
    disk: {
      isFile,
      readText,
      nearestManifests,
      packageFolder,
      ...(ours !== undefined && {
        keepExplanation: async (explanation) =>
          (await import('./files/explanation-file.ts')).keepExplanation(join(ours, 'explanations'), explanation),
        keepAnswer: async (answer) =>
          (await import('./files/answer-file.ts')).keepAnswer(join(ours, 'answers'), answer),
      }),
    },
    loadPrepare: async (options) => (await import('./session/prepare.ts')).createPrepare(options),
    createLanes: (config) =>
      new Lanes({
        env,
        config,
        ...(ours !== undefined && {
          openTrace: async (name) => (await import('./models/trace.ts')).openTrace(resolve(ours, name)),
        }),
        createProvider: async (provider) =>
          (await import('./models/create-provider.ts')).createProvider(provider, { clock: systemClock, env }),
        startRehearsal: async () =>
          (await (await import('./rehearsal/rehearsal.ts')).startRehearsal({ hidden: true })).url,
      }),
    findModels: async ({ providers }) =>
      (await import('./models/discovery.ts')).discoverModels({ providers, env, timeoutMs: 500 }),
    stampLayers: (folders) => stampFiles(env, folders),
    loadLayers: async (folders) => ({
      below: await Promise.all([loadUserFile(env), ...folders.map(loadWorkspaceFile)]),
      above: [environmentLayer(env)],
    }),
  });
  stdio.listen();
}

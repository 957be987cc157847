// VS Code's server on loopback, with the extensions that a test names; it ends with the sandbox.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { pagePort } from './browser.ts';
import { install } from './install.ts';
import type { Sandbox } from './sandbox.ts';

/** Above anything measured (0.5-3 s). */
const startMs = 60_000;

export interface CodeServerOptions {
  /** Unpacked extensions (folders) to copy, and packed ones (.vsix) to install. */
  readonly extensions: readonly string[];
  readonly settings: object;
  readonly env: Readonly<Record<string, string>>;
}

/** Gives the address at which VS Code can be opened. */
export async function startCodeServer(sandbox: Sandbox, options: CodeServerOptions): Promise<string> {
  const run = await program(sandbox);
  for (const extension of options.extensions) {
    if (extension.endsWith('.vsix')) await run.once('--install-extension', extension);
    else cpSync(extension, sandbox.path('extensions', basename(extension)), { recursive: true });
  }
  // Settings of machine scope count only where the extension host runs.
  for (const place of ['User', 'Machine']) {
    sandbox.write(`home/code/${place}/settings.json`, JSON.stringify(options.settings));
  }
  const server = spawn(run.node, [run.entry, ...run.args, ...(await listening()), sandbox.path('work')], {
    env: { ...sandbox.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  sandbox.onEnd(async () => {
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
  });
  return await addressOf(server);
}

async function listening(): Promise<string[]> {
  return ['--auth', 'none', '--bind-addr', `127.0.0.1:${await pagePort()}`, '--disable-workspace-trust'];
}

async function program(sandbox: Sandbox) {
  const dir = await install('vscode');
  const node = join(dir, 'bin/node');
  const entry = join(dir, 'node_modules/code-server/out/node/entry.js');
  const args = ['--user-data-dir', sandbox.path('home/code'), '--extensions-dir', sandbox.path('extensions')];
  args.push('--disable-telemetry', '--disable-update-check');
  const once = (...more: string[]) => promisify(execFile)(node, [entry, ...args, ...more], { env: sandbox.env });
  return { node, entry, args, once };
}

/** The address that it prints when it listens. */
async function addressOf(server: ReturnType<typeof spawn>): Promise<string> {
  let said = '';
  const timer = setTimeout(() => server.kill(), startMs);
  for await (const line of createInterface(server.stdout!)) {
    said += `${line}\n`;
    const address = /listening on (http:\S+)/.exec(line)?.[1];
    if (!address) continue;
    clearTimeout(timer);
    server.stdout!.resume();
    server.stderr!.resume();
    return address;
  }
  throw new Error(`VS Code did not start:\n${said}`);
}

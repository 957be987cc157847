// Zed's part for a language server that an extension named: starts it and talks to it, with the settings that the extension passes on.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { cleanEnv } from '../../client/surroundings.ts';
import type { Extension } from './host.ts';

interface Asked {
  readonly items: readonly { readonly section: string }[];
}

/** What the server says of itself: `lanes` once it has read its settings. */
export interface Said {
  readonly serverInfo: { readonly name: string; readonly version: string };
  readonly lanes: Readonly<Record<string, { readonly model?: string; readonly rehearsal?: boolean }>>;
}

/** From the command to the server's end. `folder`: the project, and the user's home. */
export async function askServer(extension: Extension, folder: string): Promise<Said> {
  const { command, args, env } = extension.command();
  const child = spawn(command, args, { cwd: folder, env: { ...cleanEnv(folder), ...Object.fromEntries(env) } });
  const exited = once(child, 'exit');
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const configured = new Promise<void>((resolve) => {
    // Zed looks the section up as one key of what the extension gave it.
    connection.onRequest('workspace/configuration', ({ items }: Asked) => {
      setImmediate(resolve); // once the answer is on its way
      const all = extension.configuration() as Record<string, unknown> | undefined;
      return items.map(({ section }) => all?.[section] ?? null);
    });
  });
  connection.listen();
  const { serverInfo } = await connection.sendRequest<Said>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { applyEdit: true, configuration: true } },
    initializationOptions: extension.initializationOptions(),
  });
  await connection.sendNotification('initialized', {});
  await configured;
  const { lanes } = await connection.sendRequest<Said>('workspace/executeCommand', { command: 'quickhand.status' });
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await exited;
  connection.dispose();
  return { serverInfo, lanes };
}

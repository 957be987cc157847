// workspace/executeCommand: finds the command by its name, and cleans its answer for people.

import type { CancellationToken, LSPAny } from 'vscode-languageserver-protocol';
import { ClientError } from '../../errors.ts';
import { commands } from '../commands/index.ts';
import { sanitize } from '../connection/sanitize.ts';
import type { Command, ServerContext } from '../server-context.ts';
import { object } from '../untyped.ts';

/** The command that is asked for, ready to be run. Throws ClientError if there is no such command. */
export function commandIn(params: unknown): (context: ServerContext, token: CancellationToken) => Promise<LSPAny> {
  const { command, arguments: args } = object(params);
  const run = typeof command === 'string' && Object.hasOwn(commands, command) ? commandNamed(command) : undefined;
  if (!run) {
    const problem = typeof command === 'string' ? `there is no "${command}"` : 'expected the name of a command';
    throw new ClientError(`command: ${problem}; choose one of ${Object.keys(commands).join(', ')}`);
  }
  // The answers are interfaces, which TypeScript does not take for JSON.
  return async (context, token) => sanitize(await run(context, args, token)) as LSPAny;
}

const commandNamed = (name: string): Command => commands[name as keyof typeof commands];

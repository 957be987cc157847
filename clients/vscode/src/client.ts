// The language client: how the server is started, and the messages that the extension handles itself.
import { type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import {
  CancellationToken,
  DidChangeConfigurationNotification,
  ExecuteCommandRequest,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { Edits } from './edits.ts';
import { type EditEvent, editEvent } from './events.ts';
import type { JoinUndo } from './join-undo.ts';
import { selector } from './place.ts';
import { contributedKeys, ownServer, settingsThatAreSet } from './settings.ts';

export interface ClientOptions {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly edits: Edits;
  readonly undo: JoinUndo;
}

/** Commands after which an edit is not shown any more. */
const lastCommands = ['quickhand.keep', 'quickhand.revert'];

/** A client that is not started yet. */
export function createClient({ context, log, edits, undo }: ClientOptions): LanguageClient {
  const keys = contributedKeys(context.extension.packageJSON);
  const options: LanguageClientOptions = {
    documentSelector: selector,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions: { events: true, joinsUndo: true },
    middleware: {
      executeCommand: async (command, args) => {
        const answer = await execute(command, args);
        if (lastCommands.includes(command) && answer) edits.forget(args[0]?.editId);
        return answer;
      },
      workspace: {
        configuration: () => [settingsThatAreSet(keys)],
        handleApplyEdit: (params, next) => undo.apply(params) ?? next(params, CancellationToken.None),
      },
    },
  };
  const client = new LanguageClient('quickhand', 'Quickhand', serverOptions(context), options);
  // The message of an error response is for the user: it says what was wrong with the request.
  const execute = (command: string, args: unknown[]): Promise<unknown> =>
    client.sendRequest(ExecuteCommandRequest.type, { command, arguments: args }).catch((error: Error) => {
      log.warn(`${command}: ${error.message}`);
      void window.showErrorMessage(`Quickhand: ${error.message}`);
    });
  client.onNotification(editEvent, (event: EditEvent) => {
    if (event.kind === 'begin' || event.kind === 'end') undo.separate();
    edits.handle(event);
  });
  context.subscriptions.push(
    client.onDidChangeState(({ newState }) => newState === State.Stopped && edits.clear()),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration('quickhand') || !client.isRunning()) return;
      void client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    }),
  );
  return client;
}

function serverOptions({ extensionUri }: ExtensionContext): ServerOptions {
  const [command, ...args] = ownServer();
  if (command) return { command, args };
  const server = { module: `${extensionUri.fsPath}/server/quickhand.js`, transport: TransportKind.stdio };
  return { run: server, debug: server };
}

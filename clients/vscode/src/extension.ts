// The composition root: starts the server and the views. No logic.
import { type ExtensionContext, window } from 'vscode';
import { createClient } from './client.ts';
import { registerCommands } from './commands.ts';
import { Edits } from './edits.ts';
import { JoinUndo } from './join-undo.ts';
import { showLens } from './lens.ts';
import { showRegions } from './region.ts';
import { showStatus } from './status.ts';

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('Quickhand', { log: true });
  const edits = new Edits();
  const client = createClient({ context, log, edits, undo: new JoinUndo() });
  context.subscriptions.push(
    log,
    edits,
    showRegions(edits),
    showLens(edits),
    showStatus(edits),
    ...registerCommands({ client, edits, history: context.workspaceState, log }),
    // A client that is stopped before it has started would fail.
    { dispose: () => client.needsStop() && client.stop() },
  );
  await client.start();
}

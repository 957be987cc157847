// The commands of the palette: each asks for missing input and runs the server's command of that name.
import { commands, type Disposable, type LogOutputChannel, type Memento, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { ask } from './ask.ts';
import type { Edits } from './edits.ts';
import { currentPlace, isSelection } from './place.ts';

export interface CommandOptions {
  readonly client: LanguageClient;
  readonly edits: Edits;
  readonly history: Memento;
  readonly log: LogOutputChannel;
}

/** The one argument that a lens hands to a command. */
interface OfEdit {
  readonly editId?: string;
}

export function registerCommands({ client, edits, history, log }: CommandOptions): Disposable[] {
  /** Runs a command of the server once it has started; the client's middleware shows errors. */
  const run = async (name: string, argument: object) => {
    await client.start();
    await commands.executeCommand(`quickhand.${name}`, argument);
  };
  /** The edit to act on: the one of the lens; else a running one of this document, else its newest. Without any the server decides. */
  const target = (given?: OfEdit): OfEdit => {
    if (given?.editId) return { editId: given.editId };
    const document = window.activeTextEditor?.document;
    const here = document ? edits.of(document) : [];
    const editId = (here.find(({ end }) => !end) ?? here[0])?.editId;
    return editId ? { editId } : {};
  };
  const handlers: Record<string, (given?: OfEdit) => unknown> = {
    ask: async () => {
      const place = currentPlace();
      if (!place) return;
      const instruction = await ask({ title: 'Quickhand', placeholder: 'What should be done here?', history });
      if (instruction) await run('edit', { ...place, ...(isSelection(place) && { scope: 'selection' }), instruction });
    },
    steer: async (given) => {
      const edit = target(given);
      const instruction = await ask({ title: 'Quickhand: redirect', placeholder: 'What should be different?' });
      if (instruction?.trim()) await run('steer', { ...edit, instruction });
    },
    explain: async () => {
      const place = currentPlace();
      if (!place) return;
      const question = await ask({ title: 'Quickhand: explain', placeholder: 'A question, or nothing' });
      if (question !== undefined) await run('explain', { ...place, ...(question.trim() && { question }) });
    },
    stop: (given) => run('cancel', target(given)),
    keep: (given) => run('keep', target(given)),
    revert: (given) => run('revert', target(given)),
    retry: (given) => run('retry', target(given)),
    answer: (given) => run('answer', target(given)),
    verify: () => {
      const textDocument = currentPlace()?.textDocument;
      return textDocument && run('verify', { textDocument, wait: false });
    },
    menu: () => commands.executeCommand('workbench.action.quickOpen', '>Quickhand: '),
    log: () => log.show(),
    walkthrough: () => commands.executeCommand('workbench.action.openWalkthrough', 'quickhand.quickhand#start'),
    restart: () => client.restart(),
  };
  return Object.entries(handlers).map(([name, handler]) => commands.registerCommand(`quickhand.ui.${name}`, handler));
}

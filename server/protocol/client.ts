// What the editor said of itself in initialize, reduced to what the server acts on.

import { object } from './untyped.ts';

/** Taken from `initialize` once; never changes. */
export interface Client {
  readonly name: string;
  /** Whether it takes edits from the server at all. */
  readonly appliesEdits: boolean;
  readonly showsProgress: boolean;
  readonly showsDocuments: boolean;
  readonly answersConfiguration: boolean;
  /** Folders of the workspace as file URIs, without a slash at the end. */
  readonly folders: readonly string[];
  readonly processId: number | undefined;
  /** `initializationOptions` as they came. */
  readonly options: Record<string, unknown>;
  /** Whether it opted in to `$/quickhand/edit`. */
  readonly wantsEvents: boolean;
  /** Whether a shim joins our edits into one undo step. */
  readonly joinsUndo: boolean;
}

type Json = Record<string, unknown>;

/** Reads anything that calls itself InitializeParams; what is missing or of a wrong type counts as absent. */
export function clientFrom(params: unknown): Client {
  const all = object(params);
  const info = object(all.clientInfo);
  const capabilities = object(all.capabilities);
  const workspace = object(capabilities.workspace);
  const window = object(capabilities.window);
  const options = object(all.initializationOptions);
  // What a shim says, in either of the two places for settings, or as a capability.
  const shim = [options, object(options.quickhand), object(object(capabilities.experimental).quickhand)];
  return {
    name: String(info.name ?? ''),
    appliesEdits: workspace.applyEdit !== false,
    showsProgress: window.workDoneProgress === true,
    showsDocuments: object(window.showDocument).support === true,
    answersConfiguration: workspace.configuration === true,
    folders: foldersFrom(all),
    processId: typeof all.processId === 'number' ? all.processId : undefined,
    options,
    wantsEvents: shim.some(({ events }) => events === true),
    joinsUndo: shim.some(({ joinsUndo }) => joinsUndo === true),
  };
}

/** Whether it is one of the vi family, which waits for a key when a message does not fit into a line. */
export function isTerminalVi({ name }: Client): boolean {
  return /vim|^ale$/i.test(name);
}

function foldersFrom({ workspaceFolders, rootUri }: Json): string[] {
  const folders = Array.isArray(workspaceFolders) ? workspaceFolders.map((folder) => object(folder).uri) : [rootUri];
  return folders.filter((uri) => typeof uri === 'string').map((uri) => uri.replace(/\/$/, ''));
}

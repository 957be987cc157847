// Starts the server as a child process and talks to it over stdio, as an editor does. Owns the child.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { CliDocument, TextEdit } from './document.ts';
import { CliError, type CliIo } from './io.ts';
import { version } from './version.ts';

/** `$/quickhand/edit` (design §4), as far as the command line looks at it. */
export interface EditEvent {
  readonly kind: 'begin' | 'hunk' | 'report' | 'end';
  readonly editId: string;
  readonly chars?: number;
}

/** `workspace/applyEdit`, as this client understands it. */
interface ApplyEdit {
  readonly edit: {
    readonly documentChanges?: readonly {
      readonly textDocument: { readonly uri: string; readonly version?: number | null };
      readonly edits?: readonly TextEdit[];
    }[];
  };
}

/** What `quickhand.edit` with `wait: true` answers. */
export interface Ended {
  readonly editId: string;
  readonly outcome: 'completed' | 'cancelled' | 'superseded' | 'rejected' | 'failed';
  readonly reason?: string;
  readonly timing: Readonly<Partial<Record<string, number>>>;
}

export interface ServerOptions {
  readonly io: CliIo;
  readonly env?: NodeJS.ProcessEnv;
  readonly document: CliDocument;
  /** The server has something to say to the user. */
  readonly onMessage: (message: string) => void;
  readonly onEvent?: (event: EditEvent) => void;
  /** The document has a new text; called before the server hears of it. */
  readonly onChange?: () => void;
}

/** How long a server that was told to go may take. */
const EXIT_MS = 2000;

/** The server with one document open at a time. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #options: ServerOptions;
  /** Rejects when the child goes before it was told to. */
  readonly #gone: Promise<never>;
  #document: CliDocument;
  #stderr = '';

  private constructor(options: ServerOptions) {
    const { io, env = io.env } = options;
    this.#options = options;
    this.#document = options.document;
    this.#child = spawn(process.execPath, [io.script, '--stdio'], { cwd: io.cwd, env, stdio: 'pipe', detached: true });
    const { stdin, stdout, stderr } = this.#child;
    stderr!.on('data', (chunk) => {
      this.#stderr += chunk;
    });
    stdin!.on('error', () => {}); // its exit says it
    this.#connection = createMessageConnection(new StreamMessageReader(stdout!), new StreamMessageWriter(stdin!));
    this.#gone = this.#watch();
    this.#listen();
  }

  /** Starts the server, initializes it and opens the document. */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const server = new ServerProcess(options);
    await server.#initialize();
    return server;
  }

  /** Sends a command; a signal cancels the request. Rejects with a CliError that says what the server said. */
  async command<T>(command: string, argument: object, signal?: AbortSignal): Promise<T> {
    const params = { command, arguments: [argument] };
    return this.#ask<T>('workspace/executeCommand', params, signal);
  }

  /** Opens a document in place of the present one. */
  async open(document: CliDocument): Promise<void> {
    const { uri } = this.#document.snapshot;
    await this.#connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    this.#document = document;
    await this.#didOpen();
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'close');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), EXIT_MS);
    await this.#connection.sendRequest('shutdown').catch(() => {});
    await this.#connection.sendNotification('exit').catch(() => {});
    await exited;
    clearTimeout(timer);
    this.#connection.dispose();
  }

  #watch(): Promise<never> {
    const gone = new Promise<never>((_, reject) => {
      const end = (why: string) => reject(new CliError(1, `the server ended: ${this.#stderr.trim() || why}`));
      this.#child.on('error', (error) => end(error.message));
      this.#child.on('close', (code, signal) => end(`exit status ${code ?? signal}`));
    });
    gone.catch(() => {}); // nobody may be waiting
    return gone;
  }

  async #initialize(): Promise<void> {
    const { io } = this.#options;
    const folder = pathToFileURL(io.cwd).href;
    await this.#ask('initialize', {
      processId: process.pid,
      clientInfo: { name: 'quickhand', version: version() },
      rootUri: folder,
      workspaceFolders: [{ uri: folder, name: 'workspace' }],
      capabilities: { workspace: { applyEdit: true, workspaceEdit: { documentChanges: true } } },
      initializationOptions: { events: true, joinsUndo: true },
    });
    await this.#connection.sendNotification('initialized', {});
    await this.#didOpen();
  }

  async #didOpen(): Promise<void> {
    const { uri, languageId, version: first, text } = this.#document.snapshot;
    const textDocument = { uri, languageId, version: first, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  async #ask<T>(method: string, params: object, signal?: AbortSignal): Promise<T> {
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel(); // the connection then sends `$/cancelRequest`
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    try {
      return await Promise.race([this.#connection.sendRequest<T>(method, params, source.token), this.#gone]);
    } catch (error) {
      throw error instanceof CliError ? error : new CliError(1, error instanceof Error ? error.message : String(error));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  #listen(): void {
    const { onMessage, onEvent } = this.#options;
    const connection = this.#connection;
    connection.onRequest('workspace/applyEdit', (params: ApplyEdit) => this.#apply(params));
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => onMessage(message));
    connection.onNotification('$/quickhand/edit', (event: EditEvent) => onEvent?.(event));
    connection.onError(() => {}); // a broken pipe: the exit of the child says it
    connection.listen();
  }

  /** The server hears of the new text before it gets its answer, as in most editors. */
  #apply({ edit }: ApplyEdit): { applied: boolean; failureReason?: string } {
    const document = this.#document;
    const { onChange } = this.#options;
    const [change] = edit.documentChanges ?? [];
    if (!change?.edits || change.textDocument.uri !== document.snapshot.uri) {
      return { applied: false, failureReason: 'not a change of the open document' };
    }
    const { edits } = change;
    if (!document.apply(change.textDocument.version, edits)) return { applied: false, failureReason: 'stale version' };
    onChange?.();
    const { uri, version: current, text } = document.snapshot;
    void this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: current },
      contentChanges: [{ text }],
    });
    return { applied: true };
  }
}

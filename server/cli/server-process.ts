// Starts the server as a child process and talks to it over stdio, as an editor does. Owns the child.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import {
  ApplyWorkspaceEditRequest,
  type ApplyWorkspaceEditResult,
  CancellationTokenSource,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExecuteCommandRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  type RequestParam,
  type RequestType,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentEdit,
  TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { programVersion } from '../program-version.ts';
import { type EditEvent, editEvent } from '../protocol/quickhand-messages.ts';
import type { CliDocument } from './document.ts';
import { CliError, type CliIo } from './io.ts';

export interface ServerProcessOptions {
  readonly io: CliIo;
  readonly env?: NodeJS.ProcessEnv;
  readonly document: CliDocument;
  /** Settings as an editor passes them along. */
  readonly settings?: object;
  /** The server has something to say to the user. */
  readonly onMessage: (message: string) => void;
  readonly onEvent?: (event: EditEvent) => void;
  /** The document has a new text; called before the server hears of it. */
  readonly onChange?: () => void;
}

/** How long a server that was told to go may take. */
const exitMs = 2000;

/** The server with one document open at a time. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #options: ServerProcessOptions;
  /** Rejects when the child goes before it was told to. */
  readonly #gone: Promise<never>;
  #document: CliDocument;
  #stderr = '';

  private constructor(options: ServerProcessOptions) {
    const { io, env = io.env } = options;
    this.#options = options;
    this.#document = options.document;
    this.#child = spawn(process.execPath, [...io.nodeFlags, io.script, '--stdio'], {
      cwd: io.cwd,
      env,
      stdio: 'pipe',
      detached: true,
    });
    const { stdin, stdout, stderr } = this.#child;
    stderr!.on('data', (chunk) => {
      this.#stderr += chunk;
    });
    stdin!.on('error', () => {}); // its exit says it
    this.#connection = createProtocolConnection(new StreamMessageReader(stdout!), new StreamMessageWriter(stdin!));
    this.#gone = this.#watch();
    this.#listen();
  }

  /** Starts the server, initializes it and opens the document. */
  static async start(options: ServerProcessOptions): Promise<ServerProcess> {
    const server = new ServerProcess(options);
    await server.#initialize();
    return server;
  }

  /** Sends a command; a signal cancels the request. Rejects with a CliError that says what the server said. */
  async command<T>(command: string, argument: object, signal?: AbortSignal): Promise<T> {
    const params = { command, arguments: [argument] };
    return (await this.#ask(ExecuteCommandRequest.type, params, signal)) as T;
  }

  /** Opens a document in place of the present one. */
  async open(document: CliDocument): Promise<void> {
    const { uri } = this.#document.snapshot;
    await this.#connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    this.#document = document;
    await this.#didOpen();
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'close');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), exitMs);
    await this.#connection.sendRequest(ShutdownRequest.type).catch(() => {});
    await this.#connection.sendNotification(ExitNotification.type).catch(() => {});
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
    const { io, settings } = this.#options;
    const folder = pathToFileURL(io.cwd).href;
    await this.#ask(InitializeRequest.type, {
      processId: process.pid,
      clientInfo: { name: 'quickhand', version: programVersion },
      rootUri: folder,
      workspaceFolders: [{ uri: folder, name: 'workspace' }],
      capabilities: { workspace: { applyEdit: true, workspaceEdit: { documentChanges: true } } },
      initializationOptions: { ...settings, events: true, joinsUndo: true },
    });
    await this.#connection.sendNotification(InitializedNotification.type, {});
    await this.#didOpen();
  }

  async #didOpen(): Promise<void> {
    const { uri, languageId, version: first, text } = this.#document.snapshot;
    const textDocument = { uri, languageId, version: first, text };
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  async #ask<P, R, E>(type: RequestType<P, R, E>, params: RequestParam<P>, signal?: AbortSignal): Promise<R> {
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel(); // the connection then sends `$/cancelRequest`
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    try {
      return await Promise.race([this.#connection.sendRequest<P, R, E>(type, params, source.token), this.#gone]);
    } catch (error) {
      throw error instanceof CliError ? error : new CliError(1, error instanceof Error ? error.message : String(error));
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  #listen(): void {
    const { onMessage, onEvent } = this.#options;
    const connection = this.#connection;
    connection.onRequest(ApplyWorkspaceEditRequest.type, ({ edit }) => this.#apply(edit));
    connection.onNotification(ShowMessageNotification.type, ({ message }) => onMessage(message));
    connection.onNotification(editEvent, (event) => onEvent?.(event));
    connection.onError(() => {}); // a broken pipe: the exit of the child says it
    connection.listen();
  }

  /** The server hears of the new text before it gets its answer, as in most editors. */
  #apply({ documentChanges = [] }: WorkspaceEdit): ApplyWorkspaceEditResult {
    const document = this.#document;
    const { onChange } = this.#options;
    const [change] = documentChanges;
    if (!TextDocumentEdit.is(change) || change.textDocument.uri !== document.snapshot.uri) {
      return { applied: false, failureReason: 'not a change of the open document' };
    }
    // The server sends plain edits only.
    const edits = change.edits.filter((edit) => TextEdit.is(edit));
    if (!document.apply(change.textDocument.version, edits)) return { applied: false, failureReason: 'stale version' };
    onChange?.();
    const { uri, version: current, text } = document.snapshot;
    void this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: current },
      contentChanges: [{ text }],
    });
    return { applied: true };
  }
}

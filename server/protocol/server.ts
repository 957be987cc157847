// The LSP face: lifecycle, document sync, commands, code actions. Converts errors once, at this border.

import { type CancellationToken, ResponseError } from 'vscode-jsonrpc';
import type { Clock } from '../clock.ts';
import { type Config, defaults, type Layer, parseConfig } from '../config/config.ts';
import { Documents } from '../documents/documents.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { Cancelled, ClientError, messageOf } from '../errors.ts';
import type { Scopes } from '../scope/scopes.ts';
import type { AskOptions } from '../session/ask.ts';
import type { EditDeps } from '../session/edit-request.ts';
import type { EditSession } from '../session/edit-session.ts';
import { type Book, Edits } from '../session/edits.ts';
import type { Lanes } from '../session/lanes.ts';
import { type Client, clientFrom, object } from './client.ts';
import { codeActionKinds } from './code-action.ts';
import { codeActions } from './code-actions.ts';
import { commands } from './commands/index.ts';
import { createEditorPort } from './editor-port.ts';
import { createEvents } from './events.ts';
import { createForbidden } from './forbidden.ts';
import { type Host, relativePath } from './host.ts';
import { createProgress, tellAll } from './progress.ts';
import { Published } from './published.ts';
import { rehearsalNotice } from './rehearsal-notice.ts';
import { say } from './say.ts';
import { Tasks } from './tasks.ts';
import type { Wire } from './wire.ts';
import { WorkDone } from './work-done.ts';

/** JSON-RPC and LSP error codes. */
const code = {
  invalidRequest: -32600,
  invalidParams: -32602,
  methodNotFound: -32601,
  internal: -32603,
  notInitialized: -32002,
  cancelled: -32800,
} as const;

export interface ServerOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  readonly version: string;
  /** Loads tree-sitter; called when a document first needs it. */
  readonly createScopes: () => Promise<Scopes>;
  readonly createLanes: (config: () => Config) => Lanes;
  readonly loadAsk: (options: AskOptions) => ReturnType<EditDeps['loadAsk']>;
  /** The layers under the editor's own settings: user file, workspace files, environment. */
  readonly loadLayers: (folders: readonly string[]) => Promise<{ below: readonly Layer[]; above: readonly Layer[] }>;
  /** Whether git ignores the file at an absolute path; rejects if that can't be found out. Absent: there is no git. */
  readonly gitIgnored?: (path: string) => Promise<boolean>;
  /** Runs one of the user's checks; absent: none is ever run. */
  readonly runCheck?: Host['runCheck'];
  /** Where files of ours may be written; absent: nowhere. */
  readonly stateFolder?: string;
  /** Runs a task after everything that was written so far. */
  readonly afterAnswer: (task: () => void) => void;
  /** Where measurements of edits go. */
  readonly book: Book;
  /** Ends the process. */
  readonly exit: (code: 0 | 1) => void;
  /** Watches the process that started us. */
  readonly watchParent: (processId: number) => void;
  readonly log: (line: string) => void;
}

function unknownMethod(method: string): ResponseError<void> {
  return new ResponseError(code.methodNotFound, `${method}: not something that this server does`);
}

type State = 'fresh' | 'running' | 'shutDown';

/** Registers every handler on the wire. Static registration only: Helix ignores the dynamic kind (editors.md §4). */
export function serve(options: ServerOptions): void {
  new Server(options).register();
}

class Server {
  readonly #options: ServerOptions;
  readonly #wire: Wire;
  readonly #documents = new Documents();
  readonly #edits: Edits;
  readonly #lanes: Lanes;
  readonly #workDone: WorkDone;
  readonly #tasks: Tasks;
  readonly #published: Published;
  readonly #forbidden: (snapshot: Snapshot) => Promise<string | undefined>;
  #state: State = 'fresh';
  #client: Client = clientFrom(undefined);
  #config: Config = defaults;
  #scopes: Scopes | undefined;
  #loadingScopes: Promise<Scopes> | undefined;
  #editorSettings: unknown;
  #problems: readonly string[] = [];
  readonly #toldProblems = new Set<string>();

  constructor(options: ServerOptions) {
    const { wire, clock } = options;
    this.#options = options;
    this.#wire = wire;
    const client = () => this.#client;
    const config = () => this.#config;
    this.#lanes = options.createLanes(config);
    this.#workDone = new WorkDone(wire, client);
    this.#forbidden = createForbidden({ config, client, ...options });
    const onBug = (error: unknown) =>
      options.log(`a bug, please report it: ${error instanceof Error ? error.stack : error}`);
    this.#published = new Published(wire);
    this.#tasks = new Tasks({ wire, workDone: this.#workDone, onBug });
    const pathOf = (snapshot: Snapshot) => relativePath(snapshot, this.#client.folders);
    const askOptions: AskOptions = { config, scopes: () => this.#scopes, pathOf };
    const notice = rehearsalNotice(wire, (lane) => this.#lanes.describe(lane).rehearsal);
    this.#edits = new Edits({
      clock,
      port: createEditorPort(wire, client),
      deps: {
        loadAsk: () => options.loadAsk(askOptions),
        listener: tellAll(createProgress(wire, this.#workDone), createEvents(wire, client), notice),
        openLane: (lane) => this.#lanes.open(lane),
        gate: (snapshot, span) =>
          this.#config.guardrails.requireParse ? this.#scopes?.gate(snapshot, span) : undefined,
        forbidden: this.#forbidden,
        onBug,
      },
      afterAnswer: options.afterAnswer,
      book: options.book,
    });
  }

  register(): void {
    this.#wire.onRequest((method) => (this.#state === 'running' ? unknownMethod(method) : this.#wrongState(method)));
    this.#request('initialize', (params) => this.#initialize(params), 'fresh');
    this.#request('shutdown', () => this.#shutdown());
    this.#wire.onNotification('exit', () => this.#options.exit(this.#state === 'shutDown' ? 0 : 1));
    this.#notification('initialized', () => void this.#initialized());
    this.#notification('textDocument/didOpen', (params) => this.#didOpen(params));
    this.#notification('textDocument/didChange', (params) => this.#didChange(params));
    this.#notification('textDocument/didClose', (params) => this.#didClose(params));
    this.#notification('workspace/didChangeConfiguration', (params) => void this.#didChangeConfiguration(params));
    this.#notification('window/workDoneProgress/cancel', ({ token }) => this.#cancelProgress(token));
    this.#request('textDocument/codeAction', (params) => codeActions(this.#host(), params));
    this.#request('workspace/executeCommand', (params, token) => this.#executeCommand(params, token));
  }

  #request(
    method: string,
    handle: (params: unknown, token: CancellationToken) => unknown,
    state: State = 'running',
  ): void {
    this.#wire.onRequest(method, async (params, token) => {
      if (this.#state !== state) return this.#wrongState(method);
      try {
        return (await handle(params, token)) ?? null;
      } catch (error) {
        return this.#toResponse(method, error);
      }
    });
  }

  #notification(method: string, handle: (params: Record<string, unknown>) => void): void {
    this.#wire.onNotification(method, (params) => {
      if (this.#state !== 'running') return;
      try {
        handle(object(params));
      } catch (error) {
        this.#options.log(`${method}: ${messageOf(error)}`);
      }
    });
  }

  #wrongState(method: string): ResponseError<void> {
    if (this.#state === 'fresh')
      return new ResponseError(code.notInitialized, `${method}: the server is not initialized yet`);
    const why = method === 'initialize' ? 'the server is initialized already' : 'the server was shut down';
    return new ResponseError(code.invalidRequest, `${method}: ${why}`);
  }

  #toResponse(method: string, error: unknown): ResponseError<void> {
    if (error instanceof ClientError) return new ResponseError(code.invalidParams, error.message);
    if (error instanceof Cancelled) return new ResponseError(code.cancelled, error.message);
    if (error instanceof ResponseError) return error;
    this.#options.log(`${method}: ${error instanceof Error ? error.stack : String(error)}`);
    return new ResponseError(code.internal, `${method}: an internal error; see the server's log`);
  }

  async #initialize(params: unknown): Promise<unknown> {
    this.#state = 'running';
    this.#client = clientFrom(params);
    const { options, processId, name } = this.#client;
    this.#documents.ordered = name === 'helix';
    this.#editorSettings = options.quickhand ?? options;
    if (processId !== undefined) this.#options.watchParent(processId);
    await this.#configure();
    return {
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: 2 },
        codeActionProvider: { codeActionKinds: [...codeActionKinds] },
        executeCommandProvider: { commands: Object.keys(commands) },
      },
      serverInfo: { name: 'quickhand', version: this.#options.version },
    };
  }

  async #initialized(): Promise<void> {
    this.#tellProblems();
    if (!this.#client.answersConfiguration) return;
    const answer = await this.#wire
      .sendRequest<unknown>('workspace/configuration', { items: [{ section: 'quickhand' }] })
      .catch(() => undefined);
    const settings = Array.isArray(answer) ? answer[0] : undefined;
    if (Object.keys(object(settings)).length > 0) await this.#configure(settings);
    this.#tellProblems();
  }

  async #didChangeConfiguration({ settings }: Record<string, unknown>): Promise<void> {
    const pushed = object(settings).quickhand ?? settings;
    if (this.#client.answersConfiguration) {
      await this.#configure();
      return this.#initialized();
    }
    await this.#configure(Object.keys(object(pushed)).length > 0 ? pushed : undefined);
    this.#tellProblems();
  }

  /** Reads every layer afresh. What is wrong is left out; the rest works. */
  async #configure(settings?: unknown): Promise<void> {
    const { below, above } = await this.#options.loadLayers(this.#client.folders);
    const editor: Layer[] = [this.#editorSettings, settings].map((value) => ({
      source: 'the editor settings',
      trusted: true,
      value,
    }));
    const { config, problems } = parseConfig([...below, ...editor, ...above]);
    this.#config = config;
    this.#problems = problems;
  }

  /** Each problem is told once, not again at every reload. */
  #tellProblems(): void {
    for (const problem of this.#problems.filter((candidate) => !this.#toldProblems.has(candidate))) {
      this.#toldProblems.add(problem);
      say(this.#wire, 'warning', problem);
    }
  }

  async #shutdown(): Promise<null> {
    this.#state = 'shutDown';
    await Promise.all([this.#edits.shutdown(), this.#tasks.shutdown()]);
    this.#scopes?.dispose();
    await this.#lanes.dispose();
    return null;
  }

  #didOpen(params: Record<string, unknown>): void {
    const { uri, languageId, version, text } = object(params.textDocument);
    if (typeof uri !== 'string' || typeof text !== 'string')
      throw new ClientError('textDocument: expected a uri and a text');
    if (this.#documents.get(uri)) this.#edits.closed(uri);
    const item = { uri, languageId: String(languageId ?? ''), version: Number(version ?? 0), text };
    this.#published.opened(this.#documents.open(item));
  }

  #didChange(params: Record<string, unknown>): void {
    const { uri, version } = object(params.textDocument);
    const changes = params.contentChanges;
    if (typeof uri !== 'string' || !Array.isArray(changes)) throw new ClientError('contentChanges: expected a list');
    const known = this.#documents.get(uri);
    const snapshots =
      this.#documents.change(uri, typeof version === 'number' ? version : (known?.version ?? 0) + 1, changes) ?? [];
    this.#edits.changed(uri, snapshots);
    for (const snapshot of snapshots) {
      this.#scopes?.update(snapshot);
      this.#published.changed(snapshot);
    }
  }

  #didClose(params: Record<string, unknown>): void {
    const { uri } = object(params.textDocument);
    if (typeof uri !== 'string' || !this.#documents.close(uri)) return;
    this.#edits.closed(uri);
    this.#scopes?.close(uri);
    this.#published.closed(uri);
  }

  #cancelProgress(token: unknown): void {
    const id = this.#workDone.idOf(token);
    const task = this.#tasks.find(id);
    if (task) task.cancel();
    else if (id !== undefined) void this.#edits.find(id).stop('cancelled', 'you cancelled it');
  }

  #executeCommand(params: unknown, token: CancellationToken): unknown {
    const { command, arguments: args } = object(params);
    const run = typeof command === 'string' && Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (!run) {
      const problem = typeof command === 'string' ? `there is no "${command}"` : 'expected the name of a command';
      throw new ClientError(`command: ${problem}; choose one of ${Object.keys(commands).join(', ')}`);
    }
    return run(this.#host(), args, token);
  }

  #host(): Host {
    return {
      client: this.#client,
      config: this.#config,
      documents: this.#documents,
      edits: this.#edits,
      lanes: this.#lanes,
      tasks: this.#tasks,
      published: this.#published,
      wire: this.#wire,
      clock: this.#options.clock,
      version: this.#options.version,
      stateFolder: this.#options.stateFolder,
      runCheck: this.#options.runCheck,
      forbidden: this.#forbidden,
      afterAnswer: this.#options.afterAnswer,
      scopes: (languageId) => this.#scopesFor(languageId),
      awaitEnd: (session, token) => this.#awaitEnd(session, token),
    };
  }

  async #scopesFor(languageId: string): Promise<Scopes> {
    this.#loadingScopes ??= this.#options.createScopes();
    this.#scopes ??= await this.#loadingScopes;
    if (!this.#scopes.ready(languageId)) await this.#scopes.load(languageId);
    return this.#scopes;
  }

  async #awaitEnd(session: EditSession, token: CancellationToken): Promise<unknown> {
    let wasCancelled = token.isCancellationRequested;
    const cancel = () => {
      wasCancelled = true;
      void session.stop('cancelled', 'you cancelled it');
    };
    if (wasCancelled) cancel();
    const subscription = token.onCancellationRequested(cancel);
    await session.ended;
    subscription.dispose();
    const { editId, outcome, reason, timing } = session;
    if (wasCancelled && outcome === 'cancelled') throw new ResponseError(code.cancelled, `${editId} was cancelled`);
    return { editId, outcome, ...(reason && { reason }), timing };
  }
}

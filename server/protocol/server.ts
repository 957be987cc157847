// Puts the protocol's parts together, and keeps the life of the connection: initialize, shutdown, exit. Each message has its handler elsewhere.

import {
  CodeActionRequest,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExecuteCommandRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  ShutdownRequest,
  WorkDoneProgressCancelNotification,
} from 'vscode-languageserver-protocol';
import type { Config } from '../config/config.ts';
import { Documents } from '../documents/documents.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { traceOf } from '../errors.ts';
import { relativePath } from '../files/uri-paths.ts';
import type { FoundModel } from '../models/found.ts';
import type { LanguageNames } from '../scope/language-names.ts';
import type { Scopes, ScopesListener } from '../scope/scopes.ts';
import type { EditDeps } from '../session/edit-request.ts';
import { type EditLedger, Edits } from '../session/edits.ts';
import type { LaneModel } from '../session/lane-model.ts';
import type { Lanes } from '../session/lanes.ts';
import type { PrepareOptions } from '../session/prepare.ts';
import { oneTurn, type Turns } from '../turns.ts';
import { type Client, clientFrom, isTerminalVi } from './client.ts';
import { listCodeActions } from './code-actions/list-actions.ts';
import { Dispatcher } from './connection/dispatcher.ts';
import { sanitizingWire } from './connection/sanitize.ts';
import type { Wire } from './connection/wire.ts';
import { DiagnosticsPublisher } from './diagnostics/publish-diagnostics.ts';
import type { Disk } from './disk.ts';
import { type ClientEditorPort, createEditorPort } from './editor-port.ts';
import { createEvents } from './feedback/events.ts';
import { createProgress, tellAll } from './feedback/progress.ts';
import { rehearsalNotice } from './feedback/rehearsal-notice.ts';
import { WorkDone } from './feedback/work-done.ts';
import { createForbidden, type ForbiddenOptions } from './forbidden.ts';
import { cancelProgress } from './notifications/cancel-progress.ts';
import { didChange, didClose, didOpen } from './notifications/sync-documents.ts';
import { Proposals } from './proposals.ts';
import { commandIn } from './requests/execute-command.ts';
import { initializeResult } from './requests/initialize.ts';
import { ScopeLoader } from './scope-loader.ts';
import type { ServerContext } from './server-context.ts';
import { Settings, type SettingsOptions } from './settings.ts';
import { Tasks } from './tasks.ts';

export interface ServerOptions extends Omit<SettingsOptions, 'client'> {
  readonly version: string;
  /** Loads tree-sitter; called when a document first needs it. */
  readonly createScopes: (told: ScopesListener) => Promise<Scopes>;
  /** Reads which languages have a grammar; absent: a document is in the language that the editor says. */
  readonly readLanguageNames?: () => Promise<LanguageNames>;
  readonly createLanes: (config: () => Config) => Lanes;
  readonly loadPrepare: (options: PrepareOptions) => ReturnType<EditDeps['loadPrepare']>;
  /** Whether git ignores the file at an absolute path; rejects if that can't be found out. Absent: there is no git. */
  readonly gitIgnored?: (path: string) => Promise<boolean>;
  /** Where an absolute path really leads, after following links. Absent: where it says, as there is no disk. */
  readonly resolveLinks?: ForbiddenOptions['resolveLinks'];
  /** Runs one of the user's checks; absent: none is ever run. */
  readonly runCheck?: ServerContext['runCheck'];
  /** Looks for models that could answer in place of the rehearsal; absent: nobody looks. */
  readonly findModels?: (config: Config) => Promise<readonly FoundModel[]>;
  /** Absent: there is none. */
  readonly disk?: Disk;
  /** Runs a task after everything that was written so far. */
  readonly afterAnswer: (task: () => void) => void;
  /** Where measurements of edits go. */
  readonly ledger: EditLedger;
  /** Ends the process, once `after` is done if that does not take long. */
  readonly exit: (code: 0 | 1, after?: Promise<unknown>) => void;
  /** Watches the process that started us. */
  readonly watchParent: (processId: number) => void;
  readonly log: (line: string) => void;
  /** Registers for what nobody caught; absent: it ends the process. */
  readonly onUncaught?: (listener: (error: unknown) => void) => void;
  /** How long work may go on in one turn of the event loop; absent: as long as it takes. */
  readonly turns?: Turns;
}

/** Registers every handler on the wire. */
export function serve(options: ServerOptions): void {
  new Server(options).register();
}

class Server {
  readonly #options: ServerOptions;
  readonly #wire: Wire;
  readonly #dispatcher: Dispatcher;
  readonly #documents = new Documents();
  readonly #editor: ClientEditorPort;
  readonly #edits: Edits;
  readonly #lanes: Lanes;
  readonly #workDone: WorkDone;
  readonly #tasks: Tasks;
  readonly #diagnostics: DiagnosticsPublisher;
  readonly #proposals: Proposals;
  readonly #forbidden: ServerContext['forbidden'];
  readonly #forbiddenByName: ServerContext['forbidden'];
  #client: Client = clientFrom(undefined);
  #languageNames: LanguageNames | undefined;
  readonly #settings: Settings;
  readonly #scopes: ScopeLoader;

  constructor(options: ServerOptions) {
    const { clock } = options;
    const wire = sanitizingWire(options.wire);
    this.#options = options;
    this.#wire = wire;
    this.#dispatcher = new Dispatcher(wire, options.log);
    const client = () => this.#client;
    this.#settings = new Settings({ ...options, wire, client });
    const config = () => this.#settings.config;
    this.#lanes = options.createLanes(config);
    this.#workDone = new WorkDone(wire, client);
    this.#forbidden = createForbidden({ config, client, ...options });
    this.#forbiddenByName = createForbidden({ config, client });
    const onBug = (error: unknown) => options.log(`a bug, please report it: ${traceOf(error)}`);
    this.#diagnostics = new DiagnosticsPublisher(wire);
    const session = (editId: string) => this.#edits.find(editId);
    this.#proposals = new Proposals({ wire, config, documents: this.#documents, disk: options.disk, session });
    this.#tasks = new Tasks({ wire, workDone: this.#workDone, onBug });
    this.#scopes = new ScopeLoader({ createScopes: options.createScopes, documents: this.#documents, wire });
    const pathOf = (snapshot: Snapshot) => relativePath(snapshot, this.#client.folders);
    const prepareOptions: PrepareOptions = { config, scopes: () => this.#scopes.loaded, pathOf };
    const { findModels } = options;
    const discovery = findModels && {
      discover: async () => {
        const found = await findModels(config());
        return this.#dispatcher.state === 'running' ? found : [];
      },
      isNarrow: () => isTerminalVi(this.#client),
    };
    const notice = rehearsalNotice(wire, (lane) => this.#lanes.describe(lane).rehearsal, discovery);
    const checkingScopes = () => (config().guardrails.requireParse ? this.#scopes.loaded : undefined);
    const checkBasis = (snapshot: Snapshot) => checkingScopes()?.checkBasis(snapshot);
    this.#editor = createEditorPort(wire, client, clock);
    this.#edits = new Edits({
      clock,
      port: this.#editor,
      deps: {
        loadPrepare: () => options.loadPrepare(prepareOptions),
        listener: tellAll(
          createProgress(wire, this.#workDone, checkBasis),
          createEvents(wire, client),
          this.#proposals.listener,
          notice,
        ),
        openLane: (lane) => this.#openLane(lane),
        parseCheck: (snapshot, span) => checkingScopes()?.parseCheck(snapshot, span),
        forbidden: this.#forbidden,
        onBug,
        turns: options.turns ?? oneTurn,
      },
      afterAnswer: options.afterAnswer,
      ledger: options.ledger,
    });
  }

  register(): void {
    const dispatcher = this.#dispatcher;
    dispatcher.request(InitializeRequest.type, (params) => this.#initialize(params), 'fresh');
    dispatcher.request(ShutdownRequest.type, () => this.#shutdown());
    this.#wire.onNotification(ExitNotification.type, () => this.#exit());
    dispatcher.notification(InitializedNotification.type, () => this.#initialized());
    dispatcher.notification(
      DidChangeConfigurationNotification.type,
      ({ settings }) => void this.#settings.editorChanged(settings),
    );
    dispatcher.notification(DidOpenTextDocumentNotification.type, (params) => didOpen(this.#context, params));
    dispatcher.notification(DidChangeTextDocumentNotification.type, (params) => didChange(this.#context, params));
    dispatcher.notification(DidCloseTextDocumentNotification.type, (params) => didClose(this.#context, params));
    dispatcher.notification(WorkDoneProgressCancelNotification.type, ({ token }) =>
      cancelProgress(this.#context, token),
    );
    dispatcher.request(CodeActionRequest.type, (params) => this.#fresh((context) => listCodeActions(context, params)));
    dispatcher.request(ExecuteCommandRequest.type, (params, token) => {
      const run = commandIn(params);
      return this.#fresh((context) => run(context, token));
    });
    this.#options.onUncaught?.((error) => this.#lastResort(error));
  }

  async #initialize(params: unknown): Promise<InitializeResult> {
    this.#dispatcher.state = 'running';
    this.#client = clientFrom(params);
    const { options, processId, name } = this.#client;
    this.#documents.ordered = name === 'helix';
    if (processId !== undefined) this.#options.watchParent(processId);
    // A broken installation is told of where a grammar is first loaded.
    const names = this.#options.readLanguageNames?.().catch(() => undefined);
    await this.#settings.begin(options);
    this.#languageNames = await names;
    return initializeResult(this.#options.version);
  }

  #initialized(): void {
    this.#settings.tellProblems();
    if (this.#client.answersConfiguration) void this.#settings.editorChanged();
  }

  /** After a shutdown, which ends whatever runs, all that was asked is answered first. */
  #exit(): void {
    if (this.#dispatcher.state === 'shutDown') this.#options.exit(0, this.#dispatcher.answered());
    else this.#options.exit(1);
  }

  async #shutdown(): Promise<void> {
    this.#dispatcher.state = 'shutDown';
    await Promise.all([this.#edits.shutdown(), this.#tasks.shutdown()]);
    this.#scopes.loaded?.dispose();
    await this.#lanes.dispose();
  }

  /** A model is not asked, and paid, for what the editor would not take. */
  async #openLane(lane: string): Promise<LaneModel> {
    const { whyClosed } = this.#editor;
    if (whyClosed === undefined) return this.#lanes.open(lane);
    throw new Error(whyClosed);
  }

  /** The error may belong to any of what runs: all of it ends, what has landed stays, and the server serves on. */
  #lastResort(error: unknown): void {
    this.#options.log(`a bug that nobody caught, please report it: ${traceOf(error)}`);
    for (const session of this.#edits.running) session.fail('an internal error; see the log');
    for (const task of this.#tasks.running) task.cancel('an internal error; see the log');
  }

  /** Handles a request by the settings as they are now. At once, unless a file behind them has changed. */
  #fresh<R>(handle: (context: ServerContext) => Promise<R>): Promise<R> {
    const reading = this.#settings.refresh();
    return reading ? reading.then(() => handle(this.#context)) : handle(this.#context);
  }

  get #context(): ServerContext {
    return {
      client: this.#client,
      takesEdits: this.#editor.whyClosed === undefined,
      config: this.#settings.config,
      documents: this.#documents,
      languageNames: this.#languageNames,
      edits: this.#edits,
      lanes: this.#lanes,
      scopes: this.#scopes,
      tasks: this.#tasks,
      workDone: this.#workDone,
      proposals: this.#proposals,
      diagnostics: this.#diagnostics,
      wire: this.#wire,
      clock: this.#options.clock,
      version: this.#options.version,
      disk: this.#options.disk,
      runCheck: this.#options.runCheck,
      forbidden: this.#forbidden,
      forbiddenByName: this.#forbiddenByName,
      afterAnswer: this.#options.afterAnswer,
    };
  }
}

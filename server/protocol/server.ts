// The LSP face: lifecycle, document sync, commands, code actions.

import type { CancellationToken } from 'vscode-jsonrpc';
import type { Config } from '../config/config.ts';
import { Documents } from '../documents/documents.ts';
import type { Snapshot } from '../documents/snapshot.ts';
import { Cancelled, ClientError, traceOf } from '../errors.ts';
import type { Found } from '../models/found.ts';
import type { Scopes, ScopesListener } from '../scope/scopes.ts';
import type { AskOptions } from '../session/ask.ts';
import type { EditDeps, LaneModel } from '../session/edit-request.ts';
import type { EditSession } from '../session/edit-session.ts';
import { type Book, Edits } from '../session/edits.ts';
import type { Lanes } from '../session/lanes.ts';
import { type Turns, unhurried } from '../turns.ts';
import { Border } from './border.ts';
import { type Client, clientFrom, isTerminalVi, object } from './client.ts';
import { codeActionKinds } from './code-action.ts';
import { codeActions } from './code-actions.ts';
import { commands } from './commands/index.ts';
import { createEditorPort, type EditorDoor } from './editor-port.ts';
import { createEvents } from './events.ts';
import { forPeople, wireForPeople } from './for-people.ts';
import { createForbidden, type ForbiddenOptions } from './forbidden.ts';
import type { Host } from './host.ts';
import { relativePath } from './paths.ts';
import { createProgress, tellAll } from './progress.ts';
import { Proposals } from './proposals.ts';
import { Published } from './published.ts';
import { rehearsalNotice } from './rehearsal-notice.ts';
import { say } from './say.ts';
import { Settings, type SettingsOptions } from './settings.ts';
import { Tasks } from './tasks.ts';
import type { Wire } from './wire.ts';
import { WorkDone } from './work-done.ts';

export interface ServerOptions extends Omit<SettingsOptions, 'client'> {
  readonly version: string;
  /** Loads tree-sitter; called when a document first needs it. */
  readonly createScopes: (told: ScopesListener) => Promise<Scopes>;
  readonly createLanes: (config: () => Config) => Lanes;
  readonly loadAsk: (options: AskOptions) => ReturnType<EditDeps['loadAsk']>;
  /** Whether git ignores the file at an absolute path; rejects if that can't be found out. Absent: there is no git. */
  readonly gitIgnored?: (path: string) => Promise<boolean>;
  /** Where an absolute path really leads, after following links. Absent: where it says, as there is no disk. */
  readonly placesOf?: ForbiddenOptions['placesOf'];
  /** Runs one of the user's checks; absent: none is ever run. */
  readonly runCheck?: Host['runCheck'];
  /** Looks for models that could answer in place of the rehearsal; absent: nobody looks. */
  readonly findModels?: (config: Config) => Promise<readonly Found[]>;
  /** Where files of ours may be written; absent: nowhere. */
  readonly stateFolder?: string;
  /** Runs a task after everything that was written so far. */
  readonly afterAnswer: (task: () => void) => void;
  /** Where measurements of edits go. */
  readonly book: Book;
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

/** Registers every handler on the wire. Static registration only: Helix ignores the dynamic kind (editors.md §4). */
export function serve(options: ServerOptions): void {
  new Server(options).register();
}

class Server {
  readonly #options: ServerOptions;
  readonly #wire: Wire;
  readonly #border: Border;
  readonly #documents = new Documents();
  readonly #door: EditorDoor;
  readonly #edits: Edits;
  readonly #lanes: Lanes;
  readonly #workDone: WorkDone;
  readonly #tasks: Tasks;
  readonly #published: Published;
  readonly #proposals: Proposals;
  readonly #forbidden: (snapshot: Snapshot) => Promise<string | undefined>;
  #client: Client = clientFrom(undefined);
  readonly #settings: Settings;
  #scopes: Scopes | undefined;
  #loadingScopes: Promise<Scopes> | undefined;

  constructor(options: ServerOptions) {
    const { clock } = options;
    const wire = wireForPeople(options.wire);
    this.#options = options;
    this.#wire = wire;
    this.#border = new Border(wire, options.log);
    const client = () => this.#client;
    this.#settings = new Settings({ ...options, wire, client });
    const config = () => this.#settings.config;
    this.#lanes = options.createLanes(config);
    this.#workDone = new WorkDone(wire, client);
    this.#forbidden = createForbidden({ config, client, ...options });
    const onBug = (error: unknown) => options.log(`a bug, please report it: ${traceOf(error)}`);
    this.#published = new Published(wire);
    const session = (editId: string) => this.#edits.find(editId);
    this.#proposals = new Proposals({ wire, config, documents: this.#documents, session });
    this.#tasks = new Tasks({ wire, workDone: this.#workDone, onBug });
    const pathOf = (snapshot: Snapshot) => relativePath(snapshot, this.#client.folders);
    const askOptions: AskOptions = { config, scopes: () => this.#scopes, pathOf };
    const { findModels } = options;
    const discovery = findModels && {
      discover: async () => {
        const found = await findModels(config());
        return this.#border.state === 'running' ? found : [];
      },
      isNarrow: () => isTerminalVi(this.#client),
    };
    const notice = rehearsalNotice(wire, (lane) => this.#lanes.describe(lane).rehearsal, discovery);
    this.#door = createEditorPort(wire, client, clock);
    this.#edits = new Edits({
      clock,
      port: this.#door,
      deps: {
        loadAsk: () => options.loadAsk(askOptions),
        listener: tellAll(
          createProgress(wire, this.#workDone),
          createEvents(wire, client),
          this.#proposals.listener,
          notice,
        ),
        openLane: (lane) => this.#openLane(lane),
        gate: (snapshot, span) => (config().guardrails.requireParse ? this.#scopes?.gate(snapshot, span) : undefined),
        forbidden: this.#forbidden,
        onBug,
        turns: options.turns ?? unhurried,
      },
      afterAnswer: options.afterAnswer,
      book: options.book,
    });
  }

  register(): void {
    this.#border.request('initialize', (params) => this.#initialize(params), 'fresh');
    this.#border.request('shutdown', () => this.#shutdown());
    this.#wire.onNotification('exit', () => this.#exit());
    this.#border.notification('initialized', () => this.#initialized());
    this.#border.notification('textDocument/didOpen', (params) => this.#didOpen(params));
    this.#border.notification('textDocument/didChange', (params) => this.#didChange(params));
    this.#border.notification('textDocument/didClose', (params) => this.#didClose(params));
    this.#border.notification(
      'workspace/didChangeConfiguration',
      ({ settings }) => void this.#settings.editorChanged(settings),
    );
    this.#border.notification('window/workDoneProgress/cancel', ({ token }) => this.#cancelProgress(token));
    this.#options.onUncaught?.((error) => this.#lastResort(error));
    this.#border.request('textDocument/codeAction', (params) => this.#fresh((host) => codeActions(host, params)));
    this.#border.request('workspace/executeCommand', (params, token) => this.#executeCommand(params, token));
  }

  async #initialize(params: unknown): Promise<unknown> {
    this.#border.state = 'running';
    this.#client = clientFrom(params);
    const { options, processId, name } = this.#client;
    this.#documents.ordered = name === 'helix';
    if (processId !== undefined) this.#options.watchParent(processId);
    await this.#settings.begin(options);
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

  #initialized(): void {
    this.#settings.tellProblems();
    if (this.#client.answersConfiguration) void this.#settings.editorChanged();
  }

  /** After a shutdown, which ends whatever runs, all that was asked is answered first. */
  #exit(): void {
    if (this.#border.state === 'shutDown') this.#options.exit(0, this.#border.answered());
    else this.#options.exit(1);
  }

  async #shutdown(): Promise<null> {
    this.#border.state = 'shutDown';
    await Promise.all([this.#edits.shutdown(), this.#tasks.shutdown()]);
    this.#scopes?.dispose();
    await this.#lanes.dispose();
    return null;
  }

  /** A model is not asked, and paid, for what the editor would not take. */
  async #openLane(lane: string): Promise<LaneModel> {
    const { whyClosed } = this.#door;
    if (whyClosed === undefined) return this.#lanes.open(lane);
    throw new Error(whyClosed);
  }

  #didOpen(params: Record<string, unknown>): void {
    const { uri, languageId, version, text } = object(params.textDocument);
    if (typeof uri !== 'string' || typeof text !== 'string')
      throw new ClientError('textDocument: expected a uri and a text');
    if (this.#documents.get(uri)) this.#edits.closed(uri);
    const item = { uri, languageId: String(languageId ?? ''), version: Number(version ?? 0), text };
    this.#published.opened(this.#documents.open(item));
    // So that the first edit need not wait for its grammar.
    this.#options.afterAnswer(() => void this.#scopesFor(item.languageId).catch(() => undefined));
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
    const answer = this.#fresh((host) => run(host, args, token));
    return answer instanceof Promise ? answer.then(forPeople) : forPeople(answer);
  }

  /** Nobody knows whose it was: what runs ends, what has landed of it stays, and the server serves on. */
  #lastResort(error: unknown): void {
    this.#options.log(`a bug that nobody caught, please report it: ${traceOf(error)}`);
    for (const session of this.#edits.running) session.fail('an internal error; see the log');
    for (const task of this.#tasks.running) task.cancel('an internal error; see the log');
  }

  /** Handles a request by the settings as they are now. At once, unless a file behind them has changed. */
  #fresh(handle: (host: Host) => unknown): unknown {
    const reading = this.#settings.refresh();
    return reading ? reading.then(() => handle(this.#host())) : handle(this.#host());
  }

  #host(): Host {
    return {
      client: this.#client,
      takesEdits: this.#door.whyClosed === undefined,
      config: this.#settings.config,
      documents: this.#documents,
      edits: this.#edits,
      lanes: this.#lanes,
      tasks: this.#tasks,
      proposals: this.#proposals,
      published: this.#published,
      wire: this.#wire,
      clock: this.#options.clock,
      version: this.#options.version,
      stateFolder: this.#options.stateFolder,
      runCheck: this.#options.runCheck,
      forbidden: this.#forbidden,
      afterAnswer: this.#options.afterAnswer,
      scopes: (languageId, uri) => this.#scopesFor(languageId, uri),
      awaitEnd: (session, token) => this.#awaitEnd(session, token),
    };
  }

  async #scopesFor(languageId: string, uri = ''): Promise<Scopes> {
    this.#loadingScopes ??= this.#options.createScopes(this.#scopesListener());
    this.#scopes ??= await this.#loadingScopes;
    if (!this.#scopes.ready(languageId)) await this.#scopes.load(languageId);
    for (let parsing = this.#parsing(uri); parsing; parsing = this.#parsing(uri)) await parsing;
    return this.#scopes;
  }

  /** Resolves when the latest text of a document is parsed; undefined if it is. */
  #parsing(uri: string): Promise<void> | undefined {
    const snapshot = this.#documents.get(uri);
    return snapshot && this.#scopes?.whenParsed(snapshot);
  }

  #scopesListener(): ScopesListener {
    const byLines = 'treated by lines, and nothing is held back until it parses';
    return {
      onGivenUp: (uri) => {
        const name = uri.slice(uri.lastIndexOf('/') + 1);
        say(this.#wire, 'info', `${name} takes too long to parse: it is ${byLines}`);
      },
      onBreakdown: () =>
        say(this.#wire, 'warning', `the parser broke down: until the server is restarted all code is ${byLines}`),
    };
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
    if (wasCancelled && outcome === 'cancelled') throw new Cancelled(`${editId} was cancelled`);
    return { editId, outcome, ...(reason && { reason }), timing };
  }
}

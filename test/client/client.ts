// The test client: starts the server over stdio, holds real documents, applies the server's edits for real in the way of one editor,
// and fails at `close` on whatever the server said too much, twice or not at all.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ApplyWorkspaceEditParams,
  type CodeAction,
  type Diagnostic,
  ErrorCodes,
  type Range,
} from 'vscode-languageserver-protocol';
import type { ApplyRequest, Behaviour, DidChange, EditorHands } from './behaviour.ts';
import { strict } from './behaviours/strict.ts';
import { changesOf, difference, rangeIn, TestDocument } from './document.ts';
import { EditHandle } from './edit-handle.ts';
import { type EditEvent, EditLog, type ExplainEvent } from './edit-log.ts';
import { startInProcess } from './in-process.ts';
import { onlyChange } from './only-change.ts';
import type { ClientOptions } from './options.ts';
import { type ReadyAction, readyAction } from './ready-action.ts';
import type { ServerProcess } from './server-process.ts';
import { startProgram } from './server-program.ts';
import { cleanEnv, usualCapabilities } from './surroundings.ts';
import { type Sent, Wire } from './wire.ts';

export type { ClientOptions };

/** What a scenario expects of one edit. */
export interface EditAnswer {
  readonly editId: string;
}

/** Messages of the server that end with the client unless a test takes them. */
interface Shown {
  readonly type: number;
  readonly message: string;
}

const notifications = new Set(['window/logMessage', 'telemetry/event']);

export class TestClient implements EditorHands {
  readonly behaviour: Behaviour;
  readonly wire: Wire;
  readonly log: EditLog;
  readonly documents = new Map<string, TestDocument>();
  /** A workspace folder of its own, empty. */
  readonly folder: string;
  /** Every workspace/applyEdit that came, in order. */
  readonly applyEdits: ApplyWorkspaceEditParams[] = [];
  readonly opened: string[] = [];
  /** How often the server has asked for the settings. */
  configured = 0;
  /** Every `$/quickhand/explain`, in order. */
  readonly explanations: ExplainEvent[] = [];
  /** What was published last, by uri. */
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  initializeResult:
    | { capabilities: Record<string, unknown>; serverInfo?: { name: string; version: string } }
    | undefined;
  readonly #options: ClientOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #shown: Shown[] = [];
  #commanding = 0;
  /** Scenarios that were played to their end before the present one. */
  #scenarios = 0;
  #closed = false;

  private constructor(folder: string, options: ClientOptions, server: ServerProcess) {
    this.folder = folder;
    this.#options = options;
    this.behaviour = options.behaviour ?? strict();
    this.wire = new Wire(server, {
      notification: (method, params) => this.#notified(method, params as never),
      request: (id, method, params) => this.#requested(id, method, params as never),
    });
    this.log = new EditLog(this.wire.faults);
  }

  /** A server that has not been initialized. */
  static async spawn(options: ClientOptions = {}): Promise<TestClient> {
    const folder = await mkdtemp(join(tmpdir(), 'quickhand-test-'));
    const env = { ...cleanEnv(folder), ...options.env };
    const server = options.asProgram ? startProgram(env, folder) : await startInProcess(env);
    return new TestClient(folder, options, server);
  }

  /** A server that is ready to edit. */
  static async start(options: ClientOptions = {}): Promise<TestClient> {
    const client = await TestClient.spawn(options);
    await client.initialize();
    return client;
  }

  async initialize(): Promise<void> {
    const { clientInfo, canApplyEdit } = this.behaviour;
    const { capabilities, initializationOptions = {}, processId = process.pid } = this.#options;
    const folderUri = pathToFileURL(this.folder).href;
    const { response } = this.wire.request('initialize', {
      processId,
      clientInfo,
      rootUri: folderUri,
      workspaceFolders: [{ uri: folderUri, name: 'test' }],
      capabilities: { ...usualCapabilities(canApplyEdit), ...capabilities },
      initializationOptions: isObject(initializationOptions)
        ? { events: true, ...initializationOptions }
        : initializationOptions,
    });
    this.initializeResult = (await response) as typeof this.initializeResult;
    this.wire.notify('initialized', {});
  }

  // ---- documents

  /** What a document is called that a scenario gives no name. */
  get sampleName(): string {
    return this.#scenarios === 0 ? 'sample.ts' : `sample-${this.#scenarios}.ts`;
  }

  /** `uri`: as an editor may spell it, instead of a name in the workspace folder. */
  open(text: string, { name = this.sampleName, languageId = 'typescript', uri = '' } = {}): TestDocument {
    const item = {
      uri: uri || pathToFileURL(join(this.folder, name)).href,
      languageId,
      version: this.behaviour.firstVersion,
      text,
    };
    const document = new TestDocument(item, {
      versionStep: this.behaviour.versionStep,
      changed: (changed) => {
        this.behaviour.changed(changed, this);
        this.wire.until.poke();
      },
    });
    this.documents.set(document.uri, document);
    this.wire.notify('textDocument/didOpen', { textDocument: item });
    return document;
  }

  closeDocument(document: TestDocument): void {
    this.tell(document);
    this.documents.delete(document.uri);
    this.wire.notify('textDocument/didClose', { textDocument: { uri: document.uri } });
  }

  // ---- commands

  request(method: string, params: unknown): Promise<unknown> {
    return this.start(method, params).response;
  }

  /** The same, for whoever needs the id. */
  start(method: string, params: unknown): Sent {
    for (const document of this.documents.values()) this.tell(document); // editors flush what they hold back before they ask
    return this.wire.request(method, params);
  }

  command<T = Record<string, unknown>>(command: string, ...args: unknown[]): Promise<T> {
    return this.startCommand(command, ...args).response as Promise<T>;
  }

  startCommand(command: string, ...args: unknown[]): Sent {
    const sent = this.start('workspace/executeCommand', { command, arguments: args });
    this.#commanding++;
    const done = () => {
      this.#commanding--;
      this.behaviour.answered?.(this.documents.values(), this);
    };
    sent.response.then(done, done);
    return sent;
  }

  /** `quickhand.edit` at `mark`: a cursor before its first occurrence, or, with `select`, its range. */
  async edit(
    document: TestDocument,
    mark: string,
    { select = false, ...rest }: { instruction?: string; select?: boolean } & Record<string, unknown> = {},
  ): Promise<EditHandle> {
    const range = document.rangeOf(mark);
    const { editId } = await this.command<EditAnswer>('quickhand.edit', {
      textDocument: { uri: document.uri },
      ...(select ? { range } : { position: range.start }),
      ...(rest.action === undefined && { instruction: 'do it' }),
      ...rest,
    });
    return this.handle(editId);
  }

  handle(editId: string): EditHandle {
    return new EditHandle(this, editId);
  }

  async codeActions(
    document: TestDocument,
    range: Range,
    context: Record<string, unknown> = {},
  ): Promise<ReadyAction[]> {
    const params = { textDocument: { uri: document.uri }, range, context: { diagnostics: [], ...context } };
    const actions = (await this.request('textDocument/codeAction', params)) as CodeAction[] | null;
    return (actions ?? []).map(readyAction);
  }

  // ---- what was seen

  until<T>(what: string, probe: () => T | undefined): Promise<T> {
    return this.wire.until.for(what, probe);
  }

  /** Waits for the document to read `text`, also in the server's eyes. */
  async untilText(document: TestDocument, text: string): Promise<void> {
    await this.until(`the text ${JSON.stringify(text)}`, () => (document.text === text ? true : undefined));
    this.tell(document);
  }

  /** A message to the user that matches; it counts as read. */
  takeMessage(pattern: RegExp): Promise<Shown> {
    return this.until(`a message ${pattern}`, () => {
      const found = this.#shown.find(({ message }) => pattern.test(message));
      this.#shown = this.#shown.filter((shown) => shown !== found);
      return found;
    });
  }

  // ---- the hands of the behaviour

  get commanding(): boolean {
    return this.#commanding > 0;
  }

  apply({ document, edits }: ApplyRequest, how?: 'states'): void {
    const changes = changesOf(document.text, edits);
    if (how === 'states') document.replaceOneByOne(changes);
    else document.replace(changes);
  }

  take(document: TestDocument, how?: 'merged'): DidChange | undefined {
    if (document.pending.length === 0) return undefined;
    const { from, to, insert } = difference(document.told, document.text);
    const contentChanges =
      how === 'merged' ? [{ range: rangeIn(document.told, from, to), text: insert }] : document.pending;
    document.pending = [];
    document.told = document.text;
    return { textDocument: { uri: document.uri, version: document.version }, contentChanges };
  }

  tell(document: TestDocument, how?: 'merged'): void {
    const change = this.documents.has(document.uri) ? this.take(document, how) : undefined;
    if (change) this.send(change);
  }

  send(params: DidChange): void {
    if (this.#closed) return;
    this.wire.notify('textDocument/didChange', params);
  }

  later(delayMs: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, delayMs);
    this.#timers.add(timer);
  }

  // ---- the end

  /** Ends the server as an editor does, then throws if anything was not as it should be. */
  async close({ stderr = /^$/, exitCode = 0 }: { stderr?: RegExp; exitCode?: number } = {}): Promise<void> {
    try {
      if (this.wire.exitCode === undefined && !this.#closed) await this.shutdown();
      const code = await this.exited();
      if (code !== exitCode) this.wire.faults.push(`exit code ${code} instead of ${exitCode}`);
      this.#lookBack(stderr);
    } catch (error) {
      this.wire.faults.push(String(error));
    } finally {
      await this.dispose();
    }
    this.#throwFaults();
  }

  /** Ends a scenario, and makes the client as new for the next one: no document is open, and nothing is left of what was seen. Throws as `close`. */
  async nextScenario(): Promise<void> {
    for (const document of [...this.documents.values()]) this.closeDocument(document);
    await this.command('quickhand.status', {}); // whatever the server had to say was read
    this.#lookBack(/^$/);
    this.#throwFaults();
    this.log.clear();
    this.diagnostics.clear();
    this.#shown = [];
    this.#scenarios++;
    for (const seen of [this.applyEdits, this.opened, this.explanations, this.wire.transcript]) seen.length = 0;
  }

  /** What was not as it should be, so far. */
  #lookBack(stderr: RegExp): void {
    this.log.checkEnded();
    if (!stderr.test(this.wire.stderr)) this.wire.faults.push(`stderr: ${this.wire.stderr}`);
    // A model server that happens to run on this machine is no business of the test.
    const expected = / is at http:\/\/|^"fast": .* uses 127\.0\.0\.1|^127\.0\.0\.1:\d+ could be used/;
    const shown = this.#shown.filter(({ message }) => !expected.test(message));
    for (const { message } of shown) this.wire.faults.push(`a message that nobody expected: ${message}`);
    for (const id of this.wire.unanswered) this.wire.faults.push(`request ${id} was never answered`);
  }

  #throwFaults(): void {
    if (this.wire.faults.length > 0) throw new Error(`${this.wire.faults.join('\n')}\n\n${this.transcript}`);
  }

  async shutdown(): Promise<void> {
    await this.request('shutdown', undefined);
    this.#closed = true;
    this.wire.notify('exit', undefined);
  }

  exited(): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.wire.exitCode !== undefined) return resolve(this.wire.exitCode);
      const timer = setTimeout(() => reject(new Error('the server does not exit')), 60_000);
      this.wire.process.once('close', () => {
        clearTimeout(timer);
        resolve(this.wire.exitCode!);
      });
    });
  }

  /** Ends everything without looking at it. */
  async dispose(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.wire.process.kill('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }

  get transcript(): string {
    return this.wire.transcript.slice(-80).join('\n');
  }

  // ---- messages of the server

  #notified(method: string, params: never): void {
    if (method === '$/quickhand/edit') this.log.edit(params as EditEvent);
    else if (method === '$/quickhand/explain') this.explanations.push(params);
    else if (method === 'textDocument/publishDiagnostics') this.#published(params);
    else if (method === '$/progress')
      this.log.progressed((params as { token: string }).token, (params as { value: never }).value);
    else if (method === 'window/showMessage') this.#shown.push(params as Shown);
    else if (!notifications.has(method)) this.wire.faults.push(`an unknown notification: ${method}`);
  }

  #published({ uri, diagnostics }: { uri: string; diagnostics: readonly Diagnostic[] }): void {
    this.diagnostics.set(uri, diagnostics);
  }

  #requested(id: number | string, method: string, params: never): void {
    const reply = (result: unknown) => this.wire.send({ id, result });
    if (method === 'workspace/applyEdit') return this.#applyEdit(id, params);
    if (method === 'window/workDoneProgress/create') {
      this.log.created((params as { token: string }).token);
      return reply(null);
    }
    if (method === 'workspace/configuration') {
      const { items } = params as { items: { section?: string }[] };
      this.configured++;
      return reply(items.map(({ section }) => (section === 'quickhand' ? (this.#options.settings ?? null) : null)));
    }
    if (method === 'window/showMessageRequest') {
      this.#shown.push(params as Shown);
      return reply(null);
    }
    if (method === 'window/showDocument') {
      this.opened.push((params as { uri: string }).uri);
      return reply({ success: true });
    }
    this.wire.faults.push(`an unexpected request: ${method} ${JSON.stringify(params)}`);
    this.wire.send({ id, error: { code: ErrorCodes.MethodNotFound, message: 'no such method' } });
  }

  #applyEdit(id: number | string, params: ApplyWorkspaceEditParams): void {
    this.applyEdits.push(params);
    this.#checkParams(params);
    const { uri, version, edits } = onlyChange(params);
    const document = this.documents.get(uri);
    const answer = (applied: boolean, failureReason?: string) =>
      this.wire.send({ id, result: { applied, ...(failureReason && { failureReason }) } });
    if (!document) return answer(false, 'no such document');
    const refuse = (code: number, message: string) => this.wire.send({ id, error: { code, message } });
    try {
      this.behaviour.applyEdit({ document, version, edits, answer, refuse }, this);
    } catch (error) {
      this.wire.faults.push(`an edit that can't be applied: ${error} ${JSON.stringify(params)}`);
      refuse(ErrorCodes.InternalError, String(error));
    }
  }

  /** What some editor can't stand (eglot fails on a parameter that it does not know, Neovim prints the label on every edit). */
  #checkParams(params: ApplyWorkspaceEditParams): void {
    if (!this.behaviour.canApplyEdit) this.wire.faults.push('an applyEdit to a client that can not apply edits');
    const odd = Object.keys(params).filter((key) => key !== 'edit');
    if (odd.length > 0) this.wire.faults.push(`applyEdit has a parameter that trips an editor: ${odd}`);
    if (params.edit.changeAnnotations) this.wire.faults.push('applyEdit has changeAnnotations');
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

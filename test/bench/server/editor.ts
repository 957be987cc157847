// A bare editor for measuring: a server process, documents that really change, and no checks that would cost time.

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

interface EndEvent {
  readonly kind: string;
  readonly editId: string;
  readonly outcome: string;
  readonly timing: Record<string, number>;
}

/** Answers each applyEdit at once, the didChange first, as Helix does. */
export class BenchEditor {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly documents = new Map<string, TextDocument>();
  readonly #ends = new Map<string, (event: EndEvent) => void>();
  readonly #early = new Map<string, EndEvent>();
  /** When the last applyEdit was applied and told, on the clock of `performance.now`. */
  lastAppliedMs = 0;

  /** `channel`: for who preloads turn-watch. */
  constructor(command: readonly string[], env: NodeJS.ProcessEnv = {}, channel: 'ipc' | 'ignore' = 'ignore') {
    const [program, ...args] = command;
    const stdio = ['pipe', 'pipe', 'inherit', channel] as const;
    this.child = spawn(program!, args, { stdio: [...stdio], env: { ...process.env, ...env } });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.child.stdout!),
      new StreamMessageWriter(this.child.stdin!),
    );
    this.connection.onRequest('workspace/applyEdit', (params) => this.#apply(params));
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.onNotification('$/quickhand/edit', (event: EndEvent) => this.#told(event));
    this.connection.listen();
  }

  async initialize(initializationOptions: object = {}): Promise<void> {
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: { workspace: { applyEdit: true }, window: { workDoneProgress: true } },
      initializationOptions: { events: true, joinsUndo: true, ...initializationOptions },
    });
    await this.connection.sendNotification('initialized', {});
  }

  open(uri: string, languageId: string, text: string): void {
    this.documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    void this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** One character typed; nothing is awaited. */
  type(uri: string, line: number, character: number, text: string): void {
    const at = { line, character };
    this.#change(uri, [{ range: { start: at, end: at }, text }]);
  }

  execute<R>(command: string, argument: object): Promise<R> {
    return this.connection.sendRequest('workspace/executeCommand', { command, arguments: [argument] });
  }

  async closeDocument(uri: string): Promise<void> {
    this.documents.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** The server's longest turn since this was asked last, or since it was started; see turn-watch. */
  longestTurn(): Promise<{ ms: number; cpuMs: number }> {
    return new Promise((resolve) => {
      this.child.once('message', (longest) => resolve(longest as { ms: number; cpuMs: number }));
      this.child.send('longest');
    });
  }

  /** Runs an edit at a line to its end; `act` is called once it has begun. */
  async edit(
    uri: string,
    line: number,
    instruction = 'go',
    act?: (editId: string) => Promise<unknown>,
  ): Promise<EndEvent> {
    const position = { line, character: 0 };
    const { editId } = await this.execute<{ editId: string }>('quickhand.edit', {
      textDocument: { uri },
      position,
      instruction,
    });
    await act?.(editId);
    const early = this.#early.get(editId);
    if (early) return early;
    return new Promise((resolve) => this.#ends.set(editId, resolve));
  }

  /** Resident memory of the server in MB (Linux). */
  rssMb(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))![1]) / 1024;
  }

  /** CPU time of the server so far in ms, all threads (Linux; a tick is 10 ms). */
  cpuMs(): number {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  async close(): Promise<void> {
    await this.connection.sendRequest('shutdown');
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    await this.connection.sendNotification('exit');
    await gone;
  }

  #apply(params: unknown): { applied: boolean } {
    const { textDocument, edits } = (params as ApplyParams).edit.documentChanges[0];
    if (this.documents.get(textDocument.uri)!.version !== textDocument.version) return { applied: false };
    this.#change(
      textDocument.uri,
      [...edits].reverse().map(({ range, newText }) => ({ range, text: newText })),
    );
    this.lastAppliedMs = performance.now();
    return { applied: true };
  }

  #change(uri: string, contentChanges: Change[]): void {
    const document = this.documents.get(uri)!;
    TextDocument.update(document, contentChanges, document.version + 1);
    const textDocument = { uri, version: document.version };
    void this.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
  }

  #told(event: EndEvent): void {
    if (event.kind !== 'end') return;
    this.#early.set(event.editId, event);
    this.#ends.get(event.editId)?.(event);
  }
}

type Change = { range: TextEditLike['range']; text: string };
interface TextEditLike {
  readonly range: { start: { line: number; character: number }; end: { line: number; character: number } };
  readonly newText: string;
}
interface ApplyParams {
  readonly edit: {
    readonly documentChanges: readonly [
      { textDocument: { uri: string; version: number }; edits: readonly TextEditLike[] },
    ];
  };
}

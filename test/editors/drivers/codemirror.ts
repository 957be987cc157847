// Drives a real CodeMirror with its own LSP client in a real browser, by the README's lines. The server is a process beside the browser, as behind a
// WebSocket.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { newPage } from './browser.ts';
import { install } from './install.ts';
import { Pulse } from './pulse.ts';
import { readmeBlocks } from './readme.ts';
import type { Sandbox } from './sandbox.ts';
import type { StormEditor } from './storm.ts';
import type { Spot } from './storm-text.ts';

export interface CodeMirror extends StormEditor {
  /** Runs a server command and waits for its answer. */
  request<T>(command: string, argument: object): Promise<T>;
  /** The answer to a request for the code actions at a line (1-based). */
  actions(line: number): Promise<{ readonly title: string }[]>;
  undo(): Promise<void>;
}

export interface CodeMirrorOptions {
  /** Path within the project. */
  readonly file: string;
  readonly text: string;
  /** Without the README's lines. */
  readonly bare?: boolean;
}

/** What the page has for the tests; see {@link pageCode}. */
interface InPage {
  readonly view: {
    readonly state: {
      readonly doc: { toString(): string; line(n: number): { from: number; to: number; text: string } };
    };
    dispatch(spec: object): void;
    focus(): void;
  };
  readonly client: { request(method: string, params: object): Promise<never>; sync(): void };
  readonly textDocument: { readonly uri: string };
  readonly undo: () => void;
}

declare const editor: InPage;

export async function openCodeMirror(
  sandbox: Sandbox,
  { file, text, bare = false }: CodeMirrorOptions,
): Promise<CodeMirror> {
  const page = await newPage(sandbox);
  await page.route('http://editor.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<body></body>' }),
  );
  await page.goto('http://editor.test/');
  const [command = '', ...args] = [join(sandbox.path('bin'), 'quickhand'), '--stdio'];
  const server = spawn(command, args, {
    cwd: sandbox.path('work'),
    env: { ...sandbox.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  sandbox.onEnd(() => server.kill());
  const writer = new StreamMessageWriter(server.stdin);
  await page.exposeFunction('toServer', (message: string) => writer.write(JSON.parse(message)));
  const shown = new Pulse();
  await page.exposeFunction('changed', () => shown.beat());
  await page.addScriptTag({ content: await bundle(sandbox, { file, text, bare }) });
  new StreamMessageReader(server.stdout).listen((message) => {
    page
      .evaluate(
        (json) => (globalThis as never as { fromServer(json: string): void }).fromServer(json),
        JSON.stringify(message),
      )
      .catch(() => {}); // it has closed
  });
  await sandbox.wire.ready();
  return drive(sandbox, page, shown);
}

type Page = Awaited<ReturnType<typeof newPage>>;

function drive(sandbox: Sandbox, page: Page, shown: Pulse): CodeMirror {
  const text = () => page.evaluate(() => editor.view.state.doc.toString());
  const request = <T>(command: string, argument: object): Promise<T> =>
    page.evaluate(
      ([name, given]) => {
        editor.client.sync();
        const named = { textDocument: editor.textDocument, ...(given as object) };
        return editor.client.request('workspace/executeCommand', {
          command: name,
          arguments: [named],
        }) as Promise<never>;
      },
      [command, argument] as const,
    );
  const typeAt = ({ line, atEnd }: Spot) =>
    page.evaluate(
      ([number, end]) => {
        const { from, to, text: words } = editor.view.state.doc.line(number as number);
        editor.view.focus();
        editor.view.dispatch({ selection: { anchor: end ? to : from + words.indexOf("';") } });
      },
      [line, atEnd] as const,
    );
  return {
    sandbox,
    text,
    request,
    typeAt,
    actions: (line) =>
      page.evaluate((number) => {
        const at = { line: number - 1, character: 4 };
        const params = {
          textDocument: editor.textDocument,
          range: { start: at, end: at },
          context: { diagnostics: [] },
        };
        return editor.client.request('textDocument/codeAction', params);
      }, line),
    type: (typed) => page.keyboard.type(typed),
    enter: () => page.keyboard.press('Enter'),
    async typeBelow(line, typed) {
      await typeAt({ line, atEnd: true });
      await page.keyboard.press('Enter');
      await page.keyboard.type(typed);
    },
    untilShown: async (pattern, what) =>
      void (await shown.until(
        async () => pattern.test(await text()),
        async () => what,
      )),
    // By the text: a line break above may overtake a line number.
    ask: () =>
      page.evaluate(async () => {
        const before = editor.view.state.doc.toString().split('export function total')[0]!;
        editor.client.sync();
        const position = { line: before.split('\n').length + 2, character: 4 };
        const argument = { textDocument: editor.textDocument, position, instruction: 'number each statement' };
        await editor.client.request('workspace/executeCommand', { command: 'quickhand.edit', arguments: [argument] });
      }),
    revert: async () => void (await request('quickhand.revert', {})),
    undo: () => page.evaluate(() => editor.undo()),
  };
}

/** The page's script: what a site would have, and `editor` for the tests. */
async function bundle(sandbox: Sandbox, options: CodeMirrorOptions): Promise<string> {
  const [shim = ''] = readmeBlocks('CodeMirror', 'js');
  sandbox.write('page/quickhand.js', shim);
  sandbox.write('page/page.js', pageCode(sandbox, options));
  const { outputFiles } = await build({
    entryPoints: [sandbox.path('page/page.js')],
    bundle: true,
    write: false,
    nodePaths: [join(await install('codemirror'), 'node_modules')],
  });
  return outputFiles[0]!.text;
}

function pageCode(sandbox: Sandbox, { file, text, bare = false }: CodeMirrorOptions): string {
  const [, connecting = ''] = readmeBlocks('CodeMirror', 'js');
  const lines = connecting
    .replace(
      "{ rootUri: 'file:///project' }",
      () => `{ rootUri: ${JSON.stringify(`file://${sandbox.path('work')}`)}, extensions, timeout: 60_000 }`,
    )
    .replace(/withEdits\(transport, .*\)\)/, (found) => (bare ? 'transport)' : found));
  return `
import { history, historyKeymap, undo, defaultKeymap } from '@codemirror/commands';
import { LSPClient } from '@codemirror/lsp-client';
import { EditorView, keymap } from '@codemirror/view';
import { withEdits } from './quickhand.js';

const handlers = new Set();
globalThis.fromServer = (message) => { for (const handler of handlers) handler(message); };
const transport = { send: toServer, subscribe: (handler) => handlers.add(handler), unsubscribe: (handler) => handlers.delete(handler) };
// So that the tests see when an edit ends.
const extensions = [{ clientCapabilities: { window: { workDoneProgress: true } } }];
${lines}
const uri = ${JSON.stringify(`file://${sandbox.path('work', file)}`)};
const view = new EditorView({
  doc: ${JSON.stringify(text)},
  parent: document.body,
  extensions: [
    history(), keymap.of([...defaultKeymap, ...historyKeymap]), client.plugin(uri, 'typescript'), sendsChanges,
    EditorView.updateListener.of(() => changed()),
  ],
});
globalThis.editor = { view, client, textDocument: { uri }, undo: () => undo(view) };
`;
}

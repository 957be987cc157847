// Another language server of the same buffer: reports on the first line how many lines it was told of and how often `sum` stands in them.
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';

const wire = createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));

function report(uri, text) {
  const start = { line: 0, character: 0 };
  const message = `other-server: ${text.split('\n').length - 1} lines, ${text.match(/\bsum\b/g)?.length ?? 0} sums`;
  const diagnostic = { range: { start, end: { line: 0, character: 6 } }, severity: 2, message };
  void wire.sendNotification('textDocument/publishDiagnostics', { uri, diagnostics: [diagnostic] });
}

/** Whole texts. */
const capabilities = { textDocumentSync: 1 };
wire.onRequest('initialize', () => ({ capabilities, serverInfo: { name: 'other-server' } }));
wire.onRequest('shutdown', () => null);
wire.onNotification('exit', () => process.exit(0));
wire.onNotification('textDocument/didOpen', ({ textDocument }) => report(textDocument.uri, textDocument.text));
wire.onNotification('textDocument/didChange', ({ textDocument, contentChanges }) =>
  report(textDocument.uri, contentChanges.at(-1).text),
);
wire.listen();

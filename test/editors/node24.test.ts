// The server on the next Node: the tests themselves run on the one that is installed.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import { TextDocument, type TextEdit } from 'vscode-languageserver-textdocument';
import { install } from './drivers/install.ts';
import { baseText, inTotal } from './drivers/project.ts';

const server = fileURLToPath(new URL('../../dist/quickhand.js', import.meta.url));
const uri = 'file:///project/math.ts';
let node: string;

interface Apply {
  readonly edit: { readonly documentChanges: readonly { readonly edits: TextEdit[] }[] };
}

beforeAll(async () => {
  node = `${await install('node24')}/bin/node`;
});

test('runs from initialize to exit, with a whole edit between', async () => {
  expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(/^v24\./);
  const child = spawn(node, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  let document = TextDocument.create(uri, 'typescript', 1, baseText);
  connection.onRequest('workspace/applyEdit', async ({ edit }: Apply) => {
    const edits = edit.documentChanges.flatMap((change) => change.edits);
    const text = TextDocument.applyEdits(document, edits);
    document = TextDocument.create(uri, 'typescript', document.version + 1, text);
    const textDocument = { uri, version: document.version };
    await connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
    return { applied: true };
  });
  connection.listen();

  const { capabilities } = await connection.sendRequest<{ capabilities: { positionEncoding: string } }>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { applyEdit: true } },
  });
  expect(capabilities.positionEncoding).toBe('utf-16');
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'typescript', version: 1, text: baseText },
  });
  const answer = await connection.sendRequest('workspace/executeCommand', {
    command: 'quickhand.edit',
    arguments: [
      {
        textDocument: { uri },
        position: { line: inTotal - 1, character: 4 },
        instruction: 'rename sum to amount',
        wait: true,
      },
    ],
  });
  expect(answer).toMatchObject({ outcome: 'completed' });
  expect(document.getText()).toBe(baseText.replaceAll(/\bsum\b/g, 'amount'));

  expect(await connection.sendRequest('shutdown')).toBeNull();
  await connection.sendNotification('exit');
  expect(await exited).toEqual([0, null]);
});

// Steps of the scenarios about places for new code, and the code around and in them.

import type { TestClient } from '../client/client.ts';
import type { TestDocument } from '../client/document.ts';
import type { EditHandle } from '../client/edit-handle.ts';

export const typescript = { name: 'a.ts', languageId: 'typescript' };

export const one = 'function one() {\n  return 1;\n}';
export const two = 'function two() {\n  return 2;\n}';
export const three = 'function three() {\n  return 3;\n}';

/** Opens a text. The place is where `|` stands in the text. */
export function openMarked(client: TestClient, marked: string, options: { name?: string; languageId?: string } = {}) {
  const at = marked.indexOf('|');
  const document = client.open(marked.replace('|', ''), options);
  return { document, at };
}

/** Asks for new code at `at`, a UTF-16 offset of the document. */
export async function insertAt(
  client: TestClient,
  document: TestDocument,
  at: number,
  more: object = {},
): Promise<EditHandle> {
  const lines = document.text.slice(0, at).split('\n');
  const position = { line: lines.length - 1, character: lines.at(-1)!.length };
  const { editId } = await client.command<{ editId: string }>('quickhand.edit', {
    textDocument: { uri: document.uri },
    position,
    instruction: 'add a function that returns three',
    ...more,
  });
  return client.handle(editId);
}

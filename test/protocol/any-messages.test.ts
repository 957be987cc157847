// Whatever an editor notifies or asks, in whatever order: nothing ends the server, and every request is answered in words.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { TestClient } from '../client/client.ts';
import { Puppet } from '../client/puppet.ts';
import { ResponseError } from '../client/wire.ts';
import { firstAfter, firstDone, sampleText } from './samples.ts';

const seed = Number(process.env.QUICKHAND_SEED ?? Date.now() % 2 ** 31);
const inWords = [ErrorCodes.InvalidParams, ErrorCodes.MethodNotFound, ErrorCodes.InvalidRequest];

const odd = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 1e300, '', ' ', [], {}, [[]]),
  fc.string({ maxLength: 5 }),
  fc.integer(),
);
const position = fc.record({ line: odd, character: odd }, { requiredKeys: [] });
const range = fc.oneof(odd, fc.record({ start: fc.oneof(position, odd), end: fc.oneof(position, odd) }));
const change = fc.oneof(odd, fc.record({ range, text: fc.oneof(odd, fc.string()) }, { requiredKeys: [] }));

const documentOf = (uri: string) =>
  fc.oneof(
    fc.constant({ uri, languageId: 'typescript', version: 1, text: sampleText }),
    fc.record({ uri: fc.oneof(fc.constant(uri), odd), languageId: odd, version: odd, text: odd }, { requiredKeys: [] }),
    odd,
  );

const paramsFor = (uri: string) =>
  fc.oneof(
    odd,
    fc.record(
      {
        textDocument: documentOf(uri),
        contentChanges: fc.oneof(fc.array(change, { maxLength: 3 }), odd),
        range,
        context: fc.oneof(odd, fc.record({ diagnostics: odd, only: fc.oneof(odd, fc.array(odd)) })),
        command: odd,
        arguments: odd,
        settings: odd,
        token: odd,
        id: odd,
      },
      { requiredKeys: [] },
    ),
  );

const notifications = [
  ...['didOpen', 'didChange', 'didClose', 'didSave'].map((name) => `textDocument/${name}`),
  ...['workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles', 'window/workDoneProgress/cancel'],
  ...['$/cancelRequest', '$/setTrace', '$/progress', 'no/such/notification'],
];
const requests = ['textDocument/codeAction', 'workspace/executeCommand', 'textDocument/hover', 'initialize', '$/x'];

test('anything', { timeout: 60_000 }, async () => {
  const model = await Puppet.start();
  const client = await TestClient.start({ asProgram: true, initializationOptions: model.settings });
  const document = client.open(sampleText);
  const params = paramsFor(document.uri.replace('sample', 'odd'));
  let refused = 0;
  const property = fc.asyncProperty(
    fc.array(fc.tuple(fc.constantFrom(...notifications), params), { maxLength: 5 }),
    fc.constantFrom(...requests),
    params,
    async (notified, method, asked) => {
      for (const [name, value] of notified) client.wire.notify(name, value);
      const answer = await client.request(method, asked).catch((error: unknown) => error);
      if (!(answer instanceof Error)) return;
      refused++;
      expect(answer).toBeInstanceOf(ResponseError);
      expect(inWords).toContain((answer as ResponseError).code);
    },
  );
  await fc.assert(property, { seed, numRuns: 400, endOnFailure: true });
  expect(refused).toBeGreaterThan(200);
  const edit = await client.edit(document, 'list[0]');
  (await model.next()).answer(firstAfter);
  expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  expect(document.text).toBe(firstDone);
  await client.close({ stderr: /^(quickhand: .*\n)*$/ });
  await model.close();
});

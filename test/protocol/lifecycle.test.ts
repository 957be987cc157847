// Starting and ending: what the server does before, after and without the messages that frame a session.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ErrorCodes } from 'vscode-languageserver-protocol';
import { TestClient } from '../client/client.ts';
import { withClient } from '../client/world.ts';

const fresh = (scenario: (client: TestClient) => Promise<void>) =>
  withClient({ asProgram: true }, scenario, TestClient.spawn);

describe('before initialize', () => {
  test('every request is refused as not initialized, and initialize works afterwards', () =>
    fresh(async (client) => {
      await expect(client.command('quickhand.status', {})).rejects.toMatchObject({
        code: ErrorCodes.ServerNotInitialized,
      });
      await expect(client.request('no/such/method', {})).rejects.toMatchObject({
        code: ErrorCodes.ServerNotInitialized,
      });
      await expect(client.request('shutdown', undefined)).rejects.toMatchObject({
        code: ErrorCodes.ServerNotInitialized,
      });
      client.wire.notify('textDocument/didClose', { textDocument: { uri: 'file:///x' } });
      await client.initialize();
      await client.command('quickhand.status', {});
    }));

  test('exit ends the process with 1', async () => {
    const client = await TestClient.spawn({ asProgram: true });
    client.wire.notify('exit', undefined);
    expect(await client.exited()).toBe(1);
    await client.close({ exitCode: 1 });
  });
});

describe('the end', () => {
  test('shutdown, then exit: 0, and whatever comes between is an invalid request', async () => {
    const client = await TestClient.start({ asProgram: true });
    expect(await client.request('shutdown', undefined)).toBeNull();
    await expect(client.command('quickhand.status', {})).rejects.toMatchObject({ code: ErrorCodes.InvalidRequest });
    await expect(client.request('shutdown', undefined)).rejects.toMatchObject({ code: ErrorCodes.InvalidRequest });
    client.wire.notify('exit', undefined);
    expect(await client.exited()).toBe(0);
    await client.close();
  });

  test('exit without shutdown: 1', async () => {
    const client = await TestClient.start({ asProgram: true });
    client.wire.notify('exit', undefined);
    expect(await client.exited()).toBe(1);
    await client.close({ exitCode: 1 });
  });

  test('the process ends when its input does', async () => {
    const client = await TestClient.start({ asProgram: true });
    client.wire.process.stdin.end();
    expect(await client.exited()).toBe(1);
    await client.close({ exitCode: 1 });
  });

  test('the process ends when the one that started it has died', async () => {
    const parent = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const client = await TestClient.start({ asProgram: true, processId: parent.pid! });
    parent.kill('SIGKILL');
    await once(parent, 'close');
    expect(await client.exited()).toBe(1);
    await client.close({ exitCode: 1 });
  });

  test('no parent to watch: with processId null it serves until it is told to end', () =>
    withClient({ asProgram: true, processId: null }, async (client) => {
      expect(await client.command('quickhand.status', {})).toHaveProperty('lanes');
      expect(client.wire.exitCode).toBeUndefined();
    }));

  test('a second initialize is refused', () =>
    withClient({ asProgram: true }, async (client) => {
      await expect(client.request('initialize', { processId: null, capabilities: {} })).rejects.toMatchObject({
        code: ErrorCodes.InvalidRequest,
      });
    }));
});

describe('messages that it does not know or can not read', () => {
  test('an unknown request gets MethodNotFound, an unknown notification nothing', () =>
    withClient({ asProgram: true }, async (client) => {
      client.wire.notify('$/never/heard/of', {});
      client.wire.notify('workspace/neverHeardOf', { a: 1 });
      await expect(client.request('textDocument/hover', {})).rejects.toMatchObject({ code: ErrorCodes.MethodNotFound });
      await expect(client.request('$/never/heard/of', {})).rejects.toMatchObject({ code: ErrorCodes.MethodNotFound });
    }));

  const garbage: [string, string][] = [
    ['a body that is no JSON', 'Content-Length: 5\r\n\r\n{abc}'],
    ['a body that is no object', 'Content-Length: 4\r\n\r\nnull'],
    ['a header without a number', 'Content-Length: abc\r\n\r\n'],
    ['a header of another kind', 'X-Nothing: 1\r\n\r\n'],
    ['no header at all', 'hello, is this a shell?\r\n\r\n'],
    ['a header in small letters', 'content-length: 2\r\n\r\n{}'],
  ];
  test.each(garbage)('%s: the next request works', async (_name, bytes) => {
    const client = await TestClient.start({ asProgram: true });
    client.wire.process.stdin.write(bytes);
    const status = await client.command('quickhand.status', {});
    expect(status).toHaveProperty('lanes');
    await client.close({ stderr: /^(quickhand: .*)?$/s });
  });

  test('a message that comes byte by byte', () =>
    withClient({ asProgram: true }, async (client) => {
      const body = JSON.stringify({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: openParams('a é 🙂') });
      const bytes = Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
      for (const byte of bytes) client.wire.process.stdin.write(Buffer.from([byte]));
      await expect(client.command('quickhand.edit', { textDocument: { uri: 'file:///open' } })).rejects.toThrow(
        /range/,
      );
    }));

  test('parameters of wrong types do no harm', () =>
    withClient({ asProgram: true }, async (client) => {
      for (const params of [null, [], 'x', 7, { textDocument: null }, { textDocument: 3, contentChanges: 'x' }]) {
        for (const method of ['didOpen', 'didChange', 'didClose']) client.wire.notify(`textDocument/${method}`, params);
        client.wire.notify('workspace/didChangeConfiguration', params);
        client.wire.notify('window/workDoneProgress/cancel', params);
        client.wire.notify('$/cancelRequest', params);
        await expect(client.request('textDocument/codeAction', params)).rejects.toMatchObject({
          code: ErrorCodes.InvalidParams,
        });
        await expect(client.request('workspace/executeCommand', params)).rejects.toMatchObject({
          code: ErrorCodes.InvalidParams,
        });
      }
      await client.command('quickhand.status', {});
      client.wire.stderr = client.wire.stderr.replace(/^quickhand: .*\n/gm, '');
    }));
});

function openParams(text: string) {
  return { textDocument: { uri: 'file:///open', languageId: 'typescript', version: 1, text } };
}

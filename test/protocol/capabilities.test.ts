// What the server offers: exactly DESIGN.md §4, and nothing that would steal another server's feature.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inWorld, withClient } from '../client/world.ts';
import { firstAfter, sampleText } from './samples.ts';

test('capabilities are exactly those of the contract', () =>
  withClient({ asProgram: true }, async (client) => {
    const { capabilities, serverInfo } = client.initializeResult!;
    const { executeCommandProvider, ...rest } = capabilities as { executeCommandProvider: { commands: string[] } };
    expect(rest).toEqual({
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2 },
      codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite'] },
    });
    expect(executeCommandProvider.commands).toEqual(
      ['edit', 'cancel', 'keep', 'revert', 'steer', 'retry', 'explain', 'verify', 'approve', 'answer', 'status'].map(
        (name) => `quickhand.${name}`,
      ),
    );
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(serverInfo).toEqual({ name: 'quickhand', version });
  }));

test.each([
  ['utf-8 first', { positionEncodings: ['utf-8', 'utf-16'] }],
  ['none named', {}],
])('the position encoding is utf-16 whatever the client prefers: %s', (_name, general) =>
  withClient({ capabilities: { general } }, async (client) => {
    expect(client.initializeResult!.capabilities.positionEncoding).toBe('utf-16');
  }),
);

test('a client without any capability can start and end a session', () =>
  withClient({ capabilities: { workspace: {}, window: {}, textDocument: {} } }, async (client) => {
    expect(await client.command('quickhand.status', {})).toHaveProperty('lanes');
  }));

test.each([
  ['initializationOptions.events', { initializationOptions: { events: true } }],
  [
    'capabilities.experimental.quickhand.events',
    { initializationOptions: { events: false }, capabilities: { experimental: { quickhand: { events: true } } } },
  ],
])('events are for those who opted in by %s', (_name, options) =>
  inWorld(options, async ({ client, model }) => {
    const edit = await client.edit(client.open(sampleText), 'list[0]');
    (await model.next()).answer(firstAfter);
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
  }),
);

test('settings may stand in initializationOptions.quickhand', () =>
  withClient({ initializationOptions: { events: false, quickhand: { events: true } } }, async (client) => {
    const document = client.open(sampleText);
    const edit = await client.edit(document, 'list[0]', { instruction: 'rename head to top' });
    expect(await edit.end()).toMatchObject({ outcome: 'completed' });
    expect(document.text).toContain('const top = list[0];');
    await client.takeMessage(/[Rr]ehearsal/);
  }));

// Diagnostics of several kinds in one file: what is published of a file replaces all that was, so that each kind must go out with the others.

import { expect, test } from 'vitest';
import { type Diagnostic, PublishDiagnosticsNotification } from 'vscode-languageserver-protocol';
import type { Wire } from '../../server/protocol/connection/wire.ts';
import { type DiagnosticsKind, DiagnosticsPublisher } from '../../server/protocol/diagnostics/publish-diagnostics.ts';

const uri = 'file:///a.ts';
const other = 'another' as DiagnosticsKind; // there is one so far
const at = { line: 0, character: 0 };
const saying = (message: string): Diagnostic[] => [{ range: { start: at, end: at }, message }];

test('one kind is replaced and cleared, the other stays', () => {
  const published: unknown[] = [];
  const wire = {
    async sendNotification(type: { method: string }, params: { uri: string; diagnostics: Diagnostic[] }) {
      expect(type).toBe(PublishDiagnosticsNotification.type);
      published.push([params.uri, ...params.diagnostics.map(({ message }) => message)]);
    },
  };
  const publisher = new DiagnosticsPublisher(wire as unknown as Wire);
  const notOpen = () => undefined;
  publisher.replace('check', new Map([[uri, saying('one')]]), notOpen);
  publisher.replace(other, new Map([[uri, saying('two')]]), notOpen);
  publisher.replace('check', new Map([[uri, saying('three')]]), notOpen);
  publisher.replace('check', new Map(), notOpen);
  publisher.replace(other, new Map(), notOpen);
  expect(published).toEqual([[uri, 'one'], [uri, 'one', 'two'], [uri, 'three', 'two'], [uri, 'two'], [uri]]);
});

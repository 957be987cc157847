// What waits for its handler, by the document that it changes.

import { expect, test } from 'vitest';
import { ChangesAhead } from '../../../server/protocol/connection/changes-ahead.ts';

const change = (uri: string, contentChanges: unknown = []) => ({
  method: 'textDocument/didChange',
  params: { textDocument: { uri }, contentChanges },
});

test('changes are ahead until the last of them is handled, those of another document do not count', () => {
  const ahead = new ChangesAhead();
  const handle = ({ method, params } = change('a')) => {
    ahead.handling(method, params);
    return ahead.has('a');
  };
  for (const message of [change('a'), change('b'), change('a')]) ahead.read(message);
  expect([ahead.has('a'), ahead.has('b'), ahead.has('c')]).toEqual([true, true, false]);
  expect([handle(), handle(change('b')), handle()]).toEqual([true, true, false]);
  expect(ahead.has('b')).toBe(false);
});

test('what is no change is not waited for', () => {
  const ahead = new ChangesAhead();
  const others = [
    change('a', 'no list'),
    { method: 'textDocument/didClose', params: { textDocument: { uri: 'a' } } },
    { method: 'textDocument/didChange' },
    { method: 'textDocument/didChange', params: null },
    { method: 'textDocument/didChange', params: { textDocument: null, contentChanges: [] } },
    {},
  ];
  for (const message of others) ahead.read(message);
  expect(ahead.has('a')).toBe(false);
});

// didChange applied to a snapshot, compared with the library applied to the whole text; and the line starts that are updated.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterChanges, type ContentChange } from '../../server/documents/changes.ts';
import { createSnapshot, lineStartsOf } from '../../server/documents/snapshot.ts';
import { checked } from '../text/property.ts';

const piecesOf = (breaks: readonly string[]) =>
  fc
    .array(fc.oneof(fc.constantFrom(...breaks), fc.constantFrom('a', 'bc', '🙂', '  ')), { maxLength: 12 })
    .map((pieces) => pieces.join(''));
const position = fc.record({ line: fc.integer({ min: 0, max: 9 }), character: fc.integer({ min: 0, max: 6 }) });
const changeOf = (text: fc.Arbitrary<string>): fc.Arbitrary<ContentChange> => {
  const ranged = fc.record({ range: fc.record({ start: position, end: position }), text });
  return fc.oneof({ weight: 12, arbitrary: ranged }, { weight: 1, arbitrary: fc.record({ text }) });
};
const caseOf = (breaks: readonly string[]) => {
  const text = piecesOf(breaks);
  return fc.record({ text, changes: fc.array(changeOf(text), { maxLength: 5 }) });
};

describe('a didChange', () => {
  it.each([
    ['LF', ['\n']],
    ['CRLF', ['\r\n']],
    ['every kind of break', ['\n', '\r\n', '\r']],
  ])('is what the library makes of all of it: %s', (_, breaks) => {
    checked(
      fc.property(caseOf(breaks), ({ text, changes }) => {
        const step = (before: string, change: ContentChange) =>
          TextDocument.update(TextDocument.create('', '', 1, before), [change], 2).getText();
        const wanted = changes.reduce(step, text);
        const next = afterChanges(createSnapshot('file:///a', 1, 'plaintext', text), 2, changes);
        expect(next).toMatchObject({ uri: 'file:///a', version: 2, languageId: 'plaintext', text: wanted });
        expect(next.lineStarts).toEqual(lineStartsOf(wanted));
      }),
      0.3,
    );
  });

  it('leaves the snapshot before as it was', () => {
    const before = createSnapshot('file:///a', 1, 'plaintext', 'a\nb\nc\n');
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    expect(afterChanges(before, 2, [{ range, text: '' }]).text).toBe('a\nc\n');
    expect(before).toMatchObject({ version: 1, text: 'a\nb\nc\n', lineStarts: [0, 2, 4, 6] });
  });
});

// What has landed can be reverted, exactly, as long as nobody else has changed it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LandedChanges, type TrackedEdit } from '../../server/delivery/landed-changes.ts';
import { applyEdits, type Edit } from '../../server/text/edit.ts';
import { checked } from '../text/property.ts';
import { editsOf, texts } from './texts.ts';

/** A document that one edit after the other lands in, each edit a hunk of its own. */
class Document {
  readonly changes = new LandedChanges();
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  land(edits: readonly Edit[], hunk = this.changes.nextId()): void {
    const landing: TrackedEdit[] = edits.map((edit) => ({ id: this.changes.nextId(), hunk, edit }));
    this.changes.landed(this.text, landing);
    this.text = applyEdits(this.text, edits);
  }

  /** Somebody else changes the region, which is all of the text. */
  type(edit: Edit): void {
    const next = applyEdits(this.text, [edit]);
    this.changes.changed({ text: this.text, edits: [edit] }, { from: 0, to: next.length });
    this.text = next;
  }

  get reverted(): string {
    return applyEdits(
      this.text,
      this.changes.inverse().map(({ edit }) => edit),
    );
  }
}

describe('a revert', () => {
  it('leads to the text before, after any edits over each other', () => {
    const steps = (text: string, left: number): fc.Arbitrary<Edit[][]> =>
      left === 0
        ? fc.constant([])
        : editsOf(text).chain((edits) => steps(applyEdits(text, edits), left - 1).map((rest) => [edits, ...rest]));
    const cases = texts().chain((text) =>
      fc.record({ text: fc.constant(text), lists: fc.nat(4).chain((n) => steps(text, n)) }),
    );
    checked(
      fc.property(cases, ({ text, lists }) => {
        const document = new Document(text);
        for (const edits of lists) document.land(edits);
        expect(document.reverted).toBe(text);
      }),
      0.5,
    );
  });

  it('changes nothing where edits have led back by themselves', () => {
    const document = new Document('one two');
    document.land([{ from: 0, to: 3, insert: '1' }]);
    document.land([{ from: 0, to: 1, insert: 'one' }]);
    expect(document.changes.empty).toBe(true);
  });

  it('leaves a hunk alone of which a part was changed, and reverts the others', () => {
    const document = new Document('one two three');
    document.land([
      { from: 0, to: 3, insert: '1' },
      { from: 8, to: 13, insert: '3' },
    ]);
    document.land([{ from: 2, to: 5, insert: '2nd' }]);
    document.type({ from: 6, to: 7, insert: '33' });
    expect(document.reverted).toBe('1 two 33');
  });

  it('leaves alone what may have been changed: one of two equal lines was deleted', () => {
    const document = new Document('beta\n');
    document.land([{ from: 0, to: 0, insert: 'beta\n' }]);
    document.type({ from: 5, to: 10, insert: '' });
    expect(document.reverted).toBe('beta\n');
  });

  it('leaves what was typed elsewhere', () => {
    const document = new Document('one two three');
    document.land([{ from: 8, to: 13, insert: '3' }]);
    document.type({ from: 3, to: 3, insert: ' and' });
    expect(document.reverted).toBe('one and two three');
  });

  it('reverts a later edit where somebody had changed an earlier one', () => {
    const document = new Document('one');
    document.land([{ from: 0, to: 3, insert: 'first' }]);
    document.type({ from: 2, to: 2, insert: 'X' });
    document.land([{ from: 0, to: 6, insert: 'second' }]);
    expect(document.reverted).toBe('fiXrst');
  });
});

describe('a landed change', () => {
  const listed = ({ changes }: Document) => changes.all.map(({ id, span, before }) => ({ id, span, before }));

  it('says where it stands by now and what stood there before', () => {
    const document = new Document('one two three');
    document.land([
      { from: 0, to: 3, insert: '1' },
      { from: 8, to: 13, insert: '3' },
    ]);
    document.type({ from: 2, to: 2, insert: 'x' });
    expect(listed(document)).toMatchObject([
      { span: { from: 0, to: 1 }, before: 'one' },
      { span: { from: 7, to: 8 }, before: 'three' },
    ]);
  });

  it('keeps its id and the oldest text, whatever of ours lands over it', () => {
    const document = new Document('one two three');
    document.land([{ from: 0, to: 3, insert: 'first' }]);
    document.land([{ from: 10, to: 15, insert: '3' }]);
    const [first, third] = listed(document);
    document.land([{ from: 2, to: 7, insert: 'NE T' }]);
    expect(listed(document)).toEqual([
      { id: first?.id, span: { from: 0, to: 6 }, before: 'one t' },
      { ...third, span: { from: 9, to: 10 } },
    ]);
  });
});

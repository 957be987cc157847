// An editor that makes an edit in a buffer that it has not told us of: what it put in the wrong place is put right, in one edit.

import { describe, expect, it } from 'vitest';
import { placeSentEdits, toSentEdits } from '../../server/delivery/sent-edit.ts';
import { createSnapshot } from '../../server/documents/snapshot.ts';
import { applyEdits } from '../../server/text/edit.ts';
import { Desk, text } from './desk.ts';

const hunk = { edits: [{ from: 9, to: 12, insert: 'const one = 1;' }] };
const typed = '// x\n';

/** The editor makes what was sent last, by line and character, in what its buffer holds. */
function made(desk: Desk, told: string, buffer: string): string {
  const sent = toSentEdits(createSnapshot('', 1, '', told), desk.sent.at(-1)!.edits);
  return applyEdits(buffer, placeSentEdits(buffer, sent)!);
}

/** An edit is put two lines too high. */
function misplaced() {
  const desk = new Desk();
  const region = desk.region();
  desk.push(region, hunk);
  const wrong = made(desk, text, typed + text);
  expect(wrong).not.toBe(typed + desk.made(text));
  desk.tell(wrong);
  return { desk, region, wrong };
}

const right = `${typed}above\nfn() {\n  const one = 1;\n}\nbelow\n`;

describe('an edit in the wrong place', () => {
  it('is put right in one edit, with what it had taken out, and counted', () => {
    const { desk, region } = misplaced();
    expect(desk.events).toEqual([]);
    expect(desk.sent).toHaveLength(2);
    expect(desk.delivery.snapshot.text).toBe(typed + text);
    expect(desk.made()).toBe(right);
    desk.tell(desk.made());
    expect(desk.events).toEqual(['landed']);
    expect(region.repairs).toBe(1);
    expect(desk.delivery.snapshot.text).toBe(right);
  });

  it('is put right beside what its user goes on typing', () => {
    const { desk, wrong } = misplaced();
    desk.tell(`y${wrong}`);
    desk.tell(`y${right}`);
    expect(desk.events).toEqual(['landed']);
    expect(desk.sent).toHaveLength(2);
  });

  it('is put right again if the editor does it again, and the rest comes in one', () => {
    const { desk, region, wrong } = misplaced();
    const again = made(desk, wrong, `// y\n${wrong}`);
    desk.tell(again);
    expect(desk.sent).toHaveLength(3);
    expect(desk.made()).toBe(`// y\n${right}`);
    desk.tell(desk.made());
    expect(desk.events).toEqual(['landed']);
    expect(region.repairs).toBe(2);
    desk.push(region, { edits: [{ from: 0, to: 2, insert: 'f' }] });
    desk.wait(5000);
    expect(desk.sent).toHaveLength(3);
  });

  it('is not sent again where its user has undone it', async () => {
    const { desk } = misplaced();
    desk.tell(typed + text);
    await desk.sent[1]!.reply({ applied: true });
    desk.wait(101);
    expect(desk.events.at(-1)).toBe('undo');
    desk.wait(5000);
    expect(desk.sent).toHaveLength(2);
    expect(desk.delivery.snapshot.text).toBe(typed + text);
  });

  it('is taken out also if the edit is cancelled meanwhile', () => {
    const desk = new Desk();
    const region = desk.region();
    desk.push(region, hunk);
    region.end();
    desk.tell(made(desk, text, typed + text));
    expect(desk.made()).toBe(typed + text);
  });

  it('is taken out by a revert, where the editor did not take its repair', async () => {
    const { desk, region } = misplaced();
    await desk.sent[1]!.reply({ applied: false, final: true, failureReason: 'no' });
    expect(desk.events).toEqual(['the editor refused an edit: no']);
    expect(region.revert('own')).toBe(true);
    desk.delivery.pump();
    desk.wait(151);
    expect(desk.made()).toBe(typed + text);
    desk.tell(desk.made());
    expect(region.isMisplaced).toBe(false);
    expect(region.isIdle).toBe(true);
  });

  it('is left alone once its document is closed', async () => {
    const { desk } = misplaced();
    desk.delivery.closed();
    desk.wait(10_000);
    expect(desk.sent).toHaveLength(2);
    expect(desk.events).toEqual(['closed']);
  });
});

describe('an edit that lands in a text that others had told of since it was sent', () => {
  const sentFor = (desk: Desk, told: string) => toSentEdits(createSnapshot('', 1, '', told), desk.sent.at(-1)!.edits);
  const line = { edits: [{ from: 7, to: 13, insert: '' }] };

  it('is taken out where it took out what they had typed, though that is just what was to be expected', () => {
    const desk = new Desk();
    desk.push(desk.region(), line);
    const theirs = text.replace('one', 'oжne');
    desk.tell(theirs);
    expect(desk.events).toEqual(['typing']);
    desk.tell(theirs.replace('  oжne\n', ''));
    expect(desk.made()).toBe(theirs);
    desk.tell(desk.made());
    expect(desk.delivery.snapshot.text).toBe(theirs);
  });

  it('is taken out where it did so and they have typed on elsewhere', () => {
    const desk = new Desk();
    desk.push(desk.region(), line);
    const theirs = text.replace('one', 'oжne');
    desk.tell(theirs);
    desk.tell(`щ${theirs.replace('  oжne\n', '')}`);
    desk.wait(151);
    expect(desk.made()).toBe(`щ${theirs}`);
  });

  it('is put right where it stands where it was sent to, and nothing else has happened', () => {
    const desk = new Desk();
    desk.push(desk.region(), line);
    const sent = sentFor(desk, text);
    desk.tell(`ящ\n${text}`);
    desk.tell(applyEdits(`ящ\n${text}`, placeSentEdits(`ящ\n${text}`, sent)!));
    expect(desk.made()).toBe(`ящ\nabove\nfn() {\n}\nbelow\n`);
  });

  it('stops where that reads as if they had undone it: nobody can tell', () => {
    const desk = new Desk();
    const region = desk.region({ span: { from: 0, to: 20 } });
    desk.push(region, { edits: [{ from: 0, to: 6, insert: '' }] });
    desk.tell(`ящ\n${text}`);
    desk.tell(text);
    expect(desk.events).toEqual(['the editor may have put an edit in the wrong place, at line 1: look there']);
  });

  it('is put right where the editor tells of its parts one by one, and one of them was in its place', () => {
    const desk = new Desk();
    const parts = [
      { from: 0, to: 2, insert: 'f' },
      { from: 9, to: 12, insert: '1' },
      { from: 14, to: 14, insert: '// end' },
    ];
    desk.push(desk.region(), { edits: parts });
    const [first, second, third] = sentFor(desk, text);
    const theirs = text.replace('fn()', 'ж fn()');
    desk.tell(theirs);
    let buffer = theirs;
    for (const part of [third!, second!, first!]) {
      buffer = applyEdits(buffer, placeSentEdits(buffer, [part])!);
      desk.tell(buffer);
    }
    expect(buffer).toBe('above\nжfn() {\n  1\n}// end\nbelow\n');
    expect(desk.made()).toBe('above\nж f() {\n  1\n}// end\nbelow\n');
  });

  it('is left alone where what they had typed is gone again: it is theirs that the line is', () => {
    const desk = new Desk();
    desk.push(desk.region(), line);
    desk.tell(text.replace('one', 'oжne'));
    desk.tell(text.replace('one', 'on'));
    desk.tell(text.replace('  one\n', ''));
    desk.wait(5000);
    expect(desk.sent).toHaveLength(1);
  });
});

describe('an edit that was given up', () => {
  /** In an editor that answers first. */
  const givenUp = async () => {
    const desk = new Desk();
    const region = desk.region();
    desk.push(region, { edits: [{ from: 0, to: 2, insert: 'f' }] });
    await desk.sent[0]!.reply({ applied: true });
    desk.tell(desk.made());
    const before = desk.delivery.snapshot.text;
    desk.push(region, hunk);
    await desk.sent[1]!.reply({ applied: true });
    region.end();
    desk.tell(`x${before}`);
    desk.wait(101);
    expect(region.isIdle).toBe(true);
    return { desk, before: `x${before}`, late: made(desk, before, `x${before}`) };
  };

  it('and shows after all is taken out', async () => {
    const { desk, before, late } = await givenUp();
    desk.tell(late);
    expect(desk.sent).toHaveLength(3);
    expect(desk.made()).toBe(before);
  });

  it('is not thought of any more after a while', async () => {
    const { desk, late } = await givenUp();
    desk.time.setTimer(() => desk.tell(late), 20_000);
    desk.wait(30_000);
    expect(desk.sent).toHaveLength(2);
  });

  it('is not thought of where it only takes out what somebody may as well have taken out', async () => {
    const desk = new Desk();
    const region = desk.region();
    desk.push(region, { edits: [{ from: 7, to: 13, insert: '' }] });
    await desk.sent[0]!.reply({ applied: true });
    region.end();
    desk.tell(`x${text}`);
    desk.wait(101);
    desk.tell(`x${text.replace('  one\n', '')}`);
    desk.wait(5000);
    expect(desk.sent).toHaveLength(1);
  });
});

describe('where nobody can tell, and nobody wants the edit any more', () => {
  it('that is said all the same', () => {
    const desk = new Desk();
    const region = desk.region({ span: { from: 0, to: 20 } });
    desk.push(region, { edits: [{ from: 0, to: 6, insert: '' }] });
    desk.tell(`ящ\n${text}`);
    region.end();
    desk.tell(text);
    expect(desk.events).toEqual(['the editor may have put an edit in the wrong place, at line 1: look there']);
  });
});

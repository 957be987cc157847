// Regions through the texts that an editor reports: what others change, what is undone, a close.

import { describe, expect, it } from 'vitest';
import { createSnapshot } from '../../server/documents/snapshot.ts';
import { Desk, hunk, scope, second, text } from './desk.ts';

describe('what lands at the edge of an edit that waits for it to settle', () => {
  const waitingBeside = (isLine: boolean) => {
    const desk = new Desk();
    const line = desk.region({ span: { from: 6, to: isLine ? 6 : 20 }, standsAlone: isLine });
    const waiting = desk.delivery.open({
      ...{ span: scope, mode: 'stream', joinsUndo: true },
      listener: { landed() {}, interrupted: (why) => void desk.events.push(why), failed() {} },
    });
    desk.push(line, { edits: [{ from: 0, to: 0, insert: 'import\n' }] });
    desk.tell(desk.made());
    return { desk, waiting };
  };

  it('belongs to it: it is asked about the code as it is then', () => {
    const { waiting } = waitingBeside(false);
    expect(waiting.span).toEqual({ from: 6, to: 27 });
  });

  it('stays outside if it is a line of its own, and what is typed between the two as well', () => {
    const { desk, waiting } = waitingBeside(true);
    desk.tell(`${text.slice(0, 6)}import\nx\n${text.slice(6)}`);
    expect(desk.events).toEqual(['landed']);
    expect(waiting.span).toEqual({ from: 15, to: 29 });
  });
});

describe('while others change the document', () => {
  it('nothing leaves but right behind a text, or after 150 ms of quiet', () => {
    const desk = new Desk();
    const region = desk.region();
    desk.tell(`x${text}`);
    desk.push(region, hunk);
    expect(desk.sent).toHaveLength(0);
    desk.wait(149);
    expect(desk.sent).toHaveLength(0);
    desk.wait(151);
    expect(desk.sent).toHaveLength(1);
  });

  it.each([
    ['typing', text.replace('one', 'onx')],
    ['deleted', 'above\n\nbelow\n'],
  ])('a region that is changed is interrupted: %s', (why, next) => {
    const desk = new Desk();
    const region = desk.region();
    desk.tell(next);
    desk.push(region, hunk);
    desk.wait(10_000);
    expect(desk.events).toEqual([why]);
    expect(desk.sent).toEqual([]);
  });

  it('a text that lacks what had landed is an undo', () => {
    const desk = new Desk();
    const region = desk.region();
    desk.push(region, hunk);
    desk.tell(desk.made());
    desk.tell(text);
    expect(desk.events).toEqual(['landed', 'undo']);
  });

  it('what was undone is not reverted, whatever reads like it', () => {
    const desk = new Desk();
    const base = text.replace('one\n', 'one\n\n');
    desk.tell(base);
    const region = desk.region();
    const edits = [
      { from: 7, to: 7, insert: '\n' },
      { from: 7, to: 14, insert: '' },
    ];
    for (const edit of edits) desk.push(region, { edits: [edit] });
    desk.wait(1000);
    desk.tell(desk.made());
    desk.tell(base);
    expect(desk.events).toEqual(['landed', 'undo']);
    expect(region.revert('own')).toBe(false);
  });

  it('what was landed before what was undone is still reverted', () => {
    const desk = new Desk();
    const region = desk.region();
    for (const each of [hunk, second]) {
      desk.push(region, each);
      desk.tell(desk.made());
    }
    desk.tell(text.replace('one', '1'));
    expect(desk.events).toEqual(['landed', 'landed', 'undo']);
    region.revert('own');
    desk.delivery.pump();
    desk.wait(1000);
    expect(desk.made()).toBe(text);
  });

  it('what was deleted comes back in its place after somebody has deleted what stood behind it, and undone that', () => {
    const desk = new Desk();
    const region = desk.region();
    desk.push(region, { edits: [{ from: 0, to: 7, insert: '' }] });
    const landed = desk.made();
    desk.tell(landed);
    desk.tell(`${landed.slice(0, 6)}${landed.slice(8)}`);
    desk.tell(landed);
    region.revert('own');
    desk.delivery.pump();
    desk.wait(1000);
    expect(desk.made()).toBe(text);
  });

  it('nothing is left of a chain of edits once all of it is undone', () => {
    const desk = new Desk();
    const first = desk.region();
    desk.push(first, { edits: [{ from: 7, to: 13, insert: '' }] });
    desk.tell(desk.made());
    first.end();
    const { events } = desk;
    const listener = { landed() {}, interrupted: (why: string) => void events.push(why), failed() {} };
    const correction = desk.delivery.open({ span: first.span, mode: 'stream', joinsUndo: true, listener });
    desk.delivery.begin(correction, first);
    desk.push(correction, second);
    desk.tell(desk.made());
    desk.tell(text);
    expect(events).toEqual(['landed', 'undo']);
    expect(correction.revert('chain')).toBe(false);
  });

  it('several texts at once are read to the last before anything leaves', () => {
    const desk = new Desk();
    const region = desk.region();
    desk.tell(`x${text}`);
    desk.push(region, hunk);
    const later = [3, 4].map((version) =>
      createSnapshot('file:///a.ts', version, 'typescript', `${'x'.repeat(version - 1)}${text}`),
    );
    desk.delivery.changed(later);
    expect(desk.sent.map(({ version }) => version)).toEqual([4]);
  });

  it('nothing leaves for a text behind which others wait to be read, and who typed in the scope among them has stopped the edit', () => {
    const desk = new Desk();
    const region = desk.region();
    desk.tell(`x${text}`);
    desk.push(region, hunk);
    const next = (version: number, read: string) => createSnapshot('file:///a.ts', version, 'typescript', read);
    desk.delivery.changed([next(3, `xx${text}`)], { moreFollow: true });
    expect(desk.sent).toEqual([]);
    desk.delivery.changed([next(4, `xxx${text}`)]);
    expect(desk.sent.map(({ version }) => version)).toEqual([4]);

    const other = new Desk();
    const typedInto = other.region();
    other.tell(`x${text}`);
    other.push(typedInto, hunk);
    other.delivery.changed([next(3, `x${text.replace('one', 'only')}`)], { moreFollow: true });
    expect(other.events).toEqual(['typing']);
    other.delivery.changed([next(4, `xx${text.replace('one', 'only')}`)]);
    expect(other.sent).toEqual([]);
    expect(other.events).toEqual(['typing']);
  });

  it('what is sent again is made for the last of the texts that wait, too', async () => {
    const desk = new Desk();
    desk.push(desk.region(), hunk);
    await desk.sent[0]!.reply({ applied: false });
    const next = (version: number) => createSnapshot('file:///a.ts', version, 'typescript', 'x'.repeat(version) + text);
    desk.delivery.changed([next(2)], { moreFollow: true });
    desk.delivery.changed([next(3)], { moreFollow: true });
    expect(desk.sent).toHaveLength(1);
    desk.delivery.changed([next(4)]);
    expect(desk.sent.map(({ version }) => version)).toEqual([1, 4]);
  });
});

describe('a close', () => {
  it('ends every region before anybody hears of it', () => {
    const desk = new Desk();
    const region = desk.region();
    const other = desk.delivery.open({
      span: { from: 0, to: 5 },
      mode: 'stream',
      joinsUndo: true,
      listener: { landed() {}, interrupted: () => desk.delivery.pump(), failed() {} },
    });
    desk.delivery.begin(other);
    region.push([hunk]);
    other.push([{ edits: [{ from: 0, to: 1, insert: 'A' }] }]);
    desk.delivery.closed();
    desk.wait(10_000);
    expect(desk.events).toEqual(['closed']);
    expect(desk.sent).toEqual([]);
  });
});

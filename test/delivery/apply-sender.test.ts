// When edits leave, when they are sent again, and when not: one document and an editor that answers by hand, on virtual time.

import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/text/edit.ts';
import { Desk, hunk, second, text } from './desk.ts';

describe('an edit under way', () => {
  it('has landed when a text shows it, whatever is answered', () => {
    const desk = new Desk();
    desk.push(desk.region(), hunk);
    expect(desk.sent.map(({ edits }) => edits)).toEqual([[{ from: 15, to: 18, insert: '1' }]]);
    desk.tell(desk.made());
    expect(desk.events).toEqual(['landed']);
  });

  it('lets others wait, which then leave together, where the text is now', () => {
    const desk = new Desk();
    const region = desk.region();
    desk.push(region, hunk);
    desk.push(region, second);
    expect(desk.sent).toHaveLength(1);
    desk.tell(`x${desk.made()}`);
    expect(desk.sent[1]?.edits).toEqual([{ from: 7, to: 9, insert: 'f' }]);
  });

  it('that was refused is sent again with the next text, where its place is then', async () => {
    const desk = new Desk();
    desk.push(desk.region(), hunk);
    await desk.sent[0]!.reply({ applied: false });
    expect(desk.sent).toHaveLength(1);
    desk.tell(`xyz${text}`);
    expect(desk.sent[1]).toMatchObject({ version: 2, edits: [{ from: 18, to: 21, insert: '1' }] });
  });

  it('that was refused with an error, and no text comes, is sent again after ever longer waits, until it fails', async () => {
    const desk = new Desk();
    desk.push(desk.region(), hunk);
    for (let ms = 0; ms < 60_000; ms += 100) {
      await desk.sent.at(-1)!.refuse('Edits on a.ts require version 1');
      desk.wait(ms);
    }
    expect(desk.events).toEqual(['the editor refused an edit: Edits on a.ts require version 1']);
    expect(desk.sent.length).toBeGreaterThan(3);
    expect(desk.sent.length).toBeLessThan(12);
  });

  it('of an editor that does not say who it is and refuses without a reason is held until a newer text comes', async () => {
    const desk = new Desk({ mayBeKate: true });
    const region = desk.region();
    desk.push(region, hunk);
    desk.tell(desk.made());
    desk.push(region, second);
    for (let ms = 0; ms < 10_000; ms += 100) {
      await desk.sent.at(-1)!.reply({ applied: false });
      desk.wait(ms);
    }
    expect(desk.events).toEqual(['landed', 'refused']);
    expect(desk.sent.length).toBeLessThan(8);
    const asked = desk.sent.length;
    desk.tell(`x${desk.delivery.snapshot.text}`);
    expect(desk.sent.slice(asked)).toMatchObject([{ version: 3, edits: [{ from: 7, to: 9, insert: 'f' }] }]);
    desk.tell(desk.made());
    expect(desk.events).toEqual(['landed', 'refused', 'landed']);
  });

  it('that was dropped by an editor which says that it applied it is sent again after a text that lacks it', async () => {
    const desk = new Desk();
    desk.push(desk.region(), hunk);
    await desk.sent[0]!.reply({ applied: true });
    desk.wait(10_000);
    expect(desk.sent).toHaveLength(1);
    desk.tell(`x${text}`);
    desk.wait(10_100);
    expect(desk.sent[1]).toMatchObject({ version: 2, edits: [{ from: 16, to: 19, insert: '1' }] });
  });

  it('is waited for where the editor answers first, and not where a text shows it before that', async () => {
    const waited = async (landsFirst: boolean) => {
      const desk = new Desk();
      const region = desk.region();
      desk.push(region, hunk);
      if (!landsFirst) await desk.sent[0]!.reply({ applied: true });
      desk.tell(desk.made());
      desk.push(region, second);
      await desk.sent[1]!.reply({ applied: true });
      desk.tell(`x${desk.delivery.snapshot.text}`);
      desk.wait(20);
      return desk.sent.length === 2;
    };
    expect(await waited(false)).toBe(true);
    expect(await waited(true)).toBe(false);
  });

  describe('that the editor makes line by line, and tells of each step', () => {
    const half = 'above\nf() {\n}\n}\nbelow\n';
    const twoSteps = () => {
      const desk = new Desk();
      desk.push(desk.region(), second, { edits: [{ from: 7, to: 13, insert: '' }] });
      const whole = desk.made();
      desk.tell(half);
      return { desk, whole };
    };

    it('has landed with the last of them, wherever the answer comes', async () => {
      const { desk, whole } = twoSteps();
      await desk.sent[0]!.reply({ applied: true });
      desk.wait(99);
      desk.tell(whole);
      expect(desk.events).toEqual(['landed']);
      expect(desk.sent).toHaveLength(1);
    });

    it('is read as it is if no other comes soon after the answer', async () => {
      const { desk } = twoSteps();
      await desk.sent[0]!.reply({ applied: true });
      desk.wait(99);
      expect(desk.events).toEqual([]);
      desk.wait(101);
      expect(desk.events).toEqual(['landed']);
    });

    it('is read at once if somebody types in it', () => {
      const { desk } = twoSteps();
      desk.tell(half.replace('{', '{x'));
      expect(desk.events).toEqual(['landed', 'typing']);
    });

    it('is held back where it shows one of two, though the editor has answered', async () => {
      const desk = new Desk();
      desk.push(desk.region(), second, hunk);
      const whole = desk.made();
      await desk.sent[0]!.reply({ applied: true });
      desk.tell(text.replace('one', '1'));
      expect(desk.events).toEqual([]);
      desk.tell(whole);
      expect(desk.events).toEqual(['landed']);
    });

    it('is read as it is when another edit begins', () => {
      const { desk } = twoSteps();
      desk.region({ span: { from: 0, to: 5 } });
      expect(desk.events).toEqual(['landed']);
    });
  });

  it('is sent again too after a text that reads like the last one', async () => {
    const desk = new Desk();
    desk.push(desk.region(), hunk);
    await desk.sent[0]!.reply({ applied: true });
    desk.tell(text);
    desk.wait(100);
    expect(desk.sent).toHaveLength(2);
  });

  it('has not landed in a text that lacked it before: the user has undone what was theirs', () => {
    const desk = new Desk();
    desk.push(desk.region(), { edits: [{ from: 12, to: 14, insert: '' }] });
    desk.tell(`${text.slice(0, 20)}  one\n}\nbelow\nbelow${text.slice(20)}`);
    desk.tell(text);
    expect(desk.events).toEqual([]);
  });

  it.each([
    { editor: 'never answered', slowestAnswerMs: 0, seconds: 3 },
    { editor: 'answers at once', slowestAnswerMs: 20, seconds: 3 },
    { editor: 'was slow before', slowestAnswerMs: 500, seconds: 10 },
    { editor: 'was very slow before', slowestAnswerMs: 2000, seconds: 15 },
  ])('is never sent again on silence: in an editor that $editor it fails after $seconds s', (how) => {
    const desk = new Desk(how);
    desk.push(desk.region(), hunk);
    desk.wait(how.seconds * 1000 - 1);
    expect(desk.events).toEqual([]);
    desk.wait(how.seconds * 1000 + 1);
    expect(desk.events).toEqual([`the editor did not answer an edit for ${how.seconds} seconds`]);
    expect(desk.sent).toHaveLength(1);
  });

  it('lands part by part where the editor tells of each', () => {
    const desk = new Desk();
    desk.push(desk.region(), second, hunk);
    const [first, last] = desk.sent[0]!.edits;
    const half = applyEdits(text, [last!]);
    desk.tell(half);
    desk.tell(applyEdits(half, [first!]));
    expect(desk.events).toEqual(['landed', 'landed']);
    expect(desk.sent).toHaveLength(1);
  });
});

describe('edits that come to nothing', () => {
  it('are not sent, and do not keep anybody waiting', async () => {
    const desk = new Desk();
    const region = desk.region();
    desk.push(region, { edits: [{ from: 9, to: 12, insert: '' }] }, { edits: [{ from: 12, to: 12, insert: 'one' }] });
    expect(desk.sent).toEqual([]);
    expect(region.isIdle).toBe(true);
    desk.push(region, second);
    expect(desk.sent).toHaveLength(1);
  });
});

describe('undo steps', () => {
  it('come at once, then in windows that double, and are eight at most', () => {
    const desk = new Desk();
    const region = desk.region({ joinsUndo: false });
    const times: number[] = [];
    for (let i = 0; i < 60; i++) {
      const count = desk.sent.length;
      desk.push(region, { edits: [{ from: 14, to: 14, insert: `${i} ` }] });
      desk.wait(desk.time.now() + 500);
      if (desk.sent.length > count) {
        times.push(desk.sent.length);
        desk.tell(desk.made());
      }
    }
    region.complete();
    desk.delivery.pump();
    desk.tell(desk.made());
    expect(desk.sent.length).toBeLessThanOrEqual(8);
    expect(desk.delivery.snapshot.text).toContain('59 ');
  });

  it('is one for an atomic edit, when its answer is whole', () => {
    const desk = new Desk();
    const region = desk.region({ mode: 'atomic' });
    desk.push(region, hunk);
    desk.push(region, second);
    desk.wait(60_000);
    expect(desk.sent).toEqual([]);
    region.complete();
    desk.delivery.pump();
    expect(desk.sent).toHaveLength(1);
    expect(desk.sent[0]?.edits).toHaveLength(2);
  });
});

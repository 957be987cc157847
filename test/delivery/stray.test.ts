// An editor that makes an edit in a buffer that it has not told us of: what it put in the wrong place is put right, in one edit.

import { describe, expect, it } from 'vitest';
import { placed } from '../../server/delivery/misplaced.ts';
import { sentOf } from '../../server/delivery/outgoing.ts';
import { createSnapshot } from '../../server/documents/snapshot.ts';
import { applyEdits } from '../../server/text/edit.ts';
import { Desk, text } from './desk.ts';

const hunk = { edits: [{ from: 9, to: 12, insert: 'const one = 1;' }] };
const typed = '// x\n';

/** The editor makes what was sent last, by line and character, in what its buffer holds. */
function made(desk: Desk, told: string, buffer: string): string {
  const sent = sentOf(createSnapshot('', 1, '', told), desk.sent.at(-1)!.edits);
  return applyEdits(buffer, placed(buffer, sent)!);
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
    expect(desk.news).toEqual([]);
    expect(desk.sent).toHaveLength(2);
    expect(desk.delivery.snapshot.text).toBe(typed + text);
    expect(desk.made()).toBe(right);
    desk.tell(desk.made());
    expect(desk.news).toEqual(['landed']);
    expect(region.repairs).toBe(1);
    expect(desk.delivery.snapshot.text).toBe(right);
  });

  it('is put right beside what its user goes on typing', () => {
    const { desk, wrong } = misplaced();
    desk.tell(`y${wrong}`);
    desk.tell(`y${right}`);
    expect(desk.news).toEqual(['landed']);
    expect(desk.sent).toHaveLength(2);
  });

  it('is put right again if the editor does it again, and the rest comes in one', () => {
    const { desk, region, wrong } = misplaced();
    const again = made(desk, wrong, `// y\n${wrong}`);
    desk.tell(again);
    expect(desk.sent).toHaveLength(3);
    expect(desk.made()).toBe(`// y\n${right}`);
    desk.tell(desk.made());
    expect(desk.news).toEqual(['landed']);
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
    expect(desk.news.at(-1)).toBe('undo');
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
    expect(desk.news).toEqual(['the editor refused an edit: no']);
    expect(region.takeBack('own')).toBe(true);
    desk.delivery.pump();
    desk.wait(151);
    expect(desk.made()).toBe(typed + text);
    desk.tell(desk.made());
    expect(region.isAstray).toBe(false);
    expect(region.idle).toBe(true);
  });

  it('is left alone once its document is closed', async () => {
    const { desk } = misplaced();
    desk.delivery.closed();
    desk.wait(10_000);
    expect(desk.sent).toHaveLength(2);
    expect(desk.news).toEqual(['closed']);
  });
});

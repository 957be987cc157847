// The states of a region: queued, open, ended, reverting; and what each of them lets leave.

import { describe, expect, it } from 'vitest';
import type { Interruption } from '../../server/delivery/region-listener.ts';
import { Desk, hunk, scope, second, text } from './desk.ts';

/** A region that has not begun. */
function queued() {
  const desk = new Desk();
  const interrupted: Interruption[] = [];
  const listener = { landed() {}, interrupted: (why: Interruption) => void interrupted.push(why), failed() {} };
  const region = desk.delivery.open({ span: scope, mode: 'stream', joinsUndo: true, listener });
  return { desk, region, interrupted };
}

/** A region that an edit has landed in. */
function landed() {
  const desk = new Desk();
  const region = desk.region();
  desk.push(region, hunk);
  desk.tell(desk.made());
  return { desk, region };
}

const states = ({ hasBegun, hasEnded, reverting, isIdle }: ReturnType<Desk['region']>) => ({
  hasBegun,
  hasEnded,
  reverting,
  isIdle,
});

describe('a region', () => {
  it('is open from its beginning to its end', () => {
    const { desk, region } = queued();
    expect(states(region)).toEqual({ hasBegun: false, hasEnded: false, reverting: undefined, isIdle: true });
    desk.delivery.begin(region);
    expect(states(region)).toEqual({ hasBegun: true, hasEnded: false, reverting: undefined, isIdle: true });
    region.push([hunk]);
    expect(region.isIdle).toBe(false);
    region.end();
    expect(states(region)).toEqual({ hasBegun: true, hasEnded: true, reverting: undefined, isIdle: true });
  });

  it('that ended before it had begun can still begin, and stays ended: its chain may have to be reverted', () => {
    const { desk, region } = queued();
    region.end();
    expect(states(region)).toEqual({ hasBegun: false, hasEnded: true, reverting: undefined, isIdle: true });
    desk.delivery.begin(region);
    expect(states(region)).toEqual({ hasBegun: true, hasEnded: true, reverting: undefined, isIdle: true });
    desk.push(region, hunk);
    expect(desk.sent).toEqual([]);
  });

  it('that is reverted lets nothing of the model leave, and is ended when the revert has landed', () => {
    const { desk, region } = landed();
    expect(region.revert('own')).toBe(true);
    expect(states(region)).toEqual({ hasBegun: true, hasEnded: true, reverting: 'own', isIdle: false });
    desk.push(region, second);
    desk.tell(desk.made());
    expect(desk.delivery.snapshot.text).toBe(text);
    expect(states(region)).toEqual({ hasBegun: true, hasEnded: true, reverting: undefined, isIdle: true });
    expect(region.revert('own')).toBe(false);
  });

  it('that nothing is pushed into only follows its text, and says how others change it', () => {
    const { desk, region, interrupted } = queued();
    desk.delivery.begin(region);
    desk.tell(`x${text}`);
    expect(region.span).toEqual({ from: scope.from + 1, to: scope.to + 1 });
    desk.tell(`x${text.replace('one', 'two')}`);
    expect(interrupted).toEqual(['typing']);
    expect(desk.sent).toEqual([]);
  });

  it('lists what has landed in it: where it stands, and what stood there before', () => {
    const { desk, region } = landed();
    desk.tell(`x${desk.delivery.snapshot.text}`);
    expect(region.own.all).toMatchObject([{ span: { from: 16, to: 17 }, before: 'one' }]);
  });
});

// The time by which something must have been heard.

import { expect, it } from 'vitest';
import { EditorDeadline } from '../../server/delivery/editor-deadline.ts';
import { HandClock } from '../models/hand-clock.ts';

function waitFor(ms: number) {
  const clock = new HandClock();
  const deadline = new EditorDeadline(clock);
  const called: number[] = [];
  const startedMs = clock.now();
  deadline.in(ms, () => called.push(clock.now() - startedMs));
  return { clock, deadline, called };
}

it.each([20, 50, 100, 3000])('is after %i ms', (ms) => {
  const { clock, called } = waitFor(ms);
  clock.advance(ms - 1);
  expect(called).toEqual([]);
  clock.advance(1);
  expect(called).toEqual([ms]);
});

it('is now, where there is nothing to wait for', () => {
  expect(waitFor(0).called).toEqual([0]);
});

it('leaves time to read what came while the process slept', () => {
  const { clock, deadline, called } = waitFor(100);
  clock.skip(5000);
  clock.advance(0); // all that is due when it wakes up
  expect(called).toEqual([]);
  deadline.clear(); // it was heard
  clock.advance(5000);
  expect(called).toEqual([]);
});

it('is one at a time', () => {
  const { clock, deadline, called } = waitFor(100);
  clock.advance(99);
  deadline.in(100, () => called.push(-1));
  clock.advance(99);
  expect(called).toEqual([]);
  clock.advance(1);
  expect(called).toEqual([-1]);
});

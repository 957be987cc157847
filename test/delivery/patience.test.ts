// How long an editor that refuses is asked again, by what its refusals can mean.

import { expect, test } from 'vitest';
import { type Missing, stepFor } from '../../server/delivery/patience.ts';

const refused: Missing = {
  reply: { applied: false },
  isNewer: false,
  isAbandoned: false,
  graceMs: 400,
  waitedMs: 0,
  refusedForMs: 0,
  tellsAtOnce: true,
  slowestAnswerMs: 20,
};
const withReason: Partial<Missing> = { reply: { applied: false, failureReason: 'version mismatch' } };
const withError: Partial<Missing> = { reply: { applied: false, isError: true, failureReason: 'require version 1' } };

test.each<[string, Partial<Missing>, number, 'hold' | 'fail']>([
  ['tells of changes at once, and gives no reason', {}, 2000, 'hold'],
  ['may hold changes back', { tellsAtOnce: false }, 15_000, 'hold'],
  ['gives a reason', withReason, 15_000, 'hold'],
  ['answers errors', withError, 15_000, 'fail'],
])('one that %s', (_name, editor, limitMs, end) => {
  for (const refusedForMs of [0, 300, limitMs - 1])
    expect(stepFor({ ...refused, ...editor, refusedForMs })).toMatchObject({ act: 'again' });
  expect(stepFor({ ...refused, ...editor, refusedForMs: limitMs })).toMatchObject({ act: end, afterMs: 0 });
  const newer = { ...refused, ...editor, refusedForMs: limitMs, isNewer: true };
  expect(stepFor(newer), 'a newer text is a reason to send it at once').toEqual({ act: 'again', afterMs: 0 });
});

test('what can never succeed fails at once', () => {
  const reply = { applied: false, final: true, failureReason: 'it knows no edits' };
  expect(stepFor({ ...refused, reply })).toMatchObject({ act: 'fail', afterMs: 0 });
});

test('who goes on typing puts nothing off', () => {
  const silent = { ...refused, reply: undefined, isNewer: true };
  expect(stepFor({ ...silent, waitedMs: 2900 })).toMatchObject({ act: 'fail', afterMs: 100 });
  const lacking = { ...refused, reply: { applied: true }, isNewer: true };
  expect(stepFor({ ...lacking, waitedMs: 390 })).toEqual({ act: 'again', afterMs: 10 });
});

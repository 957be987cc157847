// How long an editor that refuses is asked again, by what its refusals can mean.

import { expect, test } from 'vitest';
import { decideRetry, type UnseenApply } from '../../server/delivery/retry-policy.ts';

const refused: UnseenApply = {
  reply: { applied: false },
  isOutdated: false,
  isAbandoned: false,
  resendDelayMs: 400,
  waitedMs: 0,
  refusedForMs: 0,
  reportsAtOnce: true,
  slowestAnswerMs: 20,
};
const withReason: Partial<UnseenApply> = { reply: { applied: false, failureReason: 'version mismatch' } };
const withError: Partial<UnseenApply> = {
  reply: { applied: false, isError: true, failureReason: 'require version 1' },
};

test.each<[string, Partial<UnseenApply>, number, 'hold' | 'fail']>([
  ['tells of changes at once, and gives no reason', {}, 2000, 'hold'],
  ['may hold changes back', { reportsAtOnce: false }, 15_000, 'hold'],
  ['gives a reason', withReason, 15_000, 'hold'],
  ['answers errors', withError, 15_000, 'fail'],
])('one that %s', (_name, editor, limitMs, end) => {
  for (const refusedForMs of [0, 300, limitMs - 1])
    expect(decideRetry({ ...refused, ...editor, refusedForMs })).toMatchObject({ act: 'again' });
  expect(decideRetry({ ...refused, ...editor, refusedForMs: limitMs })).toMatchObject({ act: end, afterMs: 0 });
  const newer = { ...refused, ...editor, refusedForMs: limitMs, isOutdated: true };
  expect(decideRetry(newer), 'a newer text is a reason to send it at once').toEqual({ act: 'again', afterMs: 0 });
});

test('what can never succeed fails at once', () => {
  const reply = { applied: false, final: true, failureReason: 'it knows no edits' };
  expect(decideRetry({ ...refused, reply })).toMatchObject({ act: 'fail', afterMs: 0 });
});

test('who goes on typing puts nothing off', () => {
  const silent = { ...refused, reply: undefined, isOutdated: true };
  expect(decideRetry({ ...silent, waitedMs: 2900 })).toMatchObject({ act: 'fail', afterMs: 100 });
  const lacking = { ...refused, reply: { applied: true }, isOutdated: true };
  expect(decideRetry({ ...lacking, waitedMs: 390 })).toEqual({ act: 'again', afterMs: 10 });
});

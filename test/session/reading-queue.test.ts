// What a model says is read in its order, in as many turns as that takes; who calls it off is heard between them.

import { describe, expect, it } from 'vitest';
import type { Reading } from '../../server/session/answer.ts';
import { ReadingQueue } from '../../server/session/reading-queue.ts';
import { eventLoopTurns, runInTurns, runToEnd, type Turns, type Work } from '../../server/turns.ts';

/** Turns that are over after each step. */
function shortTurns() {
  const waiting: (() => void)[] = [];
  let isUsed = false;
  const turns: Turns = {
    now: () => 0,
    shouldYield: () => isUsed,
    later: (task) => void waiting.push(task),
  };
  const next = () => {
    isUsed = false;
    const task = waiting.shift();
    task?.();
    return task !== undefined;
  };
  const use = () => {
    isUsed = true;
  };
  return { turns, next, use };
}

function queueOf(turns: Turns) {
  const read: string[] = [];
  const broken: unknown[] = [];
  const take = ({ hunks }: Reading) => void read.push(String(hunks));
  return { read, broken, queue: new ReadingQueue(turns, { read: take, broke: (error) => void broken.push(error) }) };
}

function* work(name: string, steps: number, each: () => void, ended: string[] = []): Work<Reading> {
  try {
    for (let step = 0; step < steps; step++) {
      each();
      yield;
    }
    return { hunks: [name] as never };
  } finally {
    ended.push(name);
  }
}

describe('reading', () => {
  it('goes on in later turns, one after the other, and tells when nothing waits', async () => {
    const { turns, next, use } = shortTurns();
    const { read, queue } = queueOf(turns);
    queue.add(work('a', 3, use));
    queue.add(work('b', 2, use));
    expect(read).toEqual([]);
    const whenRead = queue.whenRead('end');
    expect(whenRead).toBeInstanceOf(Promise);
    let count = 0;
    while (next()) count++;
    expect(read).toEqual(['a', 'b']);
    expect(count).toBeGreaterThanOrEqual(4);
    expect(await whenRead).toBe('end');
    expect(queue.whenRead('now')).toBe('now');
  });

  it('is done at once where there is time', () => {
    const { turns } = shortTurns();
    const { read, queue } = queueOf(turns);
    queue.add(work('a', 3, () => undefined));
    expect(read).toEqual(['a']);
  });

  it('takes an answer that comes in thousands of pieces at once', () => {
    const { turns, next, use } = shortTurns();
    const { read, queue } = queueOf(turns);
    const names = Array.from({ length: 50_000 }, (_, n) => String(n));
    queue.add(work('first', 1, use));
    for (const name of names) queue.add(work(name, 1, () => undefined));
    while (next());
    expect(read).toEqual(['first', ...names]);
  });

  it('ends between two steps when it is called off, and lets go what it held', async () => {
    const { turns, next, use } = shortTurns();
    const { read, queue } = queueOf(turns);
    const ended: string[] = [];
    queue.add(work('a', 100, use, ended));
    queue.add(work('b', 1, use, ended));
    const whenRead = queue.whenRead('end');
    next();
    queue.close();
    expect(await whenRead).toBe('end');
    expect(ended).toEqual(['a']);
    while (next());
    expect(read).toEqual([]);
    queue.add(work('c', 1, use));
    expect(read).toEqual([]);
  });

  it('may be closed by who acts upon it', () => {
    const { turns } = shortTurns();
    const read: string[] = [];
    const queue: ReadingQueue = new ReadingQueue(turns, {
      read({ hunks }) {
        read.push(String(hunks));
        queue.close();
      },
      broke: () => undefined,
    });
    queue.add(work('a', 1, () => undefined));
    queue.add(work('b', 1, () => undefined));
    expect(read).toEqual(['a']);
  });

  it('goes on behind what throws', () => {
    const { turns } = shortTurns();
    const { read, broken, queue } = queueOf(turns);
    const error = new Error('no');
    queue.add(
      work('a', 1, () => {
        throw error;
      }),
    );
    queue.add(work('b', 1, () => undefined));
    expect(broken).toEqual([error]);
    expect(read).toEqual(['b']);
  });
});

describe('turns of the event loop', () => {
  it('do all that waits, in its order', async () => {
    const turns = eventLoopTurns();
    const done: number[] = [];
    for (let n = 0; n < 100; n++) turns.later(() => void done.push(n));
    await new Promise<void>((resolve) => turns.later(resolve));
    expect(done).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('do work to its end, however many they need', async () => {
    const turns = eventLoopTurns();
    function* long(): Work<string> {
      for (let n = 0; n < 50_000; n++) yield;
      return 'done';
    }
    expect(await new Promise((done, broke) => runInTurns(turns, long(), { done, broke }))).toBe('done');
    expect(runToEnd(long())).toBe('done');
  });
});

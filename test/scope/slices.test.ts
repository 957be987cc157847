// Long texts are parsed in slices of a turn: calls and keystrokes in between, and when a parse is given up.

import { afterEach, describe, expect, it } from 'vitest';
import { createScopes } from '../../server/scope/create-scopes.ts';
import type { Scopes } from '../../server/scope/scopes.ts';
import type { Turns } from '../../server/turns.ts';
import { assets } from './assets.ts';
import { scopesFor, snapshotOf } from './fixture.ts';

/** Turns that are over after so many calls of `shouldYield`, and follow each other when the test says so. */
class CountedTurns implements Turns {
  readonly #perTurn: number;
  readonly #msPerTurn: number;
  #asked = 0;
  #nowMs = 0;
  #waiting: (() => void)[] = [];
  /** Turns that were needed so far. */
  count = 0;

  constructor(perTurn: number, msPerTurn = 10) {
    this.#perTurn = perTurn;
    this.#msPerTurn = msPerTurn;
  }

  now = () => this.#nowMs;
  shouldYield(): boolean {
    this.#asked++;
    if (this.#asked === this.#perTurn) this.#nowMs += this.#msPerTurn;
    return this.#asked >= this.#perTurn;
  }
  later(task: () => void): void {
    this.#waiting.push(task);
  }

  /** Runs one turn; returns whether anything was done in it. */
  next(): boolean {
    this.#asked = 0;
    const tasks = this.#waiting.splice(0);
    for (const task of tasks) task();
    if (tasks.length > 0) this.count++;
    return tasks.length > 0;
  }

  all(): void {
    while (this.next());
  }
}

const unit = (n: number) => `export function f${n}(a: number) {\n  return [a, ${n}].map((b) => b + 1);\n}\n\n`;
const long = Array.from({ length: 400 }, (_, n) => unit(n)).join('');
const place = long.indexOf('f200') + 30;
const cursor = { from: place, to: place };

let scopes: Scopes;
const givenUp: string[] = [];
async function inTurns(turns: Turns): Promise<void> {
  givenUp.length = 0;
  scopes = await createScopes({ assets, turns, onGivenUp: (uri) => givenUp.push(uri) });
  await scopes.load('typescript');
}
afterEach(() => scopes.dispose());

describe('a long text', () => {
  it('is parsed in many turns, and the answers are then those of one parsed in one turn', async () => {
    const turns = new CountedTurns(20);
    await inTurns(turns);
    const snapshot = snapshotOf('typescript', long);
    const parsed = scopes.whenParsed(snapshot);
    expect(parsed).toBeInstanceOf(Promise);
    expect(scopes.find(snapshot, cursor, 'auto')).toMatchObject({ kind: 'block', isParsed: false });
    turns.all();
    await parsed;
    expect(turns.count).toBeGreaterThan(5);
    expect(scopes.whenParsed(snapshot)).toBeUndefined();
    const whole = await scopesFor('typescript');
    expect(scopes.find(snapshot, cursor, 'auto')).toEqual(whole.find(snapshot, cursor, 'auto'));
    expect(scopes.find(snapshot, cursor, 'auto')).toMatchObject({ kind: 'function', name: 'f200' });
    whole.dispose();
  });

  it('is not parsed from its start again with each key', async () => {
    const turns = new CountedTurns(20);
    await inTurns(turns);
    scopes.update(snapshotOf('typescript', long));
    turns.all();
    const once = turns.count;
    scopes.close('file:///fixture');
    turns.all();
    turns.count = 0;
    let text = long;
    scopes.update(snapshotOf('typescript', text));
    for (let keys = 0; keys < 50; keys++) {
      turns.next();
      text = `${text}x`;
      scopes.update(snapshotOf('typescript', text));
    }
    turns.all();
    const snapshot = snapshotOf('typescript', text);
    expect(scopes.whenParsed(snapshot)).toBeUndefined();
    expect(scopes.find(snapshot, cursor, 'auto')).toMatchObject({ name: 'f200' });
    expect(turns.count).toBeLessThan(3 * once + 60);
  });

  it('is given up after five seconds of work, once, and is then a text without a grammar', async () => {
    const turns = new CountedTurns(5, 1000);
    await inTurns(turns);
    const snapshot = snapshotOf('typescript', long);
    const parsed = scopes.whenParsed(snapshot);
    turns.all();
    await parsed;
    expect(givenUp).toEqual([snapshot.uri]);
    scopes.update(snapshotOf('typescript', `${long}x`));
    turns.all();
    expect(givenUp).toEqual([snapshot.uri]);
    expect(scopes.find(snapshot, cursor, 'auto')).toMatchObject({ isParsed: false });
    expect(scopes.parseCheck(snapshot, cursor)).toMatchObject({ basis: 'layout' });
    expect(scopes.whenParsed(snapshot)).toBeUndefined();
  });

  it('may be closed while it is parsed: `whenParsed` resolves', async () => {
    const turns = new CountedTurns(20);
    await inTurns(turns);
    const snapshot = snapshotOf('typescript', long);
    const parsed = scopes.whenParsed(snapshot);
    turns.next();
    scopes.close(snapshot.uri);
    await parsed;
    turns.all();
    const other = snapshotOf('typescript', 'function f() {}\n');
    const again = scopes.whenParsed(other);
    turns.all();
    await again;
    expect(scopes.find(other, { from: 3, to: 3 }, 'auto')).toMatchObject({ name: 'f' });
  });

  it('has a parse check before it is parsed, with the same results as later', async () => {
    const turns = new CountedTurns(20);
    await inTurns(turns);
    const snapshot = snapshotOf('typescript', long);
    const from = long.indexOf('return', place - 30);
    const check = scopes.parseCheck(snapshot, { from, to: from + 6 })!;
    let slices = 0;
    const parses = (text: string) => {
      const work = check.parsesInTurns(text);
      for (;;) {
        const step = work.next();
        if (step.done) return step.value;
        slices++;
        turns.next();
      }
    };
    expect(parses('throw')).toBe(true);
    expect(slices).toBeGreaterThan(5);
    expect(parses('if ((')).toBe(false);
    expect(parses('if (a) return')).toBe(true);
    check.dispose();
  });
});

it('a tree of megabytes is freed in parts', async () => {
  const turns = new CountedTurns(1000);
  await inTurns(turns);
  const huge = `${'a = b;\n'.repeat(100_000)}`;
  const snapshot = snapshotOf('typescript', huge);
  scopes.update(snapshot);
  turns.all();
  expect(scopes.whenParsed(snapshot)).toBeUndefined();
  turns.count = 0;
  scopes.close(snapshot.uri);
  turns.all();
  expect(turns.count).toBeGreaterThan(0);
  expect(scopes.find(snapshotOf('typescript', 'function f() {}'), { from: 3, to: 3 }, 'auto')).toMatchObject({
    name: 'f',
  });
});

// The two storms as tests, for the file of an editor: two hundred edits under keys outside of what they may change, and two hundred under keys in it.
import { expect, test } from 'vitest';
import { type Script, startModel } from './model.ts';
import { BASE, FILE } from './project.ts';
import { Sandbox } from './sandbox.ts';
import { interruptible, type StormEditor, steadily, stormInside, stormOutside } from './storm.ts';

const EDITS = 200;
/** Above anything measured (15-90 s), on cores that others use too. */
const LIMIT_MS = 400_000;

export interface Storms {
  /** Starts the editor on the project's file. */
  open(sandbox: Sandbox): Promise<StormEditor>;
  /** How many editors share the edits, side by side: for those that mostly wait. Default: one. */
  readonly sideBySide?: number;
  /** For an editor that tells of no change while its user types on. */
  readonly rests?: boolean;
}

/** Registers the tests. */
export function storms({ open, sideBySide = 1, rests }: Storms): void {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const edits = EDITS / sideBySide;
  /** Runs a storm in each of the editors. */
  const each = async (storm: (start: (script: Script) => Promise<StormEditor>, seed: number) => Promise<unknown>) => {
    process.stdout.write(`storm: SEED=${seed}\n`);
    const start = async (script: Script) =>
      await open(new Sandbox({ files: { [FILE]: BASE }, config: await startModel(script) }));
    await Promise.all(Array.from({ length: sideBySide }, (_, index) => storm(start, seed + index)));
  };

  test(`${EDITS} edits while somebody types elsewhere, some of them taken back`, { timeout: LIMIT_MS }, async () => {
    await each(async (start, mySeed) => {
      const keys = await stormOutside({ editor: await start(steadily()), edits, seed: mySeed, rests });
      expect(keys).toBeGreaterThan(edits);
    });
  });

  test(`${EDITS} edits that somebody types into, some of them taken back`, { timeout: LIMIT_MS }, async () => {
    await each(async (start, mySeed) => {
      const { script, next } = interruptible();
      await stormInside({ editor: await start(script), edits, seed: mySeed, next });
    });
  });
}

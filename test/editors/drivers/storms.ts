// The two storms as tests, for the file of an editor: two hundred edits under keys outside of what they may change, and two hundred under keys in it.
import { expect, test } from 'vitest';
import { type Script, startModel } from './model.ts';
import { baseText, sampleFile } from './project.ts';
import { Sandbox } from './sandbox.ts';
import { interruptible, type StormEditor, steadily, stormInside, stormOutside } from './storm.ts';
import { fileWith, nothing } from './storm-text.ts';

const editCount = 200;
/** Above anything measured (15-90 s), on cores that others use too. */
const limitMs = 400_000;

export interface Storms {
  /** Starts the editor on the project's file. */
  open(sandbox: Sandbox): Promise<StormEditor>;
  /** How many editors share the edits, side by side, where most of the time is spent waiting. Default: one. */
  readonly sideBySide?: number | { readonly outside: number; readonly inside: number };
  /** For an editor that tells of no change while its user types on. */
  readonly rests?: boolean;
}

/** Registers the tests. */
export function storms({ open, sideBySide = 1, rests }: Storms): void {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const { outside, inside } = typeof sideBySide === 'number' ? both(sideBySide) : sideBySide;
  const start = async (script: Script, text: string) =>
    await open(new Sandbox({ files: { [sampleFile]: text }, config: await startModel(script) }));
  /** Runs a storm in each of the editors. */
  const each = async (count: number, storm: (part: { edits: number; seed: number }) => Promise<unknown>) => {
    process.stdout.write(`storm: SEED=${seed}\n`);
    const parts = Array.from({ length: count }, (_, index) => ({ edits: editCount / count, seed: seed + index }));
    await Promise.all(parts.map(storm));
  };

  test(`${editCount} edits while somebody types below, above and in front of them, some of them reverted`, {
    timeout: limitMs,
  }, async () => {
    await each(outside, async (part) => {
      const keys = await stormOutside({ ...part, editor: await start(steadily(), fileWith(nothing)), rests });
      expect(keys).toBeGreaterThan(part.edits);
    });
  });

  test(`${editCount} edits that somebody types into, some of them reverted`, { timeout: limitMs }, async () => {
    await each(inside, async (part) => {
      const { script, next } = interruptible();
      await stormInside({ ...part, editor: await start(script, baseText), next });
    });
  });
}

const both = (count: number) => ({ outside: count, inside: count });

// Very many edits in a row in a real Neovim while somebody types: outside, nothing is lost; inside, every edit stops at once.
import { beforeAll, describe, expect, test } from 'vitest';
import { install } from './drivers/install.ts';
import { startModel } from './drivers/model.ts';
import { openNeovim } from './drivers/neovim.ts';
import { BASE, FILE } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';
import { interruptible, steadily, stormInside, stormOutside } from './drivers/storm.ts';

const suite = 'forky';
const LIMIT_MS = 400_000;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
beforeAll(async () => {
  await install(suite);
  process.stdout.write(`storm: SEED=${seed}\n`);
});

// With Neovim's own debounce each edit takes five times as long.
describe.each([
  { debounced: false, edits: 200 },
  { debounced: true, edits: 50 },
])('Neovim, debounced: $debounced', ({ debounced, edits }) => {
  const open = async (script: Parameters<typeof startModel>[0]) => {
    const sandbox = new Sandbox({ files: { [FILE]: BASE }, config: await startModel(script) });
    return await openNeovim(sandbox, { suite, file: FILE, debounced });
  };

  test(`${edits} edits while somebody types elsewhere`, { timeout: LIMIT_MS }, async () => {
    const editor = await open(steadily);
    const keys = await stormOutside({ editor, edits, seed });
    const requests = editor.sandbox.wire.of('workspace/applyEdit').length;
    process.stdout.write(`${edits} edits in ${requests} requests, ${keys} keys\n`);
    expect(keys).toBeGreaterThan(edits);
  });

  test(`${edits} edits that somebody types into`, { timeout: LIMIT_MS }, async () => {
    const { script, next } = interruptible();
    await stormInside({ editor: await open(script), edits, seed, next });
  });
});

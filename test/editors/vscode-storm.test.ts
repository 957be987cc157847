// Two hundred edits in a row in a real VS Code while somebody types: outside, nothing is lost; inside, every edit stops at once.
import { beforeAll, describe, expect, test } from 'vitest';
import { install } from './drivers/install.ts';
import { startModel } from './drivers/model.ts';
import { BASE, FILE } from './drivers/project.ts';
import { Sandbox } from './drivers/sandbox.ts';
import { interruptible, steadily, stormInside, stormOutside } from './drivers/storm.ts';
import { openVSCode } from './drivers/vscode.ts';

const EDITS = 200;
const LIMIT_MS = 400_000;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
beforeAll(async () => {
  await install('vscode');
  await install('chromium');
  process.stdout.write(`storm: SEED=${seed}\n`);
});

describe('VS Code', () => {
  const open = async (script: Parameters<typeof startModel>[0]) => {
    const sandbox = new Sandbox({ files: { [FILE]: BASE }, config: await startModel(script) });
    return await openVSCode(sandbox, { file: FILE });
  };

  test(`${EDITS} edits while somebody types elsewhere, some of them taken back`, { timeout: LIMIT_MS }, async () => {
    const editor = await open(steadily);
    const keys = await stormOutside({ editor, edits: EDITS, seed, revertEvery: 4 });
    expect(keys).toBeGreaterThan(EDITS);
  });

  test(`${EDITS} edits that somebody types into`, { timeout: LIMIT_MS }, async () => {
    const { script, next } = interruptible();
    await stormInside({ editor: await open(script), edits: EDITS, seed, next });
  });
});

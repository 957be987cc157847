// Hundreds of edits in a row in a real VS Code under a typist's hands.
import { beforeAll, describe } from 'vitest';
import { install } from './drivers/install.ts';
import { sampleFile } from './drivers/project.ts';
import { inVSCode } from './drivers/storm-editors.ts';
import { storms } from './drivers/storms.ts';
import { openVSCode } from './drivers/vscode.ts';

beforeAll(async () => {
  await install('vscode');
  await install('chromium');
});

describe('VS Code', () => {
  // Each key costs a browser much: who types without rest would fill both cores.
  storms({ open: async (sandbox) => inVSCode(await openVSCode(sandbox, { file: sampleFile })), rests: true });
});

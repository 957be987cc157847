// VS Code as people have it: the packed extension in the real editor, in a real browser.
import { beforeAll, describe } from 'vitest';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';
import { sampleFile } from './drivers/project.ts';
import { openVSCode } from './drivers/vscode.ts';

beforeAll(async () => {
  await install('vscode');
  await install('chromium');
});

describe('VS Code', () => {
  laws('vscode', (sandbox) => openVSCode(sandbox, { file: sampleFile }));
});

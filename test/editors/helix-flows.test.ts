// All ways around an edit in Helix by configuration alone.
import { beforeAll, describe } from 'vitest';
import { flows } from './drivers/flows.ts';
import { openHelix } from './drivers/helix.ts';
import { install } from './drivers/install.ts';
import { sampleFile } from './drivers/project.ts';

beforeAll(async () => void (await install('forky')));

describe('Helix', () => {
  flows(async (sandbox) => {
    const editor = await openHelix(sandbox, { suite: 'forky', file: sampleFile });
    return {
      ...editor,
      send: (command, argument) => editor.run(`lsp-workspace-command ${command} ${JSON.stringify(argument)}`),
      save: async () => void (await editor.text()),
      untilDiagnosed: async (message) =>
        void (await editor.terminal.until(new RegExp(message), `"${message}" is shown`)),
    };
  });
});

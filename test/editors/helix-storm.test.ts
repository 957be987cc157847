// Hundreds of edits in a row in real Helixes under a typist's hands: one that refuses whatever is stale, and one that tells of changes out of order.
import { beforeAll, describe } from 'vitest';
import { openHelix } from './drivers/helix.ts';
import { install } from './drivers/install.ts';
import { sampleFile } from './drivers/project.ts';
import { inHelix, inOldHelix } from './drivers/storm-editors.ts';
import { storms } from './drivers/storms.ts';

/** An edit begins 150 ms after the key that ended the one before (server/delivery). */
const sideBySide = { outside: 1, inside: 4 };

describe('Helix', () => {
  beforeAll(async () => void (await install('forky')));
  storms({
    open: async (sandbox) => inHelix(await openHelix(sandbox, { suite: 'forky', file: sampleFile })),
    sideBySide,
  });
});

describe('Helix 25.01', () => {
  beforeAll(async () => void (await install('trixie')));
  storms({
    open: async (sandbox) => inOldHelix(await openHelix(sandbox, { suite: 'trixie', file: sampleFile })),
    sideBySide,
  });
});

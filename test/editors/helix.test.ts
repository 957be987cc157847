// Helix 25.07 or newer, whose commands take arguments: the whole loop from the keymap that the README gives.
import { beforeAll, describe } from 'vitest';
import { openHelix } from './drivers/helix.ts';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';
import { sampleFile } from './drivers/project.ts';

const suite = 'forky';
beforeAll(async () => void (await install(suite)));

describe('Helix', () => {
  laws('helix', (sandbox) => openHelix(sandbox, { suite, file: sampleFile }));
});

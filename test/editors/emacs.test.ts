// Emacs with the eglot that comes with it: a client that holds its changes back, and blocks while a command runs.
import { beforeAll, describe } from 'vitest';
import { openEmacs } from './drivers/emacs.ts';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';
import { sampleFile } from './drivers/project.ts';

beforeAll(async () => void (await install('emacs')));

describe('Emacs with eglot', () => {
  laws('emacs', (sandbox) => openEmacs(sandbox, sampleFile));
});

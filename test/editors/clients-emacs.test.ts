// The Emacs package in a real Emacs, installed as its README says: alone, and beside Eglot.
import { beforeAll, describe } from 'vitest';
import { openPackage } from './drivers/emacs-package.ts';
import { install } from './drivers/install.ts';
import { laws } from './drivers/laws.ts';

beforeAll(async () => void (await install('emacs')));

describe('the Emacs package', () => {
  laws('emacs-package', (sandbox) => openPackage(sandbox));
});

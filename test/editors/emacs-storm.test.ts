// Hundreds of edits in a row in real Emacsen under a typist's hands. eglot tells of changes when its user has rested for half a second; the README's
// lines make it tell when an edit comes.
import { beforeAll, describe } from 'vitest';
import { openEmacs } from './drivers/emacs.ts';
import { install } from './drivers/install.ts';
import { sampleFile } from './drivers/project.ts';
import { inEmacs } from './drivers/storm-editors.ts';
import { storms } from './drivers/storms.ts';

beforeAll(async () => void (await install('emacs')));

describe('Emacs with eglot', () => {
  storms({
    open: async (sandbox) => inEmacs(await openEmacs(sandbox, sampleFile)),
    sideBySide: 4, // what takes its time there is waiting
  });
});

// Hundreds of edits in a row through the Emacs package under a typist's hands.
import { beforeAll, describe } from 'vitest';
import { openPackage } from './drivers/emacs-package.ts';
import { install } from './drivers/install.ts';
import type { Sandbox } from './drivers/sandbox.ts';
import type { StormEditor } from './drivers/storm.ts';
import { atTotal } from './drivers/storm-editors.ts';
import { storms } from './drivers/storms.ts';

beforeAll(async () => void (await install('emacs')));

/** By the package's own commands, at another place than where somebody types. */
async function open(sandbox: Sandbox): Promise<StormEditor> {
  const { text, type, typeBelow, typeAt, enter, untilShown, lisp } = await openPackage(sandbox);
  return {
    ...{ sandbox, text, type, typeBelow, typeAt, enter, untilShown },
    ask: async () => void (await lisp(atTotal('(quickhand-edit "number each statement")'))),
    revert: async () => void (await lisp('(quickhand-revert)')),
  };
}

describe('the Emacs package', () => {
  storms({ open });
});

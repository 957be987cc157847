// Many edits in a row through lsp-mode alone in a buffer, set up by the README's lines, under a typist's hands.
import { beforeAll, expect, test } from 'vitest';
import { startEmacs } from './drivers/emacs.ts';
import { install } from './drivers/install.ts';
import { startModel } from './drivers/model.ts';
import { sampleFile } from './drivers/project.ts';
import { readmeBlocks } from './drivers/readme.ts';
import { Sandbox } from './drivers/sandbox.ts';
import { type StormEditor, steadily, stormOutside } from './drivers/storm.ts';
import { atTotal } from './drivers/storm-editors.ts';
import { fileWith, nothing } from './drivers/storm-text.ts';

beforeAll(async () => void (await install('emacs')));

const editCount = 40;

const surroundings = `
(mapc #'require '(lsp-mode-autoloads lsp-mode))
(setq lsp-enabled-clients '(quickhand) lsp-auto-guess-root t lsp-warn-no-matched-clients nil lsp-diagnostics-provider :flymake)
(add-hook 'typescript-ts-mode-hook #'lsp)`;

async function open(sandbox: Sandbox): Promise<StormEditor> {
  const [given] = readmeBlocks('Emacs (lsp-mode)', 'elisp');
  const { text, type, typeBelow, typeAt, enter, untilShown, lisp } = await startEmacs(
    sandbox,
    sampleFile,
    surroundings + given,
  );
  await sandbox.wire.ready();
  await untilShown(/LSP\[quickhand:/, 'the server is there');
  const ask = atTotal(
    execute(`
      (list :command "quickhand.edit"
            :arguments (vector (list :textDocument (lsp--text-document-identifier) :position (lsp--cur-position)
                                     :instruction "number each statement")))`),
  );
  return {
    ...{ sandbox, text, type, typeBelow, typeAt, enter, untilShown },
    ask: async () => void (await lisp(ask)),
    revert: async () => void (await lisp(execute('(list :command "quickhand.revert")'))),
  };
}

/**
 * Lisp that has the server do a command. Not by `lsp-send-execute-command`: what waits for an answer in lsp-mode 10 leaves its process filter with a throw,
 * and what the server says right behind the answer, if it is read together with it, is lost. A model that answers within milliseconds on a busy machine
 * does that, and an edit that the editor never hears of is no matter of typing.
 */
function execute(command: string): string {
  return `(lsp-request-async "workspace/executeCommand" ${command} #'ignore :mode 'detached)`;
}

test(`lsp-mode: ${editCount} edits while somebody types below, above and in front of them`, {
  timeout: 300_000,
}, async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  process.stdout.write(`storm: SEED=${seed}\n`);
  const sandbox = new Sandbox({ files: { [sampleFile]: fileWith(nothing) }, config: await startModel(steadily()) });
  expect(await stormOutside({ editor: await open(sandbox), edits: editCount, seed })).toBeGreaterThan(editCount);
});

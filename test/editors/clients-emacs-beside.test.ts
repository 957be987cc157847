// The Emacs package in buffers that another language server manages, through Eglot and through lsp-mode; and as a package of Emacs.
import { cpSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { batch, startEmacs } from './drivers/emacs.ts';
import { openPackage } from './drivers/emacs-package.ts';
import { install } from './drivers/install.ts';
import { gate, lines, startModel } from './drivers/model.ts';
import { baseText, inTotal, notes, sampleFile } from './drivers/project.ts';
import { readmeBlocks } from './drivers/readme.ts';
import { Sandbox, type SandboxOptions } from './drivers/sandbox.ts';

const sources = fileURLToPath(new URL('../../clients/emacs', import.meta.url));
const otherServer = fileURLToPath(new URL('drivers/other-server.mjs', import.meta.url));

const renamed = baseText.replaceAll(/\bsum\b/g, 'amount');

beforeAll(async () => void (await install('emacs')));

const managers = {
  Eglot: `
(with-eval-after-load 'eglot (add-to-list 'eglot-server-programs '(typescript-ts-mode . ("other-server"))))
(add-hook 'typescript-ts-mode-hook #'eglot-ensure)`,
  'lsp-mode': `
(mapc #'require '(lsp-mode-autoloads lsp-mode))
(lsp-register-client (make-lsp-client :new-connection (lsp-stdio-connection '("other-server"))
                                      :activation-fn (lsp-activate-on "typescript") :server-id 'other))
(setq lsp-enabled-clients '(other) lsp-auto-guess-root t lsp-warn-no-matched-clients nil lsp-diagnostics-provider :flymake)
(add-hook 'typescript-ts-mode-hook #'lsp)`,
};

describe.each(Object.entries(managers))('the Emacs package beside a server of %s', (_name, before) => {
  test('both know the buffer: what the other reports goes along with an edit, and it hears of what the edit does', async () => {
    const rest = gate();
    const config = await startModel(async function* ({ scope }) {
      const target = lines(scope.replaceAll('sum', 'amount'));
      yield* target.slice(0, 5);
      await rest.opened;
      yield* target.slice(5);
    });
    const sandbox = withOther({ files: { [sampleFile]: baseText }, config });
    const editor = await openPackage(sandbox, { before });
    await editor.untilShown(/Flymake\[/, 'the other server is there');
    await editor.command('flymake-show-buffer-diagnostics');
    await editor.untilShown(/other-server: 16 lines, 4 sums/, 'what the other server reports');
    await editor.goto(inTotal);
    await editor.instruct('rename sum to amount');
    await editor.untilShown(/let amount = 0/, 'the first line');
    await editor.typeBelow(notes + 1, 'mine');
    rest.open();
    await sandbox.wire.ended(1);
    await editor.untilShown(/other-server: 17 lines, 0 sums/, 'the other server knows the new text');
    expect(await editor.text()).toBe(renamed.replace('// notes\n\n', '// notes\n\nmine\n'));
    const [edit] = sandbox.wire.of('workspace/executeCommand');
    expect(edit!.message.params.arguments[0].diagnostics).toMatchObject([
      { message: expect.stringContaining('16 lines, 4 sums') },
    ]);
  });
});

describe('lsp-mode without the package', () => {
  test('Quickhand is an add-on to another server, and its actions are in the menu', async () => {
    const sandbox = withOther({ files: { [sampleFile]: baseText } });
    const [given] = readmeBlocks('Without this package', 'elisp', 'clients/emacs/README.md');
    const init = `${managers['lsp-mode']}\n${given}\n(setq lsp-enabled-clients '(other quickhand))`;
    const editor = await startEmacs(sandbox, sampleFile, init);
    await sandbox.wire.ready();
    await editor.untilShown(/LSP\[other:\d+\]\[quickhand:/, 'both are there');
    await editor.goto(inTotal);
    await editor.command('lsp-execute-code-action');
    await editor.untilShown(/Select code action:/, 'the menu');
    await editor.terminal.type('Document');
    await editor.terminal.press('Enter');
    await sandbox.wire.ended(1);
    expect(await editor.text()).toMatch(/^\/\*\* \(rehearsal\)/);
  });
});

/** A sandbox with the command `other-server`. */
function withOther(options: SandboxOptions): Sandbox {
  const sandbox = new Sandbox(options);
  sandbox.program('other-server', otherServer);
  return sandbox;
}

describe('the Emacs package by the tools of Emacs', () => {
  /** Copies of its sources, to be compiled. */
  const copy = () => {
    const sandbox = new Sandbox({ files: {} });
    cpSync(sources, sandbox.path('work/quickhand'), { recursive: true, filter: (path) => !path.endsWith('.elc') });
    return sandbox.path('work/quickhand');
  };
  const files = readdirSync(sources).filter((name) => name.endsWith('.el'));

  test('it compiles without a warning', async () => {
    const args = ['-L', '.', '--eval', '(setq byte-compile-error-on-warn t)', '-f', 'batch-byte-compile', ...files];
    expect(words(await batch(copy(), ...args))).toBe('');
  });

  test('checkdoc has nothing to say', async () => {
    const args = files.flatMap((name) => ['--eval', `(checkdoc-file "${name}")`]);
    expect(words(await batch(copy(), ...args))).toBe('');
  });

  test('package.el installs the folder, and what users call loads by itself', async () => {
    const folder = copy();
    const uses = [
      `(package-install-file "${folder}")`,
      '(mapc (lambda (name) (unless (autoloadp (symbol-function name)) (error "%s" name))) \'(quickhand-edit quickhand-menu global-quickhand-mode))',
      '(message "%s" (command-execute (quote quickhand-menu)))',
    ];
    const start = '(setq package-user-dir (expand-file-name "elpa") package-archives nil)';
    const said = await batch(folder, '--eval', start, ...uses.flatMap((code) => ['--eval', code])).catch(
      ({ stderr }) => stderr as string,
    );
    expect(said).toContain('Done (Total of 4 files compiled');
    expect(said).toMatch(/Quickhand edits buffers that visit files/);
  });
});

/** What Emacs says, without that it is not where it was built to be. */
function words(said: string): string {
  return said.replaceAll(/^Warning: arch-dependent data dir .*\n/gm, '').trim();
}

// Drives a real Emacs with eglot in a terminal: keys through the terminal, the rest through emacsclient.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Editor } from './editor.ts';
import { install } from './install.ts';
import type { Sandbox } from './sandbox.ts';
import { openTerminal } from './tmux.ts';

const run = promisify(execFile);

/** Starts Emacs on a file, configured as the README says, and waits until eglot manages the buffer. */
export async function openEmacs(sandbox: Sandbox, file: string): Promise<Editor> {
  const { program, client, env } = installation(await install('emacs'));
  sandbox.write('home/init.el', configuration(sandbox));
  const terminal = await openTerminal(sandbox, {
    command: [...program, '-nw', '-Q', '-l', sandbox.path('home/init.el'), file],
    env,
  });
  await sandbox.wire.ready();
  await terminal.until(/\[eglot:/, `${basename(file)} is managed by eglot`);

  const lisp = (code: string) =>
    run(client, ['-s', sandbox.path('run/emacs'), '--eval', `(with-selected-window (selected-window) ${code})`]);
  const copy = sandbox.path('buffer.txt');
  const type = async (text: string) => {
    for (const key of text) await terminal.type(key);
  };
  return {
    sandbox,
    type,
    screen: terminal.screen,
    async text() {
      await lisp(`(write-region nil nil ${JSON.stringify(copy)} nil 'quiet)`);
      return readFileSync(copy, 'utf8');
    },
    untilShown: async (pattern, what) => void (await terminal.until(pattern, what)),
    untilGone: async (pattern, what) => void (await terminal.until((screen) => !pattern.test(screen), what)),
    goto: async (line) =>
      void (await lisp(`(progn (goto-char (point-min)) (forward-line ${line - 1}) (back-to-indentation))`)),
    async instruct(instruction) {
      await terminal.press('C-c', 'q');
      await terminal.until(/Quickhand:\s*$/m, 'the prompt for the instruction');
      await terminal.type(instruction);
      await terminal.press('Enter');
    },
    async action(title) {
      await terminal.press('C-c', 'a');
      await terminal.until(/\[eglot\] Pick/, 'the prompt for the action');
      await terminal.type(title);
      await terminal.press('Enter');
    },
    command: async (name) => void (await lisp(`(quickhand-command ${JSON.stringify(name)})`)),
    async typeBelow(line, text) {
      await lisp(`(progn (goto-char (point-min)) (forward-line ${line - 1}) (end-of-line))`);
      await terminal.press('Enter');
      await type(text);
    },
    endTyping: async () => {},
    undo: () => terminal.press('C-c', 'u'),
  };
}

/** Paths within an unpacked package, which Emacs can't find by itself. */
function installation(dir: string) {
  const version = readdirSync(join(dir, 'usr/share/emacs')).find((name) => /^\d/.test(name))!;
  const share = join(dir, 'usr/share/emacs', version);
  const libexec = join(dir, 'usr/libexec/emacs', version);
  const programs = join(libexec, readdirSync(libexec)[0]!);
  const image = readdirSync(programs).find((name) => name.endsWith('.pdmp'))!;
  return {
    program: [join(dir, 'usr/bin/emacs-nox'), `--dump-file=${join(programs, image)}`],
    client: join(dir, 'usr/bin/emacsclient.emacs'),
    env: {
      EMACSLOADPATH: join(share, 'lisp'),
      EMACSDATA: join(share, 'etc'),
      EMACSDOC: join(share, 'etc'),
      EMACSPATH: programs,
    },
  };
}

/** The tree-sitter mode for TypeScript needs a compiled grammar; a plain mode of the same language serves as well. */
function configuration(sandbox: Sandbox): string {
  return `
(define-derived-mode typescript-mode prog-mode "TypeScript" (setq-local comment-start "// "))
(add-to-list 'auto-mode-alist '("\\\\.ts\\\\'" . typescript-mode))
(require 'eglot)
(add-to-list 'eglot-server-programs '(typescript-mode ${sandbox.command.map((part) => JSON.stringify(part)).join(' ')}))
(add-hook 'typescript-mode-hook #'eglot-ensure)

(defun quickhand-command (name &rest argument)
  (eglot-execute (eglot--current-server-or-lose)
    (list :title name :command name :arguments (vector (or argument eglot--{})))))
(defun quickhand-edit (instruction)
  (interactive "sQuickhand: ")
  (quickhand-command "quickhand.edit" :textDocument (eglot--TextDocumentIdentifier)
    :position (eglot--pos-to-lsp-position) :instruction instruction))
(global-set-key (kbd "C-c q") #'quickhand-edit)

(global-set-key (kbd "C-c a") #'eglot-code-actions)
(global-set-key (kbd "C-c u") #'undo-only)
(setq completion-styles '(basic substring) eglot-sync-connect nil)
(setq make-backup-files nil auto-save-default nil create-lockfiles nil confirm-kill-processes nil)
(setq server-name ${JSON.stringify(sandbox.path('run/emacs'))})
(server-start)
`;
}

// Drives a real Emacs with eglot in a terminal: keys through the terminal, the rest through emacsclient.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Editor } from './editor.ts';
import { install } from './install.ts';
import { readmeBlocks } from './readme.ts';
import type { Sandbox } from './sandbox.ts';
import type { Spot } from './storm-text.ts';
import { openTerminal, type Terminal } from './tmux.ts';

const run = promisify(execFile);

/** An Emacs with a file open, whatever it was set up with. */
export interface Emacs extends Omit<Editor, 'instruct' | 'action' | 'stop' | 'revert'> {
  readonly terminal: Terminal;
  /** `M-x name RET`. */
  command(name: string): Promise<void>;
  /**
   * Waits until Emacs waits for keys. Before that it takes `C-g`, which reaches it as a signal, not for a key: it quits what it still does for the last
   * one, though that shows already, and stays in the prompt that it is in.
   */
  atRest(): Promise<void>;
  /** See StormEditor. */
  typeAt(spot: Spot): Promise<void>;
  enter(): Promise<void>;
  /** The value of an expression in the buffer that is shown, as Lisp prints it. */
  lisp(code: string): Promise<string>;
}

/** Starts Emacs on a file, configured by the README's own lines, and waits until eglot manages the buffer. */
export async function openEmacs(sandbox: Sandbox, file: string): Promise<Emacs & Editor> {
  const [given] = readmeBlocks('Emacs (eglot)', 'elisp');
  const emacs = await startEmacs(sandbox, file, `(add-hook 'typescript-ts-mode-hook #'eglot-ensure)\n${given}`);
  const { terminal, command } = emacs;
  await sandbox.wire.ready();
  await terminal.until(/\[eglot:/, `${basename(file)} is managed by eglot`);
  const action = async (title: string) => {
    await command('eglot-code-actions');
    await terminal.until(/^\[eglot\] Pick/m, 'the prompt for the action');
    await terminal.type(title);
    await terminal.press('Enter');
  };
  return {
    ...emacs,
    async instruct(instruction) {
      await command('quickhand-edit');
      await terminal.until(/^Edit:/m, 'the prompt for the instruction');
      await terminal.type(instruction);
      await terminal.press('Enter');
    },
    action,
    stop: () => action('Stop: '),
    revert: () => action('Revert: '),
  };
}

/** Starts Emacs on a file with `init` in its init file. */
export async function startEmacs(sandbox: Sandbox, file: string, init: string): Promise<Emacs> {
  const { program, client, env } = installation(await install('emacs'));
  sandbox.write('home/init.el', configuration(sandbox, init));
  const terminal = await openTerminal(sandbox, {
    command: [...program, '-nw', '-Q', '-l', sandbox.path('home/init.el'), file],
    env,
  });
  const lisp = async (code: string) => {
    const inWindow = `(with-selected-window (selected-window) ${code})`;
    const { stdout } = await run(client, ['-s', sandbox.path('run/emacs'), '--eval', inWindow]);
    return stdout.trimEnd();
  };
  const copy = sandbox.path('buffer.txt');
  const type = async (text: string) => {
    for (const key of text) await terminal.type(key);
  };
  let rests = 0;
  const command = async (name: string) => {
    await terminal.press('M-x');
    await terminal.type(name);
    await terminal.press('Enter');
  };
  return {
    sandbox,
    terminal,
    lisp,
    command,
    type,
    screen: terminal.screen,
    async atRest() {
      // By a timer: the answer to emacsclient comes from within its request, and that would be quit.
      const title = `at rest ${++rests}`;
      await lisp(`(run-with-timer 0 nil (lambda () ${setTitle(title)}))`);
      await terminal.titled(title);
    },
    async text() {
      await lisp(`(write-region nil nil ${JSON.stringify(copy)} nil 'quiet)`);
      return readFileSync(copy, 'utf8');
    },
    untilShown: async (pattern, what) => void (await terminal.until(pattern, what)),
    untilGone: async (pattern, what) => void (await terminal.until((screen) => !pattern.test(screen), what)),
    goto: async (line) =>
      void (await lisp(`(progn (goto-char (point-min)) (forward-line ${line - 1}) (back-to-indentation))`)),
    async typeBelow(line, text) {
      await lisp(`(progn (goto-char (point-min)) (forward-line ${line - 1}) (end-of-line))`);
      await terminal.press('Enter');
      await type(text);
    },
    typeAt: async ({ line, atEnd }) => {
      const within = atEnd ? '(end-of-line)' : `(progn (search-forward "';") (backward-char 2))`;
      await lisp(`(progn (goto-char (point-min)) (forward-line ${line - 1}) ${within})`);
    },
    enter: () => terminal.press('Enter'),
    endTyping: async () => {},
    undo: () => command('undo-only'),
  };
}

/** Lisp that gives the terminal a title, which says how far Emacs is: see {@link Terminal.titled}. */
export const setTitle = (title: string) => `(send-string-to-terminal "\\e]2;${title}\\a")`;

/** Runs Emacs without a screen in a folder; gives what it says. */
export async function batch(folder: string, ...args: string[]): Promise<string> {
  const { program, env } = installation(await install('emacs'));
  const options = { cwd: folder, env: { ...process.env, HOME: folder, ...env } };
  const { stdout, stderr } = await run(program[0]!, [...program.slice(1), '-Q', '--batch', ...args], options);
  return stdout + stderr;
}

/** Paths within an unpacked package, which Emacs can't find by itself. */
function installation(dir: string) {
  const version = readdirSync(join(dir, 'usr/share/emacs')).find((name) => /^\d/.test(name))!;
  const share = join(dir, 'usr/share/emacs', version);
  const libexec = join(dir, 'usr/libexec/emacs', version);
  const programs = join(libexec, readdirSync(libexec)[0]!);
  const image = readdirSync(programs).find((name) => name.endsWith('.pdmp'))!;
  const packages = join(dir, 'usr/share/emacs/site-lisp/elpa-src');
  return {
    program: [join(dir, 'usr/bin/emacs-nox'), `--dump-file=${join(programs, image)}`],
    client: join(dir, 'usr/bin/emacsclient.emacs'),
    env: {
      EMACSLOADPATH: [join(share, 'lisp'), ...readdirSync(packages).map((name) => join(packages, name))].join(':'),
      EMACSDATA: join(share, 'etc'),
      EMACSDOC: join(share, 'etc'),
      EMACSPATH: programs,
    },
  };
}

/**
 * `init` after a plain mode in place of the tree-sitter one, which would need a compiled grammar. What redefines primitives is compiled by another
 * Emacs, which can't start from an unpacked package.
 */
function configuration(sandbox: Sandbox, init: string): string {
  return `
(setq native-comp-enable-subr-trampolines nil native-comp-jit-compilation nil)
(define-derived-mode typescript-ts-base-mode prog-mode "TypeScript")
(define-derived-mode typescript-ts-mode typescript-ts-base-mode "TypeScript")
(add-to-list 'auto-mode-alist '("\\\\.ts\\\\'" . typescript-ts-mode))
${init}
(setq completion-styles '(basic substring))
(setq make-backup-files nil auto-save-default nil create-lockfiles nil confirm-kill-processes nil)
(setq server-name ${JSON.stringify(sandbox.path('run/emacs'))})
(server-start)
`;
}

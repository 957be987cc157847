// Emacs with the package in clients/emacs, installed by the lines of its README.
import { checkOut } from './checkout.ts';
import type { Editor } from './editor.ts';
import { type Emacs, startEmacs } from './emacs.ts';
import { sampleFile } from './project.ts';
import { readmeBlocks } from './readme.ts';
import type { Sandbox } from './sandbox.ts';

export interface EmacsPackage extends Emacs, Editor {
  /** The package's overlays in the buffer, by face, and the text under each. */
  marks(): Promise<{ face: string; text: string }[]>;
  /** What the mode line says of the package. */
  lighter(): Promise<string>;
}

export interface PackageOptions {
  /** Default: the project's TypeScript file. */
  readonly file?: string;
  /** Lisp in front of the README's lines. */
  readonly before?: string;
}

/** Starts Emacs on a file and waits until the server knows it. */
export async function openPackage(
  sandbox: Sandbox,
  { file = sampleFile, before = '' }: PackageOptions = {},
): Promise<EmacsPackage> {
  checkOut(sandbox);
  const [given] = readmeBlocks('Install', 'elisp', 'clients/emacs/README.md');
  const emacs = await startEmacs(sandbox, file, `${before}\n${given}`);
  const { terminal, command, lisp } = emacs;
  await sandbox.wire.ready();
  return {
    ...emacs,
    async instruct(instruction) {
      await terminal.press('C-c', 'q', 'e');
      await terminal.until(/^Edit:/m, 'the prompt for the instruction');
      await terminal.type(instruction);
      await terminal.press('Enter');
    },
    async action(title) {
      await command('quickhand-menu');
      await terminal.until(/^Quickhand: *$/m, 'the menu');
      await terminal.type(title);
      await terminal.press('Enter');
    },
    async stop() {
      await emacs.atRest();
      await terminal.press('C-g');
    },
    revert: () => terminal.press('C-c', 'q', 'z'),
    marks: async () => JSON.parse(JSON.parse(await lisp(marks))),
    lighter: async () =>
      JSON.parse(await lisp('(format-mode-line (alist-get (quote quickhand-mode) minor-mode-alist))')),
  };
}

const marks = `
(json-encode (vconcat (mapcar
  (lambda (overlay)
    (list :face (format "%s" (overlay-get overlay 'face))
          :text (buffer-substring-no-properties (overlay-start overlay) (overlay-end overlay))))
  (seq-filter (lambda (overlay) (and (overlay-get overlay 'quickhand) (overlay-get overlay 'face)))
              (overlays-in (point-min) (1+ (point-max)))))))`;

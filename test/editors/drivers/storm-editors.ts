// How an edit is asked for and reverted in each editor while somebody types there.
import type { Emacs } from './emacs.ts';
import type { Helix } from './helix.ts';
import type { Neovim } from './neovim.ts';
import { sampleFile } from './project.ts';
import type { StormEditor } from './storm.ts';
import type { Spot } from './storm-text.ts';
import type { VSCode } from './vscode.ts';

// Where commands are sent beside the keys, the place of an edit is found by the text, in the editor: a line break above may overtake a line number, and an
// edit of other code than `total` would meet the typist.

export function inNeovim(editor: Neovim): StormEditor {
  const textDocument = { uri: `file://${editor.file}` };
  const argument = { textDocument, seek: 'export function total', instruction: 'number each statement' };
  return {
    ...parts(editor),
    ask: async () => void (await editor.request('quickhand.edit', argument)),
    revert: async () => void (await editor.request('quickhand.revert', {})),
  };
}

export function inVSCode(editor: VSCode): StormEditor {
  return {
    ...parts(editor),
    ask: async () =>
      void (await editor.probe.run((vscode) => {
        const { document } = vscode.window.activeTextEditor!;
        const before = document.getText().split('export function total')[0]!;
        return vscode.commands.executeCommand('quickhand.edit', {
          textDocument: { uri: document.uri.toString() },
          position: { line: before.split('\n').length + 2, character: 4 },
          instruction: 'number each statement',
        });
      })),
    revert: async () => void (await editor.request('quickhand.revert', {})),
  };
}

/** Commands are typed where the text is typed: who types waits meanwhile. */
export function inHelix(editor: Helix): StormEditor {
  return inTurns(editor, (line) => {
    const where = `{"path":"${sampleFile}","line":${line},"sel":[${line},${line}]}`;
    return editor.run(`lsp-workspace-command quickhand.edit ${where} "number each statement"`);
  });
}

/** Helix 25.01 has no arguments: the menu does it, at the cursor. */
export function inOldHelix(editor: Helix): StormEditor {
  let spot: Spot | undefined;
  const storm = inTurns(editor, async (line) => {
    await editor.goto(line);
    await editor.action('Simplify');
    await (spot ? editor.typeAt(spot) : editor.terminal.type('9ggA'));
  });
  return {
    ...storm,
    typeAt: (at) => {
      spot = at;
      return storm.typeAt(at);
    },
    async enter() {
      await storm.enter();
      if (spot) spot = { ...spot, line: spot.line + 1 };
    },
  };
}

/** Lisp that runs `code` in `total`, and leaves point where somebody types. */
export const atTotal = (code: string) =>
  `(save-excursion (goto-char (point-min)) (search-forward "sum += price") ${code})`;

/** By the README's own function, at another place than the cursor's. */
export function inEmacs(editor: Emacs): StormEditor {
  return {
    ...parts(editor),
    ask: async () => void (await editor.lisp(atTotal('(quickhand-edit "number each statement")'))),
    revert: async () =>
      void (await editor.lisp('(eglot-execute (eglot-current-server) (list :command "quickhand.revert"))')),
  };
}

type StormParts = Omit<StormEditor, 'ask' | 'revert'>;

function parts(editor: StormParts): StormParts {
  const { sandbox, text, type, typeBelow, typeAt, enter, untilShown } = editor;
  return { sandbox, text, type, typeBelow, typeAt, enter, untilShown };
}

/** One thing after the other. */
function inTurns(editor: Helix, ask: (line: number) => Promise<void>): StormEditor {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(does: () => Promise<T>): Promise<T> => {
    const turn = last.then(does);
    last = turn.catch(() => {});
    return turn;
  };
  const { sandbox, typeBelow } = editor;
  const text = () => inTurn(editor.text);
  return {
    sandbox,
    typeBelow,
    text,
    // By the text: the screen shows only the part of a long line that the cursor is in. Whatever happens there the wire tells of at once.
    untilShown: async (pattern, what) => void (await sandbox.wire.until(async () => pattern.test(await text()), what)),
    type: (text) => inTurn(() => editor.type(text)),
    typeAt: (spot) => inTurn(() => editor.typeAt(spot)),
    enter: () => inTurn(editor.enter),
    ask: (line) => inTurn(() => ask(line)),
    revert: () => inTurn(() => editor.run('lsp-workspace-command quickhand.revert')),
  };
}

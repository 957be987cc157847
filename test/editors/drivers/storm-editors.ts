// How an edit is asked for and taken back in each editor while somebody types there.
import type { Emacs } from './emacs.ts';
import type { Helix } from './helix.ts';
import type { Neovim } from './neovim.ts';
import { FILE, IN_TOTAL } from './project.ts';
import type { StormEditor } from './storm.ts';

/** Where commands can be sent beside the keys. */
export function byRequest(editor: StormParts & Pick<Neovim, 'file' | 'request'>): StormEditor {
  const textDocument = { uri: `file://${editor.file}` };
  const position = { line: IN_TOTAL - 1, character: 4 };
  return {
    ...parts(editor),
    ask: async () => {
      await editor.request('quickhand.edit', { textDocument, position, instruction: 'number each statement' });
    },
    takeBack: async () => void (await editor.request('quickhand.revert', {})),
  };
}

/** Commands are typed where the text is typed: who types waits meanwhile. */
export function inHelix(editor: Helix): StormEditor {
  const where = `{"path":"${FILE}","line":${IN_TOTAL},"sel":[${IN_TOTAL},${IN_TOTAL}]}`;
  return inTurns(editor, () => editor.run(`lsp-workspace-command quickhand.edit ${where} "number each statement"`));
}

/** Helix 25.01 has no arguments: the menu does it, at the cursor. */
export function inOldHelix(editor: Helix): StormEditor {
  let line = 0;
  const storm = inTurns(editor, async () => {
    await editor.goto(IN_TOTAL);
    await editor.action('Simplify');
    await editor.terminal.type(`${line}ggA`);
  });
  return {
    ...storm,
    async typeBelow(below, text) {
      line = below + 1;
      await storm.typeBelow(below, text);
    },
  };
}

/** By the README's own function, at another place than the cursor's. */
export function inEmacs(editor: Emacs): StormEditor {
  const there = `(goto-char (point-min)) (forward-line ${IN_TOTAL - 1})`;
  return {
    ...parts(editor),
    ask: async () => void (await editor.lisp(`(save-excursion ${there} (quickhand-edit "number each statement"))`)),
    takeBack: async () =>
      void (await editor.lisp('(eglot-execute (eglot-current-server) (list :command "quickhand.revert"))')),
  };
}

type StormParts = Omit<StormEditor, 'ask' | 'takeBack'>;

function parts(editor: StormParts): StormParts {
  const { sandbox, text, type, typeBelow, untilShown } = editor;
  return { sandbox, text, type, typeBelow, untilShown };
}

/** One thing after the other. */
function inTurns(editor: Helix, ask: () => Promise<void>): StormEditor {
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
    ask: () => inTurn(ask),
    takeBack: () => inTurn(() => editor.run('lsp-workspace-command quickhand.revert')),
  };
}

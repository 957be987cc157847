// Everything a person does around an edit, in an editor that has nothing of ours but the README's lines: the tests that run in each of them.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Editor } from './editor.ts';
import { gate, lines, type Script, startModel } from './model.ts';
import { baseText, inTotal, noted, sampleFile, totalBody } from './project.ts';
import { Sandbox } from './sandbox.ts';
import type { Terminal } from './tmux.ts';

export interface FlowEditor extends Editor {
  readonly terminal: Terminal;
  /** Sends a server command with an argument in the way that this editor has for it. */
  send(command: string, argument: object): Promise<void>;
  /** Writes the buffer to the disk. */
  save(): Promise<void>;
  /** Waits until the editor knows of a problem. */
  untilDiagnosed(message: string): Promise<void>;
}

const importLine = "import { round } from './round';";
/** In pieces, so that nobody takes it for one that was lost. */
const key = ['AKIA', 'Q3EGXZJ7', 'WBYTNHKD'].join('');
const done = (note: string) => baseText.replace(totalBody, noted(totalBody, note));
/** Notes the number of the request behind every statement, in place of what was noted before. */
const counting = (): Script => {
  let asked = 0;
  return ({ scope }) => lines(noted(scope.replaceAll(/ \/\/ take \d+$/gm, ''), `take ${++asked}`));
};

/** Registers the tests. `open` starts the editor on the project's file. */
export function flows(open: (sandbox: Sandbox) => Promise<FlowEditor>): void {
  const start = async ({ script, text = baseText, config }: { script: Script; text?: string; config?: object }) => {
    const sandbox = new Sandbox({
      files: { [sampleFile]: text, '.gitignore': 'generated\n' },
      config: { ...(await startModel(script)), ...config },
    });
    execFileSync('git', ['init', '--quiet', sandbox.path('work')]);
    const editor = await open(sandbox);
    await editor.goto(inTotal);
    const { wire } = sandbox;
    await wire.ready();
    return { editor, wire, ended: (count: number) => wire.ended(count) };
  };
  /** An edit that has ended well, and all that it left. */
  const edited = async (config?: object) => {
    const { editor, ...rest } = await start({ script: counting(), config });
    await editor.instruct('note every line');
    expect(await rest.ended(1)).toMatch(/^\d edits? in/);
    expect(await editor.text()).toBe(done('take 1'));
    return { editor, ...rest };
  };
  const isBackTo = async (editor: Editor, text: string) => {
    await editor.untilGone(/take|amount|noted|round/, 'it is reverted');
    expect(await editor.text()).toBe(text);
  };

  test('steer: a running edit goes another way, and one revert undoes both', async () => {
    const never = gate();
    const { editor, ended } = await start({
      async *script({ scope, instruction }) {
        if (instruction.includes('amount')) return yield scope.replaceAll('sum', 'amount');
        yield* lines(noted(scope)).slice(0, 4);
        await never.opened;
      },
    });
    await editor.instruct('note every line');
    await editor.untilShown(/let sum = 0; \/\/ noted/, 'the first lines are noted');
    await editor.send('quickhand.steer', { instruction: 'call it amount' });
    expect(await ended(1)).toMatch(/^superseded/);
    expect(await ended(2)).toMatch(/^\d edits? in/);
    const text = await editor.text();
    expect(text).toContain('let amount = 0; // noted');
    expect(text.replaceAll(' // noted', '')).toBe(baseText.replaceAll('sum', 'amount'));
    await editor.revert();
    await isBackTo(editor, baseText);
  });

  test('refine: a correction after the end builds on what is there', async () => {
    const { editor, ended } = await edited();
    await editor.send('quickhand.steer', { instruction: 'once more' });
    await ended(2);
    expect(await editor.text()).toBe(done('take 2'));
    await editor.revert();
    await isBackTo(editor, baseText);
  });

  test('retry: the same is asked again, of the text as it was', async () => {
    const { editor, ended } = await edited();
    await editor.action('Retry: ');
    await editor.untilShown(/take 2/, 'the second take');
    await ended(2);
    expect(await editor.text()).toBe(done('take 2'));
    await editor.revert();
    await isBackTo(editor, baseText);
  });

  test('explain: an explanation opens, and the code stays as it is', async () => {
    const { editor, wire } = await start({ script: () => ['It adds up the prices.\n'] });
    const { uri } = wire.of('textDocument/didOpen')[0]!.message.params.textDocument;
    const position = { line: inTotal - 1, character: 4 };
    await editor.send('quickhand.explain', { textDocument: { uri }, range: { start: position, end: position } });
    await editor.terminal.until(/It adds up the prices\./, 'the explanation');
    const shown = await wire.until(() => wire.of('window/showDocument')[0], 'it was opened by the server');
    expect(shown.message.params.uri).toMatch(/\/state\/quickhand\/.*\.md$/);
    expect(wire.of('textDocument/didChange')).toEqual([]);
  });

  test('verify: the user’s check runs when asked, and each problem that it finds has a fix in the menu', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the server's
    const args = ['-c', 'grep -q "take 2" "$1" || echo "$1:2:3: error: no taste"', 'sh', '${file}'];
    const { editor, wire, ended } = await edited({ verify: [{ command: 'sh', args }] });
    await editor.save();
    expect(wire.of('textDocument/publishDiagnostics')).toEqual([]);
    await editor.goto(2);
    await editor.action('Verify: ');
    await editor.untilDiagnosed('no taste');
    await editor.action('Fix: no taste');
    await ended(3); // the check is shown as work, too
    expect(await editor.text()).toBe(done('take 2'));
    await editor.save();
    await editor.action('Verify: ');
    const [last] = await wire.until((told) => {
      const published = told.of('textDocument/publishDiagnostics').slice(-1);
      return published[0]?.message.params.diagnostics.length === 0 && published;
    }, 'nothing is left to be said');
    expect(last!.message.params.uri).toMatch(/math\.ts$/);
  });

  test('approve: an import that an edit needs comes when it is let in, and goes with the edit', async () => {
    const { editor, wire, ended } = await start({
      script: ({ scope }) => [`<import>${importLine}</import>\n`, ...lines(noted(scope))],
    });
    await editor.instruct('round it');
    await ended(1);
    expect(await editor.text()).toBe(done('noted'));
    await editor.action(`Add import: ${importLine}`);
    await wire.until(() => wire.told().includes(importLine), 'the import'); // a screen shows it in a message, too
    expect(await editor.text()).toBe(`${importLine}\n\n${done('noted')}`);
    await editor.revert();
    await isBackTo(editor, baseText);
  });

  test('directive: a comment in the code asks, from the menu, and goes with the edit', async () => {
    const asked: string[] = [];
    const { editor, ended } = await start({
      text: baseText.replace('  let sum', '  // ai: note every line\n  let sum'),
      *script({ scope, instruction }) {
        asked.push(instruction);
        yield* lines(noted(scope));
      },
    });
    await editor.goto(2);
    await editor.action('Do: note every line');
    await ended(1);
    expect(await editor.text()).toBe(done('noted'));
    expect(asked).toEqual([expect.stringContaining('note every line')]);
  });

  const refused = async (text: string, why: RegExp, config?: object) => {
    let asked = 0;
    const { editor, ended } = await start({
      text,
      config,
      *script({ scope }) {
        asked++;
        yield* lines(noted(scope));
      },
    });
    await editor.instruct('note every line');
    expect(await ended(1)).toMatch(why);
    const screen = await editor.terminal.until(/Quickhand: rejected/, 'why not');
    if (screen.includes('Press ENTER')) await editor.terminal.press('Enter'); // Neovim wants it after a long line
    expect(await editor.text()).toBe(text);
    expect(asked).toBe(0);
  };

  test('secret: code that holds what looks like a key is not sent, and why is said', async () => {
    const text = baseText.replace('  let sum', `  const key = '${key}';\n  let sum`);
    await refused(text, /^rejected: line 2 holds what looks like .*nothing was sent/);
  });

  test('ignored: a file that is not to be sent is not, and why is said', async () => {
    await refused(baseText, /^rejected: .*src\/\*\*/, { ignore: ['src/**'] });
  });
}

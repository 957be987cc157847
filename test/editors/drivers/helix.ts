// Drives a real Helix in a terminal. It has no way in but keys and no way out but the screen and the file that it writes.
import { readFileSync, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Editor } from './editor.ts';
import { install } from './install.ts';
import { Pulse } from './pulse.ts';
import { readmeBlocks } from './readme.ts';
import type { Sandbox } from './sandbox.ts';
import { openTerminal, type Terminal } from './tmux.ts';

export interface HelixOptions {
  /** `forky` has 25.07 with arguments for commands, `trixie` has 25.01 without. */
  readonly suite: 'forky' | 'trixie';
  /** Path of the file to open, within the project. */
  readonly file: string;
}

export interface Helix extends Editor {
  readonly terminal: Terminal;
  /** Runs a typable command (without its colon) in whatever mode Helix is. */
  run(command: string): Promise<void>;
}

/** Keys beside the README's: Escape would take a pause after it, and a person in insert mode has no other way to a command. */
const keys = `
[keys.insert]
C-q = "normal_mode"
C-e = "command_mode"
[keys.normal]
C-q = "normal_mode"
C-e = "command_mode"
`;

/** Starts Helix on a file, configured by the README's own lines, and waits until the server knows the file. */
export async function openHelix(sandbox: Sandbox, { suite, file }: HelixOptions): Promise<Helix> {
  const dir = await install(suite);
  const [languages, given] = readmeBlocks('Helix', 'toml');
  sandbox.write('home/config/helix/languages.toml', languages!);
  sandbox.write('home/config/helix/config.toml', `${given}${keys}`);
  const terminal = await openTerminal(sandbox, { command: [`${dir}/usr/bin/hx`, file] });
  await terminal.until(/NOR/, 'Helix in normal mode');
  await sandbox.wire.ready();

  const path = sandbox.path('work', file);
  const saved = new Pulse();
  const watcher = watch(dirname(path), () => saved.beat());
  sandbox.onEnd(() => watcher.close());

  /** When; undefined while it is put aside for a new one, and its text is empty before it is there. */
  const written = () => statSync(path, { bigint: true, throwIfNoEntry: false })?.mtimeNs;
  const normal = () => terminal.press('C-q');
  const run = async (command: string) => {
    await terminal.press('C-e');
    await terminal.type(command);
    await terminal.press('Enter');
  };
  const afterSpace = async (key: string) => {
    await terminal.press('Space');
    await terminal.type(key);
  };
  return {
    sandbox,
    terminal,
    screen: terminal.screen,
    run,
    async text() {
      const before = written();
      await run('write');
      return await saved.until(
        () => written() !== undefined && written() !== before && readFileSync(path, 'utf8'),
        async () => `Helix writes ${basename(path)}; the screen:\n${await terminal.screen()}`,
      );
    },
    untilShown: async (pattern, what) => void (await terminal.until(pattern, what)),
    untilGone: async (pattern, what) => void (await terminal.until((screen) => !pattern.test(screen), what)),
    async goto(line) {
      await normal();
      await terminal.type(`${line}gggs`); // the first non-blank
    },
    async instruct(instruction) {
      await afterSpace('q');
      await terminal.until(/selection_line_end}\]} ""/, 'the prompt for the instruction');
      await terminal.type(instruction);
      await terminal.press('Enter');
    },
    async action(title) {
      await afterSpace('a');
      const screen = await terminal.until((shown) => shown.includes(title), `the menu with ${title}`);
      for (let row = rowOf(screen, title, offered(sandbox)); row > 0; row--) await terminal.press('Down');
      await terminal.press('Enter');
    },
    stop: () => afterSpace('x'),
    revert: () => afterSpace('z'),
    async typeBelow(line, typed) {
      await normal();
      await terminal.type(`${line}ggo`);
      for (const key of typed) await terminal.type(key);
    },
    type: async (typed) => {
      for (const key of typed) await terminal.type(key);
    },
    endTyping: normal,
    undo: () => terminal.type('u'),
  };
}

/** Titles of the newest answer to a request for code actions. */
function offered({ wire }: Sandbox): string[] {
  const { id } = wire.of('textDocument/codeAction').at(-1)?.message ?? {};
  const answer = wire.messages.findLast(
    ({ from, message }) => from === 'server' && message.id === id && message.result,
  );
  return (answer?.message.result ?? []).map((action: { title: string }) => action.title);
}

/** How far below the menu's first row `title` stands; the first one is selected when the menu opens. */
function rowOf(screen: string, title: string, titles: readonly string[]): number {
  const rows = screen.split('\n').filter((row) => titles.some((each) => row.includes(each)));
  return rows.findIndex((row) => row.includes(title));
}

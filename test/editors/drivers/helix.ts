// Drives a real Helix in a terminal. It has no way in but keys and no way out but the screen and the file that it writes.
import { readFileSync, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Editor } from './editor.ts';
import { install } from './install.ts';
import { Pulse } from './pulse.ts';
import { readmeBlocks } from './readme.ts';
import type { Sandbox } from './sandbox.ts';
import type { Spot } from './storm-text.ts';
import { openTerminal, type Terminal } from './tmux.ts';
import type { Wire } from './wire.ts';

export interface HelixOptions {
  /** `forky` has 25.07 with arguments for commands, `trixie` has 25.01 without. */
  readonly suite: 'forky' | 'trixie';
  /** Path of the file to open, within the project. */
  readonly file: string;
}

export interface Helix extends Editor {
  readonly terminal: Terminal;
  /** See StormEditor. */
  typeAt(spot: Spot): Promise<void>;
  enter(): Promise<void>;
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

  /** Another for each file that was written; undefined while one is put aside for the next, whose text is empty at first. */
  const written = () => {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stat && `${stat.ino} ${stat.mtimeNs}`;
  };
  const normal = () => terminal.press('C-q');
  const run = async (command: string) => {
    await terminal.press('C-e');
    await terminal.type(command);
    await terminal.press('Enter');
  };
  const text = async () => {
    const before = written();
    await run('write!'); // it takes its own last write for somebody else's while that has not been noted
    return await saved.until(
      () => ![undefined, before].includes(written()) && readFileSync(path, 'utf8'),
      async () => `Helix writes ${basename(path)}; the screen:\n${await terminal.screen()}`,
    );
  };
  const afterSpace = async (key: string) => {
    await terminal.press('Space');
    await terminal.type(key);
  };
  const choose = async (title: string) => {
    const before = sandbox.wire.of('textDocument/codeAction').length;
    // A menu over a line near the bottom has no row for its last titles: the line goes to the middle.
    await terminal.type('zc');
    await afterSpace('a');
    const titles = await sandbox.wire.until((wire) => offered(wire, before), 'the actions');
    const screen = await terminal.until((shown) => rowOf(shown, title, titles) >= 0, `the menu with ${title}`);
    // Not by the arrow: its three bytes may be read as Escape and two letters.
    await terminal.press(...Array(rowOf(screen, title, titles)).fill('C-n'), 'Enter');
  };
  return {
    sandbox,
    terminal,
    screen: terminal.screen,
    run,
    text,
    untilShown: async (pattern, what) => void (await terminal.until(pattern, what)),
    // The screen may lack it for another reason: a menu above it.
    untilGone: async (pattern, what) => void (await sandbox.wire.until(async () => !pattern.test(await text()), what)),
    async goto(line) {
      await normal();
      await terminal.type(`${line}gggs`); // the first non-blank
    },
    async instruct(instruction) {
      await afterSpace('q');
      await terminal.until(/selection_line_end}\]} "["…]/, 'the prompt for the instruction');
      await terminal.type(instruction);
      await terminal.press('Enter');
    },
    async action(title) {
      const commands = sandbox.wire.of('workspace/executeCommand').length;
      await choose(title);
      // On a busy machine a menu that is still being drawn may miss the key that chooses: it stays open then, and nothing was asked.
      const isChosen = (wire: Wire) => wire.of('workspace/executeCommand').length > commands;
      await sandbox.wire.until(isChosen, title, 5000).catch(async () => {
        await terminal.press('Escape');
        await normal();
        await choose(title);
      });
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
    async typeAt({ line, atEnd }) {
      await normal();
      await terminal.type(`${line}gg${atEnd ? 'A' : 'ghf;hi'}`);
    },
    enter: () => terminal.press('Enter'),
    endTyping: normal,
    undo: () => terminal.type('u'),
  };
}

/** Titles in the answer to the request for code actions that came after `count` others. */
function offered(wire: Wire, count: number): string[] | undefined {
  const asked = wire.of('textDocument/codeAction')[count];
  const answer = wire.messages.find(
    ({ from, message }) => asked && from === 'server' && message.id === asked.message.id && 'result' in message,
  );
  return answer?.message.result?.map((action: { title: string }) => action.title);
}

/** Rows of a menu, at most. */
const shownTitles = 10;

/** How far below the menu's first row `title` stands; the first one is selected when the menu opens. -1: it is not there. */
function rowOf(screen: string, title: string, titles: readonly string[]): number {
  // Titles hold each other: a row's own is the longest that is there.
  const longestFirst = titles.toSorted((a, b) => b.length - a.length);
  const withoutMessages = screen.trimEnd().split('\n').slice(0, -1); // which may hold a title, too
  const rows = withoutMessages.flatMap((row) => longestFirst.find((each) => row.includes(each)) ?? []);
  // A menu that is only half drawn shows some of them, and no place in it is the one that it will be.
  if (rows.length < Math.min(titles.length, shownTitles)) return -1;
  return rows.includes(title) ? rows.indexOf(title) : rows.findIndex((each) => each.includes(title));
}

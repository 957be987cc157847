// Drives a real Kakoune with kakoune-lsp in a terminal: keys through the terminal, its text by the file that it writes on command.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkOut } from './checkout.ts';
import type { Editor } from './editor.ts';
import { install } from './install.ts';
import { Pulse } from './pulse.ts';
import { readmeBlocks } from './readme.ts';
import type { Sandbox } from './sandbox.ts';
import { openTerminal, type Terminal } from './tmux.ts';

const otherServer = fileURLToPath(new URL('other-server.mjs', import.meta.url));
const readme = 'clients/kakoune/README.md';
const run = promisify(execFile);

export interface Kakoune extends Editor {
  readonly terminal: Terminal;
  /** Runs a command in the window. */
  command(line: string): Promise<void>;
}

/** Starts Kakoune on a file, configured by the README's own lines, and waits until the server knows the file. */
export async function openKakoune(sandbox: Sandbox, file: string): Promise<Kakoune> {
  const program = `${await install('kakoune')}/usr/bin/kak`;
  const path = `${await install('kakoune-lsp')}/bin`;
  checkOut(sandbox);
  sandbox.write('home/config/kak/kakrc', configuration());
  mkdirSync(sandbox.path('home/copies'));
  // What kakoune-lsp starts for TypeScript by itself: it leaves a buffer alone if one of its servers is missing.
  sandbox.program('typescript-language-server', otherServer);
  const env = { PATH: `${path}:${sandbox.env.PATH}:${program.replace(/\/kak$/, '')}` };
  // Last of all: its daemon does not always notice that Kakoune is gone, nor always go when it is told to.
  sandbox.onEnd(() => endDaemons(sandbox.dir));
  const terminal = await openTerminal(sandbox, { command: [program, '-s', 'main', file], env });
  await sandbox.wire.ready();

  const written = new Pulse();
  const watcher = watch(sandbox.path('home/copies'), () => written.beat());
  sandbox.onEnd(() => watcher.close());
  let copies = 0;
  const tell = async (commands: string) => {
    const sending = run(program, ['-p', 'main'], { env: { ...sandbox.env, ...env } });
    sending.child.stdin!.end(commands);
    await sending;
  };
  const normal = () => terminal.press('Escape');
  const command = async (line: string) => {
    await normal();
    await terminal.type(`:${line}`);
    await terminal.press('Enter');
  };
  sandbox.onEnd(() => tell('lsp-exit').catch(() => {}));
  const userKeys = async (keys: string) => {
    await normal();
    await terminal.type(` q${keys}`);
  };
  const type = async (text: string) => {
    for (const key of text) await terminal.type(key);
  };
  return {
    sandbox,
    terminal,
    command,
    type,
    screen: terminal.screen,
    async text() {
      const copy = sandbox.path('home/copies', `${++copies}`);
      await tell(`evaluate-commands -client client0 %{ write -method replace ${copy} }`);
      return await written.until(
        () => existsSync(copy) && readFileSync(copy, 'utf8'),
        async () => `Kakoune writes its text; the screen:\n${await terminal.screen()}`,
      );
    },
    untilShown: async (pattern, what) => void (await terminal.until(pattern, what)),
    untilGone: async (pattern, what) => void (await terminal.until((screen) => !pattern.test(screen), what)),
    async goto(line) {
      await normal();
      await terminal.type(`${line}ggi`); // the first non-blank
    },
    async instruct(instruction) {
      await userKeys('q');
      await terminal.until(/edit:/, 'the prompt for the instruction');
      await terminal.type(instruction);
      await terminal.press('Enter');
    },
    async action(title) {
      await userKeys('m');
      await terminal.until(new RegExp(title), `the menu with ${title}`);
      await terminal.type(title);
      await terminal.press('Enter');
    },
    stop: () => userKeys('s'),
    revert: () => userKeys('z'),
    async typeBelow(line, text) {
      await normal();
      await terminal.type(`${line}go`);
      await type(text);
    },
    endTyping: normal,
    undo: async () => {
      await normal();
      await terminal.type('u');
    },
  };
}

/** Ends what is left of the daemons whose surroundings name a folder. */
function endDaemons(dir: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const isDaemon = readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'kak-lsp';
      if (isDaemon && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(dir)) process.kill(Number(pid));
    } catch {
      // It is gone by now, or not ours.
    }
  }
}

function configuration(): string {
  const [given] = readmeBlocks('Install', 'kak', readme);
  const [modeLine] = readmeBlocks('Use', 'kak', readme);
  return `${given}${modeLine}
set-option global startup_info_version 99999999
set-option global autoinfo ''
`;
}

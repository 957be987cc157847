// One test's own world: a home, a project under version control, Quickhand's configuration, and a wire to watch.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { Wire } from './wire.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const artefacts = join(root, 'test/artefacts');

export interface SandboxOptions {
  /** The user's config.json; none by default, so that the rehearsal model answers. */
  readonly config?: object;
  /** Files of the project, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** A test's world. It is removed when the test ends; a failing test leaves its wire log and screens in test/artefacts. */
export class Sandbox {
  /** Short, because tmux and Neovim put sockets in it (their paths may have 107 bytes). */
  readonly dir = mkdtempSync(join(tmpdir(), 'qh-'));
  readonly wire = new Wire(this.path('wire.sock'));
  /** In PATH the command `quickhand` is the built server, behind the tap. */
  readonly env: Readonly<Record<string, string>>;
  readonly #cleanups: (() => unknown)[] = [];
  readonly #screens: (() => Promise<string> | string)[] = [];

  constructor({ config, files }: SandboxOptions) {
    const server = this.behindTap(join(root, 'dist/quickhand.js'));
    this.program('quickhand', ...server);
    this.env = {
      PATH: `${this.path('bin')}:${process.env.PATH}`,
      HOME: this.path('home'),
      LANG: 'C.UTF-8',
      XDG_CONFIG_HOME: this.path('home/config'),
      XDG_STATE_HOME: this.path('home/state'),
      XDG_CACHE_HOME: this.path('home/cache'),
      XDG_DATA_HOME: this.path('home/data'),
      XDG_RUNTIME_DIR: this.path('run'),
    };
    for (const dir of ['home/config', 'home/state', 'home/cache', 'home/data', 'run', 'work/.git']) {
      mkdirSync(this.path(dir), { recursive: true });
    }
    chmodSync(this.path('run'), 0o700);
    if (config) this.write('home/config/quickhand/config.json', JSON.stringify(config, null, 2));
    for (const [path, text] of Object.entries(files)) this.write(join('work', path), text);
    onTestFinished(({ task }) => this.#end(`${task.suite?.name} ${task.name}`, task.result?.state === 'fail'));
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  /** The command that starts a server, a script for this Node, behind the tap. */
  behindTap(server: string): string[] {
    const tap = fileURLToPath(new URL('tap.mjs', import.meta.url));
    return [process.execPath, tap, this.path('wire.sock'), process.execPath, server];
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** Puts a program into PATH: a script for this Node, or a whole command. */
  program(name: string, ...command: string[]): void {
    const [first] = command;
    const whole = command.length === 1 ? [process.execPath, first!] : command;
    this.write(`bin/${name}`, `#!/bin/sh\nexec ${whole.map((part) => `'${part}'`).join(' ')} "$@"\n`);
    chmodSync(this.path('bin', name), 0o755);
  }

  /** Runs `cleanup` when the test ends; the last one first. */
  onEnd(cleanup: () => unknown): void {
    this.#cleanups.unshift(cleanup);
  }

  /** What a failing test should show of an editor. */
  onFailure(screen: () => Promise<string> | string): void {
    this.#screens.push(screen);
  }

  async #end(test: string, failed: boolean): Promise<void> {
    if (failed) {
      for (const screen of this.#screens) keep(`failed ${test}.screen.txt`, await screen());
      keep(`failed ${test}.wire.jsonl`, this.wire.dump());
    }
    for (const cleanup of this.#cleanups) await cleanup();
    await this.wire.close();
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Writes a file into test/artefacts, which is not under version control. */
export function keep(name: string, content: string | Uint8Array): void {
  mkdirSync(artefacts, { recursive: true });
  writeFileSync(join(artefacts, name.replaceAll(/[^\w.-]+/g, '-')), content);
}

// `quickhand demo`: the main job in a terminal: a real server process, a real file, edits landing live; then an interruption and a revert.
// The rehearsal model answers, and the demo says so.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EditEnded, EditEvent } from '../protocol/quickhand-messages.ts';
import { demoCursor, demoFile, demoName } from './demo-file.ts';
import { createDemoScreen, type DemoScreen } from './demo-screen.ts';
import { CliDocument } from './document.ts';
import { CliError, type CliIo, usageError } from './io.ts';
import { ServerProcess } from './server-process.ts';
import { leastChangedChars } from './text-diff.ts';

export async function demo(args: string[], io: CliIo): Promise<number> {
  if (args[0] !== undefined) throw usageError(`demo takes no arguments, got "${args[0]}"`, 'usage: quickhand demo');
  const folder = await mkdtemp(join(tmpdir(), 'quickhand-demo-'));
  const screen = createDemoScreen(io);
  try {
    const file = join(folder, demoName);
    await writeFile(file, demoFile);
    const show = await Demo.start({ io: { ...io, cwd: folder }, screen, file, env: rehearsalEnv(io.env, folder) });
    await show.run().finally(() => show.close());
    await writeFile(file, show.document.text);
    return 0;
  } finally {
    screen.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without anybody's configuration and keys the rehearsal model answers; and nothing is added to the user's ledger. */
function rehearsalEnv(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^QUICKHAND_|_API_KEY$/.test(name));
  return { ...Object.fromEntries(kept), XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder };
}

interface DemoOptions {
  readonly io: CliIo;
  readonly screen: DemoScreen;
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
}

/** How long the editor's side waits for a text that must come. */
const revertTimeoutMs = 5000;
/** Time to read, in ms. */
const glanceMs = 700;
const readMs = 1800;

class Demo {
  readonly document: CliDocument;
  readonly #screen: DemoScreen;
  readonly #io: CliIo;
  #server!: ServerProcess;
  /** The document before the scene. */
  #base = demoFile;
  #status = '';
  #onEvent: (event: EditEvent) => void = () => {};
  #onChange: () => void = () => {};

  private constructor({ io, screen, file }: DemoOptions) {
    this.#io = io;
    this.#screen = screen;
    this.document = new CliDocument(pathToFileURL(file).href, 'typescript', demoFile);
  }

  static async start(options: DemoOptions): Promise<Demo> {
    const show = new Demo(options);
    show.#server = await ServerProcess.start({
      io: options.io,
      env: options.env,
      document: show.document,
      onMessage: () => {}, // that this is a rehearsal: the demo says so itself
      onEvent: (event) => show.#onEvent(event),
      onChange: () => show.#changed(),
    });
    return show;
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async run(): Promise<void> {
    const { bold, dim } = this.#screen.style;
    this.#screen.say(`${bold('Quickhand demo')}: a real server process edits ${demoName} as it does in an editor.`);
    this.#screen.say(dim('The rehearsal model answers: a stand-in inside the server, not an AI. No key, no network.'));
    await this.#edit();
    await this.#interrupt();
    this.#screen.say();
    this.#screen.say('Your own model is one line of settings away, and so is your editor: see README.md.');
  }

  async #edit(): Promise<void> {
    this.#scene(1, 'An edit, landing while the model speaks', 'explain each step');
    await this.#screen.pause(glanceMs);
    const charsBefore = this.document.changedChars;
    const ended = await this.#ask('explain each step');
    if (ended.outcome !== 'completed') throw new CliError(1, `the edit ${ended.outcome}: ${ended.reason ?? ''}`);
    this.#hold(`completed, ${countOf(ended.timing.hunks, 'hunk')}`);
    const changed = this.document.changedChars - charsBefore;
    this.#timing(ended, { changed, least: leastChangedChars(this.#base, this.document.text) });
    await this.#screen.pause(readMs);
  }

  async #interrupt(): Promise<void> {
    const instruction = 'slowly rename sum to cents';
    this.#scene(2, 'A slow edit, interrupted after its second hunk', instruction);
    await this.#screen.pause(glanceMs);
    let editId = '';
    let stoppedAtMs = 0;
    let hunks = 0;
    const ended = await this.#ask(instruction, (event) => {
      editId = event.editId;
      if (event.kind !== 'hunk' || ++hunks !== 2) return;
      stoppedAtMs = performance.now();
      void this.#server.command('quickhand.cancel', { editId }).catch(() => {}); // the end of the edit tells
    });
    const stopMs = (performance.now() - stoppedAtMs).toFixed(1);
    if (ended.outcome !== 'cancelled') throw new CliError(1, `the edit was not interrupted, it ${ended.outcome}`);
    this.#hold(`stopped ${stopMs} ms after the request; ${countOf(ended.timing.hunks, 'hunk')} had landed and stay`);
    await this.#screen.pause(readMs);
    await this.#revert(editId);
  }

  async #revert(editId: string): Promise<void> {
    const before = this.#base;
    this.#scene(3, 'Reverted, in one step');
    const startedAtMs = performance.now();
    const restored = this.#whenText(before);
    await this.#server.command('quickhand.revert', { editId });
    await restored;
    this.#hold(`reverted in ${(performance.now() - startedAtMs).toFixed(1)} ms: the text is exactly as it was before`);
    await this.#screen.pause(glanceMs);
  }

  #scene(number: number, title: string, instruction?: string): void {
    const { bold, yellow } = this.#screen.style;
    this.#base = number === 3 ? this.#base : this.document.text;
    this.#screen.say();
    this.#screen.say(`${bold(`${number}. ${title}`)}${instruction ? `: ${yellow(`"${instruction}"`)}` : ''}`);
    this.#status = 'asking';
    this.#draw();
  }

  #ask(instruction: string, onEvent: (event: EditEvent) => void = () => {}): Promise<EditEnded> {
    this.#onEvent = (event) => {
      if (event.kind === 'report') this.#status = `${event.chars} characters of the answer so far`;
      onEvent(event);
    };
    const { uri } = this.document.snapshot;
    const argument = { textDocument: { uri }, position: demoCursor, instruction, wait: true };
    return this.#server.command<EditEnded>('quickhand.edit', argument, this.#io.interrupted);
  }

  #whenText(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new CliError(1, 'the revert did not arrive')), revertTimeoutMs);
      this.#onChange = () => {
        if (this.document.text !== text) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #changed(): void {
    this.#draw();
    this.#onChange();
  }

  #draw(): void {
    this.#screen.show({ text: this.document.text, base: this.#base, status: this.#status });
  }

  #hold(status: string): void {
    this.#status = status;
    this.#draw();
    this.#screen.hold();
  }

  #timing({ timing }: EditEnded, { changed, least }: { changed: number; least: number }): void {
    const ms = (value: number | undefined) => (value === undefined ? '-' : `${value.toFixed(0)} ms`);
    const { ttftMs, firstHunkMs, totalMs, tokensPerSecond = 0 } = timing;
    this.#screen.say(
      `  first token ${ms(ttftMs)} · first hunk ${ms(firstHunkMs)} · total ${ms(totalMs)} · ${tokensPerSecond} tokens/s`,
    );
    this.#screen.say(`  ${changed} characters changed, the least possible is ${least}`);
  }
}

function countOf(count = 0, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

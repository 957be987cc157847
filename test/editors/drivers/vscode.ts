// Drives a real VS Code in a real browser: keys and clicks through the page, texts and cursors through a probe in its extension host.
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { newPage } from './browser.ts';
import { startCodeServer } from './code-server.ts';
import type { Editor } from './editor.ts';
import type { Neovim } from './neovim.ts';
import { Probe } from './probe.ts';
import { keep, type Sandbox } from './sandbox.ts';
import type { Spot } from './storm-text.ts';

/** From the address to a started extension host: measured 4-11 s, on cores that others use too. */
const bootMs = 90_000;

/** From the key to the menu, above anything measured (0.1-2 s). */
const menuMs = 8000;

const root = fileURLToPath(new URL('../../..', import.meta.url));
export const unpacked = join(root, 'dist-vscode/extension');
export const vsix = join(root, 'dist-vscode/quickhand.vsix');

export interface VSCodeOptions {
  /** Path of the file to open, within the project; absent: none. */
  readonly file?: string;
  /** The extension as a folder or a VSIX. */
  readonly extension?: string;
  readonly settings?: object;
  /** Whether another extension has a server for the same files. */
  readonly beside?: boolean;
  /** Whether the server that comes with the extension is listened to; else it runs alone, as with a user. */
  readonly tapped?: boolean;
}

export interface VSCode extends Editor, Pick<Neovim, 'file' | 'request'> {
  readonly page: Page;
  readonly probe: Probe;
  /** See StormEditor. */
  typeAt(spot: Spot): Promise<void>;
  enter(): Promise<void>;
  /** Opens a file of the project, by its path there. */
  show(file: string): Promise<void>;
  /** Runs a command from the palette, by its title. */
  command(title: string): Promise<void>;
  /** The lines that are drawn as what a running edit may change, and as what has landed of it, without their indentation. */
  marks(): Promise<{ readonly region: string[]; readonly landed: string[] }>;
  /** Types an answer into the input box that is open. */
  answer(text: string): Promise<void>;
}

/** Starts VS Code with the extension, and waits until the server knows the file. */
export async function openVSCode(sandbox: Sandbox, options: VSCodeOptions): Promise<VSCode> {
  const { file, extension = unpacked, tapped = true, beside = false } = options;
  const socket = sandbox.path('probe.sock');
  const probe = new Probe(socket);
  sandbox.onEnd(() => probe.close());
  const server = join(sandbox.path('extensions'), basename(extension), 'server/quickhand.js');
  const address = await startCodeServer(sandbox, {
    // The probe first: what is installed later adds to what is there, what is copied later is not seen.
    extensions: [folder('vscode-probe'), ...(beside ? [await otherExtension(sandbox)] : []), extension],
    settings: {
      ...quiet,
      ...(tapped && { 'quickhand.client.command': [...sandbox.behindTap(server), '--stdio'] }),
      ...options.settings,
    },
    env: { QUICKHAND_PROBE: socket },
  });
  const page = await openPage(sandbox, `${address}?folder=${sandbox.path('work')}`);
  await probe.ready(bootMs);
  const editor = drive({ sandbox, page, probe, file: sandbox.path('work', file ?? '') });
  if (file) await editor.show(file);
  if (file && tapped) await sandbox.wire.ready();
  await untilAtRest(probe);
  return editor;
}

/** An answer of the window within this time is one at once: measured 5-30 ms at rest, 0.3 s and more while it starts on busy cores. */
const atOnceMs = 100;

/** Much is loaded behind a window that shows its file already: waits, as a user would, until it answers at once a few times in a row. */
async function untilAtRest(probe: Probe): Promise<void> {
  for (let [quick, asked] = [0, 0]; quick < 5 && asked < 500; asked++) {
    const ms = await probe.run(async (vscode) => {
      const from = Date.now();
      await vscode.commands.executeCommand('setContext', 'quickhand.probe', from);
      return Date.now() - from;
    });
    quick = ms <= atOnceMs ? quick + 1 : 0;
  }
}

function folder(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** An extension with the client that most of them have, for the server that plays another one; in a folder of its own. */
async function otherExtension(sandbox: Sandbox): Promise<string> {
  const into = sandbox.path('vscode-other');
  cpSync(folder('vscode-other'), into, { recursive: true });
  await build({
    entryPoints: [join(into, 'extension.js')],
    outfile: join(into, 'extension.js'),
    allowOverwrite: true,
    nodePaths: [join(root, 'node_modules')],
    bundle: true,
    platform: 'node',
    external: ['vscode'],
    define: { SERVER: JSON.stringify([process.execPath, folder('other-server.mjs')]) },
  });
  return into;
}

/** Nothing that pops up by itself, downloads something or writes on its own. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.wordBasedSuggestions': 'off',
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'files.hotExit': 'off',
};

async function openPage(sandbox: Sandbox, address: string): Promise<Page> {
  const page = await newPage(sandbox);
  sandbox.onFailure(async () => {
    keep('failed VS Code.png', await page.screenshot());
    return await screenOf(page);
  });
  await page.goto(address);
  return page;
}

function screenOf(page: Page): Promise<string> {
  return page.locator('.monaco-workbench').innerText();
}

/** Runs in the page. What extensions draw over whole lines is in rows of its own, as high above as the lines; a region has a bar at its left. */
const changeMarks = `(() => {
  const texts = new Map(
    [...document.querySelectorAll('.view-lines .view-line')].map((line) => [line.style.top, line.textContent]),
  );
  const drawn = [...document.querySelectorAll('.view-overlays .cdr[class*="TextEditorDecorationType"]')].map((mark) => ({
    text: (texts.get(mark.parentElement.style.top) ?? '').replaceAll('\\u00a0', ' ').trim(),
    hasBar: getComputedStyle(mark).borderLeftStyle === 'solid',
  }));
  const [region, landed] = [true, false].map((bar) => drawn.filter(({ hasBar }) => hasBar === bar).map(({ text }) => text));
  return { region, landed };
})()`;

type Parts = Pick<VSCode, 'sandbox' | 'page' | 'probe' | 'file'>;

function drive({ sandbox, page, probe, file }: Parts): VSCode {
  const text = () => probe.run((vscode) => vscode.window.activeTextEditor?.document.getText() ?? '');
  const until = (holds: (text: string) => boolean, what: string) =>
    probe.changes.until(
      async () => holds(await text()),
      async () => `${what}; the text:\n${await text()}\nthe wire:\n${sandbox.wire.tail()}`,
    );
  const cursorTo = async (line: number, where: 'start' | 'end' | 'quote') => {
    await probe.run(
      (vscode, index, place) => {
        const editor = vscode.window.activeTextEditor!;
        const { firstNonWhitespaceCharacterIndex, range, text } = editor.document.lineAt(index);
        const columns = { start: firstNonWhitespaceCharacterIndex, end: text.length, quote: text.indexOf("';") };
        const at = range.start.translate(0, columns[place]);
        editor.selection = new vscode.Selection(at, at);
        editor.revealRange(range);
      },
      line - 1,
      where,
    );
    await probe.run((vscode) => vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup'));
  };
  const input = page.locator('.quick-input-widget:visible input[type=text]');
  const answer = async (words: string) => {
    await input.waitFor();
    await input.fill(words);
    await page.keyboard.press('Enter');
  };
  const command = async (title: string) => {
    await page.keyboard.press('F1');
    await input.waitFor();
    await input.fill(`>${title}`);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  };
  return {
    sandbox,
    page,
    probe,
    file,
    text,
    async show(path) {
      await probe.run(
        async (vscode, absolute) => {
          await vscode.window.showTextDocument(vscode.Uri.file(absolute));
        },
        sandbox.path('work', path),
      );
      await page.locator('.monaco-editor .view-line').first().waitFor();
    },
    async request<T>(name: string, argument: object) {
      return await probe.run(
        (vscode, command, given) => vscode.commands.executeCommand(command, given) as Thenable<T>,
        name,
        argument,
      );
    },
    command,
    answer,
    marks: () => page.evaluate(changeMarks),
    screen: () => screenOf(page),
    untilShown: async (pattern, what) => void (await until((now) => pattern.test(now), what)),
    untilGone: async (pattern, what) => void (await until((now) => !pattern.test(now), what)),
    goto: (line) => cursorTo(line, 'start'),
    async instruct(instruction) {
      await page.keyboard.press('Alt+q');
      await answer(instruction);
    },
    async action(title) {
      const row = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
      // While the cursor still settles VS Code drops the menu before it shows it; a person presses again.
      for (let tries = 0; tries < 3; tries++) {
        await page.keyboard.press('Control+.');
        const shown = await row.waitFor({ timeout: menuMs }).then(
          () => true,
          () => false,
        );
        if (shown) break;
      }
      await row.click();
    },
    stop: () => page.keyboard.press('Escape'),
    revert: () => command('Quickhand: Revert'),
    async typeBelow(line, typed) {
      await cursorTo(line, 'end');
      await page.keyboard.press('Enter');
      await page.keyboard.type(typed);
    },
    type: (typed) => page.keyboard.type(typed),
    typeAt: ({ line, atEnd }) => cursorTo(line, atEnd ? 'end' : 'quote'),
    enter: () => page.keyboard.press('Enter'),
    endTyping: async () => {},
    async undo() {
      const before = await text();
      await page.keyboard.press('Control+z');
      await until((now) => now !== before, 'undo changes the text');
    },
  };
}

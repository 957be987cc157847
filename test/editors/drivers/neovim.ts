// Drives a real Neovim that runs in a terminal: keys through the terminal, everything else through its RPC socket.
import { once } from 'node:events';
import { basename } from 'node:path';
import { attach, type NeovimClient } from 'neovim';
import type { Editor } from './editor.ts';
import { install } from './install.ts';
import { Pulse } from './pulse.ts';
import { readmeBlocks } from './readme.ts';
import type { Sandbox } from './sandbox.ts';
import type { Spot } from './storm-text.ts';
import { openTerminal, type Terminal } from './tmux.ts';

/** Above anything measured (10-300 ms). */
const quitMs = 5000;

export interface NeovimOptions {
  /** `forky` has vim.lsp.config (0.11+), `trixie` only vim.lsp.start (0.10). */
  readonly suite: 'forky' | 'trixie';
  /** Without the README's `debounce_text_changes = 0`: Neovim then holds changes back for 150 ms, or for as many as are said. */
  readonly debounced?: boolean | number;
  /** An init.lua in place of the README's lines. */
  readonly init?: string;
  /** Path of the file to open, within the project. */
  readonly file: string;
}

/** A `$/quickhand/edit` notification, as Neovim's handler got it. */
export interface EditEvent {
  readonly kind: 'begin' | 'hunk' | 'report' | 'end';
  readonly editId: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly hunks?: number;
  readonly timing?: Readonly<Record<string, number>>;
}

export interface Neovim extends Editor {
  readonly terminal: Terminal;
  /** See StormEditor. */
  typeAt(spot: Spot): Promise<void>;
  enter(): Promise<void>;
  /** What the server told this client of its edits so far. */
  readonly events: readonly EditEvent[];
  /** Absolute path of the open file. */
  readonly file: string;
  /** Waits until the events so far satisfy `check`. */
  untilEvent(check: (events: readonly EditEvent[]) => boolean, what: string): Promise<void>;
  /** The `count`th end of an edit since the start. */
  ended(count: number): Promise<EditEvent>;
  /** Runs Lua; `...` are `args`. */
  lua<T>(code: string, ...args: unknown[]): Promise<T>;
  /** Runs a server command and waits for its answer; an error answer throws. */
  request<T>(command: string, argument: object): Promise<T>;
}

/** Starts Neovim on a file, configured by the README's own lines, and waits until the server is attached. */
export async function openNeovim(sandbox: Sandbox, options: NeovimOptions): Promise<Neovim> {
  const dir = await install(options.suite);
  sandbox.write('home/config/nvim/init.lua', configuration(options));
  const socket = sandbox.path('nvim.sock');
  const terminal = await openTerminal(sandbox, {
    command: [`${dir}/usr/bin/nvim`, '-n', '--listen', socket, options.file],
    env: { VIMRUNTIME: `${dir}/usr/share/nvim/runtime` },
  });
  await terminal.until((screen) => screen.includes(basename(options.file)), 'Neovim shows the file');

  const nvim = attach({ socket });
  sandbox.onEnd(async () => {
    nvim.command('qa!').catch(() => {}); // the answer never comes
    // If it waits for a key it hears of nothing, and ends with its terminal.
    await once(nvim, 'disconnect', { signal: AbortSignal.timeout(quitMs) }).catch(() => {});
  });
  return await drive(sandbox, { nvim, terminal, file: options.file });
}

interface Parts {
  readonly nvim: NeovimClient;
  readonly terminal: Terminal;
  readonly file: string;
}

async function drive(sandbox: Sandbox, { nvim, terminal, file }: Parts): Promise<Neovim> {
  const pulse = new Pulse();
  const events: EditEvent[] = [];
  const answers = new Map<number, { error?: { message: string }; result?: unknown }>();
  let requests = 0;
  nvim.on('notification', (method: string, args: unknown[]) => {
    if (method === 'quickhand') events.push(args[0] as EditEvent);
    if (method === 'answer') answers.set(args[0] as number, { ...(args[1] as object) });
    pulse.beat();
  });
  const lua = <T>(code: string, ...args: unknown[]) => nvim.lua(code, args as never[]) as Promise<T>;
  const failure = (what: string) => async () =>
    `${what}; the screen:\n${await terminal.screen()}\nthe wire:\n${sandbox.wire.tail()}`;
  const text = async () => `${(await nvim.buffer.lines).join('\n')}\n`;

  const editor: Neovim = {
    sandbox,
    terminal,
    events,
    file: sandbox.path('work', file),
    text,
    lua,
    screen: terminal.screen,
    untilShown: async (pattern, what) =>
      void (await pulse.until(async () => pattern.test(await text()), failure(what))),
    untilGone: async (pattern, what) =>
      void (await pulse.until(async () => !pattern.test(await text()), failure(what))),
    untilEvent: async (check, what) => void (await pulse.until(() => check(events), failure(what))),
    ended: async (count) =>
      await pulse.until(() => events.filter(({ kind }) => kind === 'end')[count - 1], failure(`edit ${count} ends`)),
    async goto(line) {
      await nvim.input('<Esc>');
      await lua('vim.api.nvim_win_set_cursor(0, {..., 0}); vim.cmd.normal("^")', line);
    },
    async instruct(instruction) {
      const before = sandbox.wire.of('workspace/executeCommand').length;
      await terminal.type('\\q');
      await terminal.until(/^Edit:/m, 'the prompt for the instruction');
      await terminal.type(instruction);
      await terminal.press('Enter');
      // What goes by RPC overtakes keys.
      await sandbox.wire.until((wire) => wire.of('workspace/executeCommand').length > before, 'the edit is asked for');
    },
    async action(title) {
      await lua(
        'local title = ...; vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.title:find(title, 1, true) end })',
        title,
      );
    },
    stop: () => terminal.type('\\x'),
    revert: () => terminal.type('\\z'),
    async request<T>(command: string, argument: object) {
      const id = ++requests;
      await lua('Request(...)', id, command, argument);
      const { error, result } = await pulse.until(() => answers.get(id), failure(`${command} is answered`));
      if (error) throw new Error(error.message);
      return result as T;
    },
    async typeBelow(line, typed) {
      await lua('vim.api.nvim_win_set_cursor(0, {..., 0})', line);
      await terminal.press('o');
      if (typed) await terminal.type(typed);
    },
    type: terminal.type,
    async typeAt({ line, atEnd }) {
      await nvim.input('<Esc>A'); // in insert mode the cursor may stand behind a line
      await lua('TypeAt(...)', line, atEnd);
    },
    enter: () => terminal.press('Enter'),
    endTyping: () => terminal.press('Escape'),
    undo: async () => void (await nvim.command('silent undo')),
  };
  await lua('Watch(...)', await nvim.channelId);
  await pulse.until(() => lua<boolean>('return Attached()'), failure('the server is attached'));
  return editor;
}

/** init.lua: what the README gives, then what the tests use to listen in. */
function configuration({ suite, debounced, init }: NeovimOptions): string {
  if (init !== undefined) return `${init}\n${listening}`;
  const [current] = readmeBlocks('Neovim 0.11 and newer', 'lua');
  const [old] = readmeBlocks('Neovim 0.10', 'lua');
  const keymaps = current!.slice(current!.indexOf('vim.keymap.set'));
  const given = suite === 'forky' ? current! : `${old}\n${keymaps}`;
  const flags = typeof debounced === 'number' ? `flags = { debounce_text_changes = ${debounced} },\n` : '';
  const chosen = debounced ? given.replace(/^ *flags = .*\n/m, flags) : given;
  return `${chosen}\n${listening}`;
}

/** `events` can be asked for beside the README's lines where vim.lsp.config merges. 0.10 has no Client:exec_cmd. */
const listening = `
local channel
local function tell(...) if channel then vim.rpcnotify(channel, ...) end end
vim.api.nvim_create_autocmd('User', {
  pattern = 'QuickhandEdit', -- the plugin's
  callback = function(event) tell('quickhand', event.data) end,
})
if vim.lsp.config and not package.loaded.quickhand then
  vim.lsp.config('quickhand', {
    init_options = { events = true },
    handlers = { ['$/quickhand/edit'] = function(_, event) tell('quickhand', event) end },
  })
end
local function client() return vim.lsp.get_clients({ name = 'quickhand' })[1] end
function Attached() return client() ~= nil and next(client().attached_buffers) ~= nil end
function TypeAt(line, at_end)
  local text = vim.fn.getline(line)
  vim.api.nvim_win_set_cursor(0, { line, at_end and #text or text:find("';", 1, true) - 1 })
end
function Watch(id)
  channel = id
  vim.api.nvim_buf_attach(0, false, { on_lines = function() tell('changed') end })
  -- 0.10 sends LspAttach before the client knows its buffer, hence the schedule.
  vim.api.nvim_create_autocmd('LspAttach', { callback = vim.schedule_wrap(function() tell('changed') end) })
end
function Request(id, command, argument)
  if argument.seek then -- two lines below the one that reads so, wherever that is by now
    argument.position = { line = vim.fn.search(argument.seek, 'nw') + 2, character = 4 }
    argument.seek = nil
  end
  local function answer(err, result) tell('answer', id, { error = err, result = result }) end
  if client().exec_cmd then return client():exec_cmd({ title = command, command = command, arguments = { argument } }, { bufnr = 0 }, answer) end
  client().request('workspace/executeCommand', { command = command, arguments = { argument } }, answer)
end
`;

// A server process for the edits of an evaluation: the user's own configuration, a ledger that is thrown away.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { positionAt } from '../../documents/snapshot.ts';
import { programFiles } from '../../files/program-files.ts';
import type { EditEnded, EditEvent } from '../../protocol/quickhand-messages.ts';
import { createScopes } from '../../scope/create-scopes.ts';
import { triedTokens } from '../answer-limits.ts';
import { inspectConfiguration } from '../doctor/configuration.ts';
import { CliDocument } from '../document.ts';
import { languageOf } from '../file-target.ts';
import { CliError, type CliIo } from '../io.ts';
import { ServerProcess } from '../server-process.ts';
import { EditLimit } from './edit-limit.ts';
import type { EvalEditor } from './try-case.ts';

/** What `quickhand.status` says of a lane. */
export interface LaneState {
  readonly label: string;
  readonly rehearsal: boolean;
}

export interface EvalEditorOptions {
  readonly lane: string;
  /** An edit that takes longer is cancelled, and has failed. */
  readonly timeoutMs: number;
}

/** Runs `task` with a server whose edits go to `lane`. Throws CliError if the lane can't be used at all. */
export async function withEvalEditor<T>(
  { lane, timeoutMs }: EvalEditorOptions,
  io: CliIo,
  task: (editor: EvalEditor, state: LaneState) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'quickhand-eval-'));
  const assets = dirname(io.script);
  const scopes = await createScopes({ assets: programFiles(assets) });
  const document = new CliDocument(pathToFileURL(join(folder, 'none')).href, 'plaintext', '');
  let onEvent: (event: EditEvent) => void = () => {};
  const { env, settings } = await withLimits(lane, io);
  const server = await ServerProcess.start({
    io: { ...io, cwd: folder },
    env: { ...env, XDG_STATE_HOME: folder },
    settings,
    document,
    onMessage: () => {}, // what an edit came to is in its end
    onEvent: (event) => onEvent(event),
  });
  let open = document;
  const editor: EvalEditor = {
    scopes,
    async open({ file, before }) {
      const path = join(folder, file);
      open = new CliDocument(pathToFileURL(path).href, (await languageOf(path, assets)).id, before);
      await server.open(open);
      return open;
    },
    async edit({ at, before, instruction }, listener = () => {}) {
      const limit = new EditLimit(timeoutMs, (editId) => this.cancel(editId));
      onEvent = (event) => {
        limit.heard(event);
        listener(event);
      };
      const { uri } = open.snapshot;
      const position = positionAt(open.snapshot, before.indexOf(at));
      const argument = { textDocument: { uri }, position, instruction, lane, delivery: 'stream', wait: true };
      const asked = server.command<EditEnded>('quickhand.edit', argument, io.interrupted);
      return limit.outcome(await asked.finally(() => limit.over()));
    },
    cancel: (editId) => void server.command('quickhand.cancel', { editId }).catch(() => {}), // the edit's end tells
  };
  try {
    return await task(editor, await stateOf(lane, server));
  } finally {
    await server.close();
    scopes.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The user's own lane, with short answers. Where there is none, or it is wrong, nothing is changed: the server says so. */
async function withLimits(lane: string, io: CliIo): Promise<{ env: NodeJS.ProcessEnv; settings: object }> {
  const { config } = await inspectConfiguration(io);
  const own = Object.hasOwn(config.lanes, lane) ? config.lanes[lane] : undefined;
  if (own === undefined) return { env: io.env, settings: {} };
  const limited = { ...own, maxOutputTokens: triedTokens(own) };
  // What it says is in `own`, and would be stronger than the settings.
  return { env: { ...io.env, QUICKHAND_MODEL: '' }, settings: { lanes: { [lane]: limited } } };
}

async function stateOf(lane: string, server: ServerProcess): Promise<LaneState> {
  type Lanes = Record<string, LaneState & { problem?: string }>;
  const { lanes } = await server.command<{ lanes: Lanes }>('quickhand.status', {});
  const state = Object.hasOwn(lanes, lane) ? lanes[lane]! : undefined;
  if (!state) throw new CliError(1, `there is no lane "${lane}"; there are ${Object.keys(lanes).join(', ')}`);
  if (state.problem !== undefined) throw new CliError(1, state.problem);
  return state;
}

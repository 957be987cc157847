// Tells the user once that no AI is answering, how to get one, and what of it is on this machine already.

import { LogMessageNotification, MessageType, ShowMessageNotification } from 'vscode-languageserver-protocol';
import { configLineFor, describeFound, type FoundModel } from '../../models/found.ts';
import type { EditListener } from '../../session/edit-events.ts';
import type { Wire } from '../connection/wire.ts';

/**
 * What fits into one line of Neovim in a terminal of 80 columns: `v:echospace` is 68, and it puts `LSP[quickhand] ` first. A longer message makes it
 * wait for a key, and answer no request meanwhile (seen in 0.12; two short ones in a row do not).
 */
const narrowChars = 53;

const notice = 'Rehearsal, no AI. For real models: quickhand doctor';

const detail =
  'This is a rehearsal, no AI is answering. To use a real model, put {"lanes": {"fast": "cerebras/gpt-oss-120b"}} ' +
  '(or another provider/model) into ~/.config/quickhand/config.json and set its API key in the environment.';

/** How it is found out what could answer in place of the rehearsal; nothing that is found is used, or told to anybody else. */
export interface Discovery {
  discover(): Promise<readonly FoundModel[]>;
  /** Whether messages have to fit into one line of a terminal. */
  isNarrow(): boolean;
}

/** Messages come after the first edit, never in the middle of it: there they could keep the editor from answering. */
export function rehearsalNotice(
  wire: Wire,
  isRehearsal: (lane: string) => boolean,
  discovery?: Discovery,
): EditListener {
  const rehearsals = new Set<string>();
  let told = false;
  return {
    begin({ editId, lane }) {
      if (!told && isRehearsal(lane)) rehearsals.add(editId);
    },
    hunk() {},
    report() {},
    end({ editId }) {
      if (!rehearsals.has(editId) || told) return;
      told = true;
      rehearsals.clear();
      tell(wire, notice, [detail]);
      discovery?.discover().then(
        (found) => tellFound(wire, found, discovery.isNarrow()),
        () => undefined, // nothing found
      );
    },
  };
}

/** All of it goes to the log, the first in short to the user. */
function tellFound(wire: Wire, found: readonly FoundModel[], isNarrow: boolean): void {
  const [first] = found;
  if (!first) return;
  const whole = found.map((one) => `${describeFound(one)}: ${configLineFor(one)} would use it`);
  tell(wire, isNarrow ? inShort(first) : whole[0]!, whole);
}

/** As much as fits; the doctor says the rest. */
function inShort(found: FoundModel): string {
  const name = found.kind === 'key' ? found.name : new URL(found.baseUrl).host;
  const line = `"fast": "${found.provider}/${found.model}" uses ${name}`;
  return (line.length <= narrowChars ? line : `${name} could be used: quickhand doctor`).slice(0, narrowChars);
}

function tell(wire: Wire, message: string, details: readonly string[]): void {
  for (const line of details)
    void wire.sendNotification(LogMessageNotification.type, { type: MessageType.Info, message: line });
  void wire.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
}

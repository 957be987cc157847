// Finds a provider's key: in the environment, else by the user's own command. Never logs, keeps or quotes it.

import { type Output, outputOf } from '../processes/output.ts';
import type { ProviderConfig } from './presets.ts';

/** A password manager may ask the user first; it must not take for ever. */
const commandTimeoutMs = 30_000;
/** UTF-16 units; keys have some hundred. */
const maxOutput = 65_536;

/**
 * The key, undefined if the provider needs none. Rejects with an Error that names the variable or the program, and holds nothing that either of
 * them says.
 */
export async function readApiKey(
  provider: Pick<ProviderConfig, 'name' | 'apiKeyEnv' | 'apiKeyCommand'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const { name, apiKeyEnv, apiKeyCommand } = provider;
  const fromEnv = apiKeyEnv === undefined ? '' : (env[apiKeyEnv] ?? '').trim();
  if (fromEnv !== '') return fromEnv;
  if (apiKeyCommand !== undefined) return runForKey(name, apiKeyCommand);
  if (apiKeyEnv !== undefined) throw new Error(`${name}: no key; set ${apiKeyEnv} in the environment of the editor`);
  return undefined;
}

async function runForKey(name: string, [program = '', ...args]: readonly string[]): Promise<string> {
  const ran = await outputOf(program, args, { timeoutMs: commandTimeoutMs, maxOutput, guarded: true });
  const fault = whyFailed(ran);
  if (fault !== undefined) throw new Error(`${name}: apiKeyCommand (${program}) failed: ${fault}`);
  const key = ran.kind === 'ended' ? ran.output.trim() : '';
  if (key === '' || /\s/.test(key)) throw new Error(`${name}: apiKeyCommand (${program}) did not print one key`);
  return key;
}

/** Nothing of what it said. */
function whyFailed(ran: Output): string | undefined {
  if (ran.kind === 'failed') return ran.code === 'late' ? `no answer within ${commandTimeoutMs / 1000} s` : ran.code;
  if (ran.exitCode === 0) return undefined;
  return ran.exitCode === undefined ? 'it was killed' : `exit status ${ran.exitCode}`;
}

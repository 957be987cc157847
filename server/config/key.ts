// Finds a provider's key: in the environment, else by the user's own command. Never logs, keeps or quotes it.

import { execFile } from 'node:child_process';
import type { ProviderConfig } from './presets.ts';

/** A password manager may ask the user first; it must not take for ever. */
const commandTimeoutMs = 30_000;

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

function runForKey(name: string, [program = '', ...args]: readonly string[]): Promise<string> {
  const options = { timeout: commandTimeoutMs, maxBuffer: 65_536, windowsHide: true };
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout) => {
      const key = stdout.trim();
      if (error) reject(new Error(`${name}: apiKeyCommand (${program}) failed: ${whyFailed(error)}`));
      else if (key === '' || /\s/.test(key))
        reject(new Error(`${name}: apiKeyCommand (${program}) did not print one key`));
      else resolve(key);
    });
  });
}

/** Never `error.message`: it holds the whole command and what it said. */
function whyFailed(error: Error & { code?: unknown; killed?: boolean }): string {
  if (error.killed) return `no answer within ${commandTimeoutMs / 1000} s`;
  return typeof error.code === 'number' ? `exit status ${error.code}` : String(error.code ?? 'it could not be run');
}

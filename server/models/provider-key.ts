// The key of one provider: from the environment at each connect, or from the user's command, which runs once until the key is refused. Never logs,
// stores or quotes a key.

import type { ProviderConfig } from '../config/presets.ts';
import { messageOf } from '../errors.ts';
import { outputOf, type ProcessOutput } from '../processes/output.ts';

type KeySource = Pick<ProviderConfig, 'name' | 'apiKeyEnv' | 'apiKeyCommand'>;

/** A password manager may have to ask the user first. */
const commandTimeoutMs = 30_000;
/** UTF-16 units; a key has some hundred. */
const maxOutput = 65_536;

export class ProviderKey {
  readonly #source: KeySource;
  readonly #env: Readonly<Record<string, string | undefined>>;
  #fromCommand: string | undefined;
  #fetching: Promise<string | undefined> | undefined;

  constructor(source: KeySource, env: Readonly<Record<string, string | undefined>>) {
    this.#source = source;
    this.#env = env;
  }

  /** The current key; `undefined` if there is none, or none yet. */
  get value(): string | undefined {
    const { apiKeyEnv } = this.#source;
    const fromEnv = apiKeyEnv === undefined ? '' : (this.#env[apiKeyEnv] ?? '').trim();
    return fromEnv === '' ? this.#fromCommand : fromEnv;
  }

  get ready(): boolean {
    const { apiKeyEnv, apiKeyCommand } = this.#source;
    return this.value !== undefined || (apiKeyEnv === undefined && apiKeyCommand === undefined);
  }

  /** What the user would recognise it by. */
  get origin(): string | undefined {
    const { apiKeyEnv, apiKeyCommand } = this.#source;
    const set = apiKeyEnv !== undefined && (this.#env[apiKeyEnv] ?? '').trim() !== '';
    return set || apiKeyCommand === undefined ? apiKeyEnv : 'apiKeyCommand';
  }

  /** Runs the command if one is needed, once for all callers that wait. Resolves with what is wrong, or `undefined` once ready. */
  fetch(): Promise<string | undefined> {
    this.#fetching ??= findApiKey(this.#source, this.#env)
      .then(
        (key) => {
          this.#fromCommand = key;
          return undefined;
        },
        (error: unknown) => messageOf(error),
      )
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }

  /** The provider refused the key: the command runs again before the next request. */
  forget(): void {
    this.#fromCommand = undefined;
  }
}

/**
 * The key, undefined if the provider needs none. Rejects with an Error that names the variable or the program, and holds nothing of the value of the
 * one or the output of the other.
 */
export async function findApiKey(
  source: KeySource,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const { name, apiKeyEnv, apiKeyCommand } = source;
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

/** Holds nothing of its output. */
function whyFailed(ran: ProcessOutput): string | undefined {
  if (ran.kind === 'failed') return ran.code === 'late' ? `no answer within ${commandTimeoutMs / 1000} s` : ran.code;
  if (ran.exitCode === 0) return undefined;
  return ran.exitCode === undefined ? 'it was killed' : `exit status ${ran.exitCode}`;
}

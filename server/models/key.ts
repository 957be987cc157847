// The key of one provider: from the environment at each connect, or from the user's command, asked once until it is refused.

import { readApiKey } from '../config/key.ts';
import { messageOf } from '../errors.ts';
import type { ProviderConfig } from './provider-config.ts';

type KeySource = Pick<ProviderConfig, 'name' | 'apiKeyEnv' | 'apiKeyCommand'>;

export class ProviderKey {
  private readonly source: KeySource;
  private readonly env: Readonly<Record<string, string | undefined>>;
  private fromCommand: string | undefined;
  private asking: Promise<string | undefined> | undefined;

  constructor(source: KeySource, env: Readonly<Record<string, string | undefined>>) {
    this.source = source;
    this.env = env;
  }

  /** The key as of now; `undefined` if there is none, or none yet. */
  get value(): string | undefined {
    const { apiKeyEnv } = this.source;
    const fromEnv = apiKeyEnv === undefined ? '' : (this.env[apiKeyEnv] ?? '').trim();
    return fromEnv === '' ? this.fromCommand : fromEnv;
  }

  get ready(): boolean {
    const { apiKeyEnv, apiKeyCommand } = this.source;
    return this.value !== undefined || (apiKeyEnv === undefined && apiKeyCommand === undefined);
  }

  /** What the user would recognise it by. */
  get origin(): string | undefined {
    const { apiKeyEnv, apiKeyCommand } = this.source;
    const set = apiKeyEnv !== undefined && (this.env[apiKeyEnv] ?? '').trim() !== '';
    return set || apiKeyCommand === undefined ? apiKeyEnv : 'apiKeyCommand';
  }

  /** Runs the command, if that is what it takes; whoever asks meanwhile waits for the same run. What is wrong, or `undefined` once ready. */
  fetch(): Promise<string | undefined> {
    this.asking ??= readApiKey(this.source, this.env)
      .then(
        (key) => {
          this.fromCommand = key;
          return undefined;
        },
        (error: unknown) => messageOf(error),
      )
      .finally(() => {
        this.asking = undefined;
      });
    return this.asking;
  }

  /** The provider refused it: the command is asked again next time. */
  forget(): void {
    this.fromCommand = undefined;
  }
}

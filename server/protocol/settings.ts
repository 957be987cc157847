// The configuration of one editor: what it says and what the files say, read afresh when either changes. Problems are told once.

import { ConfigurationRequest } from 'vscode-languageserver-protocol';
import type { Clock } from '../clock.ts';
import { type Config, defaults, type Layer, parseConfig } from '../config/config.ts';
import { filePath } from '../files/uri-paths.ts';
import type { Client } from './client.ts';
import type { Wire } from './connection/wire.ts';
import { showMessage } from './feedback/messages.ts';
import { object } from './untyped.ts';

/** The files are looked at this often at most, and only when something is asked: no editor can be made to watch them for us. */
const lookEveryMs = 1000;

export interface SettingsOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  readonly client: () => Client;
  /** The layers under and over the editor's own settings: user file, workspace files; environment. `folders` are absolute paths. */
  readonly loadLayers: (folders: readonly string[]) => Promise<{ below: readonly Layer[]; above: readonly Layer[] }>;
  /** Another string whenever one of the files behind the layers has changed; absent: they never do. */
  readonly stampLayers?: (folders: readonly string[]) => string;
}

export class Settings {
  readonly #options: SettingsOptions;
  config: Config = defaults;
  /** What the editor says in initialize, and later. */
  #initial: unknown;
  #later: unknown;
  #problems: readonly string[] = [];
  #told: readonly string[] = [];
  #stamp = '';
  #lookedMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(options: SettingsOptions) {
    this.#options = options;
  }

  /** Reads everything for the first time. `initial`: `initializationOptions`. */
  begin(initial: Record<string, unknown>): Promise<void> {
    this.#initial = initial.quickhand ?? initial;
    return this.#read();
  }

  /** The editor is ready to be asked, or has said that its settings changed; `pushed` is what it said they are. */
  async editorChanged(pushed?: unknown): Promise<void> {
    const { client, wire } = this.#options;
    if (client().answersConfiguration) {
      const items = [{ section: 'quickhand' }];
      const answer = await wire.sendRequest(ConfigurationRequest.type, { items }).catch(() => undefined);
      this.#later = Array.isArray(answer) ? answer[0] : undefined;
    } else this.#later = object(pushed).quickhand ?? pushed;
    await this.#read();
    this.tellProblems();
  }

  /** Undefined if nothing has changed since; else resolves when the new settings are in force. */
  refresh(): Promise<void> | undefined {
    const { clock } = this.#options;
    if (this.#reading) return this.#reading;
    if (clock.now() - this.#lookedMs < lookEveryMs || this.#stampNow() === this.#stamp) return undefined;
    return this.#read().then(() => this.tellProblems());
  }

  /** Each problem once: again only when it has been away. */
  tellProblems(): void {
    for (const problem of this.#problems)
      if (!this.#told.includes(problem)) showMessage(this.#options.wire, 'warning', problem);
    this.#told = this.#problems;
  }

  /** Every layer afresh. What is wrong is left out; the rest works. */
  async #read(): Promise<void> {
    this.#stamp = this.#stampNow();
    const reading = this.#load(() => this.#reading === reading);
    this.#reading = reading;
    try {
      await reading;
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
    if (this.#reading) await this.#reading;
  }

  /** `isLatest`: whether nothing began to be read since, which would know more. */
  async #load(isLatest: () => boolean): Promise<void> {
    const { below, above } = await this.#options.loadLayers(this.#folders());
    if (!isLatest()) return;
    const editor = [this.#initial, this.#later].map((value) => ({
      source: 'the editor settings',
      trusted: true,
      value,
    }));
    const { config, problems } = parseConfig([...below, ...editor, ...above]);
    this.config = config;
    this.#problems = problems;
  }

  #stampNow(): string {
    const { clock, stampLayers } = this.#options;
    this.#lookedMs = clock.now();
    return stampLayers?.(this.#folders()) ?? '';
  }

  #folders(): string[] {
    const paths = this.#options.client().folders.map(filePath);
    return paths.filter((path) => path !== undefined);
  }
}

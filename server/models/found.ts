// A model that could answer but is not configured, and its description for users. discovery.ts finds them.

/** A key that is set; only its name is ever read. */
export interface FoundKey {
  readonly kind: 'key';
  readonly provider: string;
  /** Name of the environment variable. */
  readonly name: string;
  readonly model: string;
}

/** A server that listens on this machine and needs no key. */
export interface FoundServer {
  readonly kind: 'server';
  readonly provider: string;
  readonly baseUrl: string;
  /** As it lists them; may be empty. */
  readonly models: readonly string[];
  readonly model: string;
}

export type FoundModel = FoundKey | FoundServer;

/** The line of the configuration that would use it. */
export function configLineFor({ provider, model }: FoundModel): string {
  return `"lanes": {"fast": "${provider}/${model}"}`;
}

/** `CEREBRAS_API_KEY is set`, `ollama is at http://127.0.0.1:11434`. */
export function describeFound(found: FoundModel): string {
  return found.kind === 'key' ? `${found.name} is set` : `${found.provider} is at ${new URL(found.baseUrl).origin}`;
}

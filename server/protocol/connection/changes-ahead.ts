// Which documents have changes that were read from the input and still wait for their handler. Where the process is slow, or busy, many do: what is sent to the
// editor for a text behind which others wait already is out of date before it leaves.

const didChange = 'textDocument/didChange';

export class ChangesAhead {
  readonly #counts = new Map<string, number>();

  /** A message was read from the input. */
  read(message: object): void {
    this.#count(message, 1);
  }

  /** Its handler is called next. */
  handling(method: string, params: unknown): void {
    this.#count({ method, params }, -1);
  }

  has(uri: string): boolean {
    return this.#counts.has(uri);
  }

  #count(message: { method?: unknown; params?: unknown }, by: 1 | -1): void {
    if (message.method !== didChange) return;
    const { textDocument, contentChanges } = (message.params ?? {}) as {
      textDocument?: { uri?: unknown };
      contentChanges?: unknown;
    };
    const uri = textDocument?.uri;
    // What is no change is not handled as one, and must not be waited for.
    if (typeof uri !== 'string' || !Array.isArray(contentChanges)) return;
    const count = (this.#counts.get(uri) ?? 0) + by;
    if (count > 0) this.#counts.set(uri, count);
    else this.#counts.delete(uri);
  }
}

// The trace: what models are asked and what they say, in a file that the user named. Without that nothing of it is ever written down.

import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ModelEnd, Provider } from '../models/model.ts';

/** Writes in the background, in order, for the user's eyes only. A trace that can't be written stops no edit. */
export class TraceFile {
  readonly path: string;
  #written: Promise<void> = Promise.resolve();
  #count = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** The number of the next request. */
  next(): number {
    return ++this.#count;
  }

  /** One line of JSON. */
  write(record: object): void {
    const line = `${JSON.stringify({ at: new Date().toISOString(), ...record })}\n`;
    this.#written = this.#written
      .then(() => mkdir(dirname(this.path), { recursive: true }))
      .then(() => appendFile(this.path, line, { mode: 0o600 }))
      .catch(() => undefined);
  }

  /** Resolves when all of it is written, or given up. */
  flush(): Promise<void> {
    return this.#written;
  }
}

/** The same provider, with a witness. Headers and keys are not a part of a request, so they are in no trace. */
export function traced(provider: Provider, file: TraceFile, label: string): Provider {
  return {
    stream(request, signal, onEvent) {
      const id = file.next();
      file.write({ id, asked: label, ...request });
      let answer = '';
      const stream = provider.stream(request, signal, (event) => {
        if (event.type === 'text') answer += event.text;
        if (event.type === 'ended') file.write({ id, answer: provider.scrub(answer), end: endOf(event.end) });
        onEvent(event);
      });
      return {
        get canSteer() {
          return stream.canSteer;
        },
        steer(text) {
          file.write({ id, steer: text });
          return stream.steer(text);
        },
      };
    },
    scrub: (text) => provider.scrub(text),
    warm: () => provider.warm(),
    dispose: () => provider.dispose(),
  };
}

function endOf(end: ModelEnd): string {
  if (end.kind === 'complete') return end.kind;
  return `${end.kind}: ${end.kind === 'error' ? end.error.message : end.message}`;
}

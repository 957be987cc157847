// The trace: what models are asked and what they say, in a file that the user named. Without that nothing of it is ever written down.

import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ModelEnd, Provider } from './model.ts';

/** A file that answers are traced in. */
export interface Trace {
  /** The same provider, with everything that it is asked and says in the file. `label` names it there. */
  around(provider: Provider, label: string): Provider;
  /** Resolves when all of it is written, or given up. */
  flush(): Promise<void>;
}

/** Writes in the background, in order, for the user's eyes only. A trace that can't be written stops no edit. `path` is absolute. */
export function openTrace(path: string): Trace {
  let written: Promise<void> = Promise.resolve();
  let count = 0;
  /** One line of JSON. */
  const write = (record: object) => {
    const line = `${JSON.stringify({ at: new Date().toISOString(), ...record })}\n`;
    written = written
      .then(() => mkdir(dirname(path), { recursive: true }))
      .then(() => appendFile(path, line, { mode: 0o600 }))
      .catch(() => undefined);
  };
  return {
    around: (provider, label) => tracedProvider(provider, label, { write, nextId: () => ++count }),
    flush: () => written,
  };
}

interface Entries {
  write(record: object): void;
  /** The number of the next request. */
  nextId(): number;
}

/** Headers and keys are not a part of a request, so they are in no trace. */
function tracedProvider(provider: Provider, label: string, { write, nextId }: Entries): Provider {
  return {
    stream(request, signal, onEvent) {
      const id = nextId();
      write({ id, asked: label, ...request });
      let answer = '';
      const stream = provider.stream(request, signal, (event) => {
        if (event.type === 'text') answer += event.text;
        if (event.type === 'ended') write({ id, answer: provider.scrub(answer), end: endOf(event.end) });
        onEvent(event);
      });
      return {
        get canSteer() {
          return stream.canSteer;
        },
        steer(text) {
          write({ id, steer: text });
          return stream.steer(text);
        },
      };
    },
    scrub: (text) => provider.scrub(text),
    preconnect: () => provider.preconnect(),
    dispose: () => provider.dispose(),
  };
}

function endOf(end: ModelEnd): string {
  if (end.kind === 'complete') return end.kind;
  return `${end.kind}: ${end.kind === 'error' ? end.error.message : end.message}`;
}

// A server in the process of the test: the same composition as the program's, over streams in memory. What a start costs a process (its modules, its
// grammars) is paid once for all of them. It has no signals, no parent, and no standard error of its own.

import { EventEmitter } from 'node:events';
import { dirname } from 'node:path';
import { PassThrough, Transform } from 'node:stream';
import { programFiles } from '../../server/files/program-files.ts';
import { assembleServer } from '../../server/main.ts';
import { connectStreams } from '../../server/protocol/connection/streams.ts';
import { loadLanguages } from '../../server/scope/create-scopes.ts';
import type { Languages } from '../../server/scope/languages.ts';
import { eventLoopTurns } from '../../server/turns.ts';
import type { ServerProcess } from './server-process.ts';
import { server } from './server-program.ts';

const folder = dirname(server);
const turns = eventLoopTurns();
let languages: Promise<Languages> | undefined;

export async function startInProcess(env: NodeJS.ProcessEnv): Promise<ServerProcess> {
  languages ??= loadLanguages(programFiles(folder), turns);
  return new InProcessServer(env, await languages);
}

/** What goes in within one turn comes out in a later one, as from a pipe: who answers what it hears would else call itself, deeper with each answer. */
function pipe(): Transform {
  let written: Buffer[] = [];
  const deliver = (stream: Transform) => {
    if (written.length > 0) stream.push(Buffer.concat(written));
    written = [];
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (written.push(chunk) === 1) setImmediate(deliver, this);
      done();
    },
    flush(done) {
      deliver(this);
      done();
    },
  });
}

class InProcessServer extends EventEmitter implements ServerProcess {
  readonly stdin = pipe();
  readonly stdout = pipe();
  readonly stderr = new PassThrough();
  #state: 'running' | 'leaving' | 'gone' = 'running';

  constructor(env: NodeJS.ProcessEnv, loaded: Languages) {
    super();
    const log = (line: string) => void this.stderr.write(`quickhand: ${line}\n`);
    const connection = connectStreams(this.stdin, this.stdout, log);
    assembleServer({
      folder,
      env,
      shared: { languages: loaded, turns },
      open: (onLeave) => ({
        ...connection,
        log,
        exit: (code, after = Promise.resolve()) => void this.#leave(code, after, onLeave),
        watchParent() {},
        onUncaught() {},
      }),
    });
  }

  /** Nothing more goes in or out. What still runs is given time to end, as by a shutdown. */
  kill(): boolean {
    this.stdin.end();
    return true;
  }

  async #leave(code: number, after: Promise<unknown>, onLeave: () => Promise<unknown>): Promise<void> {
    if (this.#state !== 'running') return;
    this.#state = 'leaving';
    await after.then(() => new Promise(setImmediate));
    await onLeave().catch(() => undefined);
    this.#state = 'gone';
    this.stdout.end();
    this.emit('close', code);
  }
}

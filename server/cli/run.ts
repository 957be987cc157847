// Finds the command and runs it; the one place that turns errors into words on stderr and an exit status.

import { nearest } from '../config/suggest.ts';
import { messageOf } from '../errors.ts';
import { CliError, type CliIo, type Command, INTERRUPTED, READER_GONE, usageError } from './io.ts';
import { questionBesideStdio } from './serving.ts';

/** Each is loaded when it is called. */
const commands: Record<string, () => Promise<Command>> = {
  demo: async () => (await import('./demo.ts')).demo,
  edit: async () => (await import('./edit.ts')).edit,
  doctor: async () => (await import('./doctor.ts')).doctor,
  eval: async () => (await import('./eval.ts')).evaluate,
  stats: async () => (await import('./stats.ts')).stats,
  rehearse: async () => (await import('./rehearse.ts')).rehearse,
  help: async () => (await import('./help.ts')).help,
  version: async () => (await import('./version.ts')).printVersion,
};

const flags: Record<string, string> = { '--help': 'help', '-h': 'help', '--version': 'version', '-v': 'version' };

/**
 * Runs `argv` (without node and the script). Never rejects; resolves with the exit status: 0, 1 runtime, 2 usage; 130 and the like when it
 * was interrupted.
 */
export async function runCli(argv: string[], options: Omit<CliIo, 'interrupted'>): Promise<number> {
  const interruption = new AbortController();
  const release = listen(options, (status) => interruption.abort(status));
  const io: CliIo = { ...options, interrupted: interruption.signal };
  try {
    const question = questionBesideStdio(argv, Object.keys(flags));
    const [name, ...args] = question === undefined ? argv : [question];
    const command = await find(name, io);
    if (args.some((word) => flags[word] === 'help')) return (await import('./help.ts')).helpOn(name!, io);
    return await command(args, io);
  } catch (error) {
    if (interruption.signal.aborted) return interruption.signal.reason;
    io.stderr.write(describe(error));
    return error instanceof CliError ? error.status : 1;
  } finally {
    release();
  }
}

/** Ctrl-C, the wish of another program, and a reader of the output that has gone, as `head` does: what is under way is to be ended in order. */
function listen({ stdout, stderr }: Pick<CliIo, 'stdout' | 'stderr'>, interrupt: (status: number) => void): () => void {
  const signals = Object.entries({ SIGHUP: 129, SIGINT: INTERRUPTED, SIGTERM: 143 });
  const listeners = signals.map(([signal, status]) => [signal, () => interrupt(status)] as const);
  for (const [signal, listener] of listeners) process.once(signal, listener);
  // These stay: what is still written on the way out fails as well.
  for (const stream of [stdout, stderr]) stream.on('error', () => interrupt(READER_GONE));
  return () => {
    for (const [signal, listener] of listeners) process.removeListener(signal, listener);
  };
}

async function find(name: string | undefined, io: CliIo): Promise<Command> {
  if (name === undefined) {
    if (io.isTTY) return (await import('./help.ts')).greeting;
    throw usageError('no command', 'editors start the server with --stdio; --help lists the commands');
  }
  const load = commands[flags[name] ?? name];
  if (load && Object.hasOwn(commands, flags[name] ?? name)) return load();
  const near = nearest(name, [...Object.keys(commands), ...Object.keys(flags), '--stdio']);
  throw usageError(`there is no command "${name}"`, near ? `did you mean "${near}"?` : '--help lists the commands');
}

function describe(error: unknown): string {
  const hint = error instanceof CliError && error.hint ? `  ${error.hint}\n` : '';
  return `quickhand: ${messageOf(error)}\n${hint}`;
}

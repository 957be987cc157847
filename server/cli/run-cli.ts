// Finds the command and runs it; the one place that turns errors into words on stderr and an exit status.

import { nearest } from '../config/suggest.ts';
import { messageOf } from '../errors.ts';
import { CommandInterruption } from './interruption.ts';
import { type CliCommand, CliError, type CliIo, type CliOptions, usageError } from './io.ts';
import { screenOn } from './screen.ts';
import { flagBesideStdio } from './stdio-flag.ts';

/** Each is loaded when it is called. */
const commands: Record<string, () => Promise<CliCommand>> = {
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
export async function runCli(argv: string[], options: CliOptions): Promise<number> {
  const interruption = new CommandInterruption(options);
  const { signal } = interruption;
  const screens = { stdout: screenOn(options.stdout), stderr: screenOn(options.stderr) };
  const io: CliIo = { ...options, ...screens, interrupted: signal };
  const status = await Promise.race([run(argv, io), interruption.overdue()]).catch((error) => {
    if (signal.aborted) return signal.reason as number;
    io.stderr.write(describe(error));
    return error instanceof CliError ? error.status : 1;
  });
  return interruption.settle(status);
}

async function run(argv: string[], io: CliIo): Promise<number> {
  const question = flagBesideStdio(argv, Object.keys(flags));
  const [name, ...args] = question === undefined ? argv : [question];
  const command = await find(name, io);
  if (args.some((word) => flags[word] === 'help')) return (await import('./help.ts')).helpOn(name!, io);
  return command(args, io);
}

async function find(name: string | undefined, io: CliIo): Promise<CliCommand> {
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

// `quickhand rehearse`: the rehearsal model alone, until Ctrl-C.

import { once } from 'node:events';
import { type Rehearsal, startRehearsal } from '../rehearsal/rehearsal.ts';
import { CliError, type CliIo, systemWords, usageError } from './io.ts';
import { readOptions, wholeNumber } from './options.ts';

const usageText = 'usage: quickhand rehearse [--port N] [--rate N]';

export async function rehearse(args: string[], io: CliIo): Promise<number> {
  const rehearsal = await start(args);
  io.stdout.write(`The rehearsal model listens at ${rehearsal.url}

Responses over WebSocket and SSE: ${rehearsal.url}/responses
chat completions over SSE:        ${rehearsal.url}/chat/completions

It carries out "rename A to B" and adds comments for everything else; it is not an AI. Ctrl-C stops it.
`);
  if (!io.interrupted.aborted) await once(io.interrupted, 'abort');
  await rehearsal.close();
  return 0;
}

async function start(args: string[]): Promise<Rehearsal> {
  const { values, positionals } = readOptions(args, { port: { type: 'string' }, rate: { type: 'string' } }, usageText);
  if (positionals[0] !== undefined) throw usageError(`unexpected argument "${positionals[0]}"`, usageText);
  const port = wholeNumber(values.port, { name: 'port', min: 0, max: 65_535, usage: usageText });
  const rate = wholeNumber(values.rate, { name: 'rate', min: 1, max: 1_000_000, usage: usageText });
  try {
    return await startRehearsal({ ...(port !== undefined && { port }), ...(rate !== undefined && { rate }) });
  } catch (error) {
    throw new CliError(1, `can't listen${port ? ` on port ${port}` : ''}: ${systemWords(error)}`);
  }
}

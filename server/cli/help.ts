// What `quickhand --help` and `quickhand` alone say.

import { programVersion } from '../program-version.ts';
import type { CliIo } from './io.ts';

const helpText = `Real-time AI edits in any editor, as a Language Server.

Usage:
  quickhand --stdio                     the server; your editor starts it
  quickhand demo                        watch it work, here, in ten seconds: no key, no network
  quickhand edit FILE:LINE[:COL] TEXT   one edit without an editor; prints a diff
      --write                           change the file
      --max-changed-lines N             exit with 1, and write nothing, if more lines change
      --lane NAME                       the lane of your configuration that answers (default: fast)
      --json                            print one JSON object instead of the diff
  quickhand doctor                      what is installed, configured, found and reachable; measures each
                                        configured model; prints the lines for the editors that are here
      --timeout SECONDS                 how long an answer may take (default: 20)
      --json                            print one JSON object instead
  quickhand eval                        tries a set of small edits: how soon, how fast and how right a model is
      --lane NAME                       the lane to try (default: fast)
      --timeout SECONDS                 how long an answer may take (default: 20)
      --json                            print one JSON object instead of the table
  quickhand stats                       how fast and how good your edits were, by model and by day
      --json                            print one JSON object instead of the table
      --html FILE                       write a page instead
  quickhand rehearse                    only the rehearsal model, for other programs to talk to
      --port N                          where it listens on 127.0.0.1 (default: any free port)
      --rate N                          tokens per second (default: 1000)
  quickhand --version
  quickhand --help

TEXT is what you want done; "-" reads it from stdin. LINE and COL count from 1.
Exit status: 0 success, 1 failure, 2 wrong usage.
`;

export async function help(_args: string[], { stdout }: CliIo): Promise<number> {
  stdout.write(helpText);
  return 0;
}

/** What the help says of one command; all of it for a command that it does not list. */
export function helpOn(name: string, { stdout }: CliIo): number {
  const lines = helpText.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`  quickhand ${name} `));
  const after = lines.findIndex((line, i) => i > from && !line.startsWith('      '));
  stdout.write(from < 0 ? helpText : `${lines.slice(from, after).join('\n')}\n`);
  return 0;
}

/** For somebody who typed the name to see what it is. */
export async function greeting(_args: string[], { stdout }: CliIo): Promise<number> {
  stdout.write(`Quickhand ${programVersion}: real-time AI edits in any editor, as a Language Server.

Your editor starts it with "quickhand --stdio". To see what it does first:

  quickhand demo      ten seconds in this terminal; needs no key and no network
  quickhand --help    everything else
`);
  return 0;
}

// A person's question with `--stdio` in it.

import { nearest } from '../config/suggest.ts';
import { usageError } from './io.ts';
import { isServing } from './server-command.ts';

/**
 * What a line of options with `--stdio` among them asks besides: one of `questions`. Undefined for any other line: after a command's name `--stdio`
 * is that command's to refuse. Throws CliError, naming the word that has no place there.
 */
export function flagBesideStdio(argv: readonly string[], questions: readonly string[]): string | undefined {
  if (!argv[0]?.startsWith('-') || !argv.includes('--stdio')) return undefined;
  const others = argv.filter((word) => !isServing(word));
  const odd = others.find((word) => !questions.includes(word));
  if (odd === undefined) return others[0];
  const near = nearest(odd, ['--stdio', ...questions]);
  const kind = odd.startsWith('-') ? 'there is no option' : 'there is no place for';
  throw usageError(`${kind} "${odd}" beside --stdio`, near ? `did you mean "${near}"?` : 'usage: quickhand --stdio');
}

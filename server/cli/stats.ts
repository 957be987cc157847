// `quickhand stats`: what the ledger of edits says, as a table, as JSON or as a page.

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { noHomeFolder } from '../files/homes.ts';
import { ledgerPath } from '../ledger/ledger.ts';
import { readSummary } from '../ledger/read-entries.ts';
import { formatHtml, formatTable } from '../ledger/summary-report.ts';
import { printableJson } from '../text/printable.ts';
import { CliError, type CliIo, systemWords, usageError } from './io.ts';
import { readOptions } from './options.ts';

const usage = 'usage: quickhand stats [--json | --html FILE]';

export async function stats(args: string[], io: CliIo): Promise<number> {
  const { json, html } = readArguments(args);
  const ledger = ledgerPath(io.env);
  if (ledger === undefined) throw new CliError(1, `there is no ledger: ${noHomeFolder}`);
  const { summary, skipped } = await readSummary(ledger, io.interrupted).catch((error) => {
    throw new CliError(1, `can't read ${ledger}: ${systemWords(error)}`);
  });
  if (json) io.stdout.write(`${printableJson({ ledger, skipped, ...summary })}\n`);
  else if (summary.edits === 0) io.stdout.write(nothingYet(ledger, skipped));
  else if (html === undefined) io.stdout.write(formatTable(summary, skipped));
  else await writePage({ file: html, page: formatHtml(summary, skipped) }, io);
  return 0;
}

function readArguments(args: string[]): { json: boolean; html: string | undefined } {
  const options = { json: { type: 'boolean', default: false }, html: { type: 'string' } } as const;
  const { values, positionals } = readOptions(args, options, usage);
  if (positionals[0] !== undefined) throw usageError(`unexpected argument "${positionals[0]}"`, usage);
  if (values.html === '') throw usageError('--html: no file', usage);
  if (values.json && values.html !== undefined) throw usageError('either --json or --html', usage);
  return { json: values.json, html: values.html };
}

function nothingYet(ledger: string, skipped: number): string {
  const unreadable = skipped > 0 ? `${skipped} of its lines can't be read.\n` : '';
  return `Nothing is recorded yet in ${ledger}
${unreadable}Make an edit in your editor, or here: quickhand edit FILE:LINE "what you want". Each is measured, with nothing kept of its code.
`;
}

async function writePage({ file, page }: { file: string; page: string }, io: CliIo): Promise<void> {
  const path = resolve(io.cwd, file);
  await writeFile(path, page).catch((error) => {
    throw new CliError(1, `can't write ${file}: ${systemWords(error)}`);
  });
  io.stdout.write(`wrote ${path}\n`);
}

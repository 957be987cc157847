// `quickhand edit FILE:LINE[:COL] "instruction"`: one edit without an editor, through the same server.

import { dirname, isAbsolute, relative } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { sayCheck } from '../protocol/feedback/progress.ts';
import type { EditEnded } from '../protocol/quickhand-messages.ts';
import { printableJson } from '../text/printable.ts';
import { replaceFile } from './atomic-write.ts';
import { CliDocument } from './document.ts';
import { languageOf, readTarget, type Target } from './file-target.ts';
import { CliError, type CliIo, usageError } from './io.ts';
import { readOptions, wholeNumber } from './options.ts';
import { ServerProcess } from './server-process.ts';
import { styleFor } from './style.ts';
import { changedLines, colourDiff, unifiedDiff } from './text-diff.ts';

const usageText =
  'usage: quickhand edit FILE:LINE[:COL] "instruction" [--write] [--max-changed-lines N] [--lane NAME] [--json]';

interface EditCommandLine {
  readonly target: Target;
  readonly instruction: string;
  readonly lane: string | undefined;
  readonly write: boolean;
  readonly json: boolean;
  readonly maxChangedLines: number | undefined;
}

export async function edit(args: string[], io: CliIo): Promise<number> {
  const options = await readArguments(args, io);
  const { target, maxChangedLines } = options;
  const { id: language, basis } = await languageOf(target.path, dirname(io.script));
  if (basis !== 'tree') io.stderr.write(`${target.name}: ${language} has no grammar here, so ${sayCheck(basis)}\n`);
  const document = new CliDocument(pathToFileURL(target.path).href, language, target.text);
  const ended = await run(options, document, io);
  const lines = ended.outcome === 'completed' ? changedLines(target.text, document.text) : 0;
  const isTooMuch = maxChangedLines !== undefined && lines > maxChangedLines;
  const isWritten = options.write && ended.outcome === 'completed' && lines > 0 && !isTooMuch;
  if (isWritten) await replaceFile(target.path, target.mark + target.text, target.mark + document.text);
  print({ options, ended, after: document.text, lines, isWritten }, io);
  if (ended.outcome !== 'completed') throw new CliError(1, `${ended.outcome}: ${ended.reason ?? 'no reason given'}`);
  if (isTooMuch) throw new CliError(1, `${lines} lines would change, more than --max-changed-lines ${maxChangedLines}`);
  return 0;
}

async function readArguments(args: string[], io: CliIo): Promise<EditCommandLine> {
  const { values, positionals } = readOptions(
    args,
    {
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      lane: { type: 'string' },
      'max-changed-lines': { type: 'string' },
    },
    usageText,
  );
  const [where, what, surplus] = positionals;
  if (where === undefined) throw usageError('no file', usageText);
  if (surplus !== undefined)
    throw usageError(`unexpected argument "${surplus}": put the instruction in quotes`, usageText);
  const bound = { name: 'max-changed-lines', min: 0, max: 1_000_000, usage: usageText };
  const maxChangedLines = wholeNumber(values['max-changed-lines'], bound);
  const instruction = (what === '-' ? await text(addAbortSignal(io.interrupted, io.stdin)) : (what ?? '')).trim();
  if (instruction === '') throw usageError('no instruction: say what you want done', usageText);
  const target = await readTarget(where, io.cwd, usageText);
  return { target, instruction, lane: values.lane, write: values.write, json: values.json, maxChangedLines };
}

async function run(
  { target, instruction, lane }: EditCommandLine,
  document: CliDocument,
  io: CliIo,
): Promise<EditEnded> {
  const { uri } = document.snapshot;
  const { position } = target;
  const onMessage = (message: string) => io.stderr.write(`${message}\n`);
  const server = await ServerProcess.start({ io, document, onMessage });
  try {
    const argument = { textDocument: { uri }, position, instruction, wait: true, ...laneAsked(lane) };
    return await server.command<EditEnded>('quickhand.edit', argument, io.interrupted);
  } finally {
    await server.close();
  }
}

/** Who names a lane here wants its answer, not an offer. */
function laneAsked(lane: string | undefined) {
  return lane === undefined ? {} : { lane, delivery: 'stream' };
}

interface Result {
  readonly options: EditCommandLine;
  readonly ended: EditEnded;
  readonly after: string;
  readonly lines: number;
  readonly isWritten: boolean;
}

function print({ options: { target, json }, ended, after, lines, isWritten }: Result, io: CliIo): void {
  const isDone = ended.outcome === 'completed';
  const diff = isDone ? unifiedDiff(nameInDiff(target.path, io.cwd), target.text, after) : '';
  if (json) {
    const { outcome, reason, timing } = ended;
    const result = { file: target.name, outcome, reason, changedLines: lines, written: isWritten, diff, timing };
    io.stdout.write(`${printableJson(result)}\n`);
  } else if (isDone && diff === '') io.stderr.write('nothing to change\n');
  else if (io.isTTY) io.stdout.write(colourDiff(diff, styleFor(io)));
  // What is piped goes to `git apply`, which takes the code as it is.
  else io.stdout.writeData(diff);
}

/** Relative to the folder where it was asked for; as git does, a file elsewhere is named from the root. */
function nameInDiff(path: string, cwd: string): string {
  const name = relative(cwd, path);
  return (name.startsWith('..') || isAbsolute(name) ? path.replace(/^\//, '') : name).replaceAll('\\', '/');
}

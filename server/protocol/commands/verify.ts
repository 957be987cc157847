// quickhand.verify: runs the user's own checks of a file, when asked, as a step of its own; what they report becomes diagnostics.

import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { Check } from '../../config/config.ts';
import type { Snapshot } from '../../documents/snapshot.ts';
import { Cancelled, ClientError } from '../../errors.ts';
import { basename, dirname, filePath } from '../../files/uri-paths.ts';
import { isWithin } from '../../files/within.ts';
import { checksFor, type Invocation, invocationOf } from '../../verify/invocation.ts';
import { runInOrder, type SequenceResult } from '../../verify/sequence.ts';
import { type Fields, fieldsOf, optionalBoolean, optionalString } from '../arguments.ts';
import { parseDiagnostics } from '../diagnostics/parse-diagnostics.ts';
import type { CommandAnswers, VerifyEnded } from '../quickhand-messages.ts';
import type { Command, ServerContext } from '../server-context.ts';
import type { Task, TaskEnd } from '../tasks.ts';
import { openDocument } from './target.ts';
import { untilCancelled } from './until-cancelled.ts';

/** UTF-16 units of the output's end that the answer carries, for whoever wants to show it. */
const maxTail = 4000;

/** What is checked. */
interface Subject {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  /** Undefined if the document was closed. */
  readonly snapshot: Snapshot | undefined;
}

/** What came of it, as far as it came. */
type Verified = Omit<VerifyEnded, 'verifyId' | 'totalMs'>;

/** Answers at the end, as `{verifyId, ok, exitCode?, reason?, problems, output, totalMs}`; with `wait: false` at once, as `{verifyId}`. */
export const verify: Command<CommandAnswers['quickhand.verify']> = async (context, args, token) => {
  const fields = fieldsOf(args);
  const wait = fields.wait === undefined || optionalBoolean(fields, 'wait');
  const subject = subjectOf(context, fields);
  const checks = checksOf(context, subject);
  await refuseUnsaved(context, subject);
  for (const older of context.tasks.running) if (older.kind === 'verify') older.cancel('a newer check took its place');
  const task = context.tasks.create('verify');
  let verified: Verified = { ok: false, problems: [], output: '' };
  const startedMs = context.clock.now();
  const work = async (report: (message: string) => void): Promise<TaskEnd> => {
    const invocations = await invocationsOf(context, subject, checks);
    const sequence = await runInOrder(invocations, { run: context.runCheck!, signal: task.signal, report });
    verified = verifiedBy(context, sequence);
    show(context, subject, verified);
    return endOf(task, verified, { checks, totalMs: context.clock.now() - startedMs });
  };
  const run = () => context.tasks.run(task, `verify ${basename(subject.path)}`, work);
  if (!wait) {
    context.afterAnswer(() => void run());
    return { verifyId: task.id };
  }
  const wasCancelled = await untilCancelled(token, run(), () => task.cancel());
  if (wasCancelled && task.outcome === 'cancelled') throw new Cancelled(`${task.id} was cancelled`);
  return { verifyId: task.id, ...verified, totalMs: Math.round(context.clock.now() - startedMs) };
};

/** The document of an edit, or one that is named; without either that of the last edit. */
function subjectOf(context: ServerContext, fields: Fields): Subject {
  if (fields.textDocument !== undefined && fields.textDocument !== null) {
    const snapshot = openDocument(context, fields);
    return { ...snapshot, path: pathOf(snapshot.uri, 'textDocument.uri'), snapshot };
  }
  const session = context.edits.find(optionalString(fields, 'editId'));
  const { editId, uri, languageId, isRunning } = session;
  if (isRunning) throw new ClientError(`editId: ${editId} is still running; check it when it has ended`);
  return { uri, languageId, path: pathOf(uri, 'editId'), snapshot: context.documents.get(uri) };
}

function pathOf(uri: string, field: string): string {
  const path = filePath(uri);
  if (path === undefined) throw new ClientError(`${field}: only a file can be checked, and ${uri} is none`);
  return path;
}

function checksOf({ config, runCheck }: ServerContext, { languageId }: Subject): Check[] {
  const checks = runCheck ? checksFor(config.verify, languageId) : [];
  if (checks.length > 0) return checks;
  const example = JSON.stringify([{ languages: [languageId], command: 'program', args: ['argument'] }]);
  throw new ClientError(`verify: no check is configured for ${languageId}; set "verify", for instance to ${example}`);
}

/** A check reads the disk: what it says of a text that is only in the editor would be about another one. */
async function refuseUnsaved({ disk }: ServerContext, { path, snapshot }: Subject): Promise<void> {
  if (!snapshot) return;
  const maxBytes = maxBytesOf(snapshot.text);
  const saved = await disk?.readText(path, { maxBytes }).catch(() => undefined);
  if (saved !== undefined && plain(saved) === plain(snapshot.text)) return;
  throw new ClientError(`textDocument: ${basename(path)} is not saved; the check would read the file on the disk`);
}

/** Of a file with this text: a UTF-16 unit is 3 bytes at most, a line break one more with CR, and there may be a mark and a last line break. */
const maxBytesOf = (text: string): number => 3 * text.length + 8;

/** Editors differ in how they tell of line ends, byte order marks and the last line break. */
function plain(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '');
}

async function invocationsOf(
  { client, disk }: ServerContext,
  { path }: Subject,
  checks: readonly Check[],
): Promise<Invocation[]> {
  const folders = client.folders.map(filePath).filter((folder) => folder !== undefined);
  const workspaceFolder = folders.find((folder) => isWithin(folder, path)) ?? dirname(path);
  const packageDir = (await disk?.packageFolder(path, workspaceFolder)) ?? workspaceFolder;
  return checks.map((check) => invocationOf(check, { file: path, packageDir, workspaceFolder }));
}

function verifiedBy({ disk }: ServerContext, { steps, ...verdict }: SequenceResult): Verified {
  const isFile = (path: string) => disk?.isFile(path) ?? false;
  const output = steps.at(-1)?.output.slice(-maxTail) ?? '';
  return { ...verdict, problems: steps.flatMap((step) => parseDiagnostics(step, isFile)), output };
}

/** Drafts are verified if what was checked is still what is there. */
function show(
  { diagnostics, documents, edits }: ServerContext,
  { uri, snapshot }: Subject,
  { ok, problems }: Verified,
): void {
  const byFile = new Map<string, Diagnostic[]>();
  for (const { uri: file, ...diagnostic } of problems) byFile.set(file, [...(byFile.get(file) ?? []), diagnostic]);
  diagnostics.replace('check', byFile, (file) => documents.get(file));
  if (ok && documents.get(uri)?.text === snapshot?.text) edits.verified(uri);
}

function endOf(
  { signal }: Task,
  { ok, exitCode, reason, problems, output }: Verified,
  { checks, totalMs }: { checks: readonly Check[]; totalMs: number },
): TaskEnd {
  if (signal.aborted) return { outcome: 'cancelled', message: reason ?? String(signal.reason) };
  if (reason !== undefined) return { outcome: 'failed', message: reason };
  const took = `${(totalMs / 1000).toFixed(1)} s`;
  const names = [...new Set(checks.map(({ command }) => basename(command)))].join(', ');
  if (ok) return { outcome: 'completed', message: `${names} passed in ${took}`, aloud: 'info' };
  const last = output.trimEnd().split('\n').at(-1)?.trim().slice(0, 60) || `exit status ${exitCode ?? 'unknown'}`;
  const what = problems.length > 0 ? `${problems.length} problem${problems.length === 1 ? '' : 's'}` : last;
  return { outcome: 'completed', message: `check failed: ${what}`, aloud: 'warning' };
}

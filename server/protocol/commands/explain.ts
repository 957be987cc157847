// quickhand.explain: a Markdown file about the code at the cursor, opened in the editor when the answer is whole.

import { positionAt, rangeOf, type Snapshot } from '../../documents/snapshot.ts';
import { messageOf } from '../../errors.ts';
import { fileUri, relativePath } from '../../files/uri-paths.ts';
import type { Scope, Scopes } from '../../scope/scopes.ts';
import type { Explained } from '../../session/explain-scope.ts';
import type { ScopeDiagnostic } from '../../session/prepared-request.ts';
import { Stopwatch } from '../../session/stopwatch.ts';
import { inertMarkdown } from '../../text/markdown.ts';
import { printableLine } from '../../text/printable.ts';
import { fieldsOf, fromHelix, optionalString, selection } from '../arguments.ts';
import { inScope, readDiagnostics } from '../diagnostics/context-diagnostics.ts';
import { showFile } from '../feedback/show-file.ts';
import { type CommandAnswers, type ExplainEvent, explainEvent } from '../quickhand-messages.ts';
import type { Command, ServerContext } from '../server-context.ts';
import type { Task, TaskEnd } from '../tasks.ts';
import { laneOf } from './lane-choice.ts';
import { checkedScope, follow, oneLine, openDocument, scopeToExplain } from './target.ts';

/** UTF-16 units of a name in a title. */
const maxName = 100;

/** Progress is reported at most this often, as an edit's. */
const reportEveryMs = 100;

interface ExplainArguments {
  readonly snapshot: Snapshot;
  readonly scope: Scope;
  readonly scopes: Scopes;
  readonly diagnostics: readonly ScopeDiagnostic[];
  readonly question: string | undefined;
  readonly lane: string;
}

/** `{explainId}` at once. */
export const explain: Command<CommandAnswers['quickhand.explain']> = async (context, args) => {
  const fields = fieldsOf(fromHelix(args, context.client.folders, (uri) => context.documents.get(uri)));
  const then = openDocument(context, fields);
  const chosen = selection(fields, then);
  const reported = readDiagnostics(fields, then);
  // What stands behind the place in Helix's form.
  const asked = optionalString(fields, 'question') ?? optionalString(fields, 'instruction');
  const question = asked?.trim() || undefined;
  const lane = laneOf(context, fields);
  const scopes = await context.scopes.load(then.languageId, then.uri);
  const snapshot = openDocument(context, fields);
  const moved = follow(then, snapshot);
  const found = scopeToExplain(context, scopes, snapshot, moved(chosen));
  const scope = checkedScope(context, { snapshot, scope: found, lane });
  const followed = reported.map((one) => ({ ...one, span: moved(one.span) }));
  const wish: ExplainArguments = {
    snapshot,
    scope,
    scopes,
    diagnostics: inScope(followed, scope.span),
    question,
    lane,
  };
  const task = context.tasks.create('explain');
  const title = question ? oneLine(question) : `explain ${nameOf(wish)}`;
  context.afterAnswer(() => void context.tasks.run(task, title, (report) => run(context, wish, { task, report })));
  return { explainId: task.id };
};

/** Of each member of a union. */
type WithoutId<Event> = Event extends unknown ? Omit<Event, 'explainId'> : never;

/** Everything from the first word to the end, which is told as `$/quickhand/explain` to who opted in. */
async function run(
  context: ServerContext,
  wish: ExplainArguments,
  { task, report }: { task: Task; report: (message: string) => void },
): Promise<TaskEnd> {
  const { snapshot, scope, question, lane } = wish;
  const { uri, version } = snapshot;
  const stopwatch = new Stopwatch(context.clock);
  const tell = (event: WithoutId<ExplainEvent>) => {
    if (context.client.wantsEvents) void context.wire.sendNotification(explainEvent, { ...event, explainId: task.id });
  };
  const { label: model } = context.lanes.describe(lane);
  tell({ kind: 'begin', uri, version, range: rangeOf(snapshot, scope.span), question, lane, model });
  let reportedMs = Number.NEGATIVE_INFINITY;
  const onText = (text: string) => {
    stopwatch.text(text);
    tell({ kind: 'text', text });
    if (stopwatch.elapsedMs - reportedMs < reportEveryMs) return;
    reportedMs = stopwatch.elapsedMs;
    report(`${stopwatch.chars} characters`);
  };
  const explained = await ask(context, wish, { signal: task.signal, onText });
  const { path, outcome, reason } = await keep(context, wish, explained);
  const timing = stopwatch.timing();
  const file = path === undefined ? undefined : fileUri(path);
  tell({ kind: 'end', outcome, ...(reason && { reason }), ...(file && { file }), timing });
  if (path !== undefined) void showFile(context, path, 'the explanation');
  return { outcome, message: reason ?? `explained in ${Math.round(timing.totalMs)} ms` };
}

async function ask(
  context: ServerContext,
  wish: ExplainArguments,
  how: { signal: AbortSignal; onText: (text: string) => void },
): Promise<Explained> {
  const { snapshot, scope, lane, ...what } = wish;
  const nothing = { text: '', label: '' };
  const forbidden = await context.forbidden(snapshot);
  if (forbidden !== undefined) return { outcome: 'rejected', reason: forbidden, ...nothing };
  const session = await import('../../session/explain-scope.ts');
  if (how.signal.aborted) return { outcome: 'cancelled', reason: String(how.signal.reason), ...nothing };
  return session.explainScope({
    ...what,
    ...how,
    snapshot,
    span: scope.span,
    path: relativePath(snapshot, context.client.folders),
    rules: context.config.guardrails,
    lanes: context.lanes.withFallbacks(lane),
    openLane: (name) => context.lanes.open(name),
  });
}

/** Writes the file of a whole answer. */
async function keep(
  context: ServerContext,
  wish: ExplainArguments,
  explained: Explained,
): Promise<Omit<Explained, 'text'> & { path?: string }> {
  const keepExplanation = context.disk?.keepExplanation;
  if (explained.outcome !== 'completed' || keepExplanation === undefined) return explained;
  const file = { name: nameOf(wish), text: markdown(context, wish, explained), at: new Date() };
  try {
    return { ...explained, path: await keepExplanation(file) };
  } catch (error) {
    return { ...explained, outcome: 'failed', reason: `the explanation could not be written: ${messageOf(error)}` };
  }
}

function markdown({ client }: ServerContext, wish: ExplainArguments, { text, label }: Explained): string {
  const { snapshot, scope, question } = wish;
  const [first, last] = [scope.span.from, scope.span.to].map((offset) => positionAt(snapshot, offset).line + 1);
  const asked = question === undefined ? '' : `${inertMarkdown(question).replace(/^/gm, '> ')}\n\n`;
  // A name in code, a path and a pasted question may be strangers' words as well.
  const path = printableLine(relativePath(snapshot, client.folders)).replaceAll('`', "'");
  const title = inertMarkdown(printableLine(nameOf(wish), maxName));
  return `# ${title}\n\n\`${path}:${first}-${last}\`\n\n${asked}${text.trim()}\n\n---\n\nAnswered by ${inertMarkdown(printableLine(label))}.\n`;
}

function nameOf({ scope }: ExplainArguments): string {
  return scope.name ?? scope.kind;
}

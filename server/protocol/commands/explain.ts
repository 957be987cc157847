// quickhand.explain: a Markdown file about the code at the cursor, opened in the editor when the answer is whole.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { positionAt, rangeOf, type Snapshot } from '../../documents/snapshot.ts';
import { messageOf } from '../../errors.ts';
import type { Scope, Scopes } from '../../scope/scopes.ts';
import type { ScopeDiagnostic } from '../../session/edit-request.ts';
import type { Explained } from '../../session/explain.ts';
import { Stopwatch } from '../../session/stopwatch.ts';
import { inertMarkdown } from '../../text/markdown.ts';
import { shownLine } from '../../text/shown.ts';
import { fieldsOf, fromHelix, optionalString, selection } from '../arguments.ts';
import { object } from '../client.ts';
import { inScope, reportedIn } from '../diagnostics.ts';
import type { Command, Host } from '../host.ts';
import { relativePath } from '../paths.ts';
import { say } from '../say.ts';
import type { Task, TaskEnd } from '../tasks.ts';
import { laneOf } from './route.ts';
import { checkedScope, follow, oneLine, openDocument } from './target.ts';

/** UTF-16 units of a name in a title. */
const maxName = 100;

/** Progress is reported at most this often, as an edit's. */
const reportEveryMs = 100;

interface Wish {
  readonly snapshot: Snapshot;
  readonly scope: Scope;
  readonly scopes: Scopes;
  readonly diagnostics: readonly ScopeDiagnostic[];
  readonly question: string | undefined;
  readonly lane: string;
}

/** `{explainId}` at once. */
export const explain: Command = async (host, args) => {
  const fields = fieldsOf(fromHelix(args, host.client.folders, (uri) => host.documents.get(uri)));
  const then = openDocument(host, fields);
  const chosen = selection(fields, then);
  const reported = reportedIn(fields, then);
  // What stands behind the place in Helix's form.
  const asked = optionalString(fields, 'question') ?? optionalString(fields, 'instruction');
  const question = asked?.trim() || undefined;
  const lane = laneOf(host, fields);
  const scopes = await host.scopes(then.languageId, then.uri);
  const snapshot = openDocument(host, fields);
  const moved = follow(then, snapshot);
  const scope = checkedScope(host, { snapshot, scope: scopes.find(snapshot, moved(chosen), 'auto'), lane });
  const followed = reported.map((one) => ({ ...one, span: moved(one.span) }));
  const wish: Wish = { snapshot, scope, scopes, diagnostics: inScope(followed, scope.span), question, lane };
  const task = host.tasks.create('explain');
  const title = question ? oneLine(question) : `explain ${nameOf(wish)}`;
  host.afterAnswer(() => void host.tasks.run(task, title, (report) => run(host, wish, { task, report })));
  return { explainId: task.id };
};

/** Everything from the first word to the end, which is told as `$/quickhand/explain` to who opted in. */
async function run(
  host: Host,
  wish: Wish,
  { task, report }: { task: Task; report: (message: string) => void },
): Promise<TaskEnd> {
  const { snapshot, scope, question, lane } = wish;
  const { uri, version } = snapshot;
  const stopwatch = new Stopwatch(host.clock);
  const tell = (event: object) => {
    if (host.client.wantsEvents)
      void host.wire.sendNotification('$/quickhand/explain', { ...event, explainId: task.id });
  };
  const { label: model } = host.lanes.describe(lane);
  tell({ kind: 'begin', uri, version, range: rangeOf(snapshot, scope.span), question, lane, model });
  let reportedMs = Number.NEGATIVE_INFINITY;
  const onText = (text: string) => {
    stopwatch.text(text);
    tell({ kind: 'text', text });
    if (stopwatch.elapsedMs - reportedMs < reportEveryMs) return;
    reportedMs = stopwatch.elapsedMs;
    report(`${stopwatch.chars} characters`);
  };
  const explained = await ask(host, wish, { signal: task.signal, onText });
  const { path, outcome, reason } = await keep(host, wish, explained);
  const timing = stopwatch.timing();
  const file = path === undefined ? undefined : pathToFileURL(path).href;
  tell({ kind: 'end', outcome, ...(reason && { reason }), ...(file && { file }), timing });
  if (path !== undefined) void show(host, path);
  return { outcome, message: reason ?? `explained in ${Math.round(timing.totalMs)} ms` };
}

async function ask(
  host: Host,
  wish: Wish,
  how: { signal: AbortSignal; onText: (text: string) => void },
): Promise<Explained> {
  const { snapshot, scope, lane, ...what } = wish;
  const nothing = { text: '', label: '' };
  const forbidden = await host.forbidden(snapshot);
  if (forbidden !== undefined) return { outcome: 'rejected', reason: forbidden, ...nothing };
  const session = await import('../../session/explain.ts');
  if (how.signal.aborted) return { outcome: 'cancelled', reason: String(how.signal.reason), ...nothing };
  return session.explain({
    ...what,
    ...how,
    snapshot,
    span: scope.span,
    path: relativePath(snapshot, host.client.folders),
    rules: host.config.guardrails,
    lanes: host.lanes.withFallbacks(lane),
    openLane: (name) => host.lanes.open(name),
  });
}

/** Writes the file of a whole answer. */
async function keep(
  host: Host,
  wish: Wish,
  explained: Explained,
): Promise<Omit<Explained, 'text'> & { path?: string }> {
  if (explained.outcome !== 'completed' || host.stateFolder === undefined) return explained;
  const { keepExplanation } = await import('../../session/explanation-file.ts');
  const file = { name: nameOf(wish), text: markdown(host, wish, explained), at: new Date() };
  try {
    return { ...explained, path: await keepExplanation(join(host.stateFolder, 'explanations'), file) };
  } catch (error) {
    return { ...explained, outcome: 'failed', reason: `the explanation could not be written: ${messageOf(error)}` };
  }
}

function markdown({ client }: Host, wish: Wish, { text, label }: Explained): string {
  const { snapshot, scope, question } = wish;
  const [first, last] = [scope.span.from, scope.span.to].map((offset) => positionAt(snapshot, offset).line + 1);
  const asked = question === undefined ? '' : `${inertMarkdown(question).replace(/^/gm, '> ')}\n\n`;
  // A name in code, a path and a pasted question may be strangers' words as well.
  const path = shownLine(relativePath(snapshot, client.folders)).replaceAll('`', "'");
  const title = inertMarkdown(shownLine(nameOf(wish), maxName));
  return `# ${title}\n\n\`${path}:${first}-${last}\`\n\n${asked}${text.trim()}\n\n---\n\nAnswered by ${inertMarkdown(shownLine(label))}.\n`;
}

function nameOf({ scope }: Wish): string {
  return scope.name ?? scope.kind;
}

async function show({ client, wire }: Host, path: string): Promise<void> {
  const params = { uri: pathToFileURL(path).href, takeFocus: true };
  const answer = client.showsDocuments
    ? await wire.sendRequest('window/showDocument', params).catch(() => undefined)
    : undefined;
  if (object(answer).success !== true) say(wire, 'info', `the explanation is in ${path}`);
}

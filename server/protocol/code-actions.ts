// textDocument/codeAction: ready commands from the tree alone, so that an editor may ask on every cursor move. No resolve, no side effects.

import { rangeOf, type Snapshot } from '../documents/snapshot.ts';
import { ClientError } from '../errors.ts';
import type { Directive, Scope } from '../scope/scopes.ts';
import type { EditSession } from '../session/edit-session.ts';
import { documentUri, type Fields, selection } from './arguments.ts';
import { object } from './client.ts';
import { actionsFor, type Host } from './host.ts';

export const codeActionKinds = ['quickfix', 'refactor.rewrite'] as const;

interface CodeAction {
  readonly title: string;
  readonly kind: (typeof codeActionKinds)[number];
  readonly command: { readonly title: string; readonly command: string; readonly arguments: readonly unknown[] };
  readonly diagnostics?: readonly unknown[];
}

/** How long after its end an edit is still offered to be kept or reverted from the menu. */
const recentEdits = 1;
/** Editors cut titles somewhere; a long diagnostic says enough in this many characters. */
const maxTitle = 80;

export async function codeActions(host: Host, params: unknown): Promise<CodeAction[]> {
  const fields = object(params);
  const snapshot = host.documents.get(documentUri(fields));
  if (!snapshot) throw new ClientError('textDocument.uri: the document is not open in the editor');
  const chosen = selection(fields, snapshot);
  const context = object(fields.context);
  const wanted = (kind: string) => isWanted(kind, context.only);
  if (!codeActionKinds.some(wanted)) return [];
  const scopes = await host.scopes(snapshot.languageId);
  const scope = scopes.find(snapshot, chosen, 'auto');
  const actions = [
    ...ofEdits(host.edits.of(snapshot.uri)),
    ...directives(scopes.directiveAt(snapshot, chosen), snapshot),
    ...(scope ? [...fixes(snapshot, context), ...rewrites(host, snapshot, { fields, scope })] : []),
  ];
  return actions.filter(({ kind }) => wanted(kind));
}

/** LSP: a kind that was asked for includes its sub-kinds. */
function isWanted(kind: string, only: unknown): boolean {
  if (!Array.isArray(only)) return true;
  return only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}

function ofEdits(sessions: readonly EditSession[]): CodeAction[] {
  const running = sessions.filter((session) => session.running);
  const ended = sessions.filter((session) => !session.running && session.verdict === 'draft' && session.hasLanded);
  const shown = [...running, ...(running.length === 0 ? ended.slice(0, recentEdits) : [])];
  return shown.flatMap((session) => {
    const name = session.request.title;
    const offer = (verb: string, command: string) =>
      action(`${verb}: ${name}`, 'quickfix', command, { editId: session.editId });
    return [
      ...(session.running ? [offer('Stop', 'quickhand.cancel')] : []),
      offer('Keep', 'quickhand.keep'),
      offer('Revert', 'quickhand.revert'),
    ];
  });
}

function directives(directive: Directive | undefined, snapshot: Snapshot): CodeAction[] {
  if (!directive?.text) return [];
  const { uri } = snapshot;
  const argument = { textDocument: { uri }, range: rangeOf(snapshot, directive.span), directive: true };
  return [action(short(`Do: ${directive.text}`), 'quickfix', 'quickhand.edit', argument)];
}

function fixes({ uri }: Snapshot, { diagnostics }: Fields): CodeAction[] {
  if (!Array.isArray(diagnostics)) return [];
  return diagnostics.filter(isDiagnostic).map((diagnostic) => {
    const { message, range } = diagnostic;
    const argument = { textDocument: { uri }, range, instruction: `Fix this problem: ${message}` };
    return { ...action(short(`Fix: ${message}`), 'quickfix', 'quickhand.edit', argument), diagnostics: [diagnostic] };
  });
}

function isDiagnostic(value: unknown): value is { message: string; range: unknown } {
  const { message, range } = object(value);
  return typeof message === 'string' && typeof range === 'object';
}

function rewrites(
  { config }: Host,
  snapshot: Snapshot,
  { fields, scope }: { fields: Fields; scope: Scope },
): CodeAction[] {
  const { range } = fields;
  const { uri, languageId } = snapshot;
  return actionsFor(config, languageId)
    .filter(({ id }) => id !== 'implement' || scope.stub || hasTodo(snapshot, scope))
    .map(({ id, title }) =>
      action(title, 'refactor.rewrite', 'quickhand.edit', { textDocument: { uri }, range, action: id }),
    );
}

function hasTodo({ text }: Snapshot, { span }: Scope): boolean {
  return /\b(?:TODO|FIXME)\b/.test(text.slice(span.from, span.to));
}

function action(title: string, kind: CodeAction['kind'], command: string, argument: object): CodeAction {
  return { title, kind, command: { title, command, arguments: [argument] } };
}

function short(title: string): string {
  const line = title.replace(/\s+/g, ' ');
  return line.length > maxTitle ? `${line.slice(0, maxTitle - 1)}…` : line;
}

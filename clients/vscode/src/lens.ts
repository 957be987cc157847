// What can be said of an edit, above its code: Stop while it runs, then Keep, Revert and Retry.
import { CodeLens, type Disposable, languages, Range } from 'vscode';
import type { Edits, ShownEdit } from './edits.ts';
import { selector } from './place.ts';

export function showLens(edits: Edits): Disposable {
  return languages.registerCodeLensProvider(selector, {
    onDidChangeCodeLenses: edits.onDidChange,
    provideCodeLenses: (document) => edits.of(document).flatMap(lensesOf),
  });
}

function lensesOf(edit: ShownEdit): CodeLens[] {
  const { editId, lines, end } = edit;
  const range = new Range(lines.first, 0, lines.first, 0);
  const lens = (title: string, name: string) =>
    new CodeLens(range, { title, command: `quickhand.ui.${name}`, arguments: [{ editId }] });
  if (!end) return [lens('Stop', 'stop'), lens('Put it right…', 'steer')];
  const retry = lens('Retry', 'retry');
  if (end.timing.hunks === 0) return end.outcome === 'completed' ? [] : [retry];
  return [lens('Keep', 'keep'), lens('Revert', 'revert'), retry];
}

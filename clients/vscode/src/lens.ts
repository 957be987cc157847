// The buttons above the code of an edit: Stop and Redirect while it runs, then Keep, Revert and Retry; for an offer, Apply and Discard.
import { CodeLens, Disposable, EventEmitter, languages, Range } from 'vscode';
import type { Edits, ShownEdit } from './edits.ts';
import { selector } from './place.ts';

export function showLens(edits: Edits): Disposable {
  const changed = new EventEmitter<void>();
  let shown = '';
  // VS Code waits 250 ms or more after each change event: fired for every report, it would never draw Stop while an answer streams.
  const update = () => {
    const now = JSON.stringify(edits.newest.map((edit) => [edit.editId, buttonsOf(edit)]));
    if (now === shown) return;
    shown = now;
    changed.fire();
  };
  const provider = languages.registerCodeLensProvider(selector, {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document) => edits.of(document).flatMap(lensesOf),
  });
  return Disposable.from(edits.onDidChange(update), changed, provider);
}

type Button = readonly [title: string, command: string];

const retry: Button = ['Retry', 'retry'];

function buttonsOf({ end }: ShownEdit): readonly Button[] {
  if (!end) {
    return [
      ['Stop', 'stop'],
      ['Redirect…', 'steer'],
    ];
  }
  if (end.state === 'offered') return [['Apply', 'keep'], ['Discard', 'revert'], retry];
  if (end.timing.hunks === 0) return end.outcome === 'completed' ? [] : [retry];
  return [['Keep', 'keep'], ['Revert', 'revert'], retry];
}

/** They stand on the edit's first line; VS Code moves them along with its text. */
function lensesOf(edit: ShownEdit): CodeLens[] {
  const range = new Range(edit.lines.first, 0, edit.lines.first, 0);
  return buttonsOf(edit).map(
    ([title, name]) =>
      new CodeLens(range, { title, command: `quickhand.ui.${name}`, arguments: [{ editId: edit.editId }] }),
  );
}

// Decorates the code that a running edit may change, and the lines that have landed.
import { type Disposable, OverviewRulerLane, Range, type TextEditor, ThemeColor, window } from 'vscode';
import type { Edits } from './edits.ts';
import type { Lines } from './lines.ts';

export function showRegions(edits: Edits): Disposable {
  const region = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('quickhand.regionBackground'),
    borderColor: new ThemeColor('quickhand.regionBorder'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 2px',
    overviewRulerColor: new ThemeColor('quickhand.regionBorder'),
    overviewRulerLane: OverviewRulerLane.Left,
  });
  const landed = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('diffEditor.insertedLineBackground'),
  });
  const show = (editor: TextEditor) => {
    const running = edits.of(editor.document).filter(({ end }) => !end);
    editor.setDecorations(
      region,
      running.map(({ lines }) => rangeOf(lines)),
    );
    editor.setDecorations(
      landed,
      running.flatMap((edit) => edit.landed.map(rangeOf)),
    );
  };
  const showAll = () => window.visibleTextEditors.forEach(show);
  const subscriptions = [edits.onDidChange(showAll), window.onDidChangeVisibleTextEditors(showAll), region, landed];
  return { dispose: () => subscriptions.forEach((subscription) => void subscription.dispose()) };
}

function rangeOf({ first, last }: Lines): Range {
  return new Range(first, 0, last, 0);
}

// Shows in the text what a running edit may change.
import { type Disposable, OverviewRulerLane, Range, type TextEditor, ThemeColor, window } from 'vscode';
import type { Edits, ShownEdit } from './edits.ts';

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
  const show = (editor: TextEditor) => {
    const running = edits.of(editor.document).filter(({ end }) => !end);
    editor.setDecorations(region, running.map(rangeOf));
  };
  const showAll = () => window.visibleTextEditors.forEach(show);
  const subscriptions = [edits.onDidChange(showAll), window.onDidChangeVisibleTextEditors(showAll), region];
  return { dispose: () => subscriptions.forEach((subscription) => void subscription.dispose()) };
}

function rangeOf({ lines }: ShownEdit): Range {
  return new Range(lines.first, 0, lines.last, 0);
}

// The status bar: the running edit, then its timing; and the context key that enables Escape.
import { commands, Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode';
import type { Edits, ShownEdit } from './edits.ts';
import { describeEnd, describeRunning } from './words.ts';

export function showStatus(edits: Edits): Disposable {
  const item = window.createStatusBarItem('quickhand', StatusBarAlignment.Right, 100);
  item.name = 'Quickhand';
  item.command = 'quickhand.ui.menu';
  item.show();
  let wasRunning: boolean | undefined;
  const show = () => {
    const document = window.activeTextEditor?.document;
    const running = document !== undefined && edits.of(document).some(({ end }) => !end);
    if (running !== wasRunning) void commands.executeCommand('setContext', 'quickhand.running', running);
    wasRunning = running;
    render(item, edits.newest.find(({ end }) => !end) ?? edits.newest[0]);
  };
  show();
  return Disposable.from(item, edits.onDidChange(show), window.onDidChangeActiveTextEditor(show));
}

function render(item: StatusBarItem, edit: ShownEdit | undefined): void {
  item.text = edit
    ? `${iconOf(edit)} ${edit.end ? describeEnd(edit.end) : describeRunning(edit)}`
    : '$(edit) Quickhand';
  item.tooltip = edit ? `Quickhand: ${edit.instruction}\n${edit.model}${reasonOf(edit)}` : 'Quickhand';
}

function iconOf({ end }: ShownEdit): string {
  if (!end) return '$(loading~spin)';
  return end.outcome === 'completed' ? '$(check)' : '$(warning)';
}

function reasonOf({ end }: ShownEdit): string {
  return end?.reason ? `\n${end.outcome}: ${end.reason}` : '';
}

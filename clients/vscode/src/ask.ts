// The input box: what was asked before is offered below what is being typed, and never taken for it.
import { type Memento, type QuickPickItem, window } from 'vscode';
import { history, remember } from './history.ts';

export interface Question {
  readonly title: string;
  readonly placeholder: string;
  /** Absent: what is typed is not remembered. */
  readonly history?: Memento;
}

/** What the user wants, or undefined if the box was left. */
export function ask({ title, placeholder, history: state }: Question): Promise<string | undefined> {
  if (!state) return Promise.resolve(window.showInputBox({ title, placeHolder: placeholder }));
  const box = window.createQuickPick();
  Object.assign(box, { title, placeholder });
  const offer = () => {
    box.items = itemsFor(box.value.trim(), history(state));
  };
  offer();
  box.onDidChangeValue(offer);
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      const chosen = box.activeItems[0]?.label ?? box.value.trim();
      if (!chosen) return;
      remember(state, chosen);
      resolve(chosen);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

/** What is typed comes first, so that Enter takes it. */
function itemsFor(typed: string, before: readonly string[]): QuickPickItem[] {
  const earlier = before.filter((instruction) => instruction !== typed).map((label) => ({ label }));
  return typed ? [{ label: typed, alwaysShow: true }, ...earlier] : earlier;
}

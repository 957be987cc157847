// The input box. Earlier instructions are listed below what is being typed; Enter takes what is typed.
import { type Memento, type QuickPickItem, window } from 'vscode';
import { history, remember } from './history.ts';

export interface InstructionPrompt {
  readonly title: string;
  readonly placeholder: string;
  /** Absent: the input is not remembered. */
  readonly history?: Memento;
}

/** The input, or undefined if the box was closed. */
export function ask({ title, placeholder, history: state }: InstructionPrompt): Promise<string | undefined> {
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

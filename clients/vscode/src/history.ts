// Earlier instructions, newest first, in VS Code's state of the workspace.
import type { Memento } from 'vscode';

const key = 'history';
const most = 50;

export function history(state: Memento): readonly string[] {
  return state.get<string[]>(key) ?? [];
}

export function remember(state: Memento, instruction: string): void {
  const others = history(state).filter((other) => other !== instruction);
  void state.update(key, [instruction, ...others].slice(0, most));
}

// Messages to the user: the one thing that every editor shows.

import { MessageType, ShowMessageNotification } from 'vscode-languageserver-protocol';
import type { Wire } from '../connection/wire.ts';

const types = { error: MessageType.Error, warning: MessageType.Warning, info: MessageType.Info } as const;

export type MessageKind = keyof typeof types;

/** `window/showMessage`, with our name before it. */
export function showMessage(wire: Wire, kind: MessageKind, text: string): void {
  void wire.sendNotification(ShowMessageNotification.type, { type: types[kind], message: `Quickhand: ${text}` });
}

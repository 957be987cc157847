// Messages to the user: the one thing that every editor shows.

import type { Wire } from './wire.ts';

/** LSP's MessageType. */
export const messageType = { error: 1, warning: 2, info: 3 } as const;

export type MessageKind = keyof typeof messageType;

/** `window/showMessage`, with our name before it. */
export function say(wire: Wire, kind: MessageKind, text: string): void {
  void wire.sendNotification('window/showMessage', { type: messageType[kind], message: `Quickhand: ${text}` });
}

// Parses a user message as the rehearsal model does: from its end.

/** The parts of a message; undefined if it has not the form that DESIGN.md §6 and server/prompt/README.md promise. */
export interface ReadMessage {
  readonly tag: string;
  readonly attributes: string;
  readonly text: string;
  readonly instruction: string;
  /** What stands before the scope block. */
  readonly before: string;
}

export function readMessage(message: string): ReadMessage | undefined {
  const found = /<(scope(?:-\d+)?) ([^\n]*)>\n((?:(?!<\/\1>).)*)\n<\/\1>\n<instruction>(.*)<\/instruction>$/s.exec(
    message,
  );
  if (!found) return undefined;
  const [, tag = '', attributes = '', text = '', instruction = ''] = found;
  return { tag, attributes, text, instruction, before: message.slice(0, found.index) };
}

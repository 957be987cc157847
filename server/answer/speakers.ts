// Names of speakers, as transcripts of conversations have them: models that were tuned on such go on with the transcript.

const ours = /^(?:ASSISTANT|Assistant|AI|### (?:Assistant|Response|Answer|Output))\s*:\s*/;
const others = /^(?:USER|User|HUMAN|Human|### (?:User|Human|Instruction|Input))\s*:(?:\s|$)/;

/** What the model says behind its own name, at the start of a line; undefined: no name stands there. */
export function behindRole(line: string): string | undefined {
  const head = ours.exec(line)?.[0];
  return head === undefined ? undefined : line.slice(head.length);
}

/** Whether somebody else speaks from here on. */
export function isOtherSpeaker(line: string): boolean {
  return others.test(line);
}

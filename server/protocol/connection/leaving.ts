// How the process ends: one way out for every reason, and a bound for all that is still to be done on it.

/** A check that ignores being asked takes a second to be killed; editors kill a server that takes two. */
const deadlineMs = 1500;

/** Exit status after a signal, as shells have it: 128 and its number. */
const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Ends the process; only the first reason counts. */
export type Leave = (code: number) => void;

/** `finish` puts things in order first; what is not done after {@link deadlineMs} is left undone. */
export function createLeave(finish: () => Promise<unknown>): Leave {
  let isLeaving = false;
  return (code) => {
    if (isLeaving) return;
    isLeaving = true;
    setTimeout(() => process.exit(code), deadlineMs);
    finish()
      .catch(() => undefined)
      .then(() => process.exit(code));
  };
}

/** Leaves on the signals that ask for it; on the second one at once, because somebody is in a hurry. */
export function leaveOnSignals(leave: Leave): void {
  for (const [signal, code] of Object.entries(signals)) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(code));
      leave(code);
    });
  }
}

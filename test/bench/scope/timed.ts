// How much processor time a call takes: other programs on the machine do not add to it.

/** In milliseconds, of all threads of this process. */
export function timed<T>(run: () => T): { readonly value: T; readonly ms: number } {
  const start = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(start);
  return { value, ms: (user + system) / 1000 };
}

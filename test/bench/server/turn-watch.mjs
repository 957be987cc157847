// Preloaded into a server that is measured (`--import`): tells over the IPC channel how long its longest turn of the event loop was,
// and how much work the busiest one: all threads together, which a busy machine does not change.

/** A timer that is due each millisecond: what lies between two of its calls is a turn, or a millisecond of rest. */
let last = performance.now();
let lastCpu = process.cpuUsage();
let longest = { ms: 0, cpuMs: 0 };

setInterval(() => {
  const now = performance.now();
  const { user, system } = process.cpuUsage(lastCpu);
  longest = { ms: Math.max(longest.ms, now - last), cpuMs: Math.max(longest.cpuMs, (user + system) / 1000) };
  last = now;
  lastCpu = process.cpuUsage();
}, 1).unref();

process.on('message', () => {
  process.send?.(longest);
  longest = { ms: 0, cpuMs: 0 };
});
process.channel?.unref();

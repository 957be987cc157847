// `npm run bench`: what the server costs, in ratios to floors that are measured in the same run.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchAtOnce, benchCpu, benchInterruption, benchKeystrokes, benchLatency, benchMemory } from './server/loop.ts';
import { benchStartup } from './server/startup.ts';
import { benchTurns } from './server/turns.ts';
import { benchTyping } from './server/typing.ts';

const help = `Usage: npm run bench [-- --json] [-- --only NAME]

Measures the built server (dist/). Names: startup, memory, latency, cpu, atOnce, interruption, keystrokes, typing, turns.
  --json       all figures, as JSON
  --only NAME  one of them
  --quick      fewer rounds`;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    only: { type: 'string' },
    quick: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
const server = join(root, 'dist', 'quickhand.js');
const scale = values.quick ? 0.2 : 1;

const benches: Record<string, () => Promise<unknown>> = {
  startup: () => benchStartup(server, root, Math.ceil(25 * scale)),
  memory: () => benchMemory(server),
  latency: () => benchLatency(server, Math.ceil(150 * scale)),
  cpu: async () => [await benchCpu(server, 1000, 6000 * scale), await benchCpu(server, 5000, 20_000 * scale)],
  atOnce: async () => [await benchAtOnce(server, 20), await benchAtOnce(server, 50)],
  interruption: () => benchInterruption(server, Math.ceil(100 * scale)),
  keystrokes: () => benchKeystrokes(server, Math.ceil(300 * scale)),
  typing: async () => [benchTyping(600, Math.ceil(2000 * scale)), benchTyping(10_000, Math.ceil(500 * scale))],
  turns: () => benchTurns(server),
};

if (values.help || (values.only !== undefined && !Object.hasOwn(benches, values.only))) {
  console[values.help ? 'log' : 'error'](help);
  process.exit(values.help ? 0 : 2);
}

const home = await mkdtemp(join(tmpdir(), 'quickhand-bench-'));
process.env.XDG_CONFIG_HOME = home;
process.env.XDG_STATE_HOME = home;
delete process.env.QUICKHAND_MODEL;
try {
  const results: Record<string, unknown> = {};
  for (const [name, run] of Object.entries(benches)) {
    if (values.only !== undefined && values.only !== name) continue;
    if (!values.json) process.stderr.write(`${name} …\n`);
    results[name] = await run();
    if (!values.json) console.log(name, results[name]);
  }
  if (values.json) console.log(JSON.stringify(results));
} finally {
  await rm(home, { recursive: true, force: true });
}

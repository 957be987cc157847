import { createPlan } from './plan.ts';
import { runSchedule } from './schedule.ts';
import { createWorld, rootOf } from './world.ts';

const world = await createWorld(rootOf(import.meta.url));
const from = Number(process.argv[2] ?? 1),
  count = Number(process.argv[3] ?? 1000);
const t0 = performance.now();
const laws = new Map<string, { n: number; seeds: string[] }>();
const sit = new Map<string, number>();
for (let seed = from; seed < from + count; seed++) {
  const plan = createPlan(seed);
  const r = await runSchedule(plan, world, { traced: count === 1 });
  if (count === 1) {
    console.log(JSON.stringify(plan));
    console.log(r.trace.join('\n'));
  }
  for (const [k, n] of r.situations) sit.set(k, (sit.get(k) ?? 0) + n);
  if (r.violation) {
    const key = `${r.violation.law} | ${plan.editor}`;
    const e = laws.get(key) ?? { n: 0, seeds: [] };
    e.n++;
    if (e.seeds.length < 3) e.seeds.push(`${seed}: ${r.violation.message.slice(0, 150)}`);
    laws.set(key, e);
  }
}
const ms = performance.now() - t0;
if (count > 1) {
  console.log(
    [...sit]
      .sort()
      .map(([k, n]) => `${n}\t${k}`)
      .join('\n'),
  );
  for (const [k, e] of [...laws].sort((a, b) => b[1].n - a[1].n)) console.log(e.n, k, '\n   ', e.seeds.join('\n    '));
}
console.log(`${count} in ${ms.toFixed(0)} ms, ${(ms / count).toFixed(2)} ms each`);

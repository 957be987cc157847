// What every call of the scope floor costs in a TypeScript file of 10,000 lines.

import { createSnapshot, type Snapshot } from '../../../server/documents/snapshot.ts';
import { createScopes } from '../../../server/scope/create-scopes.ts';
import { assets } from '../../scope/assets.ts';

const roundCount = 400;

/** Ten lines of ordinary code. */
const unit = (n: number) => `/** Adds up what is in ${n}. */
export async function total${n}(items: readonly Item[], options: Options = {}): Promise<number> {
  const add = (sum: number, item: Item) => {
    return sum + item.price * (item.count ?? ${n});
  };
  if (items.length > ${n}) {
    await report(\`too many: \${items.length}\`, { limit: ${n}, ...options });
  }
  return items.filter(({ hidden }) => !hidden).reduce(add, 0);
}
`;

/** ${lines} lines, one of them broken if asked: then the ERROR nodes must be counted. */
function source(lines: number, broken: boolean): string {
  const units = Array.from({ length: lines / 10 }, (_, n) => unit(n));
  if (broken) units[3] = units[3]!.replace('if (', 'if ((');
  return units.join('');
}

/** Milliseconds by name. */
export async function measureSynthetic(): Promise<Record<string, number>> {
  return {
    'load typescript': await load(),
    ...(await measure('', false)),
    ...(await measure(', file with an error', true)),
  };
}

async function load(): Promise<number> {
  const start = performance.now();
  const scopes = await createScopes({ assets });
  await scopes.load('typescript');
  const ms = performance.now() - start;
  scopes.dispose();
  return round(ms);
}

async function measure(suffix: string, broken: boolean): Promise<Record<string, number>> {
  const scopes = await createScopes({ assets });
  await scopes.load('typescript');
  const text = source(10_000, broken);
  let version = 0;
  const snapshotOf = (next: string): Snapshot => createSnapshot('file:///bench.ts', version++, 'typescript', next);
  let snapshot = snapshotOf(text);
  const places = Array.from({ length: roundCount }, (_, n) =>
    text.indexOf('return sum', Math.floor((n * text.length * 0.95) / roundCount)),
  );

  const results: Record<string, number> = {};
  const record = (name: string, run: (round: number) => void, rounds = roundCount) => {
    const times = Array.from({ length: rounds }, (_, n) => timed(() => run(n))).sort((a, b) => a - b);
    if (rounds === 1) results[`${name}${suffix} ms`] = round(times[0]!);
    else for (const p of [50, 99]) results[`${name}${suffix} p${p} ms`] = round(times[Math.floor((rounds * p) / 100)]!);
  };

  record('first parse', () => scopes.update(snapshot), 1);
  const typed = places.map((at, n) => snapshotOf(`${text.slice(0, at)}${'xyz'.slice(n % 3)}${text.slice(at)}`));
  record('update after typing', (n) => scopes.update(typed[n]!));
  scopes.update(snapshot);
  record('find', (n) => scopes.find(snapshot, { from: places[n]!, to: places[n]! }, 'auto'));
  record('directiveAt', (n) => scopes.directiveAt(snapshot, { from: places[n]!, to: places[n]! }));
  record('signatures', (n) => scopes.signatures(snapshot, { from: places[n]!, to: places[n]! }), 50);
  record('imports', () => scopes.imports(snapshot), 50);

  if (broken) {
    const at = text.indexOf('if ((');
    record('find in code with a syntax error', () => scopes.find(snapshot, { from: at, to: at }, 'auto'));
  }

  const { span } = scopes.find(snapshot, { from: places[roundCount / 2]!, to: places[roundCount / 2]! }, 'function')!;
  const scope = text.slice(span.from, span.to);
  let gate = scopes.parseCheck(snapshot, span)!;
  record(
    'gate',
    () => {
      gate.dispose();
      gate = scopes.parseCheck(snapshot, span)!;
    },
    50,
  );
  record('gate.parses, sound', (n) => gate.parses(scope.replace('return sum', `note(${n});\nreturn sum`)));
  record('gate.parses, unsound', (n) => gate.parses(scope.replace('return sum', `if (${n}) {\nreturn sum`)));
  gate.dispose();
  snapshot = snapshotOf('');
  scopes.dispose();
  return results;
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

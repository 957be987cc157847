// What a push costs in a scope of thousands of lines, and whether memory stays flat over thousands of edits.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEngine } from '../../../server/edit/create-engine.ts';
import type { Hunk } from '../../../server/edit/engine.ts';
import { applyEdits, sortEdits } from '../../../server/text/edit.ts';
import type { Pair } from './corpus.ts';
import { tokenPattern } from './replay.ts';
import type { Syntax } from './syntax.ts';

const lineCounts = 5000;
const editCounts = 5000;
const sample = 500;
/** The work is the same each time, what disturbs it is not: of each push the fastest run counts. */
const runCount = 3;

export interface Scale {
  /** Lines of the scope in which every 50th line is changed, one goes and one gets lines put before it. */
  readonly lines: number;
  /** Microseconds: of the pushes, and of what comes before and after them. */
  readonly push: { readonly median: number; readonly p99: number; readonly max: number };
  readonly createMs: number;
  readonly finishMs: number;
  readonly exact: boolean;
  /** Resident megabytes after each 500 edits of the corpus' pairs in turn, through the incremental gate, with the garbage collected. */
  readonly edits: number;
  readonly rssMb: readonly number[];
}

export function measureScale(pairs: readonly { readonly pair: Pair; readonly syntax: Syntax }[]): Scale {
  return { ...largeScope(), ...manyEdits(pairs) };
}

function largeScope(): Omit<Scale, 'edits' | 'rssMb'> {
  const lines = Array.from(
    { length: lineCounts },
    (_, i) => `${'  '.repeat(i % 4)}const value${i} = compute(${i}, other${i % 97});`,
  );
  const base = lines.join('\n');
  const answer = lines.flatMap(changed).join('\n');
  const runs = Array.from({ length: runCount }, () => streamOnce(base, answer));
  const micros = runs[0]!.micros.map((_, i) => Math.min(...runs.map((run) => run.micros[i]!))).sort((a, b) => a - b);
  const at = (share: number) => micros[Math.floor(share * (micros.length - 1))]!;
  return {
    lines: lineCounts,
    push: { median: at(0.5), p99: at(0.99), max: at(1) },
    createMs: Math.min(...runs.map((run) => run.createMs)),
    finishMs: Math.min(...runs.map((run) => run.finishMs)),
    exact: runs.every((run) => run.text === answer),
  };
}

function streamOnce(base: string, answer: string) {
  const micros: number[] = [];
  const [engine, createMs] = timed(() => createEngine({ base, eol: '\n', format: 'rewrite' }));
  const hunks: Hunk[] = [];
  for (let at = 0; at < answer.length; at += tokenPattern) {
    const [step, ms] = timed(() => engine.push(answer.slice(at, at + tokenPattern)));
    hunks.push(...step.hunks);
    micros.push(ms * 1000);
  }
  const [end, finishMs] = timed(() => engine.finish());
  if (end.kind === 'edited') hunks.push(...end.hunks);
  return { micros, createMs, finishMs, text: applyEdits(base, sortEdits(hunks.flatMap(({ edits }) => edits))) };
}

function timed<T>(work: () => T): readonly [result: T, ms: number] {
  const started = performance.now();
  return [work(), performance.now() - started];
}

function changed(line: string, i: number): string[] {
  if (i % 50 === 10) return [line.replace('compute', 'recompute')];
  if (i % 50 === 20) return ['if (ready) {', `  prepare(${i});`, '}', line];
  if (i % 50 === 30) return [];
  return [line];
}

function manyEdits(pairs: readonly { readonly pair: Pair; readonly syntax: Syntax }[]): Pick<Scale, 'edits' | 'rssMb'> {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const rssMb: number[] = [];
  for (let edit = 0; edit < editCounts; edit++) {
    const { pair, syntax } = pairs[edit % pairs.length]!;
    const gate = syntax.gate();
    const engine = createEngine({ base: pair.before, eol: '\n', format: 'rewrite', parses: gate.parses });
    for (let at = 0; at < pair.after.length; at += tokenPattern) engine.push(pair.after.slice(at, at + tokenPattern));
    engine.finish();
    gate.dispose();
    if ((edit + 1) % sample > 0) continue;
    collectGarbage();
    rssMb.push(Math.round(process.memoryUsage.rss() / 1e6));
  }
  return { edits: editCounts, rssMb };
}

export function showScale({ lines, push, createMs, finishMs, exact, edits, rssMb }: Scale): string {
  return [
    `a scope of ${lines} lines: push ${push.median.toFixed(1)} us median, ${push.p99.toFixed(0)} p99, ${push.max.toFixed(0)} max; created in ${createMs.toFixed(0)} ms, finished in ${finishMs.toFixed(0)} ms; ${exact ? 'exact' : 'NOT exact'}`,
    `${edits} edits: RSS ${rssMb.join(' ')} MB after each ${edits / rssMb.length}`,
  ].join('\n');
}

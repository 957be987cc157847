// Asks the server's own `find` at positions of real files, and compares with what the rules say.

import { createSnapshot, type Snapshot } from '../../../server/documents/snapshot.ts';
import type { Scope, Scopes } from '../../../server/scope/scopes.ts';
import { Edges } from './edges.ts';
import { randomOf, type Source, shuffled, textOf } from './files.ts';
import { Finding } from './finding.ts';
import type { Judge } from './judges.ts';
import type { Lines } from './line-map.ts';
import { bounds, type Expected, Rules } from './rules.ts';
import { timed } from './timed.ts';

interface Disagreement {
  readonly place: string;
  readonly finding: Finding;
}

/** What was counted in one language. */
export class Tally {
  files = 0;
  /** That the language's own parser does not take. */
  faultyFiles = 0;
  code = 0;
  agreed = 0;
  refused = 0;
  /** Code lines whose scope is over the bounds, and how many of them get a whole part of it. */
  large = 0;
  largeWhole = 0;
  /** Those of which the rules say exactly which part it is, and how many get that. */
  largeKnown = 0;
  largeExact = 0;
  blank = 0;
  blankAgreed = 0;
  blankRefused = 0;
  insertions = 0;
  /** Code lines in a test of several lines, and those that get a scope of one line. */
  inTests = 0;
  oneLineInTests = 0;
  /** Scopes that begin or end within a token, or hold a part of a statement. */
  cuts = 0;
  /** Milliseconds of one find each, but for those of the first file once: what has just been started is the compiler's time. */
  readonly times: number[] = [];
  readonly disagreements: Disagreement[] = [];
}

export interface Job {
  readonly language: string;
  readonly sources: readonly Source[];
  readonly judge: Judge;
  readonly scopes: Scopes;
  readonly positions: number;
  readonly seed: number;
  readonly onProgress: (tally: Tally) => void;
}

/** A file gives at most this share of the positions. */
const shareOfFile = 1 / 40;

export async function measure(job: Job): Promise<Tally> {
  const random = randomOf(job.seed);
  const tally = new Tally();
  const most = Math.ceil(job.positions * shareOfFile);
  for (const source of shuffled(job.sources, random)) {
    const left = job.positions - tally.code - tally.blank;
    if (left <= 0) break;
    const text = textOf(source);
    if (text === undefined || text.trim() === '') continue;
    const judged = await job.judge.judge(source.path, text);
    if ('fault' in judged) {
      if (judged.isBug) process.stderr.write(`${source.path}: ${judged.fault}\n`);
      tally.faultyFiles++;
      continue;
    }
    const rules = new Rules(text, judged);
    const lines = shuffled([...Array(lastLine(rules) + 1).keys()], random).slice(0, Math.min(left, most));
    new FileMeasure(job, source, rules, new Edges(text, judged), tally).measure(lines.sort((a, b) => a - b));
    job.onProgress(tally);
  }
  return tally;
}

/** Without the empty one behind the last line break. */
function lastLine({ map }: Rules): number {
  return map.start(map.count - 1) === map.text.length ? map.count - 2 : map.count - 1;
}

class FileMeasure {
  readonly #job: Job;
  readonly #source: Source;
  readonly #rules: Rules;
  readonly #edges: Edges;
  readonly #tally: Tally;
  readonly #snapshot: Snapshot;

  constructor(job: Job, source: Source, rules: Rules, edges: Edges, tally: Tally) {
    this.#job = job;
    this.#source = source;
    this.#rules = rules;
    this.#edges = edges;
    this.#tally = tally;
    this.#snapshot = createSnapshot(`file://${source.path}`, 1, job.language, rules.map.text);
  }

  measure(lines: readonly number[]): void {
    const { scopes } = this.#job;
    scopes.update(this.#snapshot);
    if (this.#tally.files++ === 0) for (const line of lines) this.#find(line);
    const found = lines.map((line) => {
      const { value: scope, ms } = timed(() => this.#find(line));
      this.#tally.times.push(ms);
      return { line, scope };
    });
    for (const { line, scope } of found) this.#count(line, scope);
    scopes.close(this.#snapshot.uri);
  }

  #count(line: number, scope: Scope | undefined): void {
    const { map } = this.#rules;
    const isBlank = map.isBlank(line);
    const expected = isBlank ? this.#rules.onBlank(line) : this.#rules.onCode(line);
    const finding = new Finding({ map, edges: this.#edges, line, scope, expected });
    const place = `${this.#source.path}:${line + 1}`;
    if (isBlank) this.#countBlank(finding, place);
    else {
      this.#countCode(finding, place, expected);
      this.#countInTest(line, finding.lines);
    }
  }

  #find(line: number): Scope | undefined {
    const { map } = this.#rules;
    const at = map.isBlank(line) ? map.start(line) : map.cursor(line);
    return this.#job.scopes.find(this.#snapshot, { from: at, to: at }, 'auto', bounds);
  }

  #countBlank(finding: Finding, place: string): void {
    const tally = this.#tally;
    tally.blank++;
    if (finding.isRefused) tally.blankRefused++;
    if (finding.isInsertion) tally.insertions++;
    if (finding.agrees) tally.blankAgreed++;
    else tally.disagreements.push({ place: `${place} (blank)`, finding });
  }

  #countCode(finding: Finding, place: string, { isPart, part }: Expected): void {
    const tally = this.#tally;
    tally.code++;
    if (finding.isRefused) tally.refused++;
    if (finding.cuts) tally.cuts++;
    if (finding.agrees) tally.agreed++;
    if (isPart) tally.large++;
    if (isPart && finding.agrees) tally.largeWhole++;
    if (part) tally.largeKnown++;
    if (finding.isLargest) tally.largeExact++;
    const isBest = finding.agrees && !finding.isRefused && !finding.cuts && (!part || finding.isLargest);
    if (!isBest) tally.disagreements.push({ place, finding });
  }

  #countInTest(line: number, lines: Lines | undefined): void {
    const test = this.#rules.testLines(line);
    if (!test || test.first === test.last) return;
    this.#tally.inTests++;
    if (lines && lines.first === lines.last) this.#tally.oneLineInTests++;
  }
}

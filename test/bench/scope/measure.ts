// Asks the server's own `find` at positions of real files, and compares with what the rules say.

import { createSnapshot, type Snapshot } from '../../../server/documents/snapshot.ts';
import type { Scope, Scopes } from '../../../server/scope/scopes.ts';
import { Edges } from './edges.ts';
import { randomOf, type Source, shuffled, textOf } from './files.ts';
import type { Judge } from './judges.ts';
import type { Lines } from './line-map.ts';
import { bounds, type Expected, Rules } from './rules.ts';
import { timed } from './timed.ts';

export interface Disagreement {
  readonly place: string;
  readonly expected: string;
  readonly found: string;
  readonly isBlank: boolean;
  /** What is wrong with it beside that, as words; empty if nothing is. */
  readonly fault: string;
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
    for (const { line, scope } of found) {
      if (this.#rules.map.isBlank(line)) this.#countBlank(line, scope);
      else this.#countCode(line, scope);
    }
    scopes.close(this.#snapshot.uri);
  }

  #find(line: number): Scope | undefined {
    const { map } = this.#rules;
    const at = map.isBlank(line) ? map.start(line) : map.cursor(line);
    return this.#job.scopes.find(this.#snapshot, { from: at, to: at }, 'auto', bounds);
  }

  #countBlank(line: number, scope: Scope | undefined): void {
    const tally = this.#tally;
    const expected = this.#rules.onBlank(line);
    const isInsertion = scope !== undefined && scope.span.from === scope.span.to;
    tally.blank++;
    if (this.#isRefused(scope)) tally.blankRefused++;
    if (isInsertion) tally.insertions++;
    const maySo = isInsertion === (expected.kind === 'insertion') || (isInsertion && expected.isPart && !expected.part);
    if (maySo && this.#agrees(expected, line, scope)) tally.blankAgreed++;
    else this.#note(line, expected, scope);
  }

  #countCode(line: number, scope: Scope | undefined): void {
    const tally = this.#tally;
    const expected = this.#rules.onCode(line);
    const agrees = this.#agrees(expected, line, scope);
    tally.code++;
    const isRefused = this.#isRefused(scope);
    if (isRefused) tally.refused++;
    const cuts = scope !== undefined && this.#edges.cuts(scope.span);
    if (cuts) tally.cuts++;
    if (agrees) tally.agreed++;
    if (!agrees || cuts || isRefused) this.#note(line, expected, scope, cuts);
    this.#countLarge(expected, agrees, scope);
    const test = this.#rules.testLines(line);
    if (!test || test.first === test.last) return;
    tally.inTests++;
    const found = scope && this.#rules.map.linesOf(scope.span);
    if (found && found.first === found.last) tally.oneLineInTests++;
  }

  #countLarge({ isPart, part }: Expected, agrees: boolean, scope: Scope | undefined): void {
    const tally = this.#tally;
    if (!isPart) return;
    tally.large++;
    if (agrees) tally.largeWhole++;
    if (!part) return;
    const found = scope && this.#rules.map.linesOf(scope.span);
    tally.largeKnown++;
    if (found?.first === part.first && found.last === part.last) tally.largeExact++;
  }

  #agrees(expected: Expected, line: number, scope: Scope | undefined): boolean {
    if (!scope) return expected.kind === 'nothing';
    const found = this.#rules.map.linesOf(scope.span);
    if (expected.isPart) {
      const holds = found.first <= line && line <= found.last;
      return (
        holds && !this.#isRefused(scope) && !this.#edges.cuts(scope.span) && isWithin(found, expected.accepted[0]!)
      );
    }
    if (expected.kind === 'insertion') return isWithin(found, expected.accepted[0]!);
    return expected.accepted.some(({ first, last }) => found.first === first && found.last === last);
  }

  /** Over the bounds that the server has for every edit. */
  #isRefused(scope: Scope | undefined): boolean {
    if (!scope) return true;
    const { first, last } = this.#rules.map.linesOf(scope.span);
    const mostLines = scope.kind === 'module' || scope.kind === 'object' ? bounds.maxModuleLines : bounds.maxLines;
    return last - first >= mostLines || scope.span.to - scope.span.from > bounds.maxChars;
  }

  #note(line: number, expected: Expected, scope: Scope | undefined, cuts = false): void {
    const { kind, name, accepted, isPart, part } = expected;
    this.#tally.disagreements.push({
      place: `${this.#source.path}:${line + 1}`,
      expected: `${isPart ? 'a part of ' : ''}${kind}${name ? ` ${name}` : ''} ${accepted.map(shown).join(' or ')}${part ? `: ${shown(part)}` : ''}`,
      found: scope ? `${scope.kind}${scope.name ? ` ${scope.name}` : ''} ${this.#shownSpan(scope)}` : 'nothing',
      isBlank: this.#rules.map.isBlank(line),
      fault: `${this.#isRefused(scope) ? ', which is refused' : ''}${cuts ? ', which cuts code' : ''}`,
    });
  }

  #shownSpan({ span }: Scope): string {
    const { map } = this.#rules;
    return span.from === span.to ? `${map.lineOf(span.from) + 1}` : shown(map.linesOf(span));
  }
}

const isWithin = (inner: Lines, outer: Lines) => outer.first <= inner.first && inner.last <= outer.last;
const shown = ({ first, last }: Lines) => `${first + 1}-${last + 1}`;

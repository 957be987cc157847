// What `find` gave for one line, beside what the rules say.

import type { Scope } from '../../../server/scope/scopes.ts';
import type { Span } from '../../../server/text/span.ts';
import type { Edges } from './edges.ts';
import type { LineMap, Lines } from './line-map.ts';
import { bounds, type Expected } from './rules.ts';

export interface FindingInput {
  readonly map: LineMap;
  readonly edges: Edges;
  readonly line: number;
  readonly scope: Scope | undefined;
  readonly expected: Expected;
}

export class Finding {
  readonly #input: FindingInput;
  readonly lines: Lines | undefined;
  /** A place for new code. */
  readonly isInsertion: boolean;
  /** Over the bounds that the server has for every edit, or nothing at all. */
  readonly isRefused: boolean;
  /** Begins or ends within a token, or holds a part of a statement that could be whole. */
  readonly cuts: boolean;

  constructor(input: FindingInput) {
    const { map, scope } = input;
    this.#input = input;
    this.lines = scope && map.linesOf(scope.span);
    this.isInsertion = scope !== undefined && scope.span.from === scope.span.to;
    this.isRefused = !this.lines || !fits(scope!, this.lines);
    this.cuts = scope !== undefined && this.#cuts(scope.span);
  }

  get agrees(): boolean {
    const { expected } = this.#input;
    const { lines } = this;
    if (!lines) return expected.kind === 'nothing';
    const [whole] = expected.accepted;
    if (this.isInsertion) {
      const mayInsert = expected.kind === 'insertion' || (expected.isPart && !expected.part);
      return mayInsert === true && isWithin(lines, whole!);
    }
    if (expected.isPart) return !this.isRefused && !this.cuts && this.#isNear(lines) && isWithin(lines, whole!);
    return expected.kind !== 'insertion' && expected.accepted.some((accepted) => isSame(accepted, lines));
  }

  /** Of a scope that is too large: whether it is the largest part that the rules allow. */
  get isLargest(): boolean {
    const { part } = this.#input.expected;
    return part !== undefined && this.lines !== undefined && isSame(part, this.lines);
  }

  /** In words, with its lines counted from 1. */
  get words(): string {
    const { scope, map } = this.#input;
    if (!scope || !this.lines) return 'nothing';
    const where = this.isInsertion ? String(map.lineOf(scope.span.from) + 1) : shown(this.lines);
    const faults = [
      ...(this.isRefused ? ['is refused'] : []),
      ...(this.cuts ? ['cuts code'] : []),
      ...(this.#input.expected.part && !this.isLargest ? ['is not the largest part'] : []),
    ];
    return [`${named(scope)} ${where}`, ...faults].join(', which ');
  }

  get expectedWords(): string {
    const { accepted, isPart, part } = this.#input.expected;
    const lines = `${accepted.map(shown).join(' or ')}${part ? `: ${shown(part)}` : ''}`;
    return `${isPart ? 'a part of ' : ''}${named(this.#input.expected)} ${lines}`;
  }

  /** Whether it holds the line. Of a blank one between two parts any of them is as good. */
  #isNear({ first, last }: Lines): boolean {
    const { line, map, expected } = this.#input;
    return (first <= line && line <= last) || (!expected.part && map.isBlank(line));
  }

  #cuts(span: Span): boolean {
    const { map, edges, line, expected } = this.#input;
    // A text of too many lines can't be whole.
    if (expected.isPart && !expected.part) return false;
    const isTooLarge = (item: Span) => {
      const lines = map.linesOf(item);
      return lines.last - lines.first >= bounds.maxModuleLines && lines.first <= this.lines!.last && line <= lines.last;
    };
    return edges.cuts(span, (item) => expected.isPart === true && isTooLarge(item));
  }
}

function fits({ kind, span }: Scope, { first, last }: Lines): boolean {
  const mostLines = kind === 'module' || kind === 'object' ? bounds.maxModuleLines : bounds.maxLines;
  return last - first < mostLines && span.to - span.from <= bounds.maxChars;
}

const named = ({ kind, name }: { kind: string; name?: string }) => (name ? `${kind} ${name}` : kind);
const isSame = (a: Lines, b: Lines) => a.first === b.first && a.last === b.last;
const isWithin = (inner: Lines, outer: Lines) => outer.first <= inner.first && inner.last <= outer.last;
const shown = ({ first, last }: Lines) => `${first + 1}-${last + 1}`;
